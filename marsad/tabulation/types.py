"""The frozen values that pass between reading, keeping and counting."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

PlaceKind = Literal["state", "territory", "regional_group", "other_place"]
Censoring = Literal["exact", "censored", "missing", "withheld"]
#: What several rows for one key mean: "parts" of one figure, to be added; "either" parts or a sum
#: and its parts, nobody can tell; "rivals", one of which is right.
Repeats = Literal["parts", "either", "rivals"]
Level = Literal["noted", "doubted", "refused"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure as a State reported it. Text that was not given is "", never None."""

    #: The country or place as printed.
    country: str
    #: ISO 3166 code of three letters; for what has none, the code printed or one of ours.
    place: str
    #: A State, a territory, a regional group, or a place that is none of them.
    place_kind: PlaceKind
    #: Continent and part of it, as printed, or as M49 has them where nothing was printed.
    region: str
    subregion: str
    #: What is counted: "Detected trafficking victims".
    indicator: str
    #: "Total", or what the same people are counted again by: "by citizenship".
    dimension: str
    #: As printed: "Forced labour", a country, "Abroad", or "" where the cell was empty.
    category: str
    #: What kind of category this is: see `data/categories.csv`.
    category_kind: str
    #: "Total", "Female", "Male", "Other" or "Unknown".
    sex: str
    #: "Total", "0 to 17 years", "18 years or over", "Unknown", or a band as printed.
    age: str
    #: The country a category or a column of citizenship means, as ISO code; "" where none.
    citizenship: str
    year: int
    #: "Counts".
    unit: str
    #: The least and the most the figure can be; both None where nothing is known.
    low: int | None
    high: int | None
    #: The value as printed.
    value: str
    #: "exact"; "censored", printed as a limit or a range; "missing"; "withheld".
    censoring: Censoring
    #: "final", "provisional"…, as given.
    status: str
    #: Who collected the figure: "GLOTIP".
    source: str
    #: Who is counted, in the words of the source.
    definition: str
    #: The articles of law meant.
    law_article: str
    #: Persons, offences, cases.
    counting_unit: str
    note: str
    #: What to make of several rows for the same key in this source.
    repeats: Repeats
    #: Codes of the remarks made when it was read, with spaces between: "censored territory".
    labels: str
    #: SHA-256 of the file it was read from.
    file: str
    #: Sheet and row there, counted from 1 as spreadsheets do; the sheet of a text file is "".
    sheet: str
    row: int


#: In the order in which they are kept.
ROW_FIELDS = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a printed country turned out to be."""

    code: str
    kind: PlaceKind
    region: str
    subregion: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What a printed value turned out to be."""

    low: int | None
    high: int | None
    censoring: Censoring
    #: Code of the remark it deserves, or "".
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """Figures kept as Parquet under the name of their content."""

    #: Where the file lies.
    path: str
    #: SHA-256 of the Parquet file, which is also its name.
    digest: str
    #: SHA-256 of the file the figures came from.
    source: str
    rows: int


def as_json(value: Any) -> dict[str, Any]:
    """Any of these values as plain JSON."""
    return asdict(value)
