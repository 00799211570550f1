"""The style page in a real Chromium: nothing spills, nothing is blocked, nobody is shut out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def complaints() -> list[str]:
    """What the browser wrote to its console: blocked styles and scripts, missing files."""
    return []


def opened(
    browser: Browser,
    address: str,
    complaints: list[str],
    *,
    language: str,
    width: int,
    **more: object,
) -> Page:
    context: BrowserContext = browser.new_context(
        locale=language,
        viewport={"width": width, "height": 900},
        **more,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.on(
        "console",
        # Password fields and the like get advice of level "verbose"; that is no complaint.
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.goto(f"{address}/design/style/")
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_fits_and_shuts_nobody_out(
    browser: Browser,
    live_server: object,
    complaints: list[str],
    language: str,
    scheme: str,
    width: int,
) -> None:
    page = opened(
        browser, str(live_server), complaints, language=language, width=width, color_scheme=scheme
    )
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = Axe().run(page)
    page.context.close()
    assert wide <= 0
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []


def test_it_explains_a_change_where_it_stands_and_escape_closes_it(
    browser: Browser, live_server: object, complaints: list[str]
) -> None:
    page = opened(browser, str(live_server), complaints, language="ar", width=390)
    page.locator(".change__number").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".change-card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".change-card").is_visible()
    page.context.close()


def test_it_changes_language_and_digits_from_the_head_of_the_page(
    browser: Browser, live_server: object, complaints: list[str]
) -> None:
    page = opened(browser, str(live_server), complaints, language="ar", width=1280)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.get_by_text("1,234,567").is_visible()
    page.get_by_role("button", name="١٢٣").click()
    assert page.get_by_text("١٬٢٣٤٬٥٦٧").is_visible()
    page.context.close()


def test_it_can_be_used_on_a_phone_without_scripts(
    browser: Browser, live_server: object, complaints: list[str]
) -> None:
    page = opened(
        browser, str(live_server), complaints, language="ar", width=390, java_script_enabled=False
    )
    english = page.get_by_role("button", name="English")
    assert not english.is_visible()
    page.locator(".masthead__menu").click()
    assert english.is_visible()
    # Without scripts files are sent by the button of the form, and nothing copies.
    assert page.locator(".drop-zone__send").is_visible()
    assert not page.locator(".drop-zone__choose").is_visible()
    assert not page.locator("[data-copies]").first.is_visible()
    page.context.close()
