"""Answers side by side, and found by their words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from marsad.directory.models import Person
from marsad.directory.types import Reader
from marsad.review import problems
from marsad.review.models import Round
from marsad.review.queries import reading, search
from tests.review import rounds
from tests.review.rounds import LAW, LAW_WHICH, MORNING, SHELTER, VICTIMS, YEAR

pytestmark = pytest.mark.django_db
Browser = Callable[[Person | AnonymousUser], Client]
SENT = MORNING + timedelta(days=30)


@pytest.fixture
def answered(round_: Round) -> Round:
    """Three States replied: one in Arabic, one in English, one publicly nothing at all."""
    rounds.reply_of(
        round_,
        "XA",
        {LAW: "yes", LAW_WHICH: "قانون مكافحة الاتجار", SHELTER: "ثلاثة مآو للضحايا"},
        confidential=(SHELTER,),
    )
    rounds.reply_of(round_, "XB", {LAW: "no", SHELTER: "Two shelters for victims"}, is_public=False)
    rounds.reply_of(round_, "XC", {LAW: "unknown"})
    return round_


def page_of(reader: Reader, round_: Round, path: str, **chosen: object) -> dict[str, list[str]]:
    """What a reader reads: the answers by State."""
    page = reading.by_question(
        reader=reader,
        round_=round_,
        path=path,
        language="en",
        choice=reading.Choice(**chosen),  # type: ignore[arg-type]
    )
    return {state.iso2: [each.words for each in state.answers] for state in page.states}


def test_every_state_that_replied_is_there_also_if_it_did_not_answer(
    answered: Round, yusuf: Person
) -> None:
    assert page_of(yusuf, answered, LAW) == {"XA": ["Yes"], "XB": ["No"], "XC": ["Unknown"]}
    assert page_of(yusuf, answered, SHELTER) == {
        "XA": ["ثلاثة مآو للضحايا"],
        "XB": ["Two shelters for victims"],
        "XC": [],
    }


def test_states_stand_by_name_and_never_by_their_answers(answered: Round, yusuf: Person) -> None:
    page = reading.by_question(reader=yusuf, round_=answered, path=LAW, language="ar")
    assert [each.name for each in page.states] == ["أرقيا", "بحرستان", "كوريدا"]


def test_what_is_for_the_secretariat_only_is_read_by_it_alone(
    answered: Round, yusuf: Person, analyst: Person, omar: Person, public: AnonymousUser
) -> None:
    assert page_of(yusuf, answered, SHELTER)["XA"]
    assert page_of(analyst, answered, SHELTER)["XA"] == []
    assert page_of(omar, answered, SHELTER) == {
        "XA": [],
        "XB": ["Two shelters for victims"],
        "XC": [],
    }
    assert page_of(public, answered, SHELTER) == {"XA": [], "XC": []}


@pytest.mark.parametrize(
    ("path", "chosen", "expected"),
    [
        (LAW, {"group": "africa"}, ["XA"]),
        (LAW, {"answer": "no"}, ["XB"]),
        (SHELTER, {"answer": reading.NONE}, ["XC"]),
        (SHELTER, {"language": "ar"}, ["XA"]),
        (SHELTER, {"language": "en"}, ["XB"]),
        (SHELTER, {"confidential": "yes"}, ["XA"]),
        (SHELTER, {"confidential": "no"}, ["XB"]),
    ],
)
def test_it_is_narrowed(
    answered: Round, yusuf: Person, path: str, chosen: dict[str, str], expected: list[str]
) -> None:
    assert list(page_of(yusuf, answered, path, **chosen)) == expected


def test_any_day_can_be_read_and_what_changed_since(answered: Round, yusuf: Person) -> None:
    reply = answered.invitations.get(state="XB").reply
    rounds.write(reply, LAW, "yes", at=SENT + timedelta(days=5), reason="صدر القانون")
    assert page_of(yusuf, answered, LAW)["XB"] == ["Yes"]
    assert page_of(yusuf, answered, LAW, at=SENT)["XB"] == ["No"]
    page = reading.by_question(
        reader=yusuf,
        round_=answered,
        path=LAW,
        language="en",
        choice=reading.Choice(since=SENT),
    )
    assert [(each.iso2, each.answers[0].was) for each in page.states] == [("XB", "No")]
    state = reading.of_state(
        reader=yusuf, round_=answered, iso2="XB", language="en", choice=reading.Choice(since=SENT)
    )
    assert [a.was for s in state.sections for q in s.questions for a in q.answers] == ["No"]


def test_repetitions_stand_one_under_another(answered: Round, yusuf: Person) -> None:
    reply = answered.invitations.get(state="XC").reply
    for place, year in ((1, "2024"), (2, "2025")):
        rounds.write(reply, YEAR, year, position=(place,))
    rounds.write(reply, VICTIMS, "7", position=(2,))
    assert page_of(yusuf, answered, YEAR)["XC"] == ["2024", "2025"]


def test_a_page_turns_to_its_neighbours(answered: Round, yusuf: Person, client_of: Browser) -> None:
    address = reverse("review:answers", args=[answered.key])
    page = client_of(yusuf).get(address, {"path": LAW_WHICH}).content.decode()
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    first = client_of(yusuf).get(address, {"path": LAW}).content.decode()
    assert 'rel="prev"' not in first


def test_the_language_of_an_answer_decides_its_direction(
    answered: Round, yusuf: Person, client_of: Browser
) -> None:
    client = client_of(yusuf)
    client.cookies["django_language"] = "en"
    page = client.get(
        reverse("review:answers", args=[answered.key]), {"path": SHELTER}
    ).content.decode()
    assert 'lang="ar" dir="rtl">ثلاثة' in page
    assert 'lang="en" dir="ltr">Two shelters' in page


def test_a_state_is_read_across_questions(
    answered: Round, omar: Person, public: AnonymousUser, client_of: Browser
) -> None:
    address = reverse("review:answers_of_state", args=[answered.key, "XB"])
    assert "Two shelters" in client_of(omar).get(address).content.decode()
    assert client_of(public).get(address).status_code == 404


def test_nobody_learns_which_states_keep_their_answers_to_themselves(
    answered: Round, public: AnonymousUser, client_of: Browser
) -> None:
    page = client_of(public).get(reverse("review:answers", args=[answered.key])).content.decode()
    assert "/answers/XA/" in page
    assert "/answers/XB/" not in page


@pytest.mark.parametrize("format_", ["xlsx", "csv", "json"])
def test_it_is_taken_away_and_says_that_it_is_invented(
    answered: Round, yusuf: Person, client_of: Browser, format_: str
) -> None:
    rounds.write(answered.invitations.get(state="XC").reply, SHELTER, "=1+1")
    address = reverse("review:answers_export", args=[answered.key, format_])
    client = client_of(yusuf)
    client.cookies["django_language"] = "en"
    answer = client.get(address, {"path": SHELTER})
    assert "INVENTED-" in answer.headers["Content-Disposition"]
    if format_ == "json":
        told = json.loads(answer.content)
        assert told["is_invented"]
        assert [each.get("answer") for each in told["answers"]][2] == "=1+1"
        return
    if format_ == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert "invented States" in rows[0][0]
    assert any(cell in ("=1+1", "'=1+1") for cell in rows[4])


def test_an_export_holds_no_more_than_its_reader_may_read(
    answered: Round, analyst: Person, public: AnonymousUser, client_of: Browser
) -> None:
    address = reverse("review:answers_export", args=[answered.key, "json"])
    for reader in (analyst, public):
        assert "ثلاثة" not in client_of(reader).get(address).content.decode()


def test_a_day_is_chosen_on_the_page(answered: Round, yusuf: Person, client_of: Browser) -> None:
    address = reverse("review:answers", args=[answered.key])
    page = client_of(yusuf).get(address, {"path": LAW, "at": date(2026, 1, 1).isoformat()})
    assert page.status_code == 200
    assert reading.Choice().at is None


# ── search ───────────────────────────────────────────────────────────────────────────────────────
def found(reader: Reader, round_: Round, typed: str, **chosen: str) -> list[str]:
    result = search.search(
        reader=reader,
        round_=round_,
        typed=typed,
        language="en",
        choice=search.SearchChoice(**chosen),
    )
    return [each.iso2 for each in result.hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("ضحية", ["XA"]), ("shelter", ["XB"]), ("بالاتجار", ["XA"]), ("nothing of this", [])],
)
def test_every_form_of_a_word_is_found(
    answered: Round, yusuf: Person, typed: str, expected: list[str]
) -> None:
    assert found(yusuf, answered, typed) == expected


def test_nothing_is_found_that_may_not_be_read(
    answered: Round, analyst: Person, omar: Person, public: AnonymousUser
) -> None:
    for reader in (analyst, omar, public):
        assert found(reader, answered, "الضحايا") == []
    assert found(omar, answered, "shelter") == ["XB"]
    assert found(public, answered, "shelter") == []


def test_a_search_is_narrowed(answered: Round, yusuf: Person) -> None:
    assert found(yusuf, answered, "shelter", language="ar") == []
    assert found(yusuf, answered, "shelter", language="en", state="XB") == ["XB"]
    assert found(yusuf, answered, "shelter", section=rounds.SECTION_A) == []
    assert found(yusuf, answered, "shelter", group="asia-pacific") == ["XB"]


def test_a_search_page_marks_the_words(answered: Round, yusuf: Person, client_of: Browser) -> None:
    address = reverse("review:search", args=[answered.key])
    page = client_of(yusuf).get(address, {"q": "shelters"}).content.decode()
    assert "<mark>shelters</mark>" in page
    assert client_of(yusuf).get(address, {"q": "--"}).status_code == 200
    with pytest.raises(problems.NothingToSearch):
        found(yusuf, answered, " . ")


def test_what_follows_from_a_confidential_answer_is_found_by_the_secretariat_alone(
    round_: Round, public: AnonymousUser, analyst: Person, yusuf: Person
) -> None:
    rounds.reply_of(round_, "XA", {LAW: "yes", LAW_WHICH: "Act five"}, confidential=(LAW,))
    rounds.reply_of(round_, "XB", {LAW: "yes", LAW_WHICH: "Act six"})
    for reader, sees in ((public, False), (analyst, False), (yusuf, True)):
        states = {"XA", "XB"} if sees else {"XB"}
        page = page_of(reader, round_, LAW_WHICH)
        assert {state for state, told in page.items() if told} == states
        found = search.search(reader=reader, round_=round_, typed="Act", language="en")
        assert ({hit.iso2 for hit in found.hits}, found.count) == (states, len(states))
        whole = reading.of_state(reader=reader, round_=round_, iso2="XA", language="en")
        assert whole.answered == (2 if sees else 0)
        [section, *_rest] = reading.contents(reader=reader, round_=round_, language="en")
        counts = {line.path: line.answered for line in section.questions}
        assert counts[LAW_WHICH] == len(states)


def test_the_secretariat_asks_from_where_it_reads(
    answered: Round, yusuf: Person, reem: Person, client_of: Browser
) -> None:
    asking = reverse("review:question", args=[answered.key, "XA", LAW.removeprefix("/")])
    of_state = reverse("review:answers_of_state", args=[answered.key, "XA"])
    of_question = reverse("review:answers", args=[answered.key]) + f"?path={LAW}"
    register = reverse("review:register", args=[answered.key])

    assert asking in client_of(yusuf).get(of_state).content.decode()
    assert asking in client_of(yusuf).get(of_question).content.decode()
    assert of_state in client_of(yusuf).get(register).content.decode()
    assert client_of(yusuf).get(asking).status_code == 200
    assert asking not in client_of(reem).get(of_state).content.decode()
