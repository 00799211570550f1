"""How far replies have come: to be seen by those who may, and telling no answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marsad.directory.models import Body, Person
from marsad.review import problems
from marsad.review.models import Part, Round
from marsad.review.queries import progress as queries
from marsad.review.queries import reply as replies
from marsad.review.types.progress import StateProgress
from tests.review import rounds
from tests.review.rounds import (
    LAW,
    LAW_HELP,
    LAW_WHICH,
    MORNING,
    SECTION_A,
    SHELTER,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(round_: Round, salma: Person, tariq: Person) -> Round:
    """Arkia drafts, Bahrestan says no to the law, Corrida has sent its reply."""
    reply = rounds.reply_of(round_, "XA", {LAW: "yes", LAW_WHICH: "Law 9"}, sent_at=None)
    for body in Body.objects.filter(state="XA"):
        Part.objects.create(
            reply=reply,
            section=SECTION_A,
            body=body,
            assigned_at=MORNING,
            ready_at=MORNING if body.kind == "ministry" else None,
        )
    rounds.reply_of(round_, "XB", {LAW: "no"}, sent_at=None)
    rounds.reply_of(round_, "XC", {LAW: "yes", LAW_HELP: "none", SHELTER: "Two"})
    return round_


def states_of(round_: Round, reader: Person) -> dict[str, StateProgress]:
    found = queries.of_states(reader=reader, round_=round_, language="en")
    return {each.line.iso2: each for each in found.states}


def test_the_secretariat_sees_how_much_of_each_section_every_state_has_answered(
    drafted: Round, yusuf: Person
) -> None:
    found = states_of(drafted, yusuf)
    counts = {
        iso2: [(each.answered, each.asked) for each in state.sections]
        for iso2, state in found.items()
    }
    assert counts == {
        "XA": [(1, 2), (0, 1)],
        "XB": [(1, 2), (0, 1)],
        "XC": [(2, 2), (1, 1)],
        "XD": [(0, 2), (0, 1)],
    }
    assert (found["XA"].sections[0].ready, found["XA"].sections[0].bodies) == (1, 2)
    assert found["XC"].line.answered_at == MORNING + timedelta(days=30)


def test_what_is_counted_tells_no_answer_before_the_reply_is_sent(
    drafted: Round, yusuf: Person
) -> None:
    found = states_of(drafted, yusuf)
    # Arkia said that there is a law, and which; Bahrestan that there is none.
    assert found["XA"].sections[0].answered == found["XB"].sections[0].answered
    shown = [
        replies.view(reader=yusuf, round_=drafted, state=iso2, language="en").sections[0]
        for iso2 in ("XA", "XB")
    ]
    assert [(each.answered, each.asked, each.missing) for each in shown] == [(1, 2, 0)] * 2


def test_its_own_people_see_what_their_answers_lead_to(drafted: Round, salma: Person) -> None:
    shown = replies.view(reader=salma, round_=drafted, state="XA", language="en")
    first, body = shown.sections[0], shown.bodies[0]
    assert (first.answered, first.asked) == (2, 4)
    assert (body.answered, body.asked) == (2, 4)


def test_an_organisation_is_not_told_by_a_count_what_others_answered(
    drafted: Round, huda: Person
) -> None:
    shown = replies.view(reader=huda, round_=drafted, state="XA", language="en").sections[0]
    assert not shown.may_read
    assert (shown.answered, shown.asked) == (1, 2)


def test_nobody_else_sees_how_far_states_have_come(
    drafted: Round, analyst: Person, salma: Person, public: AnonymousUser
) -> None:
    for reader in (analyst, salma, public):
        with pytest.raises(problems.NotTheSecretariat):
            queries.of_states(reader=reader, round_=drafted, language="en")  # type: ignore[arg-type]


def test_all_states_take_as_many_queries_as_one(drafted: Round, yusuf: Person) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            states_of(drafted, yusuf)
        return len(seen)

    states_of(drafted, yusuf)
    before = asked()
    rounds.reply_of(drafted, "XD", {LAW: "no", SHELTER: "One"}, sent_at=None)
    assert asked() == before


def test_the_page_is_reached_from_the_register_and_leads_to_each_reply(
    client: Client, drafted: Round, yusuf: Person
) -> None:
    client.force_login(yusuf)
    address = reverse("review:register_progress", args=[drafted.key])
    register = client.get(reverse("review:register", args=[drafted.key])).content.decode()
    assert address in register
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert reverse("review:reply", args=[drafted.key, "XA"]) in page
    assert page.index("Arkia") < page.index("Bahrestan") < page.index("Delmaria")
    assert "1 of 2 bodies done" in page or "هيئت" in page or "جهت" in page
    assert "Law 9" not in page
    narrowed = client.get(address, {"words": "corr"}).content.decode()
    assert "states/XA/" not in narrowed
    assert client.get(address, {"words": "nowhere"}).status_code == 200
