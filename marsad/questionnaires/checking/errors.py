"""Why nothing of what was sent can be used.

* Invalid
  x NotASubmission     it is no XML, or no filled form
  x HasDoctype         it declares entities: that is how bombs are built
  x TooLarge, TooMany  more than a form can hold
  x TooTangled         checking it would take too long
  x WrongForm          it is filled for another form, or another version
  x NoInstanceId       it does not say which filling it is
  x UnreadableForm     the form itself cannot be read
"""

from __future__ import annotations

from marsad.problems import Invalid, _


class NotASubmission(Invalid):
    code = "questionnaires.submission.not-xml"
    says = _("What was sent is not a filled form (XML): {reason}. Send it again from the form.")


class HasDoctype(Invalid):
    code = "questionnaires.submission.doctype"
    says = _(
        "What was sent declares entities of its own, which no filled form needs. It was refused "
        "unread."
    )


class TooLarge(Invalid):
    code = "questionnaires.submission.too-large"
    says = _(
        "The answers take {size} bytes without the files, and a form may take {most}. Shorten "
        "them, or attach long texts as files."
    )


class TooMany(Invalid):
    code = "questionnaires.submission.too-many"
    says = _("“{name}” is repeated {count} times, and a form may repeat it {most} times.")


class TooTangled(Invalid):
    code = "questionnaires.submission.too-tangled"
    says = _(
        "The rules of the form look at these answers too many times, so they were not checked. "
        "Send fewer repetitions in one filling."
    )


class WrongForm(Invalid):
    code = "questionnaires.submission.wrong-form"
    says = _(
        "This was filled for the form “{given}”, version “{given_version}”, and is judged as "
        "“{expected}”, version “{expected_version}”. Get the form again and resend."
    )


class NoInstanceId(Invalid):
    code = "questionnaires.submission.no-instance-id"
    says = _("What was sent has no instanceID, so it cannot be told from another. Send it again.")


class UnreadableForm(Invalid):
    code = "questionnaires.form.unreadable"
    says = _("The form cannot be read: {reason}. Upload it again.")
