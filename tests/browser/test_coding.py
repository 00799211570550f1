"""Answers read and coded by mouse and by keyboard, and a workbook brought back, in real windows."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from marsad.directory.models import Person
from marsad.review.actions import reply as replies
from marsad.review.actions import theme as themes
from marsad.review.actions import workbook as workbooks
from marsad.review.models import Answer, Coding, Round
from tests.browser.conftest import Window, fits, is_sound
from tests.review import rounds
from tests.review.rounds import LAW, LAW_WHICH, MORNING, SHELTER

TEXT = "لدينا ثلاثة مآو للضحايا. وفيها رعاية صحية."


@pytest.fixture
def answered(round_: Round, analyst: Person, yusuf: Person) -> Round:
    """Two replies, and the sections as themes."""
    rounds.reply_of(round_, "XA", {LAW: "yes", LAW_WHICH: "القانون رقم ٥", SHELTER: TEXT})
    rounds.reply_of(round_, "XB", {LAW: "no", SHELTER: "Two shelters 🙂 for victims."})
    themes.begin(round_key=round_.key, by=yusuf, at=MORNING)
    return round_


def coding_of(round_: Round, iso2: str) -> str:
    """The page on which the State's answer on shelters is coded."""
    answer = Answer.objects.get(
        reply__invitation__round=round_, reply__invitation__state=iso2, path=SHELTER
    )
    return reverse("review:coding", args=[round_.key, answer.key])


def passages() -> list[str]:
    codings = Coding.objects.filter(removed_at=None).select_related("answer")
    return [each.answer.value[each.start : each.end] for each in codings]


@pytest.mark.parametrize(("language", "width"), [("ar", 1280), ("en", 390)])
def test_a_passage_is_marked_by_keyboard_alone_in_its_own_direction(
    window: Window, answered: Round, analyst: Person, language: str, width: int
) -> None:
    forward = "ArrowLeft"  # the answer is Arabic, whatever the page is in
    page = window(analyst, language=language, width=width)
    page.goto(coding_of(answered, "XA"))
    page.locator("#answer-text").focus()
    for _step in range(2):
        page.keyboard.press(forward)
    page.keyboard.press(f"Shift+{forward}")
    page.wait_for_function("document.querySelector('[data-passage]').textContent === 'ثلاثة مآو'")
    page.locator("input[value=b]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.locator(".marks").wait_for()
    assert passages() == ["ثلاثة مآو"]
    page.locator(".marks button[value=remove]").press("Enter")
    page.locator(".undo button").press("Enter")
    page.locator(".marks").wait_for()
    assert passages() == ["ثلاثة مآو"]
    assert fits(page)


def test_a_passage_is_marked_with_the_mouse_and_counted_as_the_server_counts(
    window: Window, answered: Round, analyst: Person
) -> None:
    page = window(analyst)
    page.goto(coding_of(answered, "XB"))
    page.evaluate(
        """() => {
          const text = document.querySelector("#answer-text").firstChild;
          const range = document.createRange();
          range.setStart(text, text.data.indexOf("for"));
          range.setEnd(text, text.data.indexOf("."));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("document.querySelector('[data-passage]').textContent === 'for victims'")
    page.locator("input[value=b]").check()
    page.locator("[data-marking-form] button[type=submit]").click()
    page.locator(".marks").wait_for()
    assert passages() == ["for victims"]


def test_questions_are_turned_by_keyboard(window: Window, answered: Round, analyst: Person) -> None:
    page = window(analyst, language="ar")
    page.goto(reverse("review:answers", args=[answered.key]) + f"?path={LAW}")
    page.keyboard.press("j")
    page.wait_for_url("**law_which**")
    page.keyboard.press("k")
    page.wait_for_url(f"**path={LAW.replace('/', '%2F')}**")


def test_a_workbook_is_brought_back_and_decided_upon(
    window: Window, round_: Round, salma: Person, tmp_path: Path
) -> None:
    today = timezone.localdate()
    Round.objects.update(due_on=today, second_due_on=today, cut_off_on=today + timedelta(days=90))
    reply = replies.begin(round_key=round_.key, state="XA", by=salma, at=timezone.now())
    made = workbooks.give_out(reply_key=reply.key, language="ar", by=salma, at=timezone.now())
    book = load_workbook(io.BytesIO(made.data))
    for row in book.worksheets[1].iter_rows(min_row=5):
        if row[5].value == LAW:
            row[2].value = "نعم"
    book.save(tmp_path / "ours.xlsx")
    page = window(salma, language="ar", width=390)
    page.goto(reverse("review:workbook", args=[round_.key, "XA"]))
    page.locator("input[type=file]").set_input_files(tmp_path / "ours.xlsx")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".changes").wait_for()
    assert fits(page)
    page.locator("button[value=take_in]").click()
    page.locator("button[value=put_back]").wait_for()
    assert Answer.objects.get(path=LAW, ended_at=None).value == "yes"


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_the_pages_fit_and_axe_finds_no_fault(
    window: Window, answered: Round, analyst: Person, salma: Person, language: str, width: int
) -> None:
    key = answered.key
    page = window(analyst, language=language, width=width)
    for address in (
        f"/review/{key}/answers/",
        f"/review/{key}/answers/?path={SHELTER}",
        f"/review/{key}/answers/XA/",
        f"/review/{key}/search/?q=shelter",
        f"/review/{key}/themes/",
        f"/review/{key}/themes/coding/",
        f"/review/{key}/themes/agreement/",
        coding_of(answered, "XA"),
    ):
        page.goto(address)
        is_sound(page)
    page = window(salma, language=language, width=width)
    page.goto(f"/review/{key}/states/XA/workbook/")
    is_sound(page)
