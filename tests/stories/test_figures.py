"""An officer of the Secretariat brings the real workbook in and finds its figures on every page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from marsad.design.formatting import Digits, Formatter
from marsad.directory.models import Person
from marsad.statistics.models import Edition
from tests.browser.conftest import Window, fits
from tests.browser.test_figures import figures_worker  # noqa: F401 - asked for by name

SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[2].parent / "shared")
WORKBOOK = SHARED / "data" / "unodc_glotip.xlsx"
VICTIMS = "Detected trafficking victims"
STATE, SINCE, YEAR = "ARG", "2018", "2019"


@pytest.fixture(autouse=True)
def data_root(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.DATA_ROOT = str(tmp_path / "root")
    cache.clear()
    yield
    cache.clear()


@dataclass(frozen=True, kw_only=True)
class Total:
    """A total of detected victims as it stands in the workbook."""

    #: Counted from 1, as a spreadsheet does.
    row: int
    printed: str

    @property
    def low(self) -> int:
        """«<5» is 1 to 4; a comma between thousands is no decimal point."""
        return 1 if self.printed == "<5" else int(self.printed.replace(",", ""))

    @property
    def high(self) -> int:
        """The most that it can be."""
        return 4 if self.printed == "<5" else self.low


def by_hand() -> tuple[dict[tuple[str, str], Total], Counter[str]]:
    """Totals by place and year, and how many rows say what, read cell by cell with openpyxl."""
    book = load_workbook(WORKBOOK, read_only=True)
    lines = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    head: list[str] = []
    while "Indicator" not in head:
        head = [str(cell or "").strip() for cell in next(lines)[1]]
    totals, counts = {}, Counter[str]()
    for number, line in lines:
        row = dict(zip(head, line, strict=False))
        printed = str(row["txtVALUE"]).strip()
        counts["rows"] += 1
        counts["limits"] += printed == "<5"
        parts = {row["Dimension"], row["Category"], row["Sex"], row["Age"]}
        if row["Indicator"] == VICTIMS and parts == {"Total"}:
            at = (str(row["Iso3_code"]), str(row["Year"]))
            totals[at] = Total(row=number, printed=printed)
    book.close()
    return totals, counts


@pytest.mark.skipif(not WORKBOOK.exists(), reason="the real workbook is not here")
@pytest.mark.usefixtures("figures_worker")
def test_an_officer_brings_the_workbook_in_and_finds_its_figures(
    window: Window, yusuf: Person
) -> None:
    totals, counts = by_hand()
    number = Formatter(language="en", digits=Digits.LATIN).number
    page = window(yusuf)

    # Sent as it is, it is read while the page tells how far it has come.
    page.goto(reverse("statistics:figures_new"))
    page.select_option("#id_source", "glotip")
    page.set_input_files("#id_file", WORKBOOK)
    page.click(".arrivals__form .page__acts button")
    page.wait_for_selector("#progress progress")
    page.wait_for_selector("form[action$='/take/'] button", timeout=120_000)
    sums = page.locator(".arrivals__sums dd").all_inner_texts()
    assert sums[0] == number(counts["rows"])
    assert sums[2] == "0"
    told = page.locator(".arrivals__codes li", has_text="count given as a limit or a range")
    expect(told).to_contain_text(number(counts["limits"]))
    assert fits(page)
    page.click("form[action$='/take/'] button")
    page.wait_for_url("**/statistics/figures/editions/**")
    assert Edition.objects.get().published_at is not None

    # Trends: all that were detected in a year.
    of_year = [total for (_place, year), total in totals.items() if year == YEAR]
    low, high = sum(total.low for total in of_year), sum(total.high for total in of_year)
    reader = window()
    reader.goto(f"/statistics/?same=no&years={SINCE}-{YEAR}")
    reader.locator("#trends-table summary").click()
    shown = reader.locator("#trends-table tbody tr").last.inner_text()
    assert number(low) in shown
    assert number(high) in shown

    # A table, of one State, and where its figure comes from.
    own = totals[STATE, YEAR]
    reader.goto(f"/statistics/tables/detected-victims/?year={YEAR}&state={STATE}")
    expect(reader.locator("#figures tbody")).to_contain_text(number(own.low))
    reader.locator("#figures tbody td a", has_text=number(own.low)).click()
    source = reader.locator("#rows tbody tr").first.inner_text()
    assert own.printed in source
    assert f"row {number(own.row)}" in source

    # The national report.
    reader.goto(f"/statistics/states/{STATE}/")
    expect(reader.locator(".national-section").first).to_contain_text(number(own.low))

    # Patterns: what those reported who reported both years.
    both = [p for (p, year) in totals if year == YEAR and (p, SINCE) in totals]
    reader.goto(f"/statistics/patterns/?since={SINCE}&until={YEAR}&indicator=victims")
    texts = reader.locator(".pattern").all_text_contents()
    assert any(f"{len(both)} States" in text for text in texts)
    before = sum(totals[place, SINCE].low for place in both)
    assert any(text.startswith(f"{VICTIMS}: from {number(before)}") for text in texts)
