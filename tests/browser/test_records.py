"""Records are brought in, and figures of them released, in a real window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from marsad.directory.models import Person
from marsad.statistics.models import RecordEdition, Release
from tests.browser.conftest import Window, is_sound
from tests.statistics.record_files import many, victim, written


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.RECORDS_KEY = "only for the tests of this room, nothing else"


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_records_are_brought_in_and_released(
    window: Window, tmp_path: Path, salma: Person, language: str, width: int
) -> None:
    page = window(salma, language=language, width=width, tolerates=["422"])
    page.goto(reverse("statistics:record_list"))
    is_sound(page)
    page.click("main a.button")
    is_sound(page)
    named = written(tmp_path, [{**victim("V-1"), "First name": "Amina"}], name="named.csv")
    page.set_input_files("#id_file", named)
    page.click("main form[enctype] button")
    expect(page.locator("[role=alert]")).to_contain_text("First name")
    good = written(tmp_path, [*many(12, prefix="W"), *many(2, prefix="M", sex="male")])
    page.set_input_files("#id_file", good)
    page.click("main form[enctype] button")
    page.wait_for_selector("button[value=take]")
    is_sound(page)
    # By keyboard alone.
    page.focus("button[value=take]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/records/")
    is_sound(page)
    assert RecordEdition.objects.get().rows == 14
    page.goto(reverse("statistics:record_release", args=["XA"]))
    is_sound(page)
    page.click("form.page__acts button")
    page.wait_for_url("**/statistics/records/releases/**")
    is_sound(page)
    assert Release.objects.count() == 1
    page.click("form.page__acts button")
    is_sound(page)
    assert Release.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_code_lists_can_be_read_by_everybody(window: Window, language: str) -> None:
    page = window(language=language, width=390)
    page.goto(reverse("statistics:record_codes"))
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    is_sound(page)
