"""A reply as a workbook: out, filled in elsewhere, and in again, with nothing lost on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from marsad.directory.models import Body, Person
from marsad.problems import Problem
from marsad.reading import errors
from marsad.review import problems
from marsad.review.actions import reply as replies
from marsad.review.actions import workbook as actions
from marsad.review.models import Answer, Part, Reply, Round, Upload
from marsad.review.queries import workbook as queries
from marsad.review.words import How
from tests.review import rounds
from tests.review.rounds import (
    LAW,
    LAW_EFFECT,
    LAW_HELP,
    LAW_WHICH,
    MORNING,
    SECTION_B,
    SHELTER,
    VICTIMS,
    YEAR,
)

pytestmark = pytest.mark.django_db
Browser = Callable[[Person | AnonymousUser], Client]
NOON = MORNING + timedelta(days=2)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def reply(round_: Round, salma: Person) -> Reply:
    """Arkia's reply on its way: a law, a shelter, one year of figures."""
    begun = rounds.reply_of(
        round_,
        "XA",
        {LAW: "yes", LAW_HELP: "drafting training", SHELTER: "ثلاثة مآو"},
        sent_at=None,
    )
    rounds.write(begun, YEAR, "2024", position=(1,))
    rounds.write(begun, VICTIMS, "7", position=(1,))
    return begun


def given_out(reply: Reply, by: Person, language: str = "en") -> Any:
    """The workbook, open in Excel."""
    with override(language):
        made = actions.give_out(reply_key=reply.key, language=language, by=by, at=NOON)
    return load_workbook(io.BytesIO(made.data))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(reply: Reply, book: Any, by: Person, *, language: str = "en", name: str = "") -> Upload:
    with override(language):
        return actions.receive(
            reply_key=reply.key,
            data=book if isinstance(book, bytes) else saved(book),
            file_name=name or "answers.xlsx",
            by=by,
            at=LATER,
        )


