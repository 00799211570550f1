"""What can go wrong with questionnaires, besides the faults of a form and of a submission.

* NotFound
  x NoSuchQuestionnaire, NoSuchVersion, NoSuchMedia
* NotAllowed
  x NotAnAuthor          only those who may write questionnaires change them
* Refused
  x AnotherForm          a new version has another form's id
  x VersionTaken         the same version with other content
  x NothingChanged       the same workbook again
  x NotADraft, NotPublished, IdTaken
"""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NoSuchQuestionnaire(NotFound):
    code = "questionnaires.questionnaire.not-found"
    says = _("There is no such questionnaire, or it is not open to you.")


class NoSuchVersion(NotFound):
    code = "questionnaires.version.not-found"
    says = _("There is no such version of a questionnaire, or it is not open to you.")


class NoSuchMedia(NotFound):
    code = "questionnaires.media.not-found"
    says = _("The questionnaire has no file of that name.")


class NotAnAuthor(NotAllowed):
    code = "questionnaires.not-an-author"
    says = _(
        "Only officers of the Secretariat, administrators and focal points may write "
        "questionnaires, each for their own body."
    )


class IdTaken(Refused):
    code = "questionnaires.questionnaire.id-taken"
    says = _(
        "Another questionnaire has the id “{form_id}”, and it is not yours to change. Write "
        "another form_id on the sheet settings."
    )


class AnotherForm(Refused):
    code = "questionnaires.version.another-form"
    says = _(
        "This workbook is the form “{given}”, and this page is about “{expected}”. Upload it as a "
        "questionnaire of its own, or correct form_id on the sheet settings."
    )


class VersionTaken(Refused):
    code = "questionnaires.version.taken"
    says = _(
        "Version “{version}” of “{form_id}” is published and never changes. Write another version "
        "on the sheet settings and upload again."
    )


class NothingChanged(Refused):
    code = "questionnaires.version.nothing-changed"
    says = _("This workbook was uploaded before, byte for byte: it is version “{version}”.")


class NotADraft(Refused):
    code = "questionnaires.version.not-a-draft"
    says = _("Version “{version}” is not a draft any more, so this cannot be done to it.")


class NotPublished(Refused):
    code = "questionnaires.version.not-published"
    says = _("Version “{version}” is not published, so this cannot be done to it.")


class NotWithdrawn(Refused):
    code = "questionnaires.version.not-withdrawn"
    says = _("Version “{version}” is not withdrawn, so it cannot be put back.")


class MediaMissing(Refused):
    code = "questionnaires.media.missing"
    says = _("The form shows files that did not come with it: {names}. Add them, then publish.")


class UnknownMedia(Invalid):
    code = "questionnaires.media.unknown"
    says = _("“{name}” cannot go with a form. These kinds of files can: {choices}.")


class MediaTooLarge(Invalid):
    code = "questionnaires.media.too-large"
    says = _("“{name}” is too large: a file that goes with a form may have {most} MB.")


class WorkbookTooLarge(Invalid):
    code = "questionnaires.workbook.too-large"
    says = _("The workbook is too large: {most} MB are taken. Remove pictures from it.")


class UnknownFormat(Invalid):
    code = "questionnaires.export.unknown-format"
    says = _("A questionnaire cannot be taken away as “{given}”. Choose one of: {choices}.")


class CannotOpen(Invalid):
    code = "questionnaires.file.cannot-open"
    says = _("“{name}” cannot be opened: {reason}. Check the path and who may read it.")


# ── asking, phones, what is sent ─────────────────────────────────────────────────────────────────
class NothingAsked(NotFound):
    code = "questionnaires.asking.not-found"
    says = _("Nothing is asked here, or it is not asked of you.")


class AskingClosed(Refused):
    code = "questionnaires.asking.closed"
    says = _(
        "No more answers are taken: the time for it is over. Ask whoever sent you the form; what "
        "you filled in stays with you until then."
    )


class FormWithdrawn(Refused):
    code = "questionnaires.asking.withdrawn"
    says = _(
        "Version “{version}” of this form was withdrawn, so nothing is taken for it. Get the form "
        "that is asked now; what you filled in stays with you."
    )


