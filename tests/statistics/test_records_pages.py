"""The pages of records, asked for as a browser asks, by everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.questionnaires.compiling import compile_form
from marsad.statistics.actions import edition as editions
from marsad.statistics.models import RecordArrival, RecordEdition, Release
from marsad.statistics.records import codebook
from tests.statistics.record_files import many, victim, written
from tests.statistics.test_records_release import (
    NOON,
    body_of,
    bring,
    huda,
    omar,
    place,
    police,
    salma,
    states,
    tariq,
)

__all__ = ["huda", "omar", "place", "police", "salma", "states", "tariq"]
pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person | AnonymousUser], Client]


def page(name: str, *arguments: Any, query: str = "") -> str:
    return reverse(f"statistics:{name}", args=arguments) + query


def sent(folder: Path, rows: list[dict[str, str]], name: str = "records.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, written(folder, rows).read_bytes(), content_type="text/csv")


def post_file(client: Client, person: Person, file: SimpleUploadedFile, **more: str) -> Any:
    told = {"holder": f"XA-{body_of(person)}", "mapping": "", "kind": "", "replaces": "", **more}
    return client.post(page("record_new"), {**told, "file": file})


# ── who sees what ────────────────────────────────────────────────────────────────────────────────
def test_the_public_reads_the_code_lists_and_nothing_else(client: Client) -> None:
    assert client.get(page("record_codes")).status_code == 200
    for name in ("record_list", "record_new"):
        assert client.get(page(name)).status_code == 302
    assert client.get(page("record_release", "XA")).status_code == 302


def test_an_empty_page_says_what_to_do(client_of: ClientOf, tariq: Person, yusuf: Person) -> None:
    told = client_of(tariq).get(page("record_list"), headers={"accept-language": "en"})
    assert b"No records yet" in told.content
    assert page("record_new").encode() in told.content
    secretariat = client_of(yusuf).get(page("record_list"), headers={"accept-language": "en"})
    assert b"No records are yours to read" in secretariat.content
    assert page("record_new").encode() not in secretariat.content


def test_nobody_else_sees_what_a_body_holds(
    client_of: ClientOf, police: RecordEdition, yusuf: Person, huda: Person, omar: Person,
    salma: Person, nobody: Person,
) -> None:  # fmt: skip
    arrival = RecordArrival.objects.get()
    for other in (yusuf, huda, omar, nobody, salma):
        client = client_of(other)
        listed = client.get(page("record_list"))
        assert b"police" not in listed.content.lower()
        assert client.get(page("record_arrival", arrival.key)).status_code == 404
        assert client.post(page("record_arrival", arrival.key), {"act": "take"}).status_code == 404
        assert client.post(page("record_restore", police.key)).status_code == 404
    for other in (yusuf, huda, omar, nobody):
        client = client_of(other)
        assert client.get(page("record_release", "XA")).status_code == 404
        assert client.post(page("record_release", "XA"), {"indicators": "x"}).status_code == 404
    assert not Release.objects.exists()


# ── bringing in ──────────────────────────────────────────────────────────────────────────────────
def test_a_file_is_read_shown_and_taken_in(
    client_of: ClientOf, tmp_path: Path, tariq: Person
) -> None:
    client = client_of(tariq)
    assert client.get(page("record_new")).status_code == 200
    answer = post_file(client, tariq, sent(tmp_path, many(3, prefix="V")))
    arrival = RecordArrival.objects.get()
    assert answer.url == page("record_arrival", arrival.key)
    shown = client.get(answer.url)
    assert shown.status_code == 200
    assert b"V-1" not in shown.content
    taken = client.post(answer.url, {"act": "take"})
    assert taken.url == page("record_list")
    assert RecordEdition.objects.get().rows == 3
    assert client.get(page("record_list")).status_code == 200
    # Twice is told, not broken.
    assert client.post(answer.url, {"act": "take"}).status_code == 422


def test_a_file_that_tells_who_somebody_is_is_refused_with_a_sentence(
    client_of: ClientOf, tmp_path: Path, tariq: Person
) -> None:
    rows = [{**victim("V-1"), "First name": "Amina"}]
    answer = post_file(client_of(tariq), tariq, sent(tmp_path, rows))
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "First name" in told
    assert "Amina" not in told
    assert not RecordArrival.objects.exists()


def test_a_column_that_is_not_understood_is_told_and_the_file_read_anew(
    client_of: ClientOf, tmp_path: Path, tariq: Person
) -> None:
    client = client_of(tariq)
    rows = [{**victim("V-1"), "Numéro interne": "7", "Herkunft": "EGY"}]
    del rows[0]["citizenship"]
    answer = post_file(client, tariq, sent(tmp_path, rows))
    shown = client.get(answer.url)
    assert "Herkunft" in shown.content.decode()
    headers = list(rows[0])
    told = {
        f"column-{headers.index('Herkunft')}": "citizenship",
        f"column-{headers.index('Numéro interne')}": "-",
        "act": "again",
    }
    missing = client.post(answer.url, told)
    assert missing.status_code == 422
    again = client.post(answer.url, {**told, "file": sent(tmp_path, rows)})
    assert again.status_code == 302
    arrival = RecordArrival.objects.get(key=again.url.rstrip("/").rpartition("/")[2])
    assert (arrival.refused, arrival.rows) == (0, 1)
    client.post(again.url, {"act": "take"})
    # The next file is read alike.
    following = post_file(client, tariq, sent(tmp_path, rows))
    assert RecordArrival.objects.order_by("-id")[0].refused == 0
    client.post(following.url, {"act": "aside"})
    assert RecordArrival.objects.order_by("-id")[0].dropped_at is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", b""),
        ("x.xlsx", b"PK\x03\x04 broken"),
        ("x.pdf", b"%PDF-1.7"),
        ("x.csv", b"a,b\n1,2\n"),
        ("x.csv", b"\xff\xfe\x00"),
        ("../../etc/passwd", b"victim_key,year\nV,1\n"),
        ("x.csv", b"victim_key,year\n" + b'"' * 200_001),
    ],
)
def test_rubbish_is_refused_with_a_sentence(
    client_of: ClientOf, tariq: Person, name: str, data: bytes
) -> None:
    client = client_of(tariq)
    answer = post_file(client, tariq, SimpleUploadedFile(name, data))
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert client.post(answer.url, {"act": "take"}).status_code == 422
    assert not RecordEdition.objects.exists()


def test_what_was_not_offered_cannot_be_sent(
    client_of: ClientOf, tmp_path: Path, tariq: Person, huda: Person
) -> None:
    client = client_of(tariq)
    file = sent(tmp_path, many(1, prefix="V"))
    for change in (
        {"holder": f"XA-{body_of(huda)}"},
        {"holder": "XB"},
        {"holder": "XA"},
        {"mapping": "../../secret"},
        {"kind": "ghost"},
    ):
        file.seek(0)
        assert post_file(client, tariq, file, **change).status_code == 422
    assert not RecordArrival.objects.exists()


def test_an_earlier_edition_is_made_to_stand_again(
    client_of: ClientOf, tmp_path: Path, police: RecordEdition, tariq: Person
) -> None:
    bring(written(tmp_path, many(2, prefix="Q")), tariq)
    client = client_of(tariq)
    client.post(page("record_restore", police.key))
    assert RecordEdition.objects.order_by("-number")[0].rows == police.rows
    assert client.post(page("record_restore", police.key)).status_code == 302
    assert RecordEdition.objects.count() == 3


# ── releasing ────────────────────────────────────────────────────────────────────────────────────
CHOSEN = {
    "indicators": ["Detected trafficking victims"],
    "breakdowns": ["sex", "form"],
    "who": "detected",
    "threshold": "٥",
}


def test_figures_are_shown_before_they_are_released_and_can_be_withdrawn(
    client_of: ClientOf, police: RecordEdition, salma: Person
) -> None:
    client = client_of(salma)
    shown = client.get(page("record_release", "XA"), headers={"accept-language": "en"})
    assert shown.status_code == 200
    counted = shown.context["counted"]
    assert {(each.sex, each.value) for each in counted.cells if each.kind == "small"}
    assert not Release.objects.exists()
    answer = client.post(page("record_release", "XA"), CHOSEN)
    release = Release.objects.get()
    assert answer.url == page("record_release_one", release.key)
    one = client.get(answer.url)
    assert one.status_code == 200
    assert page("arrival", release.edition.arrival.key).encode() in one.content
    editions.verify(key=release.edition.key, by=salma, at=NOON)
    listed = client.get(page("record_list"), headers={"accept-language": "ar"})
    said = [str(each.label) for each in listed.context["release_columns"]]
    assert said[:2] == ["الإصدار", "الدولة"]
    assert client.post(answer.url).status_code == 302
    assert client.post(answer.url).status_code == 422
    assert Release.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": "2"},
        {"threshold": "-1"},
        {"threshold": "many"},
        {"indicators": []},
        {"indicators": ["Ghosts"]},
        {"breakdowns": ["name"]},
        {"first_year": "2024", "last_year": "2020"},
        {"first_year": "2025"},
        {"who": "all"},
    ],
)
def test_what_cannot_be_released_is_told(
    client_of: ClientOf, police: RecordEdition, salma: Person, change: dict[str, Any]
) -> None:
    client = client_of(salma)
    assert client.post(page("record_release", "XA"), {**CHOSEN, **change}).status_code == 422
    assert client.get(page("record_release", "XA"), {**CHOSEN, **change}).status_code == 422
    assert not Release.objects.exists()


# ── code lists ───────────────────────────────────────────────────────────────────────────────────
def test_the_code_lists_can_be_taken_away_and_replaced(
    client: Client, client_of: ClientOf, yusuf: Person, salma: Person
) -> None:
    as_json = client.get(page("record_codes_file", "2026-1", "json"))
    told = json.loads(as_json.content)
    table = client.get(page("record_codes_file", "2026-1", "csv"))
    assert table.content.startswith(b"\xef\xbb\xbfversion,")
    told["version"] = "2027-1"
    told["codes"] = [each for each in told["codes"] if each["code"] != "surrogacy"]

    def another() -> SimpleUploadedFile:
        return SimpleUploadedFile("codes.json", json.dumps(told).encode())

    assert client_of(salma).post(page("record_codes"), {"file": another()}).status_code == 422
    assert client_of(yusuf).post(page("record_codes"), {"file": another()}).status_code == 302
    assert client_of(yusuf).post(page("record_codes"), {"file": another()}).status_code == 422
    bad = SimpleUploadedFile("codes.json", b"{")
    assert client_of(yusuf).post(page("record_codes"), {"file": bad}).status_code == 422
    old = client.get(page("record_codes", query="?version=2026-1"))
    assert [each.code for each in old.context["moved"]] == ["surrogacy"]
    assert client.get(page("record_codes")).context["book"].version == "2027-1"
    assert client.get(page("record_codes", query="?version=nope")).status_code == 404


@pytest.mark.parametrize("kind", codebook.KINDS)
def test_a_form_of_each_kind_can_be_taken_away(client: Client, kind: str) -> None:
    answer = client.get(page("record_form", kind))
    assert compile_form(answer.content, name="x.xlsx").form_id == f"records_{kind}"
    assert client.get(page("record_form", "ghost")).status_code == 404
