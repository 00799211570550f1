"""A small collection of our own making, in force, for the tests of tables, origins and reports.

No figure of it was ever given by anybody; the States of the stories are invented ones.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from marsad.directory.models import State
from marsad.directory.types import OPERATOR
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Edition, Source

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
HEADING = "country,indicator,dimension,category,sex,age,year,unit,value"
VICTIMS = "Detected trafficking victims"
FORM = "by form of exploitation"
CITIZENSHIP = "by citizenship"

#: Two invented States that the rows speak of: Adria and Oria.
ADRIA, ORIA = "XAA", "XOA"
NAMES = {ADRIA: "Adria", ORIA: "Oria"}


def row(
    place: str,
    year: int,
    value: str,
    *,
    indicator: str = VICTIMS,
    dimension: str = "Total",
    category: str = "Total",
    sex: str = "Total",
    age: str = "Total",
) -> list[str]:
    """One line of a file of figures."""
    return [
        NAMES.get(place, place),
        indicator,
        dimension,
        category,
        sex,
        age,
        str(year),
        "Counts",
        value,
    ]


#: What nearly every story needs: totals with a gap, a range, parts without a margin, a form that
#: stands twice, citizens of elsewhere, and every stage of justice in one year.
ROWS = [
    row(ADRIA, 2017, "1,282"),
    row(ADRIA, 2019, "<5"),
    row(ORIA, 2019, "40"),
    row(ADRIA, 2017, "700", sex="Female"),
    row(ADRIA, 2017, "500", sex="Male"),
    row(ADRIA, 2017, "82", sex="Unknown", age="Unknown"),
    row(ORIA, 2019, "12", sex="Female", age="0 to 17 years"),
    row(ORIA, 2019, "<5", sex="Female", age="18 years or over"),
    row(ORIA, 2019, "20", sex="Male", age="18 years or over"),
    row(ADRIA, 2017, "300", dimension=FORM, category="Forced labour"),
    row(ADRIA, 2017, "600", dimension=FORM, category="Sexual exploitation"),
    row(ADRIA, 2017, "9", dimension=CITIZENSHIP, category="Oria"),
    row(ORIA, 2019, "<5", dimension=CITIZENSHIP, category="otros"),
    row(ADRIA, 2019, "6", indicator="Offences of trafficking in persons"),
    row(ADRIA, 2019, "7", indicator="Persons brought into formal contact"),
    row(ADRIA, 2019, "5", indicator="Persons prosecuted"),
    row(ADRIA, 2019, "<5", indicator="Persons convicted"),
    row(ORIA, 2019, "60", indicator="Persons convicted"),
]


def written(file: Path, rows: list[list[str]]) -> Path:
    """A file of figures."""
    text = io.StringIO()
    text.write(HEADING + "\n")
    csv.writer(text).writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


def invent_states() -> None:
    """Two States that do not exist, and that a demonstration may show."""
    for iso2, iso3, en, ar in (("XA", ADRIA, "Adria", "أدريا"), ("XO", ORIA, "Oria", "أوريا")):
        State.objects.get_or_create(
            iso2=iso2,
            defaults={
                "iso3": iso3,
                "kind": "member",
                "names": {"en": en, "ar": ar},
                "is_invented": True,
            },
        )


def bring(
    file: Path, source: str = "made-up", *, by: Any = OPERATOR, at: datetime = NOON
) -> Edition:
    """Read a file and take it in."""
    if source == "glotip":
        sources.collection(code="glotip", at=at)
    elif source == "made-up":
        names = {"en": "Figures made up", "ar": "أرقام مختلقة"}
        Source.objects.get_or_create(
            code=source,
            defaults={"names": names, "is_public": True, "is_invented": True, "made_at": at},
        )
    arrival = arrivals.read(file, source=source, by=by, at=at)
    return arrivals.take(key=arrival.key, by=by, at=at)
