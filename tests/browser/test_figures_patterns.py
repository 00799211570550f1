"""Patterns and estimates in a browser: both languages, wide and narrow, with axe looking on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from marsad.directory.models import Person
from tests.browser.conftest import Window, is_sound
from tests.statistics.test_hidden import LISTS
from tests.statistics.test_patterns import (  # noqa: F401 - fixtures asked for by name
    collection,
    salma,
    states,
)


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_state_finds_its_question_and_every_page_is_sound(
    window: Window,
    salma: Person,  # noqa: F811
    language: str,
) -> None:
    page = window(salma, language=language, width=390)
    page.goto("/statistics/patterns/?since=2015&until=2020")
    is_sound(page)
    page.locator("#signal-list a").last.click()
    page.wait_for_url("**/answer/")
    page.goto("/statistics/hidden-population/")
    page.fill("textarea", LISTS.decode())
    page.locator(".hidden__form button[type=submit]").click()
    page.wait_for_selector("#estimate")
    is_sound(page)
    # The picture says in words what it shows.
    shown = "3,580" if language == "en" else "٣٬٥٨٠"
    expect(page.locator(".hidden__picture title")).to_contain_text(shown)
    with page.expect_download() as taken:
        page.locator(".hidden__files a").first.click()
    assert taken.value.suggested_filename == "hidden-population.csv"
