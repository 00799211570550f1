"""Figures of invented places in any number, in the shape of the real ones; the same every time.

What is kept of the real workbook: which indicators are laid out how, that figures are censored (a
quarter here, a half there) and keys have several rows (of the forms mostly), that margins are told
of some and parts only of others. What grows is the number of places, with the square root of the
rows, and how much each tells of a year.
"""

from __future__ import annotations

import math
from pathlib import Path

import duckdb

#: Codes that ISO 3166 leaves to whoever needs them: no State of that code is ever one.
_CODES = "CASE WHEN i < 676 THEN 'X' || {a} || {b} ELSE 'Q' || {c} || {a} || {b} END"
YEARS = range(2003, 2023)
#: Of a thousand keys, how many have several rows.
_SEVERAL = 18
VICTIMS = "Detected trafficking victims"
_TOTALS = (
    VICTIMS,
    "Persons convicted",
    "Persons prosecuted",
    "Persons brought into formal contact",
    "Offences of trafficking in persons",
)
_FORMS = (
    "Sexual exploitation",
    "Forced labour",
    "Other forms of exploitation",
    "Forced marriage",
    "Forced begging",
    "Forced criminal activity",
    "Domestic servitude",
    "Organ removal",
)


def places_for(rows: int) -> int:
    """How many places so many rows are of."""
    return max(40, min(16_000, round(200 * math.sqrt(rows / 46_556) / 3)))


def write(path: Path, *, rows: int, places: int = 0, seed: int = 2003) -> int:
    """Write about so many rows to a Parquet file, in no order; how many there are.

    :param places: of how many places; as many as `places_for` says where none is given.
    """
    database = duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(path.parent)})
    database.execute("SET preserve_insertion_order = false")
    try:
        _places(database, places or places_for(rows))
        _cells(database)
        # How many of the cells are told is looked for until there are as many as was asked for.
        told = database.sql("SELECT weight, count(*) FROM cells GROUP BY weight").fetchall()
        of_each = (places or places_for(rows)) * len(YEARS) * 0.62
        share = _share(told, rows / (1 + _SEVERAL / 1000 * 2) / of_each)
        database.execute(_ROWS.format(path=path, share=share, seed=seed, several=_SEVERAL))
        ((count,),) = database.sql(f"SELECT count(*) FROM '{path}'").fetchall()
        return int(count)
    finally:
        database.close()


def _share(told: list[tuple[float, int]], wanted: float) -> float:
    low, high = 0.0, 1e6
    for _step in range(60):
        middle = (low + high) / 2
        if sum(min(1, weight * middle) * count for weight, count in told) < wanted:
            low = middle
        else:
            high = middle
    return high


def _places(database: duckdb.DuckDBPyConnection, number: int) -> None:
    letter = "chr(65 + (i // {} % 26)::INTEGER)"
    code = _CODES.format(a=letter.format(26), b=letter.format(1), c=letter.format(676))
    database.execute(f"""
        CREATE TABLE places AS SELECT
            CASE WHEN i < 676 + 17576 THEN {code} ELSE 'Q' || i END AS place,
            'Invented place ' || i AS country,
            CASE WHEN i % 33 = 32 THEN 'territory' WHEN i % 50 = 49 THEN 'regional_group'
                 ELSE 'state' END AS place_kind,
            'Region ' || i % 5 AS region,
            'Subregion ' || i % 22 AS subregion,
            exp(3 + 2 * sin(i)) AS size
        FROM range({number}) AS t(i)""")


