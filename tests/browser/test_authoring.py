"""An author writes a questionnaire in a spreadsheet, hears what is wrong, mends, publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR
from marsad.questionnaires import loading
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.models import QuestionnaireVersion
from tests.browser.conftest import Window, is_sound
from tests.questionnaires.samples import every_type
from tests.questionnaires.test_writing_questionnaires import NOON
from tests.questionnaires.workbooks import SMALL, ask, workbook


def _file(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_an_author_mends_a_workbook_and_publishes_it(
    window: Window, yusuf: Person, tmp_path: Path
) -> None:
    broken = _file(tmp_path, "broken.xlsx", workbook([*SMALL, ask("txt", "why", en="Why?")]))
    mended = _file(tmp_path, "mended.xlsx", workbook([*SMALL, ask("text", "why", en="Why?")]))
    page = window(yusuf, tolerates=["422"])

    page.goto("/questionnaires/")
    page.get_by_role("link", name="Upload a questionnaire").click()
    page.get_by_label("XLSForm workbook").set_input_files(broken)
    page.get_by_role("button", name="Check and keep as a draft").click()
    expect(page.get_by_text("There is no type “txt”.")).to_be_visible()
    expect(page.get_by_role("cell", name="A4")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the workbook away with its faults marked").click()
    assert download.value.suggested_filename == "broken-marsad.xlsx"

    page.get_by_label("XLSForm workbook").set_input_files(mended)
    page.get_by_role("button", name="Check and keep as a draft").click()
    expect(page.get_by_text("kept as a draft")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("The version is published").wait_for()

    assert QuestionnaireVersion.objects.get().state == "published"


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("en", 1280)])
def test_the_pages_fit_and_axe_finds_no_fault(
    window: Window, yusuf: Person, tmp_path: Path, language: str, width: int
) -> None:
    loading.load_shipped(at=NOON)
    first = actions.upload(data=every_type(), file_name="e.xlsx", by=OPERATOR, at=NOON)
    actions.publish(key=first.key, by=OPERATOR, at=NOON)
    old = actions.upload(data=workbook(), file_name="v.xlsx", by=OPERATOR, at=NOON)
    actions.publish(key=old.key, by=OPERATOR, at=NOON)
    draft = actions.upload(
        data=workbook([SMALL[0], ask("text", "why", ar="")], settings={"version": "2"}),
        file_name="v2.xlsx",
        by=OPERATOR,
        at=NOON,
    )
    page = window(yusuf, language=language, width=width, tolerates=["422"])

    for address in (
        "",
        "upload/",
        "questions/?provision=TIP+6",
        f"forms/{old.questionnaire.key}/",
        f"versions/{draft.key}/",
        f"versions/{first.key}/",
    ):
        page.goto(f"/questionnaires/{address}")
        is_sound(page)
    page.goto("/questionnaires/upload/")
    broken = workbook([ask("txt", "a"), ask("text", "b", relevant="${nope} = 1")])
    page.locator("input[type=file]").set_input_files(_file(tmp_path, "broken.xlsx", broken))
    page.locator("main button[type=submit]").click()
    page.get_by_role("alert").wait_for()
    is_sound(page)
