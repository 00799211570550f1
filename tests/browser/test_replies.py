"""Two people draft a reply at once, in real windows."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marsad.directory.models import Body, Person
from marsad.review.actions import answer as answers
from marsad.review.actions import part as parts
from marsad.review.actions import reply as replies
from marsad.review.models import Answer, Reply, Round
from tests.browser.conftest import Window, is_sound
from tests.review import rounds
from tests.review.rounds import LAW, LAW_WHICH, SECTION_A, SECTION_B, SHELTER

SHOTS = os.environ.get("R2_SHOTS")


@pytest.fixture
def reply(round_: Round, salma: Person, tariq: Person) -> Reply:
    """Arkia's reply in a round that is open today; Tariq's ministry has both sections."""
    today = timezone.localdate()
    Round.objects.update(
        due_on=today + timedelta(days=30),
        second_due_on=today + timedelta(days=60),
        cut_off_on=today + timedelta(days=90),
    )
    begun = replies.begin(round_key=round_.key, state="XA", by=salma, at=timezone.now())
    body = Body.objects.get(memberships__person=tariq)
    for section in (SECTION_A, SECTION_B):
        parts.assign(
            reply_key=begun.key, section=section, body_id=body.pk, by=salma, at=timezone.now()
        )
    return begun


def address(reply: Reply, name: str, *more: str) -> str:
    return reverse(f"review:{name}", args=[reply.invitation.round.key, "XA", *more])


def saved(page: Any) -> None:
    """Wait until the page says that it saved."""
    page.wait_for_function(
        "() => /^(Saved at|حُفظ)/.test(document.getElementById('save-state').textContent)"
    )


def wait_until(page: Any, happened: Callable[[], bool]) -> None:
    """Wait for what the page itself does not show."""
    for _again in range(200):
        if happened():
            return
        page.wait_for_timeout(50)
    raise AssertionError


def holds(path: str) -> str:
    found = Answer.objects.filter(path=path, ended_at=None).first()
    return found.value if found else ""


def test_a_follow_up_appears_as_its_question_is_answered_and_all_is_saved(
    reply: Reply,
    window: Window,
    tariq: Person,
) -> None:
    page = window(tariq)
    page.goto(address(reply, "section", "a"))
    expect(page.get_by_label("Which law?", exact=True)).not_to_be_visible()
    page.get_by_label("In part").check()
    page.get_by_label("Which law?", exact=True).wait_for(state="visible")
    page.get_by_label("Which law?", exact=True).press_sequentially("قانون مكافحة الاتجار")
    wait_until(page, lambda: holds(LAW_WHICH) == "قانون مكافحة الاتجار")
    page.reload()
    expect(page.get_by_label("Which law?", exact=True)).to_have_value("قانون مكافحة الاتجار")
    assert holds(LAW) == "in_part"


def test_two_answers_stand_side_by_side_until_one_is_chosen(
    reply: Reply,
    window: Window,
    salma: Person,
    tariq: Person,
) -> None:
    one, other = window(tariq), window(salma, tolerates=["409"])
    for page in (one, other):
        page.goto(address(reply, "section", "b"))
    one.get_by_label("Which shelters are there?", exact=True).fill("خمسة مآو")
    saved(one)
    other.get_by_label("Which shelters are there?", exact=True).fill("ستة مآو")
    both = other.locator("[data-clash]")
    both.wait_for()
    expect(both).to_contain_text("Tariq")
    expect(both).to_contain_text("خمسة مآو")
    expect(both).to_contain_text("ستة مآو")
    assert holds(SHELTER) == "خمسة مآو"
    other.get_by_role("button", name="Keep yours").click()
    saved(other)
    assert holds(SHELTER) == "ستة مآو"
    # The first window hears of it.
    one.evaluate("document.getElementById('section-form').dispatchEvent(new Event('marsad:poll'))")
    shelter = one.get_by_label("Which shelters are there?", exact=True)
    wait_until(one, lambda: shelter.input_value() == "ستة مآو")
    expect(one.locator("#section-here")).to_contain_text("Salma")


def test_without_a_connection_nothing_typed_is_lost(
    reply: Reply,
    window: Window,
    tariq: Person,
) -> None:
    page = window(tariq, tolerates=["ERR_INTERNET_DISCONNECTED", "Failed to load resource"])
    page.goto(address(reply, "section", "b"))
    page.context.set_offline(True)
    page.get_by_label("Which shelters are there?", exact=True).fill("خمسة مآو")
    page.get_by_text("No connection").wait_for()
    assert holds(SHELTER) == ""
    page.context.set_offline(False)
    saved(page)
    assert holds(SHELTER) == "خمسة مآو"


def test_a_round_closed_while_people_type_leaves_them_their_words(
    reply: Reply,
    window: Window,
    tariq: Person,
) -> None:
    page = window(tariq, tolerates=["409"])
    page.goto(address(reply, "section", "b"))
    Round.objects.update(closed_at=timezone.now())
    page.get_by_label("Which shelters are there?", exact=True).fill("خمسة مآو")
    page.locator("#kept").wait_for(state="visible")
    expect(page.locator("#kept")).to_contain_text("The round is closed")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Keep it as a file").click()
    assert "خمسة مآو" in kept.value.path().read_text(encoding="utf-8")
    expect(page.get_by_label("Which shelters are there?", exact=True)).to_have_value("خمسة مآو")
    assert holds(SHELTER) == ""
    page.on("dialog", lambda dialog: dialog.accept())
    # Opened again, it takes what waits without anybody's doing.
    Round.objects.update(closed_at=None)
    page.evaluate("document.getElementById('section-form').dispatchEvent(new Event('marsad:poll'))")
    saved(page)
    expect(page.locator("#kept")).to_be_hidden()
    assert holds(SHELTER) == "خمسة مآو"


def test_what_is_typed_just_before_leaving_is_saved(
    reply: Reply,
    window: Window,
    tariq: Person,
) -> None:
    page = window(tariq)
    page.goto(address(reply, "section", "b"))
    page.get_by_label("Which shelters are there?", exact=True).press_sequentially("خمسة")
    page.get_by_role("link", name="Reply of Arkia").click()
    page.wait_for_url("**/states/XA/")
    wait_until(page, lambda: holds(SHELTER) != "")
    assert holds(SHELTER) == "خمسة"


def test_an_earlier_answer_is_taken_over_with_one_click_and_undone(
    reply: Reply,
    window: Window,
    salma: Person,
    round_: Round,
) -> None:
    before = Round.objects.create(
        key="earlier-round",
        titles={"ar": "جولة سابقة", "en": "An earlier round"},
        form_key=round_.form_key,
        languages=["ar", "en"],
        made_at=rounds.MORNING,
        opened_at=rounds.MORNING,
        is_invented=True,
    )
    rounds.reply_of(before, "XA", {SHELTER: "ثلاثة مآو"})
    page = window(salma)
    page.goto(address(reply, "section", "b"))
    page.get_by_role("button", name="Still true, take over: Which shelters are there?").click()
    saved(page)
    shelter = page.get_by_label("Which shelters are there?", exact=True)
    expect(shelter).to_have_value("ثلاثة مآو")
    page.reload()
    page.get_by_role("button", name="Undo the last change").click()
    page.get_by_text("Put back as it was").wait_for()
    expect(shelter).to_have_value("")


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_the_pages_of_a_reply_fit_and_are_accessible(
    reply: Reply,
    window: Window,
    salma: Person,
    huda: Person,
    language: str,
    width: int,
) -> None:
    answers.save(reply_key=reply.key, path=LAW, value="yes", base=0, by=salma, at=timezone.now())
    answers.save(
        reply_key=reply.key,
        path=rounds.YEAR,
        position=(1,),
        value="1999",
        base=0,
        by=salma,
        at=timezone.now(),
    )
    page = window(salma, language=language, width=width)
    for name, more in (
        ("reply", ()),
        ("section", ("a",)),
        ("section", ("b",)),
        ("reply_send", ()),
        ("reply_decline", ()),
        ("question", (LAW[1:],)),
        ("reply_whole", ()),
    ):
        page.goto(address(reply, name, *more))
        is_sound(page)
        if SHOTS:
            page.screenshot(
                path=f"{SHOTS}/{name}-{'-'.join(more).replace('/', '_')}-{language}-{width}.png",
                full_page=True,
            )
