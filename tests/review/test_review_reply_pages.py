"""The pages of a reply, by whole requests: with the script's requests and without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marsad.directory.models import Body, Person
from marsad.review import problems
from marsad.review.actions import answer as answers
from marsad.review.actions import part as parts
from marsad.review.actions import remark as remarks
from marsad.review.actions import reply as replies
from marsad.review.models import Answer, Invitation, Reply, Round
from marsad.review.queries import reply as queries
from marsad.review.words import How
from tests.review import rounds
from tests.review.rounds import LAW, LAW_WHICH, SECTION_A, SECTION_B, SHELTER, VICTIMS, YEAR

pytestmark = pytest.mark.django_db

Window = Callable[[Person | AnonymousUser], Client]


@pytest.fixture
def open_now(round_: Round) -> Round:
    """The round, with its days ahead of today."""
    today = timezone.localdate()
    round_.due_on = today + timedelta(days=30)
    round_.second_due_on = today + timedelta(days=60)
    round_.cut_off_on = today + timedelta(days=90)
    round_.save()
    return round_


@pytest.fixture
def reply(open_now: Round, salma: Person, tariq: Person) -> Reply:
    """Arkia's reply, begun; Tariq's ministry has section A."""
    begun = replies.begin(round_key=open_now.key, state="XA", by=salma, at=timezone.now())
    hand(begun, SECTION_A, tariq, by=salma)
    return begun


@pytest.fixture
def window(client_of: Window) -> Window:
    """A window of a reader of English."""

    def open_window(person: Person | AnonymousUser) -> Client:
        client = client_of(person)
        client.cookies["django_language"] = "en"
        return client

    return open_window


def hand(reply: Reply, section: str, person: Person, *, by: Person) -> None:
    body = Body.objects.get(memberships__person=person)
    parts.assign(reply_key=reply.key, section=section, body_id=body.pk, by=by, at=timezone.now())


def at(round_: Round, name: str, *more: str, state: str = "XA") -> str:
    return reverse(f"review:{name}", args=[round_.key, state, *more])


def type_in(reply: Reply, path: str, value: str, *, by: Person, base: int = 0, **more: Any) -> None:
    answers.save(
        reply_key=reply.key, path=path, value=value, base=base, by=by, at=timezone.now(), **more
    )


def send(reply: Reply, *, by: Person, is_public: bool = True) -> None:
    replies.submit(
        key=reply.key,
        is_public=is_public,
        revision=queries.revision_of(reply),
        by=by,
        at=timezone.now(),
    )


def node_of(response: Any, path: str, position: tuple[int, ...] = ()) -> Any:
    every = response.context["section"].every()
    return next(each for each in every if (each.path, each.position) == (path, position))


# ── who sees what ────────────────────────────────────────────────────────────────────────────────
def test_opening_the_page_is_seen_on_the_register(
    open_now: Round, window: Window, salma: Person
) -> None:
    shown = window(salma).get(at(open_now, "reply"))
    assert shown.status_code == 200
    assert Invitation.objects.get(round=open_now, state="XA").seen_at is not None
    assert "none of them exists" in shown.content.decode()


def test_another_states_reply_looks_as_if_there_were_none(
    open_now: Round, reply: Reply, window: Window, omar: Person, nobody: Person, public: Any
) -> None:
    for person in (omar, nobody, public):
        for address in (
            at(open_now, "reply"),
            at(open_now, "section", "a"),
            at(open_now, "reply_whole"),
            at(open_now, "question", LAW[1:]),
            at(open_now, "reply", state="ZZ"),
        ):
            assert window(person).get(address).status_code == 404
    assert window(omar).post(at(open_now, "section_save", "a"), {"place": LAW}).status_code == 409
    assert Answer.objects.count() == 0


def test_the_secretariat_sees_how_far_a_state_is_and_no_answer(
    open_now: Round, reply: Reply, window: Window, yusuf: Person, salma: Person
) -> None:
    type_in(reply, SHELTER, "خمسة مآو", by=salma)
    page = window(yusuf).get(at(open_now, "reply"))
    assert page.context["reply"].answered == 1
    assert "خمسة مآو" not in page.content.decode()
    assert window(yusuf).get(at(open_now, "section", "b")).status_code == 404
    whole = window(yusuf).get(at(open_now, "reply_whole"))
    assert "خمسة مآو" not in whole.content.decode()
    send(reply, by=salma)
    assert "خمسة مآو" in window(yusuf).get(at(open_now, "section", "b")).content.decode()


def test_an_ngo_sees_its_own_section_and_no_other(
    open_now: Round, reply: Reply, window: Window, huda: Person, salma: Person
) -> None:
    type_in(reply, LAW_WHICH, "قانون سري", by=salma)
    hand(reply, SECTION_B, huda, by=salma)
    page = window(huda)
    assert page.get(at(open_now, "section", "b")).status_code == 200
    assert page.get(at(open_now, "section", "a")).status_code == 404
    refused = page.post(
        at(open_now, "section_save", "a"), {"place": LAW, "value": "yes", "base": "0"}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "review.reply.not-your-section")
    assert "قانون سري" not in page.get(at(open_now, "reply_json")).content.decode()


def test_the_public_reads_what_was_cleared_and_nothing_confidential(
    open_now: Round, reply: Reply, window: Window, salma: Person, public: Any
) -> None:
    type_in(reply, LAW, "yes", by=salma)
    type_in(reply, SHELTER, "عنوان المأوى", by=salma, is_confidential=True)
    send(reply, by=salma, is_public=True)
    for name in ("reply_whole", "reply_json"):
        words = window(public).get(at(open_now, name)).content.decode()
        assert "عنوان المأوى" not in words
        assert "Yes" in words
    question = window(public).get(at(open_now, "question", SHELTER[1:]))
    assert "عنوان المأوى" not in question.content.decode()
    assert salma.name not in window(public).get(at(open_now, "question", LAW[1:])).content.decode()


def test_what_follows_from_a_confidential_answer_does_not_tell_it(
    open_now: Round, reply: Reply, window: Window, salma: Person, yusuf: Person, public: Any
) -> None:
    type_in(reply, LAW, "yes", by=salma, is_confidential=True)
    send(reply, by=salma, is_public=True)
    for person, asked in ((public, False), (yusuf, True)):
        section = window(person).get(at(open_now, "section", "a"))
        assert node_of(section, LAW_WHICH).is_shown is asked
        data = window(person).get(at(open_now, "reply_json")).json()
        paths = [each["path"] for each in data["sections"][0]["answers"]]
        assert (LAW_WHICH in paths) is asked


def test_an_answer_that_follows_from_a_confidential_one_is_kept_with_it(
    open_now: Round, reply: Reply, window: Window, salma: Person, yusuf: Person, public: Any
) -> None:
    type_in(reply, LAW, "yes", by=salma, is_confidential=True)
    type_in(reply, LAW_WHICH, "Act five", by=salma)
    type_in(reply, SHELTER, "Two shelters", by=salma)
    send(reply, by=salma, is_public=True)
    pages = (
        at(open_now, "reply_whole"),
        at(open_now, "reply_json"),
        at(open_now, "section", "a"),
        at(open_now, "question", LAW_WHICH[1:]),
    )
    for page in pages:
        assert "Act five" not in window(public).get(page).content.decode()
        assert "Act five" in window(yusuf).get(page).content.decode()
        assert "Act five" in window(salma).get(page).content.decode()
    assert "Two shelters" in window(public).get(pages[0]).content.decode()


def test_the_public_reads_no_wording_that_was_corrected_and_not_why(
    open_now: Round, reply: Reply, window: Window, salma: Person, yusuf: Person, public: Any
) -> None:
    rounds.write(reply, SHELTER, "run by Fulana", at=timezone.now() - timedelta(days=3), by=salma)
    send(reply, by=salma, is_public=True)
    Reply.objects.update(submitted_at=timezone.now() - timedelta(days=2))
    type_in(reply, SHELTER, "run by an NGO", by=salma, base=1, reason="Fulana taken out")
    yesterday = {"day": (timezone.localdate() - timedelta(days=1)).isoformat()}
    for page in ("reply_whole", "reply_json"):
        for day in ({}, yesterday):
            words = window(public).get(at(open_now, page), day).content.decode()
            assert "run by an NGO" in words
            assert "Fulana" not in words
        assert "run by Fulana" in window(yusuf).get(at(open_now, page), yesterday).content.decode()
    question = at(open_now, "question", SHELTER[1:])
    assert "Fulana" not in window(public).get(question).content.decode()
    assert "Fulana taken out" in window(yusuf).get(question).content.decode()


def test_an_ngo_is_not_told_who_drafts_what_it_may_not_read(
    open_now: Round, reply: Reply, window: Window, salma: Person, tariq: Person, huda: Person
) -> None:
    hand(reply, SECTION_B, huda, by=salma)
    ministry = Body.objects.get(memberships__person=tariq)
    Body.objects.filter(pk=ministry.pk).update(name_en="Ministry of the Sea")
    here = at(open_now, "reply")
    assert "Ministry of the Sea" in window(salma).get(here).content.decode()
    assert "Ministry of the Sea" not in window(huda).get(here).content.decode()


def test_a_state_that_was_not_invited_looks_like_one_that_drafts(
    open_now: Round, reply: Reply, public: Any, nobody: Person, analyst: Person
) -> None:
    Invitation.objects.filter(state="XD").delete()
    for reader in (public, nobody, analyst):
        for state in ("XA", "XB", "XD"):
            with pytest.raises(problems.NoSuchReply):
                queries.find(reader=reader, round_=open_now, state=state)


@pytest.mark.parametrize("number", ["99999999", "-1", "1.99999", "x"])
def test_a_place_that_no_form_has_is_not_found(
    open_now: Round, reply: Reply, window: Window, salma: Person, number: str
) -> None:
    assert window(salma).get(at(open_now, "question", f"{YEAR[1:]}|{number}")).status_code == 404


# ── typing, with the script ──────────────────────────────────────────────────────────────────────
def test_a_save_answers_what_the_page_needs(
    open_now: Round, reply: Reply, window: Window, tariq: Person
) -> None:
    page = window(tariq)
    hidden = node_of(page.get(at(open_now, "section", "a")), LAW_WHICH)
    assert not hidden.is_shown
    told = page.post(
        at(open_now, "section_save", "a"),
        {"place": LAW, "value": "yes", "base": "0", "confidential": "no"},
    ).json()
    assert (told["revision"], told["value"], told["fault"]) == (1, "yes", "")
    assert hidden.dom in told["shown"]
    assert told["counts"] == {"answered": "1", "asked": "4"}


def test_a_save_is_there_whatever_becomes_of_the_server(
    open_now: Round, reply: Reply, window: Window, tariq: Person
) -> None:
    """The answer of the request says 'saved' only once the row is committed by itself."""
    page = window(tariq)
    for number, value in enumerate(("ق", "قا", "قانون 7")):
        told = page.post(
            at(open_now, "section_save", "a"),
            {"place": LAW_WHICH, "value": value, "base": str(number), "confidential": "no"},
        ).json()
        assert Answer.objects.get(ended_at=None).revision == told["revision"]
    # As if it had died here: who opens the page anew finds the last that was said to be saved.
    assert node_of(page.get(at(open_now, "section", "a")), LAW_WHICH).value == "قانون 7"


def test_of_two_answers_both_are_shown(
    open_now: Round, reply: Reply, window: Window, tariq: Person, salma: Person
) -> None:
    type_in(reply, LAW, "yes", by=tariq)
    told = window(salma).post(
        at(open_now, "section_save", "a"), {"place": LAW, "value": "no", "base": "0"}
    )
    assert told.status_code == 409
    assert told.json()["revision"] == 1
    assert "Tariq" in told.json()["html"]
    assert "Yours, not saved yet" in told.json()["html"]


@pytest.mark.parametrize(
    ("place", "value", "status"),
    [
        (LAW, "perhaps", 422),
        (SHELTER.replace("shelter", "none"), "x", 409),
        (f"{YEAR}|x", "x", 409),
        (LAW_WHICH, "س" * 50_001, 422),
    ],
)
def test_what_cannot_be_saved_says_why(
    open_now: Round,
    reply: Reply,
    window: Window,
    salma: Person,
    place: str,
    value: str,
    status: int,
) -> None:
    told = window(salma).post(
        at(open_now, "section_save", "a"), {"place": place, "value": value, "base": "0"}
    )
    assert told.status_code == status
    assert told.json()["message"]
    assert Answer.objects.count() == 0


def test_whoever_is_signed_out_is_told_so(open_now: Round, reply: Reply, window: Window) -> None:
    page = window(AnonymousUser())
    told = page.post(at(open_now, "section_save", "a"), {"place": LAW, "value": "yes"})
    assert (told.status_code, told.json()["code"]) == (403, "signed-out")


def test_others_are_seen_and_what_they_save(
    open_now: Round, reply: Reply, window: Window, tariq: Person, salma: Person
) -> None:
    began = timezone.now().isoformat()
    window(tariq).get(at(open_now, "section", "a"))
    type_in(reply, LAW, "yes", by=tariq)
    told = window(salma).get(at(open_now, "section_now", "a"), {"since": began}).json()
    assert "Tariq" in told["here"]
    assert [(each["place"], each["value"]) for each in told["answers"]] == [(LAW, "yes")]
    assert told["closed"] == ""
    Round.objects.update(closed_at=timezone.now())
    told = window(salma).get(at(open_now, "section_now", "a"), {"since": "nonsense"}).json()
    assert "closed" in told["closed"]


# ── typing, without a script ─────────────────────────────────────────────────────────────────────
def test_the_button_saves_what_changed(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    page = window(salma)
    form = {f"b:{LAW}": "0", f"v:{LAW}": "yes", f"b:{LAW_WHICH}": "0", f"v:{LAW_WHICH}": ""}
    done = page.post(at(open_now, "section", "a"), form, follow=True)
    assert "1 answer saved" in done.content.decode()
    assert node_of(done, LAW_WHICH).is_shown
    assert [each.value for each in Answer.objects.all()] == ["yes"]


def test_without_a_script_both_answers_stay_on_the_page_until_one_is_chosen(
    open_now: Round, reply: Reply, window: Window, tariq: Person, salma: Person
) -> None:
    type_in(reply, LAW_WHICH, "قانون 7", by=tariq)
    form = {f"b:{LAW_WHICH}": "0", f"v:{LAW_WHICH}": "قانون 9"}
    page = window(salma)
    clash = page.post(at(open_now, "section", "a"), form)
    assert clash.status_code == 409
    node = node_of(clash, LAW_WHICH)
    assert (node.value, node.clash.holds.value) == ("قانون 9", "قانون 7")
    form[f"b:{LAW_WHICH}"] = str(node.revision)
    theirs = page.post(at(open_now, "section", "a"), {**form, "keep": f"theirs|{LAW_WHICH}"})
    assert theirs.status_code == 302
    assert Answer.objects.get(ended_at=None).value == "قانون 7"
    page.post(at(open_now, "section", "a"), {**form, "keep": f"mine|{LAW_WHICH}"})
    assert Answer.objects.get(ended_at=None).value == "قانون 9"


def test_nothing_that_came_between_is_cleared_or_taken_away_unseen(
    open_now: Round, reply: Reply, window: Window, salma: Person, tariq: Person
) -> None:
    hand(reply, SECTION_B, tariq, by=salma)
    place = f"{VICTIMS}|1"
    for path, position in ((SHELTER, ()), (VICTIMS, (1,))):
        type_in(reply, path, "5", by=salma, position=position)
        type_in(reply, path, "777", by=tariq, base=1, position=position)
    page, here = window(salma), at(open_now, "section", "b")
    cleared = page.post(here, {f"b:{SHELTER}": "1", f"v:{SHELTER}": "5", "clear": SHELTER})
    assert cleared.status_code == 409
    assert node_of(cleared, SHELTER).clash.holds.value == "777"
    form = {f"b:{place}": "1", f"v:{place}": "5", "remove": "/data/b/figures|1"}
    removed = page.post(here, form)
    assert removed.status_code == 409
    assert node_of(removed, VICTIMS, (1,)).clash.holds.value == "777"
    # An entry that the page showed empty, and that somebody filled in meanwhile.
    assert page.post(here, {**form, f"b:{place}": "0", f"v:{place}": ""}).status_code == 409
    assert {each.value for each in Answer.objects.filter(ended_at=None)} == {"777"}
    # Having seen it, she may; what she typed on the way is no hindrance.
    gone = page.post(here, {**form, f"b:{place}": "2", f"v:{place}": "778"})
    assert gone.status_code == 302
    assert Answer.objects.get(path=VICTIMS, ended_at=None).value == ""


def test_a_round_closed_meanwhile_keeps_what_was_typed_on_the_page(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    Round.objects.update(closed_at=timezone.now())
    refused = window(salma).post(
        at(open_now, "section", "a"), {f"b:{LAW_WHICH}": "0", f"v:{LAW_WHICH}": "قانون 7"}
    )
    assert refused.status_code == 409
    assert "قانون 7" in refused.content.decode()
    assert "The round is closed" in refused.content.decode()
    assert Answer.objects.count() == 0


def test_entries_are_added_taken_away_and_put_back(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    page, here = window(salma), at(open_now, "section", "b")
    first, second = f"{YEAR}|1", f"{YEAR}|2"
    added = page.post(
        here,
        {f"b:{first}": "0", f"v:{first}": "٢٠٢٤", "add": "/data/b/figures"},
        follow=True,
    )
    assert node_of(added, YEAR, (2,)).value == ""
    assert Answer.objects.get().value == "2024"
    page.post(here, {f"b:{second}": "0", f"v:{second}": "2025"})
    gone = page.post(
        here,
        {
            f"b:{first}": "1",
            f"v:{first}": "2024",
            f"b:{VICTIMS}|1": "0",
            f"v:{VICTIMS}|1": "",
            "remove": "/data/b/figures|1",
        },
        follow=True,
    )
    assert [each.position for each in gone.context["section"].every() if each.path == YEAR] == [
        (2,)
    ]
    page.post(at(open_now, "section_undo", "b"))
    back = Answer.objects.get(path=YEAR, position=[1], ended_at=None)
    assert (back.value, back.how) == ("2024", How.UNDONE)


# ── earlier answers ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def earlier(form: Any, states: Any, salma: Person) -> Reply:
    """What Arkia answered in a round before this one."""
    before = rounds.open_round(form)
    return rounds.reply_of(
        before,
        "XA",
        {LAW: "in_part", LAW_WHICH: "قانون 3", SHELTER: "ثلاثة"},
        confidential=(SHELTER,),
    )


def test_what_was_answered_before_is_offered_with_its_source_and_taken_over_at_once(
    open_now: Round, earlier: Reply, reply: Reply, window: Window, salma: Person
) -> None:
    page = window(salma)
    offer = node_of(page.get(at(open_now, "section", "a")), LAW).earlier
    assert (offer.value, offer.source) == ("in_part", "A round on the law")
    page.post(at(open_now, "section", "a"), {f"b:{LAW}": "0", "take": LAW})
    taken = Answer.objects.get(reply=reply)
    assert (taken.value, taken.how) == ("in_part", How.TAKEN_OVER)
    assert taken.origin.startswith("A round on the law")
    told = page.post(
        at(open_now, "section_save", "b"),
        {"place": SHELTER, "value": "x", "base": "0", "offer": "any"},
    ).json()
    assert (told["value"], told["is_confidential"]) == ("ثلاثة", True)


def test_a_section_is_taken_over_but_for_what_was_unticked_and_undone(
    open_now: Round, earlier: Reply, reply: Reply, window: Window, salma: Person
) -> None:
    page, here = window(salma), at(open_now, "section_earlier", "a")
    type_in(reply, LAW, "yes", by=salma)
    offered = page.get(here).context["offered"]
    assert [node.path for node in offered] == [LAW, LAW_WHICH]
    assert page.post(here, {}).status_code == 422
    page.post(here, {"take": [LAW_WHICH], f"b:{LAW_WHICH}": "0"})
    assert Answer.objects.get(reply=reply, path=LAW_WHICH, ended_at=None).value == "قانون 3"
    assert Answer.objects.get(reply=reply, path=LAW, ended_at=None).value == "yes"
    page.post(at(open_now, "section_undo", "a"))
    assert Answer.objects.get(reply=reply, path=LAW_WHICH, ended_at=None).value == ""


def test_nobody_is_offered_what_another_state_answered(
    open_now: Round, form: Any, reply: Reply, window: Window, salma: Person
) -> None:
    rounds.reply_of(rounds.open_round(form), "XB", {LAW: "no"})
    assert node_of(window(salma).get(at(open_now, "section", "a")), LAW).earlier is None


# ── handing out, sending, declining ──────────────────────────────────────────────────────────────
def test_the_focal_point_hands_sections_out(
    open_now: Round, reply: Reply, window: Window, salma: Person, huda: Person
) -> None:
    body = Body.objects.get(memberships__person=huda)
    page = window(salma)
    page.post(at(open_now, "reply_assign"), {"section": SECTION_B, "body": str(body.pk)})
    shown = page.get(at(open_now, "reply"))
    assert shown.context["reply"].sections[1].parts[0].body_id == body.pk
    page.post(
        at(open_now, "reply_mark"), {"section": SECTION_B, "body": str(body.pk), "act": "done"}
    )
    assert page.get(at(open_now, "reply")).context["reply"].sections[1].is_ready
    page.post(
        at(open_now, "reply_assign"), {"section": SECTION_B, "body": str(body.pk), "act": "take"}
    )
    assert not page.get(at(open_now, "reply")).context["reply"].sections[1].parts
    assert window(huda).post(at(open_now, "reply_assign"), {}).status_code == 403


def test_the_focal_point_looks_through_it_and_sends_it(
    open_now: Round, reply: Reply, window: Window, salma: Person, tariq: Person
) -> None:
    page, here = window(salma), at(open_now, "reply_send")
    type_in(reply, YEAR, "1999", by=salma, position=(1,))
    shown = page.get(here)
    assert [each.path for each in shown.context["wrong"]] == [YEAR]
    assert [each.path for each in shown.context["missing"]] == [LAW]
    assert page.post(here, {"revision": "1"}).status_code == 422
    refused = page.post(here, {"revision": "1", "is_public": "yes"})
    assert refused.status_code == 409
    type_in(reply, YEAR, "2024", by=salma, position=(1,), base=1)
    moved = page.post(here, {"revision": "1", "is_public": "yes"})
    assert "nothing was sent" in moved.content.decode()
    done = page.post(here, {"revision": "2", "is_public": "yes"}, follow=True)
    assert "The reply was sent" in done.content.decode()
    again = page.post(here, {"revision": "2", "is_public": "yes"})
    assert (again.status_code, "only once" in again.content.decode()) == (409, True)
    assert window(tariq).get(here).status_code == 403


def test_after_the_cut_off_nothing_is_sent_and_the_page_says_so(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    type_in(reply, LAW, "no", by=salma)
    past = timezone.localdate() - timedelta(days=1)
    Round.objects.update(due_on=past, second_due_on=past, cut_off_on=past)
    refused = window(salma).post(at(open_now, "reply_send"), {"revision": "1", "is_public": "yes"})
    assert refused.status_code == 409
    assert "is over" in window(salma).get(at(open_now, "reply")).content.decode()
    assert Answer.objects.get().value == "no"


def test_a_state_declines_and_answers_after_all(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    page = window(salma)
    page.post(at(open_now, "reply_decline"), {"because": "لا وقت لنا"})
    assert "لا وقت لنا" in page.get(at(open_now, "reply")).content.decode()
    page.post(at(open_now, "reply_answer_after_all"))
    assert Invitation.objects.get(round=open_now, state="XA").declined_at is None


# ── after it was sent ────────────────────────────────────────────────────────────────────────────
def test_an_answer_is_updated_with_a_reason_and_the_day_before_stays_readable(
    open_now: Round, reply: Reply, window: Window, salma: Person, yusuf: Person
) -> None:
    rounds.write(reply, LAW, "no", at=timezone.now() - timedelta(days=3), by=salma)
    send(reply, by=salma)
    Reply.objects.update(submitted_at=timezone.now() - timedelta(days=2))
    page, here = window(salma), at(open_now, "question", LAW[1:])
    form = {f"b:{LAW}": "1", f"v:{LAW}": "yes"}
    assert page.post(here, form).status_code == 422
    assert page.post(here, {**form, "reason": "صدر القانون"}).status_code == 302
    seen = window(yusuf).get(here).content.decode()
    assert "صدر القانون" in seen
    assert "Salma" not in seen
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for day, value in ((yesterday, "no"), ("", "yes")):
        data = window(yusuf).get(at(open_now, "reply_json"), {"day": day}).json()
        assert data["sections"][0]["answers"][0]["value"] == value
    assert data["invented"]
    assert window(yusuf).get(at(open_now, "reply_whole"), {"day": "soon"}).status_code == 422
    first = Answer.objects.get(revision=1)
    back = {"answer": first.key, "base": "2", "reason": "أُلغي القانون"}
    page.post(at(open_now, "question_put_back", LAW[1:]), back)
    assert Answer.objects.get(ended_at=None).value == "no"


def test_a_sent_answer_is_cleared_with_a_reason_and_the_same_one_is_no_update(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    type_in(reply, LAW, "yes", by=salma)
    send(reply, by=salma)
    page, here = window(salma), at(open_now, "question", LAW[1:])
    form = {f"b:{LAW}": "1", f"v:{LAW}": "yes"}
    same = page.post(here, {**form, "reason": "Again."}, follow=True)
    assert "Nothing was changed" in same.content.decode()
    assert Answer.objects.count() == 1

    unreasoned = page.post(here, {**form, "clear": LAW})
    assert unreasoned.status_code == 422
    assert "Say why the answer changes." in unreasoned.content.decode()
    page.post(here, {**form, "clear": LAW, "reason": "It was never ours to say."})
    assert Answer.objects.get(ended_at=None).value == ""


def test_what_is_said_stays_on_record(
    open_now: Round, reply: Reply, window: Window, salma: Person, yusuf: Person, public: Any
) -> None:
    type_in(reply, LAW, "yes", by=salma)
    send(reply, by=salma)
    say = at(open_now, "question_say", LAW[1:])
    window(yusuf).post(say, {"act": "ask", "text": "أي قانون هو؟"})
    thread = reply.remarks.get()
    assert "أي قانون هو؟" in window(salma).get(at(open_now, "reply")).content.decode()
    window(salma).post(say, {"act": "respond", "thread": thread.key, "text": "القانون 7"})
    question = at(open_now, "question", LAW[1:])
    assert "القانون 7" in window(yusuf).get(question).content.decode()
    window(yusuf).post(say, {"act": "settle", "thread": thread.key})
    assert "settled" in window(salma).get(question).content.decode()
    assert "القانون 7" not in window(public).get(question).content.decode()
    assert remarks.LONGEST


def test_a_version_withdrawn_meanwhile_is_still_asked_and_the_page_says_so(
    open_now: Round, reply: Reply, window: Window, salma: Person
) -> None:
    from marsad.directory.types import OPERATOR
    from marsad.questionnaires.actions import questionnaire as questionnaires

    questionnaires.withdraw(key=open_now.form_key, by=OPERATOR, at=timezone.now())
    page = window(salma)
    assert "was withdrawn since" in page.get(at(open_now, "section", "a")).content.decode()
    told = page.post(at(open_now, "section_save", "a"), {"place": LAW, "value": "yes", "base": "0"})
    assert told.status_code == 200


def test_every_page_speaks_arabic(
    open_now: Round, earlier: Reply, reply: Reply, client_of: Window, salma: Person
) -> None:
    page = client_of(salma)
    page.cookies["django_language"] = "ar"
    for name, more in (
        ("reply", ()),
        ("section", ("a",)),
        ("section_earlier", ("a",)),
        ("question", (LAW[1:],)),
        ("reply_send", ()),
        ("reply_decline", ()),
        ("reply_whole", ()),
    ):
        shown = page.get(at(open_now, name, *more))
        assert shown.status_code == 200
        assert 'dir="rtl"' in shown.content.decode()
