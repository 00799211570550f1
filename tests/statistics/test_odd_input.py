"""What nobody means to send: damaged files, signs that no text has, the end of time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Edition, RecordArrival
from marsad.statistics.words import REMARKED
from marsad.tabulation.remarks import SENTENCES
from tests.statistics.record_files import many
from tests.statistics.test_records_pages import post_file
from tests.statistics.test_records_release import NOON, place, salma, states, tariq

__all__ = ["place", "salma", "states", "tariq"]
pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person | AnonymousUser], Client]


# ── files ────────────────────────────────────────────────────────────────────────────────────────
def damaged(folder: Path) -> bytes:
    pq.write_table(pa.table({"victim_key": ["V-1"] * 9, "year": [2024] * 9}), folder / "f.parquet")
    told = bytearray((folder / "f.parquet").read_bytes())
    told[4:44] = b"\xff" * 40
    return bytes(told)


def beyond_the_calendar(folder: Path) -> bytes:
    rows = many(3, prefix="V")
    told: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    told["year"] = pa.array([2**62, 1, 2], pa.timestamp("ms"))
    pq.write_table(pa.table(told), folder / "f.parquet")
    return (folder / "f.parquet").read_bytes()


def nul_in_a_heading(folder: Path) -> bytes:
    return f"victim_key,year,{'x' * 600}\0\nV-1,2024,\n".encode()


@pytest.mark.parametrize("made", [damaged, nul_in_a_heading])
def test_records_nobody_can_read_are_refused_with_a_sentence(
    client_of: ClientOf, tmp_path: Path, tariq: Person, made: Callable[[Path], bytes]
) -> None:
    file = SimpleUploadedFile("odd", made(tmp_path))
    answer = post_file(client_of(tariq), tariq, file, kind="victim")
    assert answer.status_code == 422
    assert str(answer.context["problem"].code).startswith("tabulation.")
    assert not RecordArrival.objects.exists()


def test_records_of_no_calendar_are_shown_to_be_refused(
    client_of: ClientOf, tmp_path: Path, tariq: Person
) -> None:
    file = SimpleUploadedFile("odd", beyond_the_calendar(tmp_path))
    answer = post_file(client_of(tariq), tariq, file, kind="victim")
    assert answer.status_code == 302
    assert RecordArrival.objects.get().refused == 3


# ── addresses ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("at", ["9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T12:00:00-12:00"])
@pytest.mark.parametrize(
    "page",
    [
        "/statistics/?",
        "/statistics/tables/detected-victims-trend/?",
        "/statistics/pictures/line.csv?",
        "/api/v1/statistics/pictures/line?",
    ],
)
def test_the_end_of_time_is_no_moment(
    client: Client, figures_of_ours: Edition, page: str, at: str
) -> None:
    assert client.get(f"{page}at={at}").status_code == 422


# ── the command ──────────────────────────────────────────────────────────────────────────────────
def test_a_series_as_csv_holds_no_formula(house_of_ours: None, tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://example.org")'
    text = f"country,indicator,year,dimension,category,value\nJOR,victims,2019,x,{formula},7\n"
    (tmp_path / "f.csv").write_text(
        text.replace(formula, f'"{formula.replace(chr(34), chr(34) * 2)}"')
    )
    sources.collection(code="glotip", at=NOON)
    arrival = arrivals.read(tmp_path / "f.csv", source="glotip", by=OPERATOR, at=NOON)
    arrivals.take(key=arrival.key, by=OPERATOR, at=NOON)
    out = io.StringIO()
    asked = ["--by", "dimension", "--by", "category", "--format", "csv"]
    call_command("statistics", "series", *asked, stdout=out)
    (told,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (told["category"], told["low"]) == (f"'{formula}", "7")


@pytest.mark.parametrize("asked", [["--bootstrap", "-1"], ["--threshold", "nan"]])
def test_an_estimate_bounds_what_it_is_asked(tmp_path: Path, asked: list[str]) -> None:
    with pytest.raises(CommandError, match=asked[0]):
        call_command("statistics", "estimate", str(tmp_path / "lists.csv"), *asked)


# ── what is kept between ─────────────────────────────────────────────────────────────────────────
def test_notes_of_a_state_are_kept_for_nobody_else(
    client: Client, client_of: ClientOf, tmp_path: Path, salma: Person
) -> None:
    (tmp_path / "own.csv").write_text(
        "indicator,year,value,note\noffences,2023,10,asked by Amira\n"
    )
    source = sources.of_state(iso2="XA", at=NOON)
    arrival = arrivals.read(tmp_path / "own.csv", source=source.code, by=salma, at=NOON)
    edition = arrivals.take(key=arrival.key, by=salma, at=NOON)
    editions.verify(key=edition.key, by=salma, at=NOON)
    page = "/statistics/pictures/line.sdmx?indicator=offences"
    own = client_of(salma).get(page)
    assert b"asked by Amira" in own.content
    assert own["Cache-Control"] == "private, no-cache"
    other = client.get(page, headers={"If-None-Match": own["ETag"]})
    assert other.status_code == 200
    assert b"Amira" not in other.content
    assert other["Cache-Control"] == "public, no-cache"
    again = client.get(page, headers={"If-None-Match": other["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client_of(salma).get(page, headers={"If-None-Match": own["ETag"]}).status_code == 304


def test_every_remark_has_a_name_by_which_a_list_of_them_is_narrowed() -> None:
    assert set(REMARKED) == set(SENTENCES)
