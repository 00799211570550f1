"""Patterns and estimates in a browser: both languages, wide and narrow, with axe looking on."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.directory.models import Person
from tests.browser.conftest import Window, fits
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
    from axe_playwright_python.sync_playwright import Axe

    page = window(salma, language=language, width=390)
    page.goto("/statistics/patterns/?since=2015&until=2020")
    _is_sound(Axe(), page)
    page.locator("#signal-list a").last.click()
    assert page.url.endswith("/answer/")
    page.goto("/statistics/hidden-population/")
    page.fill("textarea", LISTS.decode())
    page.locator(".hidden__form button[type=submit]").click()
    page.wait_for_selector("#estimate")
    _is_sound(Axe(), page)
    # The picture says in words what it shows.
    shown = "3,580" if language == "en" else "٣٬٥٨٠"
    assert shown in page.locator(".hidden__picture title").text_content()
    with page.expect_download() as taken:
        page.locator(".hidden__files a").first.click()
    assert taken.value.suggested_filename == "hidden-population.csv"


def _is_sound(axe: Any, page: Any) -> None:
    assert fits(page), page.url
    found = axe.run(page).response["violations"]
    assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]
