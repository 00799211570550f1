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


class UnknownFormat(Invalid):
    code = "questionnaires.export.unknown-format"
    says = _("A questionnaire cannot be taken away as “{given}”. Choose one of: {choices}.")


class CannotOpen(Invalid):
    code = "questionnaires.file.cannot-open"
    says = _("“{name}” cannot be opened: {reason}. Check the path and who may read it.")
