"""From a file to verified figures in force, as people do it on the pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import BodyKind, Role
from marsad.statistics import problems, store
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import standing
from marsad.statistics.models import Arrival, Edition, Prepared, Question, Source
from marsad.statistics.queries import figures
from marsad.statistics.words import Stage
from marsad.tabulation.questions import ask
from tests.statistics import tables_of_ours as ours

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
HEADING = "country,indicator,year,sex,value,definition"
VICTIMS = "Detected trafficking victims"


@pytest.fixture(autouse=True)
def data_root(tmp_path: Path, settings: Any) -> None:
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def arkia(db: None, settings: Any) -> State:
    """A State that does not exist."""
    settings.DEMO = True
    return State.objects.create(
        iso2="XA",
        iso3="XAR",
        kind="member",
        names={"en": "Arkia", "ar": "أركيا"},
        is_invented=True,
    )


def of_arkia(name: str, role: Role, state: State) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@state.example", name=name)
    body, _made = Body.objects.get_or_create(
        kind=BodyKind.MINISTRY, state=state, name_en=f"Ministry of {state.iso2}", name_ar="وزارة"
    )
    Membership.objects.create(person=person, body=body, role=role, from_date=date(2020, 1, 1))
    return person


@pytest.fixture
def salma(arkia: State) -> Person:
    return of_arkia("Salma", Role.FOCAL_POINT, arkia)


@pytest.fixture
def tariq(arkia: State) -> Person:
    return of_arkia("Tariq", Role.EXPERT, arkia)


@pytest.fixture
def mariam(arkia: State) -> Person:
    return of_arkia("Mariam", Role.OBSERVER, arkia)


def lines(*rows: str) -> bytes:
    """A row says year, value, and perhaps sex and definition."""
    written = [HEADING]
    for row in rows:
        year, value, sex, definition = [*row.split("|"), "", ""][:4]
        written.append(f'Arkia,{VICTIMS},{year},{sex},"{value}",{definition}')
    return "\n".join(written).encode()


def send(
    client: Client,
    data: bytes,
    *,
    name: str = "own.csv",
    source: str = "state-xa",
    after: str = "",
) -> Arrival:
    """Send a file through the page, and have the worker read it."""
    response = client.post(
        reverse("statistics:figures_new"),
        {
            "source": source,
            "file": SimpleUploadedFile(name, data),
            "encoding": "",
            "after": after,
        },
    )
    assert response.status_code == 302, response.content.decode()[-3000:]
    arrival = Arrival.objects.latest("id")
    assert arrival.stage == Stage.WAITING
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    return arrival


def take(client: Client, arrival: Arrival) -> Edition:
    client.post(reverse("statistics:arrival_take", args=[arrival.key]))
    return Edition.objects.latest("id")


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def open_page(client: Client, name: str, *args: str, query: str = "") -> str:
    response = client.get(reverse(f"statistics:{name}", args=args) + query)
    assert response.status_code == 200
    return text(response)


# ── the way through ──────────────────────────────────────────────────────────────────────────────
def test_a_state_sends_sees_verifies_and_is_in_force_at_once(
    client_of: Callable[[Any], Client], salma: Person, tariq: Person
) -> None:
    expert, focal_point = client_of(tariq), client_of(salma)
    arrival = send(expert, lines("2023|1,282", "2024|<5|Female"))
    page = open_page(expert, "arrival", arrival.key)
    assert "count given as a limit or a range" in page
    assert "own.csv" in page
    edition = take(expert, arrival)
    assert edition.published_at is None
    assert "It counts once the focal point" in open_page(expert, "edition", edition.key)
    refused = expert.post(reverse("statistics:edition_verify", args=[edition.key]))
    assert refused.status_code == 404
    focal_point.post(reverse("statistics:edition_verify", args=[edition.key]))
    rows = figures.series(ask("victims"))
    assert [(row["year"], row["low"]) for row in rows] == [(2023, 1282)]
    assert "In force" in open_page(focal_point, "arrivals")


def test_what_waits_is_put_together_before_it_is_verified(
    client_of: Callable[[Any], Client], salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    focal_point = client_of(salma)
    take(focal_point, send(focal_point, lines("2023|1,282")))
    standing.prepare_waiting(at=NOON)
    monkeypatch.setattr(standing, "combine", lambda *_parts: pytest.fail("sorted all figures anew"))
    focal_point.post(reverse("statistics:edition_verify", args=[Edition.objects.latest("id").key]))
    assert [row["low"] for row in figures.series(ask("victims"))] == [1282]


def test_what_was_put_together_beside_other_figures_is_not_taken_for_these(
    client_of: Callable[[Any], Client], salma: Person, tmp_path: Path
) -> None:
    focal_point = client_of(salma)
    edition = take(focal_point, send(focal_point, lines("2023|1,282")))
    standing.prepare_waiting(at=NOON)
    # A collection comes into force before the focal point verifies.
    ours.bring(ours.written(tmp_path / "figures.csv", [ours.row("XAR", 2019, "40")]))
    focal_point.post(reverse("statistics:edition_verify", args=[edition.key]))
    assert [each["low"] for each in figures.series(ask("victims"))] == [40, 1282]


def test_what_was_put_together_and_never_verified_is_forgotten_with_its_file(
    client_of: Callable[[Any], Client], salma: Person, tmp_path: Path
) -> None:
    focal_point = client_of(salma)
    ours.bring(ours.written(tmp_path / "figures.csv", [ours.row("XAR", 2019, "40")]))
    take(focal_point, send(focal_point, lines("2023|1,282")))
    standing.prepare_waiting(at=NOON)
    prepared = Prepared.objects.get()
    kept = store.get(prepared.digest, suffix=".parquet")
    before = figures.series(ask("victims"))
    Edition.objects.filter(published_at__isnull=True).update(withdrawn_at=NOON)
    standing.prepare_waiting(at=NOON + timedelta(days=8))
    assert not Prepared.objects.exists()
    assert not kept.exists()
    assert figures.series(ask("victims")) == before


def test_the_page_tells_row_by_row_before_anything_counts(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines("2023|12", "20021|3", "2024|-7", "2024|2.5"))
    page = open_page(client, "arrival", arrival.key, query="?level=refused")
    for said in ("20021", "less than nothing", "not a whole number", "nothing of the file can be"):
        assert said in page
    assert "Take these figures" not in page
    with translation.override("ar"), pytest.raises(problems.RowsRefused) as refused:
        arrivals.take(key=arrival.key, by=salma, at=NOON)
    assert "الصف" in str(refused.value)
    client.post(reverse("statistics:arrival_take", args=[arrival.key]))
    assert not Edition.objects.exists()
    remarks = client.get(
        reverse("statistics:arrival_remarks", args=[arrival.key]) + "?level=refused"
    )
    told = list(csv.reader(io.StringIO(b"".join(remarks.streaming_content).decode("utf-8-sig"))))
    assert [line[2] for line in told[1:]] == ["3", "4", "5"]
    rows = open_page(client, "arrival", arrival.key, query="?show=rows")
    assert "Arkia" in rows


def test_what_is_said_of_a_row_runs_as_the_page_does_in_the_digits_of_the_page(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    adults = f"country,indicator,year,age,value\nArkia,{VICTIMS},2020,18 years or over,<5\n"
    arrival = send(client, adults.encode())
    client.cookies["django_language"] = "ar"
    there = reverse("statistics:arrival", args=[arrival.key])
    # A sentence that begins with the name of a sheet is Arabic all the same.
    assert not re.search(r'<td[^>]*dir="auto"', client.get(there).content.decode())
    assert "١٨ سنة أو أكثر" in text(client.get(f"{there}?show=rows"))


def test_remarks_in_the_download_are_no_formulas(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines("2024|=1+1"))
    remarks = client.get(reverse("statistics:arrival_remarks", args=[arrival.key]))
    told = list(csv.reader(io.StringIO(b"".join(remarks.streaming_content).decode("utf-8-sig"))))
    assert "'=1+1" in told[1]


def test_many_remarks_are_turned_page_by_page(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines(*(f"{1950 + year}|<5" for year in range(70))))
    assert "row 52" not in open_page(client, "arrival", arrival.key, query="?level=noted")
    second = open_page(client, "arrival", arrival.key, query="?level=noted&page=2")
    assert "row 52" in second
    assert "row 3," not in second


def test_a_file_put_aside_can_be_taken_up_again(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines("2023|12"))
    client.post(reverse("statistics:arrival_put_aside", args=[arrival.key]))
    assert "Take it up again" in open_page(client, "arrival", arrival.key)
    client.post(reverse("statistics:arrival_take_up", args=[arrival.key]))
    assert take(client, arrival).number == 1


# ── columns ──────────────────────────────────────────────────────────────────────────────────────
STRANGE = b"Jahr;Opfer;Wer\n2023;12;Female\n2024;14;Female\n"


def test_a_person_says_what_strange_columns_are_and_it_is_remembered(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, STRANGE)
    assert arrival.stage == Stage.FAILED
    assert "Say what its columns are" in open_page(client, "arrival", arrival.key)
    page = open_page(client, "arrival_columns", arrival.key)
    assert "Jahr" in page
    assert "2023 2024" in page
    typed = {"column-0": "year", "column-1": "value", "column-2": "sex", "indicator": VICTIMS}
    client.post(reverse("statistics:arrival_columns", args=[arrival.key]), typed)
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    assert (arrival.stage, arrival.rows, arrival.refused) == (Stage.READ, 2, 0)
    take(client, arrival)
    again = send(client, STRANGE.replace(b"14", b"15"), name="next.csv")
    assert (again.stage, again.rows) == (Stage.READ, 2)


def test_a_file_sent_again_is_read_as_was_said_of_the_one_before(
    client_of: Callable[[Any], Client], salma: Person, arkia: State
) -> None:
    client = client_of(salma)
    faulty = send(client, STRANGE.replace(b"2024", b"20244"))
    typed = {"column-0": "year", "column-1": "value", "column-2": "sex", "indicator": VICTIMS}
    client.post(reverse("statistics:arrival_columns", args=[faulty.key]), typed)
    arrivals.read_waiting(arrival_id=faulty.pk, at=NOON)
    # Nothing of it can be taken, so it waits for nobody.
    assert "A file waits to be taken" not in open_page(client, "arrivals")
    again = reverse("statistics:figures_new") + f"?after={faulty.key}"
    assert (
        f"?after={faulty.key}"
        in client.get(reverse("statistics:arrival", args=[faulty.key])).content.decode()
    )
    assert "as those of own.csv were" in text(client.get(again))
    mended = send(client, STRANGE, after=faulty.key)
    assert (mended.stage, mended.rows, mended.refused) == (Stage.READ, 2, 0)
    # Of another State's file nobody learns anything.
    other = State.objects.create(
        iso2="XB", iso3="XBR", kind="member", names={"en": "Bahrestan"}, is_invented=True
    )
    stranger = client_of(of_arkia("Omar", Role.FOCAL_POINT, other))
    assert stranger.get(again).status_code == 404
    sent = {"source": "state-xb", "file": SimpleUploadedFile("f.csv", STRANGE)}
    assert (
        stranger.post(reverse("statistics:figures_new"), {**sent, "after": faulty.key}).status_code
        == 404
    )


def test_a_column_can_be_left_aside(client_of: Callable[[Any], Client], salma: Person) -> None:
    client = client_of(salma)
    arrival = send(client, lines("2023|12|Female|police"))
    typed = {
        "column-0": "country",
        "column-1": "indicator",
        "column-2": "year",
        "column-3": "",
        "column-4": "value",
        "column-5": "note",
    }
    client.post(reverse("statistics:arrival_columns", args=[arrival.key]), typed)
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    row = client.get(reverse("statistics:arrival", args=[arrival.key]) + "?show=rows")
    assert "female" not in text(row).casefold()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"column-0": "year", "column-1": "year"}, "both read as"),
        ({"column-0": "year"}, "No column is read as"),
    ],
)
def test_columns_that_make_no_table_are_told(
    client_of: Callable[[Any], Client], salma: Person, typed: dict[str, str], said: str
) -> None:
    client = client_of(salma)
    arrival = send(client, STRANGE)
    response = client.post(reverse("statistics:arrival_columns", args=[arrival.key]), typed)
    assert response.status_code == 422
    assert said in text(response)


# ── questions ────────────────────────────────────────────────────────────────────────────────────
DOUBTFUL = ("2023|10", "2023|9|Female", "2023|8|Male")


def test_a_question_is_answered_and_the_answer_is_carried_over(
    client_of: Callable[[Any], Client], salma: Person, yusuf: Person
) -> None:
    client = client_of(salma)
    take(client, send(client, lines(*DOUBTFUL)))
    question = Question.objects.get(check_code="parts-more")
    answer = reverse("statistics:question_answer", args=[question.key])
    assert client.post(answer, {"kind": "right", "note": ""}).status_code == 422
    client.post(answer, {"kind": "right", "note": "Two people were counted in both groups."})
    told = open_page(client_of(yusuf), "questions", query="?standing=all")
    assert "Two people were counted in both groups." in told
    assert "Salma" in told
    # The same doubt in the next file keeps its answer; another doubt is asked anew.
    take(client, send(client, lines(*DOUBTFUL, "2024|9"), name="next.csv"))
    asked = Question.objects.filter(edition__number=2, check_code="parts-more").get()
    assert (asked.answer_kind, asked.carried_from) == ("right", question)
    assert "answered so about edition 1" in open_page(client, "questions", query="?standing=all")
    take(client, send(client, lines("2023|11", *DOUBTFUL[1:]), name="third.csv"))
    assert Question.objects.get(edition__number=3, check_code="parts-more").answer_kind == ""


def test_a_state_answers_what_is_asked_about_a_collection_and_comes_to_the_next_question(
    client_of: Callable[[Any], Client], salma: Person, tmp_path: Path
) -> None:
    rows = [ours.row("XAR", 2019, "9")]
    rows += [ours.row("XAR", 2019, "8", sex=sex) for sex in ("Female", "Male")]
    ours.bring(ours.written(tmp_path / "figures.csv", rows))
    client = client_of(salma)
    question = Question.objects.get(check_code="parts-more")
    listed = client.get(reverse("statistics:questions"))
    edition = reverse("statistics:edition", args=[question.edition.key])
    assert edition not in listed.content.decode()
    for name, typed in (("answer", {"kind": "right", "note": "Both."}), ("reopen", {})):
        address = reverse(f"statistics:question_{name}", args=[question.key])
        assert client.post(address, typed, follow=True).status_code == 200
        question.refresh_from_db()
        assert bool(question.answer_kind) is (name == "answer")


def test_that_it_will_be_corrected_is_not_carried_over(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    take(client, send(client, lines(*DOUBTFUL)))
    question = Question.objects.get(check_code="parts-more")
    client.post(
        reverse("statistics:question_answer", args=[question.key]), {"kind": "will_correct"}
    )
    client.post(reverse("statistics:question_reopen", args=[question.key]))
    question.refresh_from_db()
    assert question.answered_at is None
    client.post(
        reverse("statistics:question_answer", args=[question.key]), {"kind": "will_correct"}
    )
    take(client, send(client, lines(*DOUBTFUL, "2024|9"), name="next.csv"))
    assert Question.objects.get(edition__number=2, check_code="parts-more").answer_kind == ""


def test_only_those_of_the_state_answer(
    client_of: Callable[[Any], Client], salma: Person, mariam: Person, yusuf: Person, reem: Person
) -> None:
    take(client_of(salma), send(client_of(salma), lines(*DOUBTFUL)))
    question = Question.objects.get(check_code="parts-more")
    answer = reverse("statistics:question_answer", args=[question.key])
    typed = {"kind": "right", "note": "Because."}
    assert client_of(mariam).get(answer).status_code == 200
    assert "focal point" in text(client_of(mariam).get(answer))
    assert client_of(reem).get(answer).status_code == 404
    for other in (mariam, yusuf, reem):
        client_of(other).post(answer, typed)
        question.refresh_from_db()
        assert question.answer_kind == ""


# ── a file that is a part of what was told ───────────────────────────────────────────────────────
def test_what_a_file_says_nothing_of_is_told_before_it_is_taken_and_can_stay(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    before = lines("2021|7", "2022|10", "2022|12|Female", "2022|3|Male", "2023|20")
    first = take(client, send(client, before))
    client.post(reverse("statistics:edition_verify", args=[first.key]))
    addition = send(client, lines("2023|21", "2024|30"), name="addition.csv")
    page = open_page(client, "arrival", addition.key)
    assert "Edition 1 holds 4 figures that are not in this file" in page
    assert "2021–2022 : 4 figures" in page
    there = reverse("statistics:arrival_take", args=[addition.key])
    client.post(there, {"keeps": "yes"})
    second = Edition.objects.latest("id")
    assert second.rows == 6
    # What did not fit in what stays is asked still.
    asked = Question.objects.filter(edition=second, severity="ask")
    assert {question.year for question in asked} == {2022}
    client.post(reverse("statistics:edition_verify", args=[second.key]))
    found = [(row["year"], row["low"]) for row in figures.series(ask("victims"))]
    assert found == [(2021, 7), (2022, 10), (2023, 21), (2024, 30)]
    # Taken twice it is told, and is not there twice.
    again = client.post(there, {"keeps": "yes"}, follow=True)
    assert "taken in or put aside already" in text(again)
    assert Edition.objects.count() == 2


def test_a_whole_file_leaves_nothing_out_and_what_is_withdrawn_is_not_missed(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    first = take(client, send(client, lines("2022|10")))
    whole = send(client, lines("2022|11", "2023|20"), name="whole.csv")
    assert "says nothing of" not in open_page(client, "arrival", whole.key)
    client.post(reverse("statistics:edition_withdraw", args=[first.key]))
    other = send(client, lines("2023|20"), name="other.csv")
    assert "says nothing of" not in open_page(client, "arrival", other.key)


def test_the_next_file_need_not_have_all_columns_of_the_last(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    take(client, send(client, lines("2023|12|Female|police")))
    plain = f"country,indicator,year,value\nArkia,{VICTIMS},2024,13\n".encode()
    arrival = send(client, plain, name="plain.csv")
    assert (arrival.stage, arrival.problem_says, arrival.rows) == (Stage.READ, "", 1)


def test_it_is_said_how_many_rows_are_read(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines("2023|12"))
    Arrival.objects.filter(pk=arrival.pk).update(
        stage=Stage.READING, percent=40, rows=12_000, ended_at=None
    )
    there = reverse("statistics:arrival_progress", args=[arrival.key])
    assert "12,000 rows read" in text(client.get(there))


# ── editions ─────────────────────────────────────────────────────────────────────────────────────
def test_it_is_shown_what_an_edition_changed_before_it_is_verified(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    first = take(client, send(client, lines("2022|5||police", "2023|10||police")))
    client.post(reverse("statistics:edition_verify", args=[first.key]))
    second = take(client, send(client, lines("2023|12||courts", "2024|9||courts"), name="n.csv"))
    page = open_page(client, "edition", second.key)
    for said in ("What changed against edition 1", "“police” and is “courts”"):
        assert said in page
    for what, year in (("added", "2024"), ("changed", "2023"), ("gone", "2022")):
        table = client.get(reverse("statistics:edition", args=[second.key]) + f"?what={what}")
        assert f">{year}<" in table.content.decode()


def test_an_earlier_edition_stands_again_and_nothing_is_deleted(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    for number, value in enumerate(("10", "99"), start=1):
        edition = take(client, send(client, lines(f"2023|{value}"), name=f"{number}.csv"))
        client.post(reverse("statistics:edition_verify", args=[edition.key]))
    first = Edition.objects.get(number=1)
    client.post(reverse("statistics:edition_restore", args=[first.key]))
    assert [row["low"] for row in figures.series(ask("victims"))] == [10]
    third = Edition.objects.get(number=3)
    assert (third.restores, third.verified_by) == (first, salma)
    assert "the figures of edition 1 again" in open_page(client, "figures_source", "state-xa")
    client.post(reverse("statistics:edition_withdraw", args=[third.key]))
    assert Edition.objects.count() == 3
    assert "Withdrawn" in open_page(client, "edition", third.key)
    client.post(reverse("statistics:edition_restore", args=[third.key]))
    assert [row["low"] for row in figures.series(ask("victims"))] == [10]


def test_an_edition_whose_place_was_taken_is_not_verified(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    first = take(client, send(client, lines("2023|10")))
    take(client, send(client, lines("2023|11"), name="next.csv"))
    answer = client.post(reverse("statistics:edition_verify", args=[first.key]), follow=True)
    assert "A newer edition has taken the place" in text(answer)


def test_the_file_is_had_by_those_who_may(
    client_of: Callable[[Any], Client], salma: Person, yusuf: Person, reem: Person, public: Any
) -> None:
    edition = take(client_of(salma), send(client_of(salma), lines("2023|10")))
    there = reverse("statistics:edition_file", args=[edition.key])
    for reader in (salma, yusuf):
        found = client_of(reader).get(there)
        assert b"".join(found.streaming_content) == lines("2023|10")
    assert client_of(reem).get(there).status_code == 404
    assert client_of(public).get(there).status_code == 302


# ── who sees what ────────────────────────────────────────────────────────────────────────────────
def test_pages_are_for_those_who_bring_figures_in(
    client_of: Callable[[Any], Client], salma: Person, yusuf: Person, reem: Person, mariam: Person
) -> None:
    arrival = send(client_of(salma), lines("2023|10"))
    for name in ("arrivals", "figures_new", "questions"):
        assert client_of(reem).get(reverse(f"statistics:{name}")).status_code == 403
    assert client_of(mariam).get(reverse("statistics:figures_new")).status_code == 403
    there = reverse("statistics:arrival", args=[arrival.key])
    assert client_of(reem).get(there).status_code == 404
    assert client_of(mariam).get(there).status_code == 200
    assert client_of(yusuf).get(there).status_code == 200
    for name in ("arrival_take", "arrival_put_aside"):
        for other in (yusuf, mariam):
            response = client_of(other).post(reverse(f"statistics:{name}", args=[arrival.key]))
            assert response.status_code == 404
    sign_in = Client().get(reverse("statistics:arrivals"))
    assert sign_in.headers["Location"].startswith(reverse("account_login"))


def test_nobody_sends_figures_of_somebody_else(
    client_of: Callable[[Any], Client], salma: Person, yusuf: Person
) -> None:
    for person, source in ((salma, "glotip"), (yusuf, "state-xa")):
        response = client_of(person).post(
            reverse("statistics:figures_new"),
            {"source": source, "file": SimpleUploadedFile("a.csv", lines("2023|1"))},
        )
        assert response.status_code == 422
    assert not Source.objects.exists()


def test_an_empty_board_says_what_to_do(
    client_of: Callable[[Any], Client], salma: Person, yusuf: Person
) -> None:
    assert "Send a workbook or CSV of your State" in open_page(client_of(salma), "arrivals")
    assert "Bring in the workbook of the Global Report" in open_page(client_of(yusuf), "arrivals")
    assert "Nothing is open" in open_page(client_of(salma), "questions")


# ── rubbish ──────────────────────────────────────────────────────────────────────────────────────
def workbook(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADING.split(","))
    for year in (2022, 2023, 2024):
        sheet.append(["Arkia", VICTIMS, year, "Total", 12, ""])
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged(sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def formula(sheet: Any) -> None:
    sheet["E3"] = "=1+1"


def dated(sheet: Any) -> None:
    sheet["C2"] = datetime(2022, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones


def macros() -> bytes:
    import zipfile

    out = io.BytesIO(workbook(lambda _sheet: None))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"program")
    return out.getvalue()


RUBBISH: dict[str, tuple[str, bytes, str]] = {
    "merged cells": ("m.xlsx", workbook(merged), "cells are merged"),
    "missing column": ("c.csv", b"country,year,sex,definition\nArkia,2023,,\n", "is missing"),
    "wrong encoding": ("e.csv", lines("2023|12||ضحايا").decode().encode("cp1256"), "UTF-8"),
    "a program": ("p.xlsm", macros(), "carries a program"),
    "nothing": ("n.csv", b"", "is empty"),
    "a picture": ("b.xlsx", b"\x89PNG\r\n\x1a\nxxxx", "is not a workbook"),
    "another flow": (
        "s.csv",
        b"DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nXX:OTHER(1.0),400,2023,4\n",
        "SDMX of the flow",
    ),
}


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_gets_a_sentence_and_the_earlier_figures_stay(
    client_of: Callable[[Any], Client], salma: Person, kind: str
) -> None:
    client = client_of(salma)
    edition = take(client, send(client, lines("2023|10")))
    client.post(reverse("statistics:edition_verify", args=[edition.key]))
    Source.objects.update(mapping={})
    name, data, said = RUBBISH[kind]
    arrival = send(client, data, name=name)
    assert (arrival.stage, arrival.digest) == (Stage.FAILED, "")
    page = open_page(client, "arrival", arrival.key)
    assert said in page
    assert name in page
    assert [row["low"] for row in figures.series(ask("victims"))] == [10]
    client.post(reverse("statistics:arrival_take", args=[arrival.key]))
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"), [(formula, "holds a formula"), (dated, "holds a date")]
)
def test_one_bad_cell_is_told_with_its_place(
    client_of: Callable[[Any], Client], salma: Person, change: Callable[[Any], None], said: str
) -> None:
    client = client_of(salma)
    arrival = send(client, workbook(change), name="book.xlsx")
    page = open_page(client, "arrival", arrival.key, query="?level=refused")
    assert said in page
    assert "Sheet!" in page


def test_a_state_brings_in_its_own_figures_only(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    by_name = send(client, lines("2023|12").replace(b"Arkia", b"Jordan"))
    assert by_name.problem_code == "statistics.arrival.of-other-places"
    by_code = send(client, b"iso3,indicator,year,value\nJOR,victims,2023,4\n", name="other.csv")
    assert by_code.problem_code == "statistics.arrival.of-other-places"
    assert "its own figures only" in open_page(client, "arrival", by_code.key)


def test_a_file_in_an_old_encoding_is_read_once_that_is_said(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    client.post(
        reverse("statistics:figures_new"),
        {
            "source": "state-xa",
            "file": SimpleUploadedFile("e.csv", lines("2023|12||ضحايا").decode().encode("cp1256")),
            "encoding": "cp1256",
        },
    )
    arrival = Arrival.objects.get()
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    assert (arrival.stage, arrival.rows) == (Stage.READ, 1)


def test_the_encoding_of_a_file_can_be_said_without_sending_it_again(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines("2023|12||ضحايا").decode().encode("cp1256"))
    assert "Say its encoding" in open_page(client, "arrival", arrival.key)
    there = reverse("statistics:arrival_columns", args=[arrival.key])
    assert '<option value="cp1256" selected>' in client.get(there).content.decode()
    client.post(there, {"encoding": "cp1256"})
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    assert (arrival.stage, arrival.rows) == (Stage.READ, 1)


def test_what_keeps_a_file_out_is_shown_before_what_is_noted(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, lines(*(f"{1950 + year}|<5" for year in range(60)), "20021|3"))
    page = open_page(client, "arrival", arrival.key)
    assert "20021" in page
    assert "stands for a count from" not in page
    everything = open_page(client, "arrival", arrival.key, query="?level=all")
    assert "stands for a count from" in everything


def test_names_out_of_a_file_are_quoted_as_the_reader_does_it(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    arrival = send(client, b"country,indicator,year\nArkia,victims,2020\n")
    assert "“\u2068country\u2069”, “" in open_page(client, "arrival", arrival.key)
    client.cookies["django_language"] = "ar"
    assert "«\u2068country\u2069»، «" in open_page(client, "arrival", arrival.key)


def test_a_place_in_a_workbook_is_read_alike_in_both_directions(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("2023", 0)
    for line in (("indicator", "year", "value"), ("victims", 20021, 4)):
        sheet.append(line)
    made = io.BytesIO()
    book.save(made)
    client = client_of(salma)
    arrival = send(client, made.getvalue(), name="own.xlsx")
    client.cookies["django_language"] = "ar"
    assert "\u20682023!B2\u2069" in open_page(client, "arrival", arrival.key)


def test_parquet_of_somebody_else_is_read(
    client_of: Callable[[Any], Client], salma: Person, tmp_path: Path
) -> None:
    table = pa.table({"indicator": [VICTIMS] * 2, "year": [2023, 2024], "value": [4, 9]})
    pq.write_table(table, tmp_path / "p.parquet")
    arrival = send(client_of(salma), (tmp_path / "p.parquet").read_bytes(), name="p.parquet")
    assert (arrival.stage, arrival.rows) == (Stage.READ, 2)


def test_a_file_that_is_too_large_is_not_kept(
    client_of: Callable[[Any], Client], salma: Person, settings: Any
) -> None:
    settings.LARGEST_FIGURES = 2_000
    response = client_of(salma).post(
        reverse("statistics:figures_new"),
        {"source": "state-xa", "file": SimpleUploadedFile("big.csv", lines("2023|1") * 40)},
    )
    assert response.status_code == 422
    assert "Send it as Parquet" in text(response)
    assert not Arrival.objects.exists()


# ── the worker ───────────────────────────────────────────────────────────────────────────────────
def test_a_file_is_read_again_when_its_worker_died_and_given_up_in_the_end(
    client_of: Callable[[Any], Client], salma: Person
) -> None:
    client = client_of(salma)
    client.post(
        reverse("statistics:figures_new"),
        {"source": "state-xa", "file": SimpleUploadedFile("own.csv", lines("2023|12"))},
    )
    arrival = Arrival.objects.get()
    # A worker that is killed leaves the row as it was in the middle.
    Arrival.objects.update(attempts=1, stage=Stage.READING, percent=40)
    page = client.get(reverse("statistics:arrival", args=[arrival.key]))
    assert b'http-equiv="refresh"' in page.content
    assert "Being read" in text(page)
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    assert arrival.stage == Stage.READ
    done = client.get(reverse("statistics:arrival_progress", args=[arrival.key]))
    assert done.headers["HX-Refresh"] == "true"
    Arrival.objects.update(attempts=3, stage=Stage.READING, ended_at=None)
    arrivals.read_waiting(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    assert arrival.problem_code == "statistics.arrival.given-up"


def test_a_fault_nobody_foresaw_ends_in_a_sentence(
    client_of: Callable[[Any], Client], salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_named: Any) -> None:
        raise RuntimeError("a figure nobody has published: 17")

    monkeypatch.setattr(arrivals, "look", broken)
    arrival = send(client_of(salma), lines("2023|17"))
    assert arrival.problem_code == "statistics.arrival.unreadable"
    assert "17" not in str(arrival.problem_details)