def _cells(database: duckdb.DuckDBPyConnection) -> None:
    """Every figure that a place can tell of a year, with how likely it is to."""
    totals = ", ".join(
        f"('{name}', {weight})"
        for name, weight in zip(_TOTALS, (1.0, 0.9, 0.85, 0.6, 0.7), strict=True)
    )
    forms = ", ".join(f"('{name}', {1 / (1 + at)})" for at, name in enumerate(_FORMS))
    database.execute(f"""
        CREATE TABLE groups AS
            SELECT sex, age,
                   CASE WHEN sex = 'Total' AND age = 'Total' THEN 1.0
                        WHEN 'Unknown' IN (sex, age) OR sex = 'Other' THEN 0.15
                        ELSE 0.55 END AS weight
            FROM (VALUES ('Total'), ('Female'), ('Male'), ('Other'), ('Unknown')) AS s(sex),
                 (VALUES ('Total'), ('0 to 17 years'), ('18 years or over'), ('Unknown')) AS a(age)
            WHERE NOT (sex = 'Other' AND age = 'Unknown');
        CREATE TABLE cells AS
            SELECT indicator, 'Total' AS dimension, 'Total' AS category, 'total' AS category_kind,
                   '' AS citizenship, sex, age, 4 * t.weight * groups.weight AS weight
            FROM (VALUES {totals}) AS t(indicator, weight), groups
            UNION ALL
            SELECT indicator, 'by form of exploitation', form, 'form', '', sex, age,
                   1.6 * t.weight * f.weight * groups.weight
            FROM (VALUES ('{VICTIMS}', 1.0), ('Persons convicted', 0.3)) AS t(indicator, weight),
                 (VALUES {forms}) AS f(form, weight), groups
            UNION ALL
            SELECT indicator, dimension, category, category_kind, citizenship, sex, age,
                   t.weight * c.weight * CASE WHEN age = 'Total' THEN groups.weight ELSE 0.1 END
            FROM (VALUES ('{VICTIMS}', 'by citizenship', 0.12),
                         ('{VICTIMS}', 'by country of repatriation', 0.05),
                         ('Persons convicted', 'by citizenship', 0.02))
                 AS t(indicator, dimension, weight),
                 (SELECT country AS category, 'country' AS category_kind, place AS citizenship,
                         4 / (4 + row_number() OVER (ORDER BY size DESC)) AS weight
                  FROM (SELECT * FROM places ORDER BY place LIMIT 240)
                  UNION ALL VALUES ('Nationals', 'nationals', '', 1.0),
                                   ('Unknown', 'unknown', '', 0.3),
                                   ('Abroad', 'whole', '', 0.4)) AS c, groups""")


_ROWS = """
COPY (
    WITH every AS (
        SELECT places.*, year, cells.*,
               hash(place, year, indicator, {seed}) % 1000 / 1000.0 AS reports,
               hash(place, year, indicator, dimension, category, sex, age, {seed}) AS luck
        FROM places, range(2003, 2023) AS y(year), cells
    ), told AS (
        SELECT *, greatest(0, floor(size * CASE sex WHEN 'Total' THEN 2 ELSE 1 END
                   * -ln((1 + luck // 1024 % 9999) / 10000.0) / CASE dimension WHEN 'Total' THEN 1
                   WHEN 'by form of exploitation' THEN 3 ELSE 20 END))::BIGINT AS number,
               CASE WHEN luck // 4096 % 1000 < {several} * CASE dimension
                   WHEN 'by form of exploitation' THEN 3 ELSE 0.5 END
                   THEN 2 + luck // 65536 % 3 ELSE 1 END AS copies
        FROM every WHERE reports < 0.62 AND luck % 100000 < weight * {share} * 100000
    )
    SELECT country, place, place_kind, region, subregion, indicator, dimension, category,
           category_kind, CASE category_kind WHEN 'nationals' THEN place ELSE citizenship END
               AS citizenship,
           sex, age, year::INTEGER AS year, 'Counts' AS unit,
           CASE WHEN number BETWEEN 1 AND 4 THEN 1 ELSE number + copy END::BIGINT AS low,
           CASE WHEN number BETWEEN 1 AND 4 THEN 4 ELSE number + copy END::BIGINT AS high,
           CASE WHEN number BETWEEN 1 AND 4 THEN '<5' ELSE (number + copy)::VARCHAR END AS value,
           CASE WHEN number BETWEEN 1 AND 4 THEN 'censored' ELSE 'exact' END AS censoring,
           'final' AS status, 'INVENTED' AS source, '' AS definition, '' AS law_article,
           'persons' AS counting_unit, '' AS note,
           CASE dimension WHEN 'Total' THEN 'parts' ELSE 'either' END AS repeats,
           CASE WHEN number BETWEEN 1 AND 4 THEN 'censored' ELSE '' END AS labels,
           'of-our-own' AS file, 'figures' AS sheet,
           (luck // 2 % 1000000000 + copy)::BIGINT AS row
    FROM told, range(5) AS c(copy) WHERE copy < copies
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""
