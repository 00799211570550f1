"""The trends page in a browser: explored in both languages, on a phone, and changed by another."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from openpyxl import load_workbook
from playwright.sync_api import expect

from marsad.design.formatting import Digits, Formatter
from marsad.directory.models import Person, State
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.actions import standing
from marsad.statistics.models import Source
from tests.browser.conftest import Window, fits
from tests.statistics import trends_of_ours as ours

SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[2].parent / "shared")
WORKBOOK = SHARED / "data" / "unodc_glotip.xlsx"
LATER = ours.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def data_root(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.DATA_ROOT = str(tmp_path / "root")
    cache.clear()
    yield
    cache.clear()


def test_what_another_person_verifies_changes_the_open_page(
    window: Window, states: dict[str, State], salma: Person, tmp_path: Path
) -> None:
    ours.bring(tmp_path)
    page = window()
    page.goto("/statistics/")
    page.get_by_text("The figures as a table").click()
    last = page.locator("#trends-table tbody tr").last
    expect(last.locator("td").first).to_have_text("47")
    version = page.locator("#trends-answer").get_attribute("data-version")

    source = sources.of_state(iso2="XA", at=LATER)
    Source.objects.update(is_invented=True)
    file = ours.written(tmp_path, ours.total("XAX", 2019, "61"), name="own.csv")
    own = ours.take(file, source=source.code, at=LATER)
    page.wait_for_timeout(1500)
    expect(page.locator("#trends-answer")).to_have_attribute("data-version", version)

    editions.verify(key=own.key, by=salma, at=LATER)
    page.wait_for_function(
        "version => document.getElementById('trends-answer').dataset.version !== version",
        arg=version,
    )
    # The table stays open, the figure is new, and it is said to whoever does not see it.
    expect(page.locator("#trends-table tbody tr").last.locator("td").first).to_have_text("92")
    expect(page.locator("#trends-said")).to_contain_text("New figures came in")
    expect(page.locator("#trends-said")).to_have_attribute("role", "status")


def test_made_up_figures_leave_the_open_page_with_their_mark(
    window: Window, states: dict[str, State], tmp_path: Path
) -> None:
    ours.bring(tmp_path)
    Source.objects.update(is_invented=True)
    page = window()
    page.goto("/statistics/")
    expect(page.locator(".message", has_text="made up")).to_have_count(1)

    sources.collection(code="sdg", at=LATER)
    Source.objects.filter(code="sdg").update(is_invented=True)
    file = ours.written(tmp_path, ours.total("XAX", 2019, "61"), name="other.csv")
    ours.take(file, source="sdg", at=LATER)
    # Told to be real: figures of a real State would be nothing for a test.
    Source.objects.filter(code="sdg").update(is_invented=False)
    with transaction.atomic():
        standing.renew(at=LATER)
    page.locator("[data-made-up]").first.wait_for(state="detached")
    assert "made up" not in page.locator("main").inner_text()


def test_it_is_explored_by_keyboard_and_every_view_has_its_address(
    window: Window, states: dict[str, State], tmp_path: Path
) -> None:
    ours.bring(tmp_path)
    page = window()
    page.goto("/statistics/")
    # The picture is seen without scrolling, beside what can be chosen.
    assert page.locator(".trends__wide").bounding_box()["y"] < 700
    page.get_by_label("States compared").select_option("no")
    page.wait_for_url("**/statistics/?same=no")
    page.get_by_role("listitem").filter(has_text="Not the same States reported").wait_for()
    page.locator(".trends__places-fold summary").click()
    page.get_by_label("Search for a State or place").fill("bahr")
    expect(page.locator("#trends-places li:visible")).to_have_count(1)
    page.get_by_role("checkbox", name="Bahrestan").press("Space")
    page.wait_for_url("**/statistics/?places=XBX&same=no")
    page.get_by_role("heading", name="Bahrestan").wait_for()
    page.get_by_role("link", name="Map", exact=True).press("Enter")
    page.wait_for_url("**/statistics/?kind=map&places=XBX")
    page.go_back()
    page.wait_for_url("**/statistics/?places=XBX&same=no")
    expect(page.get_by_role("checkbox", name="Bahrestan")).to_be_checked()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_fits_a_phone(
    window: Window, states: dict[str, State], tmp_path: Path, language: str
) -> None:
    ours.bring(tmp_path)
    page = window(language=language, width=390)
    for query in ("", "?kind=map", "?kind=flows&by=country", "?kind=bars&by=sex", "?kind=coverage"):
        page.goto(f"/statistics/{query}")
        assert fits(page), query
        expect(page.locator(".trends__narrow")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


# ── the real workbook ────────────────────────────────────────────────────────────────────────────
def by_hand() -> tuple[dict[str, tuple[int, int, int]], dict[int, dict[str, tuple[int, int]]]]:
    """Totals of detected victims from the workbook, read cell by cell with openpyxl: for each year
    the sum of what is least, of what is most, and the places; and each place by itself.

    «<5» is 1 to 4; a comma between thousands is no decimal point.
    """
    book = load_workbook(WORKBOOK, read_only=True)
    lines = iter(list(book.worksheets[0].iter_rows(values_only=True)))
    book.close()
    head: list[str] = []
    while "Indicator" not in head:
        head = [str(cell or "").strip() for cell in next(lines)]
    places: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for line in lines:
        row = dict(zip(head, line, strict=False))
        parts = (row["Dimension"], row["Category"], row["Sex"], row["Age"])
        if row["Indicator"] != "Detected trafficking victims" or set(parts) != {"Total"}:
            continue
        value = str(row["txtVALUE"]).strip().replace(",", "")
        low, high = (1, 4) if value == "<5" else (int(float(value)), int(float(value)))
        places[int(str(row["Year"]))][str(row["Iso3_code"])] = (low, high)
    sums = {
        str(year): (
            sum(low for low, _high in found.values()),
            sum(high for _low, high in found.values()),
            len(found),
        )
        for year, found in places.items()
    }
    return sums, places


@pytest.mark.skipif(not WORKBOOK.exists(), reason="the real workbook is not here")
def test_the_real_workbook_is_explored_in_both_languages(window: Window) -> None:
    call_command("statistics", "import", str(WORKBOOK), "--json")
    sums, places = by_hand()
    full = {place for place in places[2015] if all(place in places[y] for y in range(2015, 2021))}
    for language, digits in (("en", Digits.LATIN), ("ar", Digits.ARABIC_INDIC)):
        formatter = Formatter(language=language, digits=digits)
        page = window(language=language)
        page.goto("/statistics/?same=no&years=2007-2021")
        page.locator("#trends-table summary").click()
        shown = table_of(page)
        assert len(shown) == len(sums)
        for year, (low, high, count) in sums.items():
            number, states = shown[formatter.text(year)]
            for figure in {low, high}:
                assert formatter.number(figure) in number, year
            assert states == formatter.number(count), year

        # Over the same States in every year.
        page.goto("/statistics/?years=2015-2020")
        page.locator("#trends-table summary").click()
        number, states = table_of(page)[formatter.text("2020")]
        assert states == formatter.number(len(full))
        assert formatter.number(sum(places[2020][place][0] for place in full)) in number

        # On the map of a year every place by itself.
        page.goto("/statistics/?kind=map&years=2020")
        page.locator("#trends-table summary").click()
        assert len(table_of(page)) == len(places[2020])
        expect(page.locator(".trends__wide svg")).to_be_visible()
        assert fits(page)
    told = page.request.get("/statistics/pictures/map.sdmx?years=2020").text()
    assert "IAEG-SDGs" in told
    assert "VC_HTF_DETVFL" in told


def table_of(page: Any) -> dict[str, tuple[str, str]]:
    """Lines of the open table: label to number and States."""
    lines = page.locator("#trends-table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return {line[0]: (line[1], line[2]) for line in lines}
