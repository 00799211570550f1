"""A round that was held before Marsad is told as a report has it: its register, days, findings."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR
from marsad.review import problems
from marsad.review.actions import told
from marsad.review.models import Answer, Finding, Invitation, Reply, Round
from marsad.review.words import FindingKind
from tests.library.conftest import (  # noqa: F401 - fixtures asked for by name
    Shelve,
    add,
    reference_data,
    shelve,
)
from tests.library.reports import ENGLISH_REPORT, NOON

pytestmark = pytest.mark.django_db
SHARED = Path(os.environ.get("MARSAD_SHARED", Path(__file__).parents[2].parent / "shared"))

REPORT = """\
United Nations

TEST/COP/WG.9/2024/7

Distr.: General
3 June 2024

Original: English

Working Group on Tests

Replies of States to the questionnaire on recruitment

I. Introduction

1. In its decision 4/2, the Conference asked the Secretariat to find out how recruitment is watched.

2. On 12 January 2024, the Secretariat sent a note verbale to all States. Replies were requested by
1 March 2024. On 11 March 2024, a second note verbale asked for them by 15 April 2024.

3. By 10 May 2024, replies had been received from the following States: Albania, Jordan, Mexico.

II. Summary of the replies

A. Licences

4. Two States keep a list of agencies.

5. One State publishes it.

B. Inspections

6. Inspectors visit homes in one State.

III. Conclusion

