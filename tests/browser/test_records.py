"""Records are brought in, and figures of them released, in a real window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from marsad.directory.models import Person
from marsad.statistics.models import RecordEdition, Release
from tests.browser.conftest import Window, fits
from tests.statistics.record_files import many, victim, written


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.RECORDS_KEY = "only for the tests of this room, nothing else"


def clean(page: Any) -> None:
    """Nothing that axe finds, and nothing that runs out of the window."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert fits(page)


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_records_are_brought_in_and_released(
    window: Window, tmp_path: Path, salma: Person, language: str, width: int
) -> None:
    page = window(salma, language=language, width=width, tolerates=["422"])
    page.goto(reverse("statistics:record_list"))
    clean(page)
    page.click("main a.button")
    clean(page)
    named = written(tmp_path, [{**victim("V-1"), "First name": "Amina"}], name="named.csv")
    page.set_input_files("#id_file", named)
    page.click("main form[enctype] button")
    assert "First name" in page.inner_text("[role=alert]")
    good = written(tmp_path, [*many(12, prefix="W"), *many(2, prefix="M", sex="male")])
    page.set_input_files("#id_file", good)
    page.click("main form[enctype] button")
    page.wait_for_selector("button[value=take]")
    clean(page)
    # By keyboard alone.
    page.focus("button[value=take]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/records/")
    clean(page)
    assert RecordEdition.objects.get().rows == 14
    page.goto(reverse("statistics:record_release", args=["XA"]))
    clean(page)
    page.click("form.page__acts button")
    page.wait_for_url("**/statistics/records/releases/**")
    clean(page)
    assert Release.objects.count() == 1
    page.click("form.page__acts button")
    page.wait_for_load_state()
    clean(page)
    assert Release.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_code_lists_can_be_read_by_everybody(window: Window, language: str) -> None:
    page = window(language=language, width=390)
    page.goto(reverse("statistics:record_codes"))
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    clean(page)
