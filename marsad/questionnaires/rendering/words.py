"""What a form in the browser says by itself, in the language of the form.

Where the interface of the house speaks the language of the form, its own catalogue is asked; for
the other languages that questionnaires come in, the words stand in `beside.py`.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext, override

from marsad.problems import _
from marsad.questionnaires.rendering.beside import BESIDE

#: The keys that enketo-core asks for, and our own; `{…}` is filled in the browser.
WORDS = {
    "alert.gotonotfound.msg": _("The question “{path}” is not in this form."),
    "alert.valuehasspaces.multiple": _("The choice “{value}” must not hold a space."),
    "confirm.repeatremove.heading": _("Remove this entry?"),
    "confirm.repeatremove.msg": _("What was answered in it is removed with it."),
    "constraint.invalid": _("This answer is not allowed here."),
    "constraint.required": _("This question must be answered."),
    "hint.guidance.details": _("More about this question"),
    "form.required": _("required"),
    "form.ok": _("I confirm"),
    "form.image": _("Picture that belongs to the question"),
    "form.geopoint": _("latitude longitude, such as 30.044 31.236"),
    "form.add": _("Add another: {label}"),
    "form.addPlain": _("Add another"),
    "form.remove": _("Remove entry {number}"),
    "form.entry": _("Entry {number}"),
    "form.next": _("Next"),
    "form.previous": _("Back"),
    "dialog.yes": _("Yes, remove"),
    "dialog.no": _("No, keep it"),
    "dialog.close": _("Close"),
    "number.invalid": _("Write a number, such as 1250."),
    "decimal.invalid": _("Write a number; decimals after a point, such as 12.5."),
    "date.placeholder": _("year-month-day"),
    "date.pick": _("Choose from a calendar"),
    "date.invalid": _("Write a date as year-month-day, such as 2025-05-03."),
    "month.placeholder": _("year-month"),
    "year.placeholder": _("year"),
    "time.placeholder": _("hours:minutes"),
    "time.invalid": _("Write a time of day as hours:minutes, such as 14:30."),
    "datetime.date": _("Date"),
    "datetime.time": _("Time"),
    "clear": _("Clear the answer"),
    "file.choose": _("Choose a file"),
    "file.replace": _("Choose another file"),
    "file.remove": _("Remove the file"),
    "file.limit": _("At most {size}."),
    "file.sending": _("Being sent…"),
    "file.kept": _("Kept with the draft."),
    "file.tooLarge": _("The file is larger than {size}. Choose a smaller one."),
    "file.offline": _("There is no network. The file can be added when it is back."),
    "file.failed": _("The file could not be sent. Choose it again."),
    "file.preview": _("In a preview no file is kept."),
    "rank.up": _("Move “{label}” up"),
    "rank.down": _("Move “{label}” down"),
    "rank.start": _("Put in order"),
    "rank.place": _("{label}, place {number}"),
    "range.none": _("Not answered"),
    "autocomplete.none": _("Nothing in the list matches. Choose one of the list."),
    "progress.sections": _("Parts of the form"),
    "progress.answered": _("{done} of {all} questions answered"),
    "earlier.text": _("Answered on {date}: {answer}"),
    "earlier.still": _("Is it still true?"),
    "earlier.take": _("Yes, take it over"),
    "earlier.taken": _("Taken over. You can change it."),
    "faults.title": _("Please look at these questions again"),
}


def form_words(tag: str) -> dict[str, str]:
    """Every word of a form in `tag`; English where nobody has put it into that language.

    >>> form_words("fr")["form.next"]
    'Suivant'
    """
    base = tag.split("-")[0].lower()
    if base in dict(settings.LANGUAGES):
        with override(base):
            return {key: gettext(english) for key, english in WORDS.items()}
    return {**WORDS, **BESIDE.get(base, {})}