7. Few States told what their measures had led to.
"""


def test_the_register_holds_the_states_that_the_report_names_and_leads_to_the_passage(
    shelve: Shelve,  # noqa: F811
) -> None:
    document = shelve(REPORT)
    round_ = told.tell(document=document.key, by=OPERATOR, at=NOON)
    lines = Invitation.objects.filter(round=round_)
    assert {each.state_id: each.told_at_anchor for each in lines} == {
        "AL": "para-3",
        "JO": "para-3",
        "MX": "para-3",
    }
    assert all(each.answered_at for each in lines)
    assert not Reply.objects.exists()
    assert not Answer.objects.exists()


def test_the_days_are_those_of_the_text(shelve: Shelve) -> None:  # noqa: F811
    document = shelve(REPORT)
    round_ = told.tell(document=document.symbol or "", by=OPERATOR, at=NOON)
    assert [str(day) for day in (round_.due_on, round_.second_due_on, round_.cut_off_on)] == [
        "2024-03-01",
        "2024-04-15",
        "2024-05-10",
    ]
    notes = [each["on"] for each in round_.told_days if each["what"] == "note_verbale"]
    assert notes == ["2024-01-12", "2024-03-11"]
    assert round_.mandate == {"en": "decision 4/2"}
    assert round_.mandate_anchor == "para-1"


def test_a_deadline_that_cannot_be_read_stays_unknown_and_no_other_takes_its_place(
    shelve: Shelve,  # noqa: F811
) -> None:
    document = shelve(REPORT.replace("\n1 March 2024", "\nthe first of the month"))
    round_ = told.tell(document=document.key, by=OPERATOR, at=NOON)
    assert [str(day) for day in (round_.due_on, round_.second_due_on, round_.cut_off_on)] == [
        "None",
        "2024-04-15",
        "2024-05-10",
    ]


def test_its_subjects_become_themes_and_its_statements_findings_with_their_source(
    shelve: Shelve,  # noqa: F811
) -> None:
    document = shelve(REPORT)
    round_ = told.tell(document=document.key, by=OPERATOR, at=NOON)
    assert [(each.code, each.labels["en"]) for each in round_.themes.all()] == [
        ("a", "Licences"),
        ("b", "Inspections"),
    ]
    found = [
        (each.theme.code if each.theme else "", each.kind, each.source_anchor)
        for each in Finding.objects.filter(round=round_)
    ]
    assert found == [
        ("a", FindingKind.STATEMENT, "para-4"),
        ("a", FindingKind.STATEMENT, "para-5"),
        ("b", FindingKind.STATEMENT, "para-6"),
        ("", FindingKind.CONCLUSION, "para-7"),
    ]
    assert Finding.objects.first().source_document_id == document.pk  # type: ignore[union-attr]


def test_a_report_is_told_once_and_one_without_replies_never(
    shelve: Shelve,  # noqa: F811
    yusuf: Person,
    salma: Person,
) -> None:
    document = shelve(REPORT)
    told.tell(document=document.key, by=yusuf, at=NOON)
    with pytest.raises(problems.ToldAlready):
        told.tell(document=document.key, by=yusuf, at=NOON)
    other = shelve(
        REPORT.replace("2024/7", "2024/8")
        .replace("Replies of", "A word to")
        .replace(
            "replies had been received from the following States: Albania, Jordan, Mexico",
            "nobody had said anything",
        ),
        "other.txt",
    )
    with pytest.raises(problems.TellsOfNoRound):
        told.tell(document=other.key, by=yusuf, at=NOON)
    with pytest.raises(problems.NotTheSecretariat):
        told.tell(document=document.key, by=salma, at=NOON)
    assert Round.objects.count() == 1


def test_the_page_of_rounds_offers_the_reports_that_list_replies(
    shelve: Shelve,  # noqa: F811
    yusuf: Person,
    salma: Person,
    public: AnonymousUser,
    client_of: Callable[[Person | AnonymousUser], Client],
) -> None:
    document = shelve(REPORT)
    shelve(ENGLISH_REPORT, "other.txt")
    page = reverse("review:tell")
    assert client_of(salma).get(page).status_code == 403
    shown = client_of(yusuf).get(page)
    assert [key for key, _words in shown.context["papers"]] == [document.key]
    taken = client_of(yusuf).post(page, {"document": document.key})
    round_ = Round.objects.get()
    assert taken.headers["Location"] == reverse("review:round", args=[round_.key])
    again = client_of(yusuf).post(page, {"document": document.key})
    assert again.status_code == 422
    # What a report says is as open as the report: its whole register too.
    for person in (yusuf, public):
        told_page = client_of(person).get(reverse("review:register", args=[round_.key]))
        # In Arabic, Jordan stands before Albania.
        lines = told_page.context["register"].lines
        assert [line.iso2 for line in lines] == ["JO", "AL", "MX"]
        assert "#para-3" in told_page.content.decode()
    overview = client_of(public).get(reverse("review:round", args=[round_.key]))
    assert "#para-2" in overview.content.decode()
    for name in ("notes_send", "notes_try_again"):
        sent = client_of(yusuf).post(reverse(f"review:{name}", args=[round_.key]))
        assert sent.status_code == 409


def test_a_round_of_a_restricted_report_is_known_to_its_readers_only(
    shelve: Shelve,  # noqa: F811
    yusuf: Person,
    salma: Person,
    public: AnonymousUser,
    client_of: Callable[[Person | AnonymousUser], Client],
) -> None:
    document = shelve(REPORT, access="restricted", open_to_roles=["librarian"])
    round_ = told.tell(document=document.key, by=yusuf, at=NOON)
    page = reverse("review:round", args=[round_.key])
    assert client_of(yusuf).get(page).status_code == 200
    for person in (salma, public):
        assert client_of(person).get(page).status_code == 404


def the_report_on_demand() -> Path | None:
    """The report of 2012 among the real documents, found by its words and not by its name."""
    for path in sorted((SHARED / "documents").glob("*.txt")):
        if "٢٠١٢أكتوبر" in path.read_text(encoding="utf-8", errors="replace"):
            return path
    return None


@pytest.mark.skipif(the_report_on_demand() is None, reason="the real documents are not here")
def test_the_round_of_2012_is_told_with_its_33_states(shelve: Shelve) -> None:  # noqa: F811
    path = the_report_on_demand()
    assert path is not None
    document = shelve(path.read_bytes(), path.name)
    round_ = told.tell(document=document.key, by=OPERATOR, at=NOON)
    lines = Invitation.objects.filter(round=round_)
    assert lines.count() == 33
    assert {each.told_at_anchor for each in lines} == {"para-4"}
    days = [(each["what"], each["on"], each["anchor"]) for each in round_.told_days]
    assert days == [
        ("note_verbale", "2011-10-10", "para-3"),
        ("deadline", "2012-02-01", "para-3"),
        ("note_verbale", "2012-02-21", "para-3"),
        ("deadline", "2012-03-15", "para-3"),
        ("replies_until", "2012-05-25", "para-4"),
    ]
    assert [each.code for each in round_.themes.all()] == ["a", "b", "c", "d", "e"]
    findings = Finding.objects.filter(round=round_)
    assert findings.filter(theme__isnull=False).count() == 27
    assert findings.filter(kind=FindingKind.CONCLUSION).count() == 4
    assert json.dumps(list(findings.values_list("source_anchor", flat=True))).count("para-") == 31
