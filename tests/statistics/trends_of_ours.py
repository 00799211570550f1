"""A small collection about the four invented States, for the trends page and its stories."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from marsad.directory.types import OPERATOR
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Edition, Source

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
HEADING = "country,indicator,dimension,category,sex,age,year,unit,value"
VICTIMS = "Detected trafficking victims"
#: Place, years and values of totals. Two States reported every year, a third only lately.
TOTALS = (
    ("XAX", {2016: "10", 2017: "12", 2018: "14", 2019: "16"}),
    ("XBX", {2016: "20", 2017: "<5", 2018: "30", 2019: "31"}),
    ("XCX", {2018: "100", 2019: "1,090"}),
)
#: Of Arkia in 2019.
PARTS = (
    (VICTIMS, "Total", "Total", "Female", "Total", "9"),
    (VICTIMS, "Total", "Total", "Male", "Total", "5"),
    (VICTIMS, "Total", "Total", "Unknown", "Total", "2"),
    (VICTIMS, "Total", "Total", "Female", "0 to 17 years", "<5"),
    (VICTIMS, "Total", "Total", "Female", "18 years or over", "7"),
    (VICTIMS, "Total", "Total", "Male", "18 years or over", "5"),
    (VICTIMS, "by form of exploitation", "Forced labour", "Total", "Total", "10"),
    (VICTIMS, "by form of exploitation", "Sexual exploitation", "Total", "Total", "6"),
    (VICTIMS, "by citizenship", "Bahrestan", "Total", "Total", "7"),
    ("Offences of trafficking in persons", "Total", "Total", "Total", "Total", "8"),
    ("Persons brought into formal contact", "Total", "Total", "Total", "Total", "11"),
    ("Persons prosecuted", "Total", "Total", "Total", "Total", "6"),
    ("Persons convicted", "Total", "Total", "Total", "Total", "<5"),
)


def written(folder: Path, *lines: str, name: str = "collection.csv") -> Path:
    """A file of figures."""
    file = folder / name
    file.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    return file


def total(place: str, year: int, value: str) -> str:
    """A line that says how many victims a place detected in a year."""
    return f'{place},{VICTIMS},Total,Total,Total,Total,{year},Counts,"{value}"'


def lines() -> list[str]:
    """All of it."""
    totals = [total(place, year, value) for place, years in TOTALS for year, value in years.items()]
    parts = [
        f'XAX,{indicator},{dimension},{category},{sex},{age},2019,Counts,"{value}"'
        for indicator, dimension, category, sex, age, value in PARTS
    ]
    return totals + parts


def bring(folder: Path, *, at: datetime = NOON) -> Edition:
    """Publish the collection."""
    sources.collection(code="glotip", at=at)
    # Figures of invented States are known for what they are.
    Source.objects.update(is_invented=True)
    return take(written(folder, *lines()), source="glotip", at=at)


def take(file: Path, *, source: str, at: datetime) -> Edition:
    """Read a file and take it in."""
    arrival = arrivals.read(file, source=source, by=OPERATOR, at=at)
    return arrivals.take(key=arrival.key, by=OPERATOR, at=at)
