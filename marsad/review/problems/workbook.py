"""Workbooks that go out and come back; reading, searching and coding answers."""

from __future__ import annotations

from typing import Any

from marsad.problems import Invalid, NotFound, Refused, _


# ── reading and searching ────────────────────────────────────────────────────────────────────────
class NoQuestionHere(NotFound):
    code = "review.reading.no-question"
    says = _("The questionnaire of this round has no such question.")


class NothingToSearch(Invalid):
    code = "review.search.nothing"
    says = _("Type at least one word to search for.")


class UnknownFormat(NotFound):
    code = "review.answers.format"
    says = _("Answers are not given out as “{given}”. Choose one of: {choices}.")


# ── themes and coding ────────────────────────────────────────────────────────────────────────────
class NoSuchTheme(NotFound):
    code = "review.theme.not-found"
    says = _("This round has no such theme.")


class ThemeWithoutName(Invalid):
    code = "review.theme.without-name"
    says = _("A theme needs a name in Arabic or in English. Type one.")


class ThemeNameTooLong(Invalid):
    code = "review.theme.too-long"
    says = _("The name of a theme has {count} characters, and at most {most} fit. Shorten it.")


class ThemeNamedAlready(Refused):
    code = "review.theme.named-already"
    says = _("This round has a theme “{name}” already. Use it, or choose another name.")


class ThemeIntoItself(Invalid):
    code = "review.theme.into-itself"
    says = _("A theme cannot become part of itself. Choose another one.")


class ThemeInUse(Refused):
    code = "review.theme.in-use"
    says = _(
        "Findings or good practices stand on “{name}”. Give them another theme first, then this "
        "one can be merged."
    )


class ThemeRetired(Refused):
    code = "review.theme.retired"
    says = _("“{name}” was retired. Bring it back before passages are given to it.")


class NotAPassage(Invalid):
    code = "review.coding.passage"
    says = _(
        "What was marked is no passage of the answer: characters {start} to {end} of {length}. "
        "Mark it again."
    )


class NoThemeChosen(Invalid):
    code = "review.coding.no-theme"
    says = _("Choose at least one theme for the passage.")


class NotWords(Refused):
    code = "review.coding.not-words"
    says = _(
        "Only answers in words are coded: a choice, a number or a date says by itself what it is. "
        "Count them under “Findings”."
    )


class AnswerHasChanged(Refused):
    code = "review.coding.answer-changed"
    says = _(
        "The State has updated this answer, so nothing more is marked in the earlier wording. Open "
        "the answer as it is now."
    )


class WordsGone(Refused):
    code = "review.coding.words-gone"
    says = _(
        "These words do not stand in the answer as it is now, or stand there more than once. Mark "
        "the passage anew."
    )


class NoSuchCoding(NotFound):
    code = "review.coding.not-found"
    says = _("There is no such mark of yours, or it was removed.")


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────
class NoFileChosen(Invalid):
    code = "review.workbook.no-file"
    says = _("No file was chosen. Choose the workbook that you filled in.")


class NoSuchWorkbookLanguage(NotFound):
    code = "review.workbook.language"
    says = _("Workbooks are made in Arabic (ar) and in English (en), not in “{given}”.")


class NotAWorkbook(Invalid):
    code = "review.workbook.not-excel"
    says = _(
        "“{name}” is no Excel workbook (.xlsx). Fill in the workbook that you downloaded from this "
        "page, save it as “Excel Workbook (.xlsx)”, and upload that."
    )


class OldWorkbook(Invalid):
    code = "review.workbook.old-excel"
    says = _(
        "“{name}” is in the format of Excel before 2007 (.xls). Open it, save it as “Excel "
        "Workbook (.xlsx)”, and upload that."
    )


class MacroWorkbook(Refused):
    code = "review.workbook.macros"
    says = _(
        "“{name}” holds macros, and no program from elsewhere is opened here. Save it as “Excel "
        "Workbook (.xlsx)” without macros, and upload that."
    )


