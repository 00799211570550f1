"""How fast figures are counted on this machine, in one run, beside what one would use instead.

    python benchmarks/statistics.py                    real size, a million, ten million rows
    python benchmarks/statistics.py --rows 100000000   of that many generated rows besides
    python benchmarks/statistics.py --smoke            the same on 20,000 rows, some tables
    python benchmarks/statistics.py --spark            DuckDB beside Spark, where it is installed
    python benchmarks/statistics.py --kept FILE        one kept file and no other

"ours" reads the cells that were laid down beside the file, "rows" the same without them. "pandas"
has all it needs in memory already; "script" reads the columns and rows that it needs from the file
each time, as somebody's script does. "pages" are whole requests through Django's test client.

The rows are generated (`many_figures.py`), of invented places. Each side works in a process of its
own, so that memory is told apart; wherever pandas answers, the answers are compared. Nothing here
asserts: it prints.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# This file bears the name of a module of Python's own: its folder must not be looked through first.
sys.path = [path for path in sys.path if Path(path or ".").resolve() != HERE]
sys.path[:0] = [str(ROOT)]
sys.path.append(str(HERE))
if __name__ == "statistics":
    # Another benchmark runs beside this file, and something in it asks for Python's own.
    del sys.modules[__name__]
    sys.modules[__name__] = importlib.import_module(__name__)
WORKBOOK = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / (
    "data/unodc_glotip.xlsx"
)
FORM = "by form of exploitation"
#: PostgreSQL takes too long to load more than this in one run with the rest.
MOST_IN_POSTGRES = 1_200_000
#: And pandas does not hold more than this in the memory of a common machine.
MOST_IN_PANDAS = 30_000_000
Asked = tuple[str, Callable[..., Any], Any, dict[str, Any]]


def main() -> None:
    """Measure, print, and clear away."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--rows", type=int, action="append", default=[])
    parser.add_argument("--places", type=int, default=0, help="of how many places the rows are")
    parser.add_argument("--kept", type=Path, help="measure this kept file and no other")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=0)
    given = parser.parse_args()
    given.repeats = given.repeats or (2 if given.smoke else 12)
    if given.side:
        print(json.dumps(_SIDES[given.side](given.kept, given.repeats)))
        return
    folder = Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    try:
        _measure(given, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(given: argparse.Namespace, folder: Path) -> None:
    print(
        f"On {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}"
    )
    if given.kept:
        _size(given.kept, given)
        return
    sizes = [20_000] if given.smoke else [46_556, 1_000_000, 10_000_000]
    if WORKBOOK.exists() and not given.smoke:
        kept = _imported(WORKBOOK, folder)
        _named_tables(kept, given.repeats)
        _size(kept, given)
        sizes = sizes[1:]
    elif not given.smoke:
        print(f"{WORKBOOK} is not there: generated rows stand for it.")
    growth = []
    for rows in [*sizes, *given.rows]:
        kept = _generated(rows, folder, places=given.places)
        if given.smoke:
            _named_tables(kept, 1)
        growth.append((rows, _size(kept, given)))
        for path in folder.glob(f"{kept.stem}.*"):
            path.unlink()
    print("\nGrowth: rows, p50 and p95 of all questions (ms)")
    for rows, (half, most) in growth:
        print(f"{rows:>12,}  {half:8.1f}  {most:8.1f}")


# ── what is measured ─────────────────────────────────────────────────────────────────────────────
def _questions() -> list[Asked]:
    """What each kind of picture of the trends page asks."""
    from marsad.tabulation import ask, flows, justice, series, trends
    from marsad.tabulation.cells import silent, told

    year = "2018"
    return [
        ("who reported", told, ask("victims"), {}),
        ("who reported citizenship", told, ask("victims", by="citizenship"), {}),
        ("line", series.series, ask("victims"), {}),
        ("line by sex", series.series, ask("victims", by="sex"), {}),
        ("line by region", series.series, ask("victims", by="region"), {}),
        ("line by form, shares", series.shares, ask("victims", by=FORM), {}),
        ("line, change", trends.change, ask("victims"), {"since": 2012, "until": 2018}),
        ("line, year to year", trends.steps, ask("victims"), {}),
        ("bars by form, shares", series.shares, ask("victims", by=FORM, years=year), {}),
        ("bars by sex, shares", series.shares, ask("victims", by="sex", years=year), {}),
        ("pyramid", series.series, ask("victims", by=("age", "sex"), years=year), {}),
        ("map", series.series, ask("victims", by="country", years=year), {}),
        ("flows", flows.between, ask("victims", years=year), {}),
        ("flows, who detected", flows.detecting, ask("victims", years=year), {}),
        ("flows, every pair", flows.flows, ask("victims", years=year), {}),
        ("flows, reach", flows.reaches, ask("victims"), {}),
        ("funnel", justice.funnel, ask(""), {}),
        ("classes", series.classes, ask("convictions", years=year), {}),
        ("coverage", series.coverage, ask("victims"), {}),
        ("who is silent", silent, ask("victims", by=FORM), {}),
    ]


def _size(kept: Path, given: argparse.Namespace) -> tuple[float, float]:
    import pyarrow.parquet as pq

    rows = pq.read_metadata(kept).num_rows
    print(f"\n{rows:,} rows, {kept.stat().st_size / 1e6:,.1f} MB")
    _folded(kept, given)
    sides = ["ours", "rows", *(["spark"] if given.spark else [])]
    if rows <= MOST_IN_PANDAS:
        sides[2:2] = ["pandas", "script"]
    else:
        print(f"pandas: left out above {MOST_IN_PANDAS:,} rows, which take half a GB a million")
    if rows <= MOST_IN_POSTGRES:
        sides.append("postgres")
    else:
        print(
            f"PostgreSQL: left out above {MOST_IN_POSTGRES:,} rows, for loading alone takes minutes"
        )
    found = {side: _of_side(side, kept, given) for side in sides}
    print(f"{'milliseconds':26}{'p50':>8}{'p95':>8}{'CPU':>8}", end="")
    print("".join(f"{side + ' p50':>14}{'ratio':>8}" for side in sides[1:]), " same")
    ours = found["ours"]["questions"]
    for name, one in ours.items():
        print(f"{name:26}{one['p50']:8.1f}{one['p95']:8.1f}{one['cpu']:8.1f}", end="")
        same = []
        for side in sides[1:]:
            other = found[side].get("questions", {}).get(name)
            if other is None:
                print(f"{'-':>14}{'-':>8}", end="")
                continue
            print(f"{other['p50']:14.1f}{other['p50'] / one['p50']:7.1f}x", end="")
            if other.get("sum") is not None:
                same.append(other["sum"] == one["sum"])
        print("  " + ("yes" if all(same) else "NO") if same else "  -")
    for side, told in found.items():
        if "error" in told:
            print(f"{side}: {told['error']}")
            continue
        print(f"{side}: loaded in {told['load']:.1f} s, most memory {told['memory']:,.0f} MB")
    if not given.smoke:
        _pages(kept, given)
    every = sorted(time for one in ours.values() for time in one["all"])
    return _at(every, 0.5), _at(every, 0.95)


def _folded(kept: Path, given: argparse.Namespace) -> None:
    """Lay the cells down beside the file, as it is done when figures come into force."""
    told = _of_side("fold", kept, given)
    if "error" in told:
        print(f"cells: {told['error']}")
    elif not told["bytes"]:
        print("Cells: too few rows to be worth laying down")
    else:
        print(
            f"Cells beside it: {told['bytes'] / 1e6:,.1f} MB, laid down in {told['load']:.1f} s "
            f"({told['cpu']:.1f} s CPU; none where they were there), most memory "
            f"{told['memory']:,.0f} MB"
        )


def _fold(kept: Path, repeats: int) -> dict[str, Any]:
    from marsad.tabulation import folding

    began, worked = perf_counter(), process_time()
    made = folding.fold(kept)
    told = {"load": perf_counter() - began, "cpu": process_time() - worked}
    return {**told, "bytes": made.stat().st_size if made else 0, "memory": _memory()}


def _pages(kept: Path, given: argparse.Namespace) -> None:
    told = _of_side("pages", kept, given)
    if "error" in told:
        print(f"pages: {told['error']}")
        return
    print("Pages of trends (milliseconds)  first asked: p50     p95     asked again: p50     p95")
    for name, one in told["pages"].items():
        first, again = one["first"], one["again"]
        print(f"{name:32}{_at(first, 0.5):16.0f}{_at(first, 0.95):8.0f}", end="")
        print(f"{_at(again, 0.5):21.0f}{_at(again, 0.95):8.0f}")
    for which in ("first", "again"):
        every = [time for one in told["pages"].values() for time in one[which]]
        print(f"all pages, {which}: p50 {_at(every, 0.5):.0f}, p95 {_at(every, 0.95):.0f}")
    print(f"pages: the very first {told['load']:.1f} s, most memory {told['memory']:,.0f} MB")


def _of_side(side: str, kept: Path, given: argparse.Namespace) -> dict[str, Any]:
    ours = side in ("ours", "pages")
    repeats = given.repeats if ours else max(2, given.repeats // 4)
    if side == "script":
        repeats = 1
    command = [sys.executable, __file__, "--side", side, "--kept", str(kept)]
    ran = subprocess.run(
        [*command, "--repeats", str(repeats)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        return {"error": (ran.stderr.strip().splitlines() or ["ended"])[-1][:300]}
    told: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return told


def _timed(act: Callable[[], Any], repeats: int) -> dict[str, Any]:
    """Times of the runs after a first one, whose time is told apart."""
    began = perf_counter()
    found = act()
    first = (perf_counter() - began) * 1e3
    every, cpu = [], []
    for _run in range(max(1, repeats)):
        began, worked = perf_counter(), process_time()
        act()
        every.append((perf_counter() - began) * 1e3)
        cpu.append((process_time() - worked) * 1e3)
    told = {"p50": _at(every, 0.5), "p95": _at(every, 0.95), "cpu": min(cpu), "first": first}
    return {**told, "all": every, "sum": _sum(found), "lines": len(found)}


def _sum(found: Any) -> list[int] | None:
    """What two answers to one question have in common: how many lines, and their ends added."""
    if not found or "low" not in found[0]:
        return None
    return [len(found), *(sum(int(one[end] or 0) for one in found) for end in ("low", "high"))]


def _at(every: Sequence[float], share: float) -> float:
    return sorted(every)[min(len(every) - 1, int(len(every) * share))]


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# ── the sides ────────────────────────────────────────────────────────────────────────────────────
def _ours(kept: Path, repeats: int) -> dict[str, Any]:
    began = perf_counter()
    from marsad.tabulation.asking import answer

    questions = _questions()
    load = perf_counter() - began
    told = {}
    for name, expression, question, more in questions:
        told[name] = _timed(
            lambda e=expression, q=question, m=more: answer([kept], e, q, **m), repeats
        )
    return {"questions": told, "load": load, "memory": _memory()}


def _rows(kept: Path, repeats: int) -> dict[str, Any]:
    """Ours without the cells that were laid down."""
    from marsad.tabulation import asking

    asking.laid = lambda kept: None  # type: ignore[assignment]
    return _ours(kept, repeats)


def _pages_of(kept: Path, repeats: int) -> dict[str, Any]:
    """Whole requests, each first of years that nobody asked for before, and then once more."""
    home = Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    os.environ["MARSAD_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    for name in ("DATABASE_URL", "MARSAD_DATA"):
        os.environ.pop(name, None)  # never on somebody's data
    try:
        import django

        django.setup()
        return _pages_asked(kept.resolve(), repeats)
    finally:
        from config.embedded import server

        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def _pages_asked(kept: Path, repeats: int) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from marsad.statistics.models import Standing
    from marsad.tabulation import folding

    call_command("migrate", verbosity=0)
    into = Path(settings.DATA_ROOT) / kept.stem[:2]
    into.mkdir(parents=True)
    beside = folding.laid(kept)
    for path in (kept, *([beside.path] if beside else [])):
        (into / path.name).symlink_to(path)
    Standing.objects.create(digest=kept.stem, rows=0, from_at=timezone.now())
    browser = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="ar")

    def asked(query: str) -> float:
        began = perf_counter()
        page = browser.get(f"{reverse('statistics:trends')}?{query}")
        spent = (perf_counter() - began) * 1e3
        if page.status_code != 200:
            raise RuntimeError(f"{query}: {page.status_code}")
        return spent

    load = asked("kind=line&years=2004")
    told: dict[str, dict[str, list[float]]] = {}
    for name, query in _PAGES.items():
        spans = [f"{query}&years={2005 + at}-{2010 + at}" for at in range(min(repeats, 12))]
        told[name] = {"first": [asked(span) for span in spans]}
        told[name]["again"] = [asked(span) for span in spans]
    return {"pages": told, "load": load / 1e3, "memory": _memory()}


_PAGES = {
    "line": "kind=line",
    "line, whoever reported": "kind=line&same=no",
    "line by sex": "kind=line&by=sex",
    "line by form, shares": "kind=line&by=form&measure=share",
    "line by region": "kind=line&by=region",
    "bars by form": "kind=bars",
    "bars by sex": "kind=bars&by=sex",
    "pyramid": "kind=pyramid",
    "map": "kind=map",
    "flows between regions": "kind=flows",
    "flows of a place": "kind=flows&places=JOR",
    "funnel": "kind=funnel",
    "classes": "kind=classes&indicator=convictions",
    "coverage": "kind=coverage",
}


def _spark(kept: Path, repeats: int) -> dict[str, Any]:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    import ibis
    from pyspark.sql import SparkSession

    from marsad.tabulation.answers import records

    began = perf_counter()
    session = SparkSession.builder.master("local[2]").getOrCreate()
    rows = ibis.pyspark.connect(session).read_parquet(str(kept), table_name="figures")
    load = perf_counter() - began
    told = {}
    for name, expression, question, more in _questions():
        told[name] = _timed(
            lambda e=expression, q=question, m=more: records(e(rows, q, **m)), repeats
        )
    return {"questions": told, "load": load, "memory": _memory()}


def _postgres(kept: Path, repeats: int) -> dict[str, Any]:
    """The same questions as SQL of PostgreSQL, on one table with the indexes that they call for."""
    import ibis
    import psycopg
    import pyarrow.parquet as pq
    from psycopg.rows import dict_row

    from config.embedded import server

    home = Path(tempfile.mkdtemp(prefix="marsad-bench-pg-"))
    try:
        where = {**server.connection_parameters(home), "dbname": "postgres"}
        began = perf_counter()
        with psycopg.connect(**where, autocommit=True, row_factory=dict_row) as connection:
            schema = (
                ibis.Schema.from_arrow(pq.read_schema(kept))
                if hasattr(ibis.Schema, "from_arrow")
                else ibis.Schema.from_pyarrow(pq.read_schema(kept))
            )
            kinds = {"string": "text", "int32": "integer", "int64": "bigint", "boolean": "boolean"}
            columns = ", ".join(
                f'"{name}" {kinds[str(kind).strip("!")]}' for name, kind in schema.items()
            )
            connection.execute(f"CREATE UNLOGGED TABLE figures ({columns})")
            with connection.cursor().copy("COPY figures FROM STDIN") as copy:
                for batch in pq.ParquetFile(kept).iter_batches():
                    for line in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                        copy.write_row(line)
            connection.execute(
                "CREATE INDEX ON figures (indicator, dimension, sex, age, year, place)"
            )
            connection.execute("CREATE INDEX ON figures (place, year)")
            connection.execute("ANALYZE figures")
            # Ibis adds truths as numbers, which PostgreSQL does only where it is told how.
            connection.execute(_TRUTHS_AS_NUMBERS)
            load = perf_counter() - began
            told = {}
            rows = ibis.table(schema, name="figures")
            for name, expression, question, more in _questions():
                if name.startswith("flows"):
                    continue  # they stand on a table of places that is not there
                sql = str(ibis.to_sql(expression(rows, question, **more), dialect="postgres"))
                told[name] = _timed(lambda sql=sql: connection.execute(sql).fetchall(), repeats)
        return {"questions": told, "load": load, "memory": _memory()}
    finally:
        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)


_TRUTHS_AS_NUMBERS = """
    CREATE FUNCTION as_number(boolean) RETURNS bigint IMMUTABLE LANGUAGE sql
        AS 'SELECT CASE WHEN $1 THEN 1 WHEN NOT $1 THEN 0 END::bigint';
    CREATE CAST (boolean AS bigint) WITH FUNCTION as_number(boolean);
"""


def _pandas(kept: Path, repeats: int) -> dict[str, Any]:
    """The same counted with pandas, with all that it needs in memory, words as categories."""
    began = perf_counter()
    import pandas as pd

    frame = _frame(pd.read_parquet(kept, columns=_COLUMNS))
    load = perf_counter() - began
    told = {}
    for name, act in _in_pandas(frame).items():
        told[name] = _timed(act, repeats)
    return {"questions": told, "load": load, "memory": _memory()}


def _script(kept: Path, repeats: int) -> dict[str, Any]:
    """The same from the file each time, of which no more is read than the question needs."""
    import pandas as pd

    began = perf_counter()

    def asked(name: str) -> Any:
        dimension = "by citizenship" if name.startswith("flows") else "Total"
        wanted = [
            ("indicator", "==", "Detected trafficking victims"),
            ("dimension", "==", dimension),
        ]
        return _in_pandas(_frame(pd.read_parquet(kept, columns=_COLUMNS, filters=wanted)))[name]()

    names = _in_pandas(_frame(pd.read_parquet(kept, columns=_COLUMNS, filters=_NONE)))
    load = perf_counter() - began
    told = {name: _timed(lambda name=name: asked(name), repeats) for name in names}
    return {"questions": told, "load": load, "memory": _memory()}


_COLUMNS = [
    "place", "place_kind", "region", "indicator", "dimension", "category", "category_kind",
    "citizenship", "sex", "age", "year", "low", "high", "censoring", "repeats", "file",
]  # fmt: skip
_NONE = [("indicator", "==", "")]


def _frame(found: Any) -> Any:
    for name in _COLUMNS:
        if name not in ("year", "low", "high"):
            found[name] = found[name].astype("category")
    return found


def _in_pandas(frame: Any) -> dict[str, Callable[[], Any]]:  # noqa: C901 - seven questions
    victims = "Detected trafficking victims"

    def picked(indicator: str, dimension: str = "Total", *, year: int = 0) -> Any:
        rows = (frame["indicator"] == indicator) & (frame["dimension"] == dimension)
        if dimension == "Total":
            rows &= frame["category_kind"] == "total"
        if year:
            rows &= frame["year"] == year
        return frame[rows]

    def of_all(found: Any) -> Any:
        return found[(found["sex"] == "Total") & (found["age"] == "Total")]

    def cells(found: Any, key: list[str]) -> Any:
        """Several rows for a key within a file, then of several files, as the source says."""
        found = found.assign(limits=(found["censoring"] == "censored").astype("int64"))
        grouped = found.groupby([*key, "file"], observed=True)
        within = grouped.agg(
            sum_low=("low", "sum"), sum_high=("high", "sum"), least=("low", "min"),
            most_low=("low", "max"), most=("high", "max"), limits=("limits", "sum"),
            rule=("repeats", "first"),
        ).reset_index()  # fmt: skip
        rule = within["rule"].astype(str)
        within["low"] = within["sum_low"].where(rule == "parts", within["most_low"])
        within["low"] = within["low"].where(rule != "rivals", within["least"])
        within["high"] = within["sum_high"].where(rule != "rivals", within["most"])
        return within.groupby(key, observed=True).agg(
            low=("low", "min"), high=("high", "max"), limits=("limits", "max")
        ).reset_index()  # fmt: skip

    def told(found: Any, by: list[str]) -> Any:
        grouped = found.groupby(by, observed=True)
        summed = grouped.agg(
            states=("low", "count"), low=("low", "sum"), high=("high", "sum"),
            censored=("limits", "sum"),
        )  # fmt: skip
        return summed.reset_index().to_dict("records")

    def line(by: tuple[str, ...] = (), year: int = 0) -> Any:
        found = cells(of_all(picked(victims, year=year)), ["place", "place_kind", "year", *by])
        return told(found, ["year", *by])

    def by_sex() -> Any:
        found = picked(victims)
        key = ["place", "place_kind", "year", "sex"]
        made = cells(found[found["sex"] != "Total"], [*key, "age"])
        unknown = (made["sex"] == "Unknown") & (made["age"] == "Unknown")
        made["margin"] = (made["age"] == "Total") | unknown
        has = made.groupby(key, observed=True)["margin"].transform("max")
        return told(made[made["margin"] == has], ["year", "sex"])

    def pyramid() -> Any:
        found = picked(victims, year=2018)
        found = found[(found["sex"] != "Total") & (found["age"] != "Total")]
        return told(
            cells(found, ["place", "place_kind", "year", "age", "sex"]), ["year", "age", "sex"]
        )

    def who() -> Any:
        found = of_all(picked(victims)).dropna(subset=["low"])
        return found[["place", "place_kind", "year"]].drop_duplicates().to_dict("records")

    def flows() -> Any:
        found = of_all(picked(victims, "by citizenship", year=2018))
        known = found["category_kind"].isin(["country", "nationals", "other_place"])
        known &= found["citizenship"] != ""
        word = found["citizenship"].astype(str).where(known, found["category"].astype(str))
        kind = found["category_kind"].astype(str).where(~known, "country")
        found = found.assign(origin=word, kind=kind)
        found = found[~found["kind"].isin(["whole", "total"])]
        made = cells(found, ["place", "place_kind", "year", "origin", "kind"])
        return told(made, ["origin", "kind", "place", "place_kind"])

    return {
        "who reported": who,
        "line": line,
        "line by sex": by_sex,
        "line by region": lambda: line(("region",)),
        "pyramid": pyramid,
        "map": lambda: told(
            cells(of_all(picked(victims, year=2018)), ["place", "place_kind", "year"]),
            ["year", "place", "place_kind"],
        ),
        "flows, every pair": flows,
    }


_SIDES: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "fold": _fold,
    "ours": _ours,
    "rows": _rows,
    "pages": _pages_of,
    "script": _script,
    "pandas": _pandas,
    "postgres": _postgres,
    "spark": _spark,
}


# ── bringing in, named tables, generated rows ────────────────────────────────────────────────────
def _imported(workbook: Path, folder: Path) -> Path:
    from marsad import tabulation

    began, worked = perf_counter(), process_time()
    kept, _preview = tabulation.keep(workbook, folder)
    spent, cpu = perf_counter() - began, process_time() - worked
    print(
        f"Reading and keeping {kept.rows:,} rows of the workbook: {spent:.1f} s ({cpu:.1f} s CPU)"
    )
    return Path(kept.path)


def _named_tables(kept: Path, repeats: int) -> None:
    from marsad.tabulation import rows_from, tables

    print("\nNamed tables (milliseconds)       p50     p95     CPU   lines")
    for name in tables.names() if repeats > 1 else tables.names()[::6]:
        told = _timed(lambda name=name: tables.table(rows_from([kept]), name), min(repeats, 4))
        print(f"{name:30}{told['p50']:8.1f}{told['p95']:8.1f}{told['cpu']:8.1f}{told['lines']:8,}")


def _generated(rows: int, folder: Path, *, places: int) -> Path:
    import many_figures

    from marsad.tabulation.keeping import keep_sorted

    unsorted = folder / "unsorted.parquet"
    began = perf_counter()
    many_figures.write(unsorted, rows=rows, places=places)
    made = perf_counter() - began
    kept = keep_sorted(unsorted, folder)
    unsorted.unlink()
    spent = perf_counter() - began - made
    print(f"\nGenerated {kept.rows:,} rows in {made:.0f} s; sorted and kept in {spent:.0f} s")
    return Path(kept.path)


if __name__ == "__main__":
    main()