class OtherVersion(Refused):
    code = "questionnaires.submission.other-version"
    says = _(
        "This was filled in on version “{given}” of the form, and “{expected}” is asked. Get the "
        "form again and fill in that one."
    )


class TwoContents(Refused):
    code = "questionnaires.submission.two-contents"
    says = _(
        "A filled-in form with this id came before, with other answers. What came first was kept. "
        "Make a copy in the app, and send that."
    )


class NotTheLatest(Refused):
    code = "questionnaires.submission.not-the-latest"
    says = _(
        "This corrects a filled-in form that is not here, is not yours, or was corrected before. "
        "Open the latest one and correct that."
    )


class BadAnswers(Invalid):
    code = "questionnaires.submission.bad-answers"
    says = _("Some answers cannot be taken ({count}). {first}")


class FileTooLarge(Invalid):
    code = "questionnaires.submission.file-too-large"
    says = _("“{name}” is {size} MB; a file may have {most} MB at most. Send a smaller one.")


class FileOfWrongKind(Invalid):
    code = "questionnaires.submission.file-kind"
    says = _("“{name}” is not a picture, a sound, a film, a document or a table that can be taken.")


class FilesTooMany(Invalid):
    code = "questionnaires.submission.too-many-files"
    says = _("A filled-in form may have {most} files at most.")


class NoSuchDevice(NotFound):
    code = "questionnaires.device.not-found"
    says = _("There is no such phone of yours.")


class NamelessDevice(Invalid):
    code = "questionnaires.device.nameless"
    says = _("Give the phone a name, by which you will know it in the list.")


class TooManyDevices(Refused):
    code = "questionnaires.device.too-many"
    says = _("You have {most} phones already. Shut out one that you do not use.")


class DeviceShutOut(NotAllowed):
    code = "questionnaires.device.shut-out"
    says = _(
        "This phone is not known, or was shut out. Open Marsad in the browser, go to “My phones”, "
        "and scan a new code."
    )


class NoSuchSubmission(NotFound):
    code = "questionnaires.submission.not-found"
    says = _("There is no such filled-in form, or it is not open to you.")


class SubmissionTooLarge(Invalid):
    code = "questionnaires.submission.request-too-large"
    says = _("More than {most} MB came in one request. Send it again, or with smaller pictures.")


class FilesMissing(Invalid):
    code = "questionnaires.submission.files-missing"
    says = _(
        "Files that the answers speak of have not come: {names}. Send the form again with them."
    )


class TooManyColumns(Refused):
    code = "questionnaires.answers.too-many-columns"
    says = _(
        "The answers need {count} columns, and Excel has room for {most}: something was repeated "
        "very often. Take them away as CSV or JSON."
    )


class DraftBegun(Refused):
    code = "questionnaires.draft.begun"
    says = _(
        "You have begun another answer to this. Hand it in or throw it away first; then correct "
        "the one you sent."
    )


class NoAnswersSent(Invalid):
    code = "questionnaires.submission.no-answers"
    says = _("The part with the answers is missing. Send the filled-in form again.")


# ── filling in, in the browser ───────────────────────────────────────────────────────────────────
class NoSuchDraft(NotFound):
    code = "questionnaires.draft.not-found"
    says = _(
        "There is no such draft of yours. It was handed in or thrown away, perhaps in another "
        "window."
    )


class SavedElsewhere(Refused):
    code = "questionnaires.draft.saved-elsewhere"
    says = _(
        "This draft was saved in another window or on another machine since. Nothing was written "
        "over: choose which of the two to go on with."
    )


class DraftBegunSince(Refused):
    code = "questionnaires.draft.begun-since"
    says = _(
        "You have begun to fill this in anew since you threw the draft away. Throw the new one "
        "away first to have the old one back."
    )


class UnreadableDraft(Invalid):
    code = "questionnaires.draft.unreadable"
    says = _("What the page sent could not be read. Load the page again; the draft is kept.")
