"""Whole journeys through the pages, as a person makes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from marsad.directory.models import Person
from tests.browser.conftest import Window, fits, is_sound
from tests.library.conftest import Shelve
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT

SHARED = Path(os.environ.get("MARSAD_SHARED", Path(__file__).parents[2].parent / "shared"))
REAL = sorted((SHARED / "documents").glob("*.txt"))


def dropped(page: Any, *files: dict[str, Any] | str) -> None:
    page.goto("/documents/add/")
    page.set_input_files("input[type=file]", list(files))


def text_file(name: str, text: str | bytes) -> dict[str, Any]:
    data = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def wait_for_count(page: Any, selector: str, count: int, *, timeout: float = 30_000) -> None:
    """The policy forbids evaluating text, so waiting is done from outside the page."""
    expect(page.locator(selector)).to_have_count(count, timeout=timeout)


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_a_newcomer_drops_files_and_follows_a_recommendation(
    window: Window, worker: None, reference_data: None, amal: Person, language: str, width: int
) -> None:
    page = window(amal, language=language, width=width)
    dropped(page, text_file("en.txt", ENGLISH_REPORT), text_file("ar.txt", ARABIC_REPORT))
    wait_for_count(page, ".drop-zone__rows .arrival__end", 2)
    page.locator(".drop-zone__rows a").first.click()
    # Two languages of one document: one page, two versions.
    expect(page.locator(".versions__one")).to_have_count(2)
    expect(page.locator(".contents a")).to_have_count(2)
    assert fits(page)
    page.locator(".recommendation__head a").first.click()
    expect(page.locator("h1")).to_contain_text("TEST/COP/WG.9/2023/4")
    assert fits(page)
    page.goto("/recommendations/?addressee=secretariat")
    expect(page.locator(".listing__entry")).to_have_count(1)
    assert fits(page)


@pytest.mark.real
@pytest.mark.skipif(len(REAL) < 5, reason="the real reports are not beside the repository")
def test_the_real_reports_are_read_and_copies_of_one_are_put_together(
    window: Window, worker: None, reference_data: None, amal: Person
) -> None:
    page = window(amal, language="ar")
    copies = [path for path in REAL if path.name[:3] in ("000", "003")]
    dropped(page, *map(str, copies))
    wait_for_count(page, ".drop-zone__rows .arrival__end", 2, timeout=90_000)
    page.goto("/")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody tr a").first.click()
    expect(page.locator(".versions__one")).to_have_count(2)
    page.goto(f"{page.url.partition('?')[0]}?view=source")
    assert page.locator(".side-by-side__pair").count() > 25
    assert fits(page)


def test_a_reader_outside_the_named_roles_does_not_learn_of_a_restricted_document(
    window: Window, shelve: Shelve, reem: Person, amal: Person
) -> None:
    hidden = shelve(ENGLISH_REPORT, access="restricted", open_to_roles=["librarian"])
    for person in (None, reem):
        page = window(person)
        for address in ("/", "/recommendations/", "/search/?q=recruitment"):
            page.goto(address)
            assert "TEST/COP" not in page.locator("main").inner_text()
        assert page.goto(f"/documents/{hidden.key}/").status == 404
    page = window(amal)
    page.goto("/search/?q=recruitment")
    expect(page.locator("mark")).not_to_have_count(0)


def test_a_librarian_confirms_a_likeness_and_takes_it_back(
    window: Window, shelve: Shelve, amal: Person
) -> None:
    shelve(ENGLISH_REPORT)
    later = ENGLISH_REPORT.replace("2023", "2024").replace("24 to 26", "3 to 5")
    document = shelve(later.replace("WG.9/2024/4", "WG.9/2024/7"))
    page = window(amal)
    page.goto(f"/documents/{document.key}/recommendations/rec-1/")
    page.get_by_role("button", name="It says the same").first.click()
    expect(page.locator(".badge", has_text="confirmed")).to_have_count(1)
    page.get_by_role("button", name="Undo this").click()
    expect(page.locator(".badge", has_text="confirmed")).to_have_count(0)


def test_a_librarian_takes_a_document_off_the_shelf_and_undoes_it(
    window: Window, shelve: Shelve, amal: Person
) -> None:
    document = shelve(ENGLISH_REPORT)
    page = window(amal)
    page.goto(f"/documents/{document.key}/")
    page.get_by_text("For librarians").click()
    page.get_by_role("button", name="Take it off the shelf").click()
    expect(page.locator(".badge", has_text="Withdrawn")).to_be_visible()
    page.get_by_role("button", name="Undo this").click()
    expect(page.locator(".badge", has_text="Withdrawn")).to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_bad_input_gets_a_sentence_in_the_language_of_the_reader(
    window: Window, worker: None, reference_data: None, amal: Person, language: str
) -> None:
    page = window(amal, language=language)
    bad = [
        text_file("empty.txt", b""),
        text_file("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
        text_file("torn.docx", b"PK\x03\x04 this archive ends too early"),
        text_file("locked.pdf", b"%PDF-1.7 and then nothing that a reader knows"),
    ]
    dropped(page, *bad)
    wait_for_count(page, ".drop-zone__rows .arrival__problem", 4)
    for said in page.locator(".drop-zone__rows .arrival__problem").all_inner_texts():
        is_arabic = any("\u0621" <= letter <= "\u064a" for letter in said)
        assert is_arabic == (language == "ar"), said
    page.goto("/")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_a_document_with_scripts_in_it_runs_nothing(
    window: Window, shelve: Shelve, reference_data: None
) -> None:
    text = ENGLISH_REPORT.replace(
        "met in Vienna from", '<script>document.title="owned"</script> "onload=x met in Vienna from'
    )
    document = shelve(text)
    page = window()
    page.goto(f"/documents/{document.key}/")
    expect(page.locator("#para-1")).to_contain_text("<script>")
    assert page.title() != "owned"


def test_the_keyboard_alone_skips_filters_and_opens(
    window: Window, shelve: Shelve, reference_data: None
) -> None:
    shelve(ENGLISH_REPORT)
    page = window()
    page.goto("/recommendations/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _step in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "words":
            break
    page.keyboard.type("labour inspectors")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=labour*")
    expect(page.locator(".listing__entry")).to_have_count(1)
    page.locator(".listing__title a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rec-2/")


def test_language_and_digits_stay_as_chosen(
    window: Window, shelve: Shelve, reference_data: None
) -> None:
    shelve(ARABIC_REPORT)
    page = window(language="ar")
    page.goto("/")
    expect(page.locator("tbody")).to_contain_text("٢٠٢٣")
    page.get_by_role("button", name="123").click()
    page.goto("/recommendations/")
    expect(page.locator(".listing")).to_contain_text("2023")
    page.get_by_role("button", name="English").click()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_it_signs_in_through_the_form(window: Window, amal: Person) -> None:
    amal.set_password("a long enough pass phrase")
    amal.save()
    page = window()
    page.goto("/account/login/")
    page.fill("input[name=login]", amal.email)
    page.fill("input[name=password]", "a long enough pass phrase")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("Amal").first).to_be_visible()


def test_print_shows_the_text_without_its_tools(
    window: Window, shelve: Shelve, reference_data: None
) -> None:
    document = shelve(ENGLISH_REPORT)
    page = window()
    page.goto(f"/documents/{document.key}/")
    page.emulate_media(media="print")
    expect(page.locator("#para-1")).to_be_visible()
    for tool in (".masthead", ".tabs", ".blocktools", ".page__aside"):
        expect(page.locator(tool).first).not_to_be_visible()


ADDRESSES: list[Callable[[str], str]] = [
    lambda key: "/",
    lambda key: f"/documents/{key}/",
    lambda key: f"/documents/{key}/?view=source",
    lambda key: f"/documents/{key}/recommendations/rec-1/",
    lambda key: "/documents/add/",
    lambda key: "/recommendations/",
    lambda key: "/recommendations/?group_by=theme",
    lambda key: "/recommendations/?words=nothingatall",
    lambda key: "/themes/",
    lambda key: "/themes/new/",
    lambda key: "/search/",
    lambda key: "/search/?q=children",
    lambda key: "/directory/states/",
    lambda key: "/directory/states/EG/",
    lambda key: "/documents/nothing/",
    lambda key: "/account/login/",
]


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_every_page_fits_and_shuts_nobody_out(
    window: Window, shelve: Shelve, amal: Person, language: str, width: int
) -> None:
    document = shelve(ENGLISH_REPORT)
    shelve(ARABIC_REPORT)
    page = window(amal, language=language, width=width)
    for address in ADDRESSES:
        page.goto(address(document.key))
        for folded in page.locator("main details:not([open]) > summary").all():
            if folded.is_visible():
                folded.click()
        is_sound(page)