class WorkbookTooLarge(Refused):
    code = "review.workbook.too-large"
    says = _(
        "“{name}” is {megabytes} MB; a workbook of answers may have at most {limit} MB. Take "
        "pictures and other sheets out, and upload it again."
    )


class NotOurWorkbook(Invalid):
    code = "review.workbook.not-ours"
    says = _(
        "“{name}” is not a workbook that was downloaded from here, or its hidden sheet was taken "
        "out. Download the workbook of this reply again, and copy your answers into it."
    )


class WorkbookOfAnother(Refused):
    code = "review.workbook.another-state"
    says = _(
        "“{name}” is the workbook of another State. Nothing of it was read. Upload it on the page "
        "of that State's reply, or choose the right file."
    )


class WorkbookOfAnotherRound(Refused):
    code = "review.workbook.another-round"
    says = _(
        "“{name}” is a workbook of another round. Nothing of it was read. Upload it in that round, "
        "or download the workbook of this one."
    )


class WorkbookOfAnotherForm(Refused):
    code = "review.workbook.another-form"
    says = _(
        "“{name}” was made for another version of the questionnaire than this round asks. "
        "Download the workbook again, and copy your answers into it."
    )


class WorkbookFaulty(Invalid):
    """What is wrong, cell by cell: `details["faults"]` has them as data."""

    code = "review.workbook.faulty"
    says = _(
        "Nothing of “{name}” was taken in: {count} things in it must be mended first. Mend them in "
        "the workbook, and upload it again."
    )

    def __init__(self, *, name: str, faults: list[dict[str, Any]]) -> None:
        super().__init__(name=name, faults=faults, count=len(faults))


class NoSuchUpload(NotFound):
    code = "review.workbook.no-upload"
    says = _("There is no such upload, or it is not open to you.")


class UploadSettled(Refused):
    code = "review.workbook.settled"
    says = _(
        "This workbook was dealt with already: its answers were taken in or it was put aside. "
        "Upload it again if it still holds something new."
    )


class UploadNotTaken(Refused):
    code = "review.workbook.not-taken"
    says = _("Nothing of this workbook was taken in, so there is nothing to put back.")


class NothingTicked(Invalid):
    code = "review.workbook.nothing-ticked"
    says = _("Tick at least one answer to take in, or put the workbook aside.")


class NothingToWrite(Refused):
    code = "review.workbook.nothing-to-write"
    says = _(
        "No section of this reply is yours to answer, so there is no workbook to upload. Ask the "
        "focal point to give your body a section."
    )


class ChangedSinceShown(Refused):
    code = "review.workbook.changed-since"
    says = _(
        "Somebody answered “{question}” while you were looking at the differences. Nothing was "
        "taken in; look at the new differences and decide again."
    )


__all__ = [
    "AnswerHasChanged",
    "ChangedSinceShown",
    "MacroWorkbook",
    "NoFileChosen",
    "NoQuestionHere",
    "NoSuchCoding",
    "NoSuchTheme",
    "NoSuchUpload",
    "NoSuchWorkbookLanguage",
    "NoThemeChosen",
    "NotAPassage",
    "NotAWorkbook",
    "NotOurWorkbook",
    "NotWords",
    "NothingTicked",
    "NothingToSearch",
    "NothingToWrite",
    "OldWorkbook",
    "ThemeInUse",
    "ThemeIntoItself",
    "ThemeNameTooLong",
    "ThemeNamedAlready",
    "ThemeRetired",
    "ThemeWithoutName",
    "UnknownFormat",
    "UploadNotTaken",
    "UploadSettled",
    "WordsGone",
    "WorkbookFaulty",
    "WorkbookOfAnother",
    "WorkbookOfAnotherForm",
    "WorkbookOfAnotherRound",
    "WorkbookTooLarge",
]
