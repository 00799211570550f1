"""The questionnaires that come with Marsad, and one of every type, opened as people open them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from marsad.directory.models import Person
from marsad.questionnaires import rendering, shipped
from marsad.questionnaires.compiling import compile_form
from tests.browser.conftest import Window, fits
from tests.questionnaires import samples
from tests.questionnaires.filling import Everybody, Receiving, asked, version_of

pytestmark = pytest.mark.skipif(
    not rendering.is_built(),
    reason="the form engine is not built: run python tools/frontend.py where there is a network",
)


@pytest.fixture
def everybody(transactional_db: None) -> Iterator[Everybody]:
    with Receiving(Everybody()) as receiver:
        yield receiver


def opened(page: Any, workbook: bytes, language: str = "ar") -> Any:
    compiled = compile_form(workbook)
    key = asked(version_of(compiled.xform, form_id=compiled.form_id))
    page.goto(f"/questionnaires/asked/{key}/?language={language}")
    expect(page.locator("html[data-form=ready]")).to_have_count(1, timeout=30_000)
    return page


def question(page: Any, path: str) -> Any:
    return page.locator(
        f".question:has([name='/data/{path}']), .question:has([data-name='/data/{path}'])"
    ).first


def choose(page: Any, path: str, value: str) -> None:
    question(page, path).locator(f"input[value='{value}']").check()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", shipped.names())
def test_it_opens_in_arabic_and_fits(
    window: Window, basma: Person, everybody: Everybody, name: str, width: int
) -> None:
    page = opened(window(basma, language="ar", width=width), shipped.workbook(name))

    expect(page.locator("form.or")).to_have_attribute("dir", "rtl")
    assert fits(page)


def test_it_opens_what_follows_from_a_measure_and_its_figures_alone(
    window: Window, basma: Person, everybody: Everybody
) -> None:
    page = opened(window(basma, language="ar"), shipped.workbook("self_assessment"))
    expect(question(page, "a5/a5_attempt_law")).to_be_hidden()

    choose(page, "a5/a5_attempt", "yes")
    expect(question(page, "a5/a5_attempt_law")).to_be_visible()
    expect(question(page, "a5/a5_attempt_help")).to_be_hidden()
    choose(page, "a5/a5_figures/a5_has_figures", "yes")
    figures = question(page, "a5/a5_figures/a5_figure/a5_what")
    expect(figures).to_be_visible()
    offered = figures.locator("input:not([value=''])").evaluate_all(
        "inputs => inputs.map(input => input.value)"
    )
    assert offered == ["a5_attempts", "other"]

    choose(page, "a5/a5_attempt", "no")
    expect(question(page, "a5/a5_attempt_law")).to_be_hidden()
    expect(question(page, "a5/a5_attempt_help")).to_be_visible()
    expect(figures).to_be_hidden()


@pytest.mark.parametrize("name", shipped.names())
def test_it_has_a_box_for_every_answer(
    window: Window, basma: Person, everybody: Everybody, name: str
) -> None:
    page = opened(window(basma, language="ar"), shipped.workbook(name))
    if name == "self_assessment":
        choose(page, "a5/a5_attempt", "yes")
        expect(question(page, "a5/a5_evidence/a5_evidence_file")).to_be_visible()

    without = page.locator("form.or .question").evaluate_all(
        """questions => questions
            .filter(each => each.offsetParent && !each.querySelector('[readonly]'))
            .filter(each => ![...each.querySelectorAll('input, select, textarea, button')]
                .some(box => box.offsetParent))
            .map(each => each.textContent.trim())"""
    )

    assert without == []


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_it_opens_a_form_of_every_type(
    window: Window, basma: Person, everybody: Everybody, language: str
) -> None:
    page = opened(window(basma, language="ar"), samples.every_type(), language)

    direction = "rtl" if language == "ar" else "ltr"
    expect(page.locator("form.or")).to_have_attribute("dir", direction)
    assert fits(page)
    expect(question(page, "places/province")).to_be_hidden()
