"""Doubtful places settled by keyboard alone, in Arabic and in English, with axe looking on."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from marsad.directory.models import Person
from marsad.library.actions import remaking
from marsad.library.models import Document
from tests.browser.conftest import Window, fits, is_sound
from tests.library.conftest import Shelve
from tests.library.doubtful import MEANT, MISREAD, engine_that_doubts
from tests.library.reports import NOON
from tests.library.test_ruling import COPY, SLIP


@pytest.fixture
def doubtful(shelve: Shelve, monkeypatch: pytest.MonkeyPatch) -> Document:
    engine_that_doubts(monkeypatch, MISREAD, "السجل", "آمن")
    return shelve(SLIP, "slip.txt")


def is_at(page: Any, words: str) -> None:
    """The place that has the focus is about these words."""
    expect(page.locator("[data-place]:focus-within .place__here")).to_have_text(words)


def settled(page: Any, count: int) -> None:
    expect(page.locator("[data-settled]")).to_have_count(count)


@pytest.mark.parametrize(("language", "width"), [("ar", 1280), ("en", 390)])
def test_it_is_settled_by_keyboard_alone(
    window: Window, doubtful: Document, amal: Person, language: str, width: int
) -> None:
    page = window(amal, language=language, width=width)
    page.goto("/doubts/")
    assert fits(page)

    page.keyboard.press("j")
    is_at(page, "السجل")
    page.keyboard.press("j")
    is_at(page, MISREAD)
    page.keyboard.press("k")
    page.keyboard.press("x")
    settled(page, 1)
    is_at(page, MISREAD)  # settled: on to the next
    page.keyboard.press("1")
    settled(page, 2)
    is_at(page, "آمن")
    page.keyboard.press("e")
    page.keyboard.type("مأمون")
    page.keyboard.press("Enter")
    settled(page, 3)
    page.keyboard.press("u")
    settled(page, 2)
    is_at(page, "آمن")
    page.keyboard.press("Enter")
    settled(page, 3)
    assert fits(page)

    remaking.make_anew(document_id=doubtful.pk, at=NOON)
    text = doubtful.versions.get().text
    assert f"{MEANT} العمل" in text
    assert MISREAD not in text


def test_it_answers_to_the_same_keys_under_an_arabic_layout(
    window: Window, doubtful: Document, amal: Person
) -> None:
    page = window(amal, language="ar")
    page.goto("/doubts/")
    # What Chromium reports for the key of «j» while an Arabic layout is switched on.
    press = (
        "code => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("
        "'keydown', {code, key: 'ت', bubbles: true, cancelable: true}))"
    )
    page.evaluate(press, "KeyJ")
    is_at(page, "السجل")
    page.evaluate(press, "KeyX")
    settled(page, 1)


def test_it_shows_its_keys_and_escape_leaves_a_correction(
    window: Window, doubtful: Document, amal: Person
) -> None:
    page = window(amal, language="en")
    page.goto("/doubts/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("[name=words]:focus")).to_have_count(1)
    page.keyboard.type("xj1")
    page.keyboard.press("Escape")
    is_at(page, "السجل")
    settled(page, 0)


def test_it_works_without_any_script(window: Window, doubtful: Document, amal: Person) -> None:
    page = window(amal, language="en", java_script_enabled=False)
    page.goto("/doubts/")
    page.locator(f'button[value="{MEANT}"]').first.click()
    assert page.url.endswith("/doubts/") or "#place-" in page.url
    expect(page.locator("[data-place]")).to_have_count(2)
    page.get_by_role("button", name="Undo this").click()
    page.goto("/doubts/")
    expect(page.locator("[data-place]")).to_have_count(3)


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_it_has_no_fault_that_axe_finds(
    window: Window, doubtful: Document, shelve: Shelve, amal: Person, language: str, width: int
) -> None:
    shelve(COPY, "copy.txt")
    remaking.make_anew(document_id=doubtful.pk, at=NOON)
    version = doubtful.versions.get(is_shown=True)
    page = window(amal, language=language, width=width)
    for address in (
        "/doubts/",
        "/quality/",
        "/taught/",
        f"/documents/{doubtful.key}/?view=copies",
        f"/documents/{doubtful.key}/?view=source",
        f"/documents/{doubtful.key}/places/{version.key}/rec-2/",
    ):
        page.goto(address)
        is_sound(page)
