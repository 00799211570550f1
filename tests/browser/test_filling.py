"""A form filled in as people do it: in Arabic, with the digits of their keyboard, on a bad line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from marsad.directory.models import Person
from marsad.questionnaires import rendering
from marsad.questionnaires.models import Draft, Submission
from tests.browser.conftest import Window, fits, is_sound
from tests.questionnaires.filling import Everybody, Receiving, asked, compiled, version_of

pytestmark = pytest.mark.skipif(
    not rendering.is_built(),
    reason="the form engine is not built: run python tools/frontend.py where there is a network",
)

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cf50ff1f0005fe02fea7357a3d0000000049454e44ae426082"
)


@pytest.fixture
def everybody() -> Iterator[Everybody]:
    with Receiving(Everybody()) as receiver:
        yield receiver


@pytest.fixture
def key(transactional_db: None, everybody: Everybody) -> str:
    return asked(version_of(compiled()))


def opened(page: Any, key: str, **query: str) -> Any:
    page.goto(f"/questionnaires/asked/{key}/" + "".join(f"?{k}={v}" for k, v in query.items()))
    expect(page.locator("html[data-form=ready]")).to_have_count(1)
    return page


def question(page: Any, name: str) -> Any:
    return page.locator(
        f".question:has([name='/data/{name}']), .question:has([data-name='/data/{name}'])"
    ).first


def choose(page: Any, name: str, *values: str) -> None:
    for value in values:
        question(page, name).locator(f"input[value='{value}']").check()


def type_into(page: Any, name: str, text: str) -> None:
    """As a keyboard does it, key by key."""
    control = (
        question(page, name)
        .locator("input:not(.hide):not([type=file]):not(.moment__native), textarea")
        .first
    )
    control.click()
    control.press("Control+a")
    control.press_sequentially(text)
    control.press("Tab")


def saved(page: Any, kind: str = "saved") -> None:
    expect(page.locator(f"#fill-state[data-kind={kind}]")).to_have_count(1, timeout=20_000)


def answers_of(submission: Submission) -> dict[str, str]:
    return {answer["path"]: answer["value"] for answer in submission.answers}


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_filled_in_in_arabic_and_handed_in(
    window: Window, basma: Person, key: str, everybody: Everybody, width: int
) -> None:
    page = opened(window(basma, language="ar", width=width), key)
    form = page.locator("form.or")
    expect(form).to_have_attribute("dir", "rtl")
    expect(question(page, "body/since")).to_be_hidden()
    type_into(page, "body/title", "وزارة العدل")
    type_into(page, "body/staff", "١٢٣٤٥")
    expect(question(page, "body/staff")).to_contain_text("اكتب عدداً من 0 إلى 9999.")
    type_into(page, "body/staff", "١٢٣")
    expect(question(page, "body/staff").locator("input")).to_have_value("123")
    type_into(page, "body/budget", "٢٫٥")
    choose(page, "body/law", "yes")
    expect(question(page, "body/since")).to_be_visible()
    type_into(page, "body/since", "٣/٥/٢٠٢٥")
    expect(question(page, "body/since")).to_contain_text("أيار/مايو")
    choose(page, "body/forms", "sexual", "labour")
    question(page, "body/order").get_by_role("button").first.click()
    question(page, "body/order").get_by_role("button", name="أنزل «الاستغلال الجنسي» درجة").click()
    question(page, "body/state").locator(".autocomplete").fill("مصر")
    question(page, "body/town").locator("select").select_option("cairo")
    choose(page, "body/enough", "some")
    question(page, "body/share").locator("input[type=range]").fill("40")
    type_into(page, "cases/ref", "١/٢٠٢٥")
    question(page, "cases/paper").locator("input[type=file]").set_input_files(
        {"name": "تقرير سنوي.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(question(page, "cases/paper").locator(".file__name")).to_have_text("تقرير سنوي.pdf")
    page.get_by_role("button", name="أضف مدخلاً آخر: الحالات").click()
    expect(page.locator(".or-repeat")).to_have_count(2)
    page.locator(".or-repeat").nth(1).locator("input[type=text]:not(.hide)").first.fill("ثانٍ")
    question(page, "rest/picture").locator("input[type=file]").set_input_files(
        {"name": "صورة.png", "mimeType": "image/png", "buffer": PNG}
    )
    expect(question(page, "rest/picture").locator("img")).to_be_visible()
    type_into(page, "rest/hour", "٢:٣٠ م")
    type_into(page, "rest/place", "٣٠.٠٤٤ ٣١.٢٣٦")
    expect(question(page, "rest/sum")).to_contain_text("246")
    assert fits(page)
    saved(page)
    page.locator("#fill-submit").click()
    page.wait_for_url("**/received/*/")
    expect(page.locator("main")).to_contain_text("استبيان شامل")
    answers = answers_of(Submission.objects.get())
    assert answers["/data/body/title"] == "وزارة العدل"
    assert answers["/data/body/staff"] == "123"
    assert answers["/data/body/budget"] == "2.5"
    assert answers["/data/body/since"] == "2025-05-03"
    assert answers["/data/body/order"] == "labour sexual other"
    assert answers["/data/body/town"] == "cairo"
    assert answers["/data/body/share"] == "40"
    assert answers["/data/rest/hour"].startswith("14:30")
    assert len(everybody.taken) == 1
    assert not Draft.objects.exists()
    assert set(Submission.objects.get().attachments.values_list("name", flat=True)) == {
        "تقرير سنوي.pdf",
        "صورة.png",
    }


def test_what_is_missing_is_said_in_the_language_of_the_form(
    window: Window, basma: Person, key: str
) -> None:
    page = opened(window(basma, language="ar"), key, language="fr")
    page.locator("#fill-submit").click()
    expect(question(page, "body/title")).to_contain_text("Il faut répondre à cette question.")
    expect(question(page, "body/title").locator("input")).to_be_focused()
    expect(question(page, "body/title").locator("input")).to_have_attribute("aria-invalid", "true")
    assert not Submission.objects.exists()


def test_it_is_kept_where_the_network_is_cut_and_gone_on_with_in_another_browser(
    window: Window, basma: Person, key: str
) -> None:
    first = opened(window(basma, language="ar", tolerates=["net::"]), key)
    type_into(first, "body/title", "وزارة")
    saved(first)
    first.context.set_offline(True)
    type_into(first, "body/about", "كُتب بلا شبكة")
    saved(first, "offline")
    assert "كُتب بلا شبكة" not in Draft.objects.get().xml
    first.context.set_offline(False)
    saved(first)
    assert "كُتب بلا شبكة" in Draft.objects.get().xml
    second = opened(window(basma, language="en", width=390), key)
    expect(question(second, "body/about").locator("textarea")).to_have_value("كُتب بلا شبكة")
    type_into(second, "body/staff", "7")
    saved(second)
    assert Draft.objects.count() == 1


def test_what_was_typed_without_a_network_outlives_the_window(
    window: Window, basma: Person, key: str
) -> None:
    # As the page closes it sends once more, and may be told that the same is there already.
    page = opened(window(basma, language="en", tolerates=["net::", "409"]), key)
    type_into(page, "body/title", "Before")
    saved(page)
    page.route("**/save/", lambda route: route.abort())
    type_into(page, "body/title", "After")
    saved(page, "offline")
    page.unroute("**/save/")
    opened(page, key)
    expect(question(page, "body/title").locator("input")).to_have_value("After")
    saved(page)
    assert "After" in Draft.objects.get().xml


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_browsers_never_write_over_each_other_unasked(
    window: Window, basma: Person, key: str, choice: str
) -> None:
    first = opened(window(basma, language="en"), key)
    second = opened(window(basma, language="en", tolerates=["409"]), key)
    type_into(first, "body/title", "The first")
    saved(first)
    type_into(second, "body/title", "The second")
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Name of the body")
    assert "The first" in Draft.objects.get().xml
    names = {"mine": "The one on this page", "theirs": "The one saved elsewhere"}
    dialog.get_by_role("button", name=names[choice]).click()
    kept = {"mine": "The second", "theirs": "The first"}[choice]
    expect(question(second, "body/title").locator("input")).to_have_value(kept)
    saved(second)
    assert kept in Draft.objects.get().xml


def test_the_language_is_changed_and_nothing_is_lost(
    window: Window, basma: Person, key: str
) -> None:
    page = opened(window(basma, language="ar"), key)
    type_into(page, "body/title", "وزارة")
    page.get_by_role("link", name="English").last.click()
    expect(page.locator("form.or[lang=en][dir=ltr]")).to_have_count(1)
    expect(question(page, "body/title").locator("input")).to_have_value("وزارة")


def test_a_preview_keeps_nothing(window: Window, amal: Person, db: None) -> None:
    version = version_of(compiled())
    page = window(amal, language="en")
    page.goto(f"/questionnaires/preview/{version.key}/")
    expect(page.locator("html[data-form=ready]")).to_have_count(1)
    type_into(page, "body/title", "Only tried")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("form.or[lang=fr]")).to_have_count(1)
    expect(question(page, "body/title").locator("input")).to_have_value("Only tried")
    assert not Draft.objects.exists()


def test_what_the_server_finds_is_shown_at_its_question(
    window: Window, basma: Person, key: str
) -> None:
    page = opened(window(basma, language="ar"), key)
    type_into(page, "body/title", "وزارة")
    choose(page, "body/law", "no")
    # A browser that was tampered with: the script's own check is got round.
    page.locator("[name='/data/body/staff']").evaluate(
        "field => { field.removeAttribute('data-constraint'); }"
    )
    type_into(page, "body/staff", "٩٩٩٩٩")
    saved(page)
    page.locator("#fill-submit").click()
    expect(page.locator("#fill-faults")).to_contain_text("اكتب عدداً من 0 إلى 9999.")
    expect(question(page, "body/staff").locator(".server-msg")).to_be_visible()
    assert not Submission.objects.exists()
    page.locator("#fill-faults a").click()
    expect(question(page, "body/staff").locator("input")).to_be_focused()


def test_what_was_sent_can_be_corrected(
    window: Window, basma: Person, key: str, everybody: Everybody
) -> None:
    page = opened(window(basma, language="en"), key)
    type_into(page, "body/title", "Ministry")
    choose(page, "body/law", "no")
    page.locator("#fill-submit").click()
    page.wait_for_url("**/received/*/")
    page.get_by_role("button", name="Correct my answers").click()
    expect(page.locator("html[data-form=ready]")).to_have_count(1)
    expect(question(page, "body/title").locator("input")).to_have_value("Ministry")
    type_into(page, "body/title", "Ministry of Justice")
    saved(page)
    opened(page, key)
    page.locator("#fill-submit").click()
    page.wait_for_url("**/received/*/")
    assert Submission.objects.filter(is_current=True).count() == 1
    corrected = Submission.objects.get(is_current=True)
    assert corrected.corrects is not None
    assert answers_of(corrected)["/data/body/title"] == "Ministry of Justice"
    assert len(everybody.taken) == 2


def test_an_earlier_answer_is_taken_over_if_it_is_still_true(
    window: Window, basma: Person, everybody: Everybody, transactional_db: None
) -> None:
    concepts = {"/data/body/title": ("text", "body-name"), "/data/body/law": ("select_one", "law")}
    for form_id in ("first", "second"):
        version = version_of(compiled(form_id=form_id), form_id=form_id, concepts=concepts)
        key = asked(version)
        page = opened(window(basma, language="ar"), key)
        if form_id == "first":
            expect(page.locator(".earlier")).to_have_count(0)
            type_into(page, "body/title", "وزارة العدل")
            choose(page, "body/law", "no")
            page.locator("#fill-submit").click()
            page.wait_for_url("**/received/*/")
    offer = question(page, "body/title").locator(".earlier")
    expect(offer).to_contain_text("وزارة العدل")
    expect(offer).to_contain_text("هل ما زال صحيحاً؟")
    offer.get_by_role("button").click()
    expect(question(page, "body/title").locator("input")).to_have_value("وزارة العدل")
    saved(page)
    assert "وزارة العدل" in Draft.objects.get().xml


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_it_shuts_nobody_out(
    window: Window, basma: Person, key: str, language: str, width: int
) -> None:
    page = opened(window(basma, language=language, width=width), key)
    choose(page, "body/law", "yes")
    question(page, "body/order").get_by_role("button").first.click()
    page.locator(".add-repeat-btn").click()
    page.locator("#fill-submit").click()
    expect(page.locator(".invalid-required").first).to_be_visible()
    is_sound(page)


def test_a_file_that_may_not_be_an_answer_is_refused_at_its_question(
    window: Window, basma: Person, key: str
) -> None:
    page = opened(window(basma, language="ar", tolerates=["422"]), key)
    question(page, "cases/paper").locator("input[type=file]").set_input_files(
        {"name": "صفحة.html", "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"}
    )
    expect(question(page, "cases/paper")).to_contain_text("«صفحة.html»")
    assert not Draft.objects.get().files.exists()
