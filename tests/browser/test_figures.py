"""A State brings its figures in, in a real window: from a file with faults to the trends page.

Salma speaks for Arkia; Yusuf looks on from the Secretariat. Everything is done by keyboard, on a
phone in Arabic and on a desk in English, and axe looks at every page on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from marsad.directory.models import Person, State
from marsad.statistics.models import Arrival, Edition, Question
from marsad.statistics.tasks import read_arrival
from marsad.statistics.words import Stage
from tests.browser.conftest import Window, is_sound, working

VICTIMS = "Detected trafficking victims"
#: «Noted» names nothing that Marsad knows; the year of the third line is none.
HEADING = "country,indicator,year,sex,Noted"
FAULTY = ("2018,,30", "2019,,31", "20021,,5", "2019,Female,20", "2019,Male,18")
#: Its parts are still more than their total, which is asked about.
MENDED = ("2018,,30", "2019,,31", "2021,,<5", "2019,Female,20", "2019,Male,18")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.DATA_ROOT = str(tmp_path / "root")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def figures_worker(transactional_db: None) -> Iterator[None]:
    """Reads the files of figures that arrive."""
    waiting = Arrival.objects.filter(stage=Stage.WAITING)
    with working(
        lambda: waiting.all().values_list("pk", flat=True), lambda pk: read_arrival(arrival_id=pk)
    ):
        yield


def written(folder: Path, name: str, rows: tuple[str, ...]) -> Path:
    """A file of Arkia's."""
    file = folder / name
    lines = [HEADING, *(f"Arkia,{VICTIMS},{row}" for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def is_usable(page: Any) -> None:
    """It is sound, and there is nothing that the Tab key misses."""
    is_sound(page)
    many = page.evaluate(WHAT_CAN_BE_USED)
    for _each in range(many):
        page.keyboard.press("Tab")
    missed = page.evaluate("[...toMeet].filter((each) => !met.has(each)).map((e) => e.outerHTML)")
    assert missed == [], page.url


#: From the first of them on, note which of them the focus comes to; the first of radio buttons.
WHAT_CAN_BE_USED = """() => {
    const shown = (each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0;
    const kinds = "main :is(a, button, input, select, textarea, summary)";
    const all = [...document.querySelectorAll(kinds)];
    window.toMeet = all.filter(shown).filter((each) => each.type !== "radio"
        || each === document.querySelector(`[name="${each.name}"]`));
    window.met = new Set();
    document.addEventListener("focusin", (event) => window.met.add(event.target));
    window.toMeet[0].focus();
    return window.toMeet.length;
}"""


def press(page: Any, selector: str) -> None:
    """Use a link or a button as those do who have no mouse, and come where it leads."""
    with page.expect_navigation():
        page.locator(selector).first.press("Enter")


def send(page: Any, file: Path) -> None:
    """Send a file from the page that asks for one, and wait until it is read."""
    page.set_input_files("#id_file", file)
    press(page, ".arrivals__form .page__acts button")
    page.wait_for_selector("main .page__acts :is(a, button)")


@pytest.mark.usefixtures("figures_worker")
@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_a_state_brings_its_figures_in_mends_them_answers_and_verifies(
    window: Window,
    states: dict[str, State],
    salma: Person,
    yusuf: Person,
    tmp_path: Path,
    language: str,
    width: int,
) -> None:
    in_english = language == "en"
    page = window(salma, language=language, width=width, tolerates=["ERR_FAILED"])

    # Nothing is there yet, and the page says what to do.
    page.goto(reverse("statistics:arrivals"))
    is_usable(page)
    press(page, ".empty-state a")
    is_usable(page)

    # Where the network breaks off, the page says so, and the file can be sent again.
    page.route("**/figures/new/", lambda route: route.abort())
    page.set_input_files("#id_file", written(tmp_path, "faulty.csv", FAULTY))
    page.locator(".arrivals__form .page__acts button").press("Enter")
    page.wait_for_selector(".arrivals__form .message")
    page.unroute("**/figures/new/")
    expect(page.locator(".arrivals__form .page__acts button")).to_be_focused()
    assert not Arrival.objects.exists()

    # A column of the file names nothing that is known, and the figure is missing.
    send(page, written(tmp_path, "faulty.csv", FAULTY))
    is_usable(page)
    said = page.inner_text("[role=alert]")
    assert "faulty.csv" in said
    assert "value" in said
    assert "Noted" in said
    assert not Edition.objects.exists()
    press(page, "main .page__acts a")
    is_usable(page)
    page.focus("#id_column-4")
    for _option in page.locator("#id_column-4 option").all():
        if page.locator("#id_column-4").input_value() != "value":
            page.keyboard.press("ArrowDown")
    press(page, "main .page__acts button")

    # It is read anew: one row is refused, and it is said which one and what to do.
    page.wait_for_selector("#rows")
    is_usable(page)
    cells = page.locator("main tbody tr").first.locator("td").all_inner_texts()
    assert ("4" if in_english else "٤") in cells[1]
    assert "Noted" not in cells[2]
    assert "year" in cells[2]
    assert "20021" in cells[3]
    expect(page.locator("form[action$='/take/']")).to_have_count(0)

    # Mended and sent again it is read as was said, and shown before it counts.
    press(page, "main .page__acts a")
    assert "faulty.csv" in page.inner_text("main")
    is_usable(page)
    send(page, written(tmp_path, "mended.csv", MENDED))
    is_usable(page)
    page.goto(f"{page.url}?show=rows#rows")
    expect(page.locator("main tbody tr")).to_have_count(len(MENDED))
    is_usable(page)

    # Put aside and taken up again.
    press(page, "form[action$='/put-aside/'] button")
    assert Arrival.objects.latest("id").dropped_at is not None
    is_usable(page)
    press(page, "form[action$='/take-up/'] button")
    assert Arrival.objects.latest("id").dropped_at is None

    # Taken: it is an edition, which waits, with a question about it.
    press(page, "form[action$='/take/'] button")
    is_usable(page)
    edition = Edition.objects.get()
    assert edition.published_at is None
    press(page, ".arrivals__acts a")
    is_usable(page)
    page.locator("#id_kind_0").press("Space")
    page.fill("#id_note", "Both are counted twice where it was not known.")
    press(page, ".arrivals__form .page__acts button")
    assert Question.objects.exclude(answer_kind="").count() == 1
    page.goto(reverse("statistics:questions") + "?standing=all")
    is_usable(page)

    # Somebody who looks at the trends sees the figures a second after they are verified.
    looking = window(language=language, width=width)
    looking.goto("/statistics/")
    expect(looking.locator("#trends-table")).to_have_count(0)
    page.goto(reverse("statistics:edition", args=[edition.key]))
    press(page, "form[action$='/verify/'] button")
    is_usable(page)
    looking.goto("/statistics/?same=no")
    looking.locator("#trends-table summary").press("Enter")
    shown = looking.locator("#trends-table tbody tr").all_inner_texts()
    assert any(("31" if in_english else "٣١") in line for line in shown)

    # The Secretariat sees who verified what.
    board = window(yusuf, language=language, width=width)
    board.goto(reverse("statistics:arrivals"))
    is_usable(board)
    expect(board.locator("main tbody tr td").last).to_contain_text("Salma")
    press(board, "main tbody a")
    is_usable(board)
    expect(board.locator("main tbody")).to_contain_text("Salma")

    # Withdrawn it counts no more; made to stand again it does.
    press(page, "form[action$='/withdraw/'] button")
    is_usable(page)
    looking.reload()
    expect(looking.locator("#trends-table")).to_have_count(0)
    press(page, "form[action$='/restore/'] button")
    assert Edition.objects.count() == 2
    is_usable(page)
    looking.reload()
    expect(looking.locator("#trends-table")).to_have_count(1)