def cell_of(book: Any, path: str) -> Any:
    """The cell in which a question is answered."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=5):
            if len(row) > 5 and row[5].value == path:
                return row[2]
    raise LookupError(path)


def entries(book: Any) -> Any:
    """The sheet of the figures."""
    return next(sheet for sheet in book.worksheets if sheet.title.startswith(("Figures", "أرقام")))


def changes(upload: Upload) -> dict[str, tuple[str, str]]:
    return {
        f"{each['path']}{each['position'] or ''}": (each["was"], each["becomes"])
        for each in upload.changes
    }


def faults(reply: Reply, book: Any, by: Person) -> list[dict[str, Any]]:
    with pytest.raises(problems.WorkbookFaulty) as caught:
        brought(reply, book, by)
    assert not Upload.objects.exists()  # nothing of it is kept
    found: list[dict[str, Any]] = caught.value.details["faults"]
    return found


def take(reply: Reply, upload: Upload, by: Person, *numbers: int, reason: str = "") -> Upload:
    page = queries.page(reader=by, reply=reply, key=upload.key, language="en")
    seen = {each.number: each.revision for each in page.differences}
    wanted = numbers or tuple(seen)
    return actions.take_in(
        reply_key=reply.key,
        key=upload.key,
        chosen={number: seen[number] for number in wanted},
        reason=reason,
        by=by,
        at=LATER,
    )


def now(reply: Reply) -> dict[str, str]:
    held = reply.answers.filter(ended_at__isnull=True)
    return {f"{each.path}{each.position or ''}": each.value for each in held}


# ── out ──────────────────────────────────────────────────────────────────────────────────────────
def test_it_has_a_sheet_for_each_section_in_the_language_asked_for(
    reply: Reply, salma: Person
) -> None:
    english, arabic = given_out(reply, salma), given_out(reply, salma, "ar")
    assert english.sheetnames[1:] == ["A Law", "B Victims", "Figures (B Victims)", "marsad"]
    assert [sheet.sheet_view.rightToLeft for sheet in arabic.worksheets[:-1]] == [True] * 4
    assert not english.worksheets[1].sheet_view.rightToLeft
    assert english["marsad"].sheet_state == "veryHidden"
    assert cell_of(english, LAW).value == "Yes"
    assert cell_of(arabic, LAW).value == "نعم"
    assert cell_of(english, LAW_HELP).value == "Drafting of laws\nTraining"


def test_labels_are_locked_and_answers_are_not(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    answer = cell_of(book, LAW)
    assert answer.parent.protection.sheet
    assert not answer.protection.locked
    assert answer.parent.cell(row=answer.row, column=2).protection.locked
    lists = answer.parent.data_validations.dataValidation
    assert any(answer.coordinate in each.sqref and each.type == "list" for each in lists)
    hidden = {letter for letter, each in answer.parent.column_dimensions.items() if each.hidden}
    assert {"F", "G"} <= hidden or "F" in hidden


def test_it_is_marked_as_invented_on_every_sheet(reply: Reply, salma: Person) -> None:
    made = actions.give_out(reply_key=reply.key, language="en", by=salma, at=NOON)
    assert made.file_name == "INVENTED-reply-xa-en.xlsx"
    book = given_out(reply, salma)
    for sheet in book.worksheets[:-1]:
        words = " ".join(
            str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value
        )
        assert "invented States" in words


def test_what_looks_like_a_formula_is_text(reply: Reply, salma: Person) -> None:
    rounds.write(reply, SHELTER, '=HYPERLINK("http://x.invalid")', at=NOON)
    cell = cell_of(given_out(reply, salma), SHELTER)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_ministry_gets_the_sections_it_was_given(
    reply: Reply, tariq: Person, yusuf: Person, omar: Person
) -> None:
    body = Body.objects.get(memberships__person=tariq)
    Part.objects.create(reply=reply, section=SECTION_B, body=body, assigned_at=MORNING)
    assert given_out(reply, tariq).sheetnames[1:-1] == ["B Victims", "Figures (B Victims)"]
    for stranger in (yusuf, omar):
        with pytest.raises(problems.NoSuchReply):
            given_out(reply, stranger)


# ── in ───────────────────────────────────────────────────────────────────────────────────────────
def test_what_was_not_touched_changes_nothing(reply: Reply, salma: Person) -> None:
    for language in ("en", "ar"):
        assert brought(reply, given_out(reply, salma, language), salma).changes == []


def test_what_was_filled_in_is_shown_and_taken_in(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    cell_of(book, LAW).value = "In part"
    cell_of(book, LAW_WHICH).value = "القانون رقم ٥"
    cell_of(book, LAW_HELP).value = "training; drafting of laws"  # as it is stored already
    sheet = entries(book)
    sheet["B7"], sheet["C7"] = "٢٠٢٥", 12.0
    upload = brought(reply, book, salma)
    assert changes(upload) == {
        LAW: ("yes", "in_part"),
        LAW_WHICH: ("", "القانون رقم ٥"),
        f"{YEAR}[2]": ("", "2025"),
        f"{VICTIMS}[2]": ("", "12"),
    }
    assert now(reply)[LAW] == "yes"  # nothing is changed by looking
    take(reply, upload, salma)
    stored = now(reply)
    assert (stored[LAW], stored[LAW_WHICH], stored[f"{VICTIMS}[2]"]) == (
        "in_part",
        "القانون رقم ٥",
        "12",
    )
    assert reply.answers.get(path=LAW, ended_at=None).how == How.WORKBOOK
    with pytest.raises(problems.UploadSettled):
        take(reply, upload, salma, 0)


def test_only_what_is_ticked_is_taken_in_and_it_can_be_put_back(
    reply: Reply, salma: Person
) -> None:
    before = now(reply)
    book = given_out(reply, salma)
    cell_of(book, LAW).value = "No"
    cell_of(book, SHELTER).value = "Four"
    upload = brought(reply, book, salma)
    take(reply, upload, salma, 0)
    assert (now(reply)[LAW], now(reply)[SHELTER]) == ("no", before[SHELTER])
    assert actions.put_back(reply_key=reply.key, key=upload.key, by=salma, at=LATER) == 1
    assert now(reply) == before
    assert reply.answers.filter(path=LAW).count() == 3  # all of it stays on record
    with pytest.raises(problems.UploadNotTaken):
        actions.put_back(reply_key=reply.key, key=upload.key, by=salma, at=LATER)


def test_putting_back_what_a_workbook_hid_does_not_show_it(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    cell_of(book, SHELTER).value = "Four"
    cell_of(book, SHELTER).offset(column=1).value = "Yes"
    upload = brought(reply, book, salma)
    take(reply, upload, salma)
    actions.put_back(reply_key=reply.key, key=upload.key, by=salma, at=LATER)
    held = reply.answers.get(path=SHELTER, ended_at=None)
    assert (held.value, held.is_confidential) == ("ثلاثة مآو", True)


def test_an_answer_that_somebody_gave_meanwhile_is_never_overwritten_unseen(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    book = given_out(reply, salma)
    cell_of(book, LAW).value = "No"
    rounds.write(reply, LAW, "unknown", at=NOON + timedelta(hours=1), by=tariq)
    rounds.write(reply, SHELTER, "خمسة", at=NOON + timedelta(hours=1), by=tariq)
    upload = brought(reply, book, salma)
    assert changes(upload) == {
        LAW: ("unknown", "no")
    }  # the shelter was not touched in the workbook
    page = queries.page(reader=salma, reply=reply, key=upload.key, language="en")
    [shown] = page.differences
    assert (shown.is_conflict, shown.is_chosen, shown.changed_by) == (True, False, "Tariq")
    rounds.write(reply, LAW, "in_part", at=NOON + timedelta(hours=2), by=tariq)
    with pytest.raises(problems.ChangedSinceShown):
        actions.take_in(
            reply_key=reply.key,
            key=upload.key,
            chosen={0: shown.revision},
            by=salma,
            at=LATER,
        )
    assert now(reply)[LAW] == "in_part"
    take(reply, upload, salma)
    assert now(reply)[LAW] == "no"


def test_an_answer_is_kept_for_the_secretariat_only(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma, "ar")
    cell = cell_of(book, SHELTER)
    cell.parent.cell(row=cell.row, column=4).value = "نعم"
    upload = brought(reply, book, salma)
    assert changes(upload) == {SHELTER: ("ثلاثة مآو", "ثلاثة مآو")}
    take(reply, upload, salma)
    assert reply.answers.get(path=SHELTER, ended_at=None).is_confidential
    again = given_out(reply, salma)
    assert brought(reply, again, salma).changes == []


def test_columns_may_be_moved(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    sheet = cell_of(book, LAW).parent
    cell_of(book, LAW).value = "No"
    sheet.insert_cols(1)
    sheet.move_range("G1:H40", cols=4)
    assert changes(brought(reply, book, salma)) == {LAW: ("yes", "no")}


def test_sheets_may_be_renamed_and_the_row_of_codes_taken_out(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    cell_of(book, LAW).value = "No"
    sheet = cell_of(book, LAW).parent
    sheet.title = "Ours"
    sheet.delete_rows(3)
    assert changes(brought(reply, book, salma)) == {LAW: ("yes", "no")}


def test_rows_that_were_deleted_leave_their_answers_alone(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    cell = cell_of(book, SHELTER)
    cell.parent.delete_rows(cell.row)
    assert brought(reply, book, salma).changes == []


def test_lines_may_be_added_without_a_number(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    sheet = entries(book)
    for row in range(7, sheet.max_row + 1):
        for column in range(1, 6):
            sheet.cell(row=row, column=column).value = None
    sheet["B9"] = 2023
    assert changes(brought(reply, book, salma)) == {f"{YEAR}[2]": ("", "2023")}


def test_dates_of_excel_and_digits_of_either_kind_are_read(reply: Reply, salma: Person) -> None:
    from marsad.questionnaires.queries.outline import outline
    from marsad.review.workbooks.read import _text

    item = outline(form_key=reply.invitation.round.form_key, language="en").items[SHELTER]
    assert _text(item, date(2026, 1, 2)) == "2026-01-02"
    assert _text(item, 3.0) == "3"


# ── what must be mended ──────────────────────────────────────────────────────────────────────────
def spoil_formula(book: Any) -> None:
    cell_of(book, SHELTER).value = "=1+1"


def spoil_choice(book: Any) -> None:
    cell_of(book, LAW).value = "Perhaps"


def spoil_number(book: Any) -> None:
    entries(book)["C6"] = "seven"


def spoil_confidential(book: Any) -> None:
    cell = cell_of(book, LAW)
    cell.parent.cell(row=cell.row, column=4).value = "maybe"


def spoil_merged(book: Any) -> None:
    sheet = cell_of(book, LAW).parent
    sheet.merge_cells("C5:C6")


def spoil_column(book: Any) -> None:
    sheet = cell_of(book, LAW).parent
    sheet.delete_cols(3)


def spoil_base(book: Any) -> None:
    cell = cell_of(book, LAW)
    cell.parent.cell(row=cell.row, column=7).value = "x"


def spoil_path(book: Any) -> None:
    cell = cell_of(book, LAW)
    cell.parent.cell(row=cell.row, column=6).value = "/data/a/other"


def spoil_twice(book: Any) -> None:
    cell = cell_of(book, LAW)
    for column, value in ((3, "No"), (6, LAW), (7, 1)):
        cell.parent.cell(row=30, column=column).value = value


def spoil_entry(book: Any) -> None:
    sheet = entries(book)
    sheet["A7"], sheet["B7"] = "1", 2020


@pytest.mark.parametrize(
    ("spoil", "cell", "word"),
    [
        (spoil_formula, "C5", "formula"),
        (spoil_choice, "C5", "Perhaps"),
        (spoil_number, "C6", "seven"),
        (spoil_confidential, "D5", "maybe"),
        (spoil_merged, "6", "merged"),
        (spoil_column, "0", "Answer"),
        (spoil_base, "5", "hidden"),
        (spoil_path, "5", "does not ask"),
        (spoil_twice, "C30", "twice"),
        (spoil_entry, "A7", "Two lines"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell_and_nothing_is_taken(
    reply: Reply, salma: Person, spoil: Callable[[Any], None], cell: str, word: str
) -> None:
    before = now(reply)
    book = given_out(reply, salma)
    spoil(book)
    [fault] = faults(reply, book, salma)
    assert f"{fault['column']}{fault['row']}" == cell
    assert fault["sheet"]
    assert word in fault["says"]
    assert now(reply) == before


def test_a_number_in_the_place_of_a_date_is_explained() -> None:
    from marsad.review.workbooks.read import _not_a_date

    assert "2025-01-21" in _not_a_date(45678)
    assert "2026" in _not_a_date(2026)


def test_an_answer_to_a_section_of_somebody_else_is_refused(
    reply: Reply, salma: Person, tariq: Person
) -> None:
    body = Body.objects.get(memberships__person=tariq)
    Part.objects.create(reply=reply, section=SECTION_B, body=body, assigned_at=MORNING)
    book = given_out(reply, salma)
    assert brought(reply, book, tariq).changes == []  # what was not touched offends nobody
    Upload.objects.all().delete()
    cell_of(book, LAW).value = "No"
    [fault] = faults(reply, book, tariq)
    assert "not yours" in fault["says"]


def test_a_workbook_finds_nothing_out_about_sections_that_one_may_not_read(
    reply: Reply, salma: Person, huda: Person
) -> None:
    body = Body.objects.get(memberships__person=huda)
    Part.objects.create(reply=reply, section=SECTION_B, body=body, assigned_at=MORNING)
    told = []
    for guess in ("Yes", "No", "In part"):
        book = given_out(reply, salma)  # her whole workbook, sent on by mistake
        cell_of(book, LAW).value = guess
        told.append([(each["row"], each["says"]) for each in faults(reply, book, huda)])
    assert told[0]
    assert told[1] == told[2] == told[0]


# ── what is not even opened ──────────────────────────────────────────────────────────────────────
def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def of_excel(**more: bytes) -> bytes:
    """Somebody's own workbook, with parts put in."""
    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", problems.NotAWorkbook),
        (b"question,answer\r\n1,2\r\n", problems.NotAWorkbook),
        (zipped(a=b"x"), problems.NotAWorkbook),
        (OLE, problems.OldWorkbook),
        (OLE + "EncryptedPackage".encode("utf-16-le"), errors.Password),
        (of_excel(), problems.NotOurWorkbook),
        (of_excel(**{"xl/vbaProject.bin": b"x"}), problems.MacroWorkbook),
        (of_excel(**{"xl/media/a.png": bytes(60 * 1024 * 1024)}), errors.ZipBomb),
        (of_excel(**{"xl/x.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), errors.Damaged),
        (of_excel()[:900], errors.Truncated),
        (bytes(16 * 1024 * 1024), problems.WorkbookTooLarge),
    ],
    ids=["empty", "csv", "zip", "xls", "locked", "own", "macros", "bomb", "entity", "cut", "large"],
)
def test_what_is_no_workbook_of_ours_is_refused_with_its_name(
    reply: Reply, salma: Person, data: bytes, problem: type[Problem]
) -> None:
    with pytest.raises(problem) as caught:
        brought(reply, data, salma, name="ours.xlsx")
    assert "ours.xlsx" in str(caught.value)
    assert not Upload.objects.exists()


def test_a_workbook_with_more_cells_than_any_reply_is_refused(
    reply: Reply, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marsad.review.workbooks.opened._MOST_CELLS", 20)
    with pytest.raises(errors.ZipBomb):
        brought(reply, given_out(reply, salma), salma)


def test_the_workbook_of_another_state_or_round_is_refused(
    reply: Reply, round_: Round, salma: Person, omar: Person
) -> None:
    theirs = rounds.reply_of(round_, "XB", {LAW: "no"}, sent_at=None)
    with pytest.raises(problems.WorkbookOfAnother):
        brought(reply, given_out(theirs, omar), salma)
    book = given_out(reply, salma)
    book["marsad"]["B3"] = "0000"
    with pytest.raises(problems.WorkbookOfAnotherRound):
        brought(reply, book, salma)


def test_the_workbook_of_another_version_of_the_form_is_refused(
    reply: Reply, salma: Person
) -> None:
    book = given_out(reply, salma)
    book["marsad"]["B5"] = "0000"
    with pytest.raises(problems.WorkbookOfAnotherForm):
        brought(reply, book, salma)


def test_nobody_uploads_who_may_answer_nothing(
    reply: Reply, mariam: Person, omar: Person, salma: Person
) -> None:
    book = given_out(reply, salma)
    with pytest.raises(problems.NothingToWrite):
        brought(reply, book, mariam)
    with pytest.raises(problems.NoSuchReply):
        brought(reply, book, omar)


def test_after_the_reply_was_sent_a_reason_is_asked_for(reply: Reply, salma: Person) -> None:
    book = given_out(reply, salma)
    cell_of(book, SHELTER).value = "Four"
    reply.submitted_at = NOON
    reply.save()
    upload = brought(reply, book, salma)
    with pytest.raises(problems.ReasonMissing):
        take(reply, upload, salma)
    assert Upload.objects.get().taken_at is None
    take(reply, upload, salma, reason="A new shelter opened")
    assert Answer.objects.get(path=SHELTER, ended_at=None).reason == "A new shelter opened"


def test_after_the_round_was_closed_nothing_is_taken(
    reply: Reply, round_: Round, salma: Person
) -> None:
    book = given_out(reply, salma)
    cell_of(book, SHELTER).value = "Four"
    upload = brought(reply, book, salma)
    round_.closed_at = LATER
    round_.save()
    with pytest.raises(problems.RoundClosed):
        take(reply, upload, salma)
    with pytest.raises(problems.RoundClosed):
        brought(reply, book, salma)


@pytest.fixture
def lasting(round_: Round) -> Round:
    """A round that takes replies also on the day on which the tests are run."""
    round_.cut_off_on = date(2126, 1, 1)
    round_.save()
    return round_


# ── the pages ────────────────────────────────────────────────────────────────────────────────────
def test_it_goes_out_and_in_through_the_pages(
    lasting: Round, salma: Person, omar: Person, client_of: Browser
) -> None:
    client = client_of(salma)
    client.cookies["django_language"] = "en"
    at = (lasting.key, "XA")
    page = reverse("review:workbook", args=at)
    assert client.get(page).status_code == 200
    assert client_of(omar).get(page).status_code in (403, 404)
    file = client.get(reverse("review:workbook_file", args=[*at, "ar"]))
    book = load_workbook(io.BytesIO(file.content))
    cell_of(book, LAW).value = "لا"
    sent = client.post(page, {"file": SimpleUploadedFile("ours.xlsx", saved(book))})
    assert sent.status_code == 302
    shown = client.get(sent.url).content.decode()
    assert 'value="0-0"' in shown
    client.post(sent.url, {"act": "take_in", "take": ["0-0"]})
    assert Answer.objects.get(path=LAW, ended_at=None).value == "no"
    client.post(sent.url, {"act": "put_back"})
    assert Answer.objects.get(path=LAW, ended_at=None).value == ""
    assert "put back" in client.get(page).content.decode()


def test_the_page_says_what_must_be_mended(
    lasting: Round, salma: Person, client_of: Browser
) -> None:
    reply = replies.begin(round_key=lasting.key, state="XA", by=salma, at=NOON)
    book = given_out(reply, salma)
    cell_of(book, LAW).value = "Perhaps <b>"
    client = client_of(salma)
    client.cookies["django_language"] = "en"
    page = reverse("review:workbook", args=[lasting.key, "XA"])
    answer = client.post(page, {"file": SimpleUploadedFile("ours.xlsx", saved(book))})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "C5" in words
    assert "Perhaps &lt;b&gt;" in words
    assert client.post(page).status_code == 422


def test_an_effect_that_is_not_asked_is_left_empty(reply: Reply, salma: Person) -> None:
    """A follow-up has its row all the same: offline nobody computes what is asked."""
    assert cell_of(given_out(reply, salma), LAW_EFFECT).value is None
