"""What a form in the browser says by itself, in the language of the form.

Where the interface of the house speaks the language of the form, its own catalogue is asked; for
the other languages that questionnaires come in, the words stand in `beside.py`.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from marsad.questionnaires.rendering.beside import BESIDE

_N = gettext_noop

#: The keys that enketo-core asks for, and our own; `{…}` is filled in the browser.
WORDS = {
    "alert.gotonotfound.msg": _N("The question “{path}” is not in this form."),
    "alert.valuehasspaces.multiple": _N("The choice “{value}” must not hold a space."),
    "confirm.repeatremove.heading": _N("Remove this entry?"),
    "confirm.repeatremove.msg": _N("What was answered in it is removed with it."),
    "constraint.invalid": _N("This answer is not allowed here."),
    "constraint.required": _N("This question must be answered."),
    "hint.guidance.details": _N("More about this question"),
    "form.required": _N("required"),
    "form.ok": _N("I confirm"),
    "form.image": _N("Picture that belongs to the question"),
    "form.geopoint": _N("latitude longitude, such as 30.044 31.236"),
    "form.add": _N("Add another: {label}"),
    "form.addPlain": _N("Add another"),
    "form.remove": _N("Remove entry {number}"),
    "form.entry": _N("Entry {number}"),
    "form.next": _N("Next"),
    "form.previous": _N("Back"),
    "dialog.yes": _N("Yes, remove"),
    "dialog.no": _N("Keep"),
    "dialog.close": _N("Close"),
    "number.invalid": _N("Write a number, such as 1250."),
    "decimal.invalid": _N("Write a number; decimals after a point, such as 12.5."),
    "date.placeholder": _N("year-month-day"),
    "date.pick": _N("Choose from a calendar"),
    "date.invalid": _N("Write a date as year-month-day, such as 2025-05-03."),
    "month.placeholder": _N("year-month"),
    "year.placeholder": _N("year"),
    "time.placeholder": _N("hours:minutes"),
    "time.invalid": _N("Write a time of day as hours:minutes, such as 14:30."),
    "datetime.date": _N("Date"),
    "datetime.time": _N("Time"),
    "clear": _N("Clear the answer"),
    "file.choose": _N("Choose a file"),
    "file.replace": _N("Choose another file"),
    "file.remove": _N("Remove the file"),
    "file.limit": _N("At most {size}."),
    "file.sending": _N("Being sent…"),
    "file.kept": _N("Kept with the draft."),
    "file.tooLarge": _N("The file is larger than {size}. Choose a smaller one."),
    "file.offline": _N("There is no network. The file can be added when it is back."),
    "file.failed": _N("The file could not be sent. Choose it again."),
    "file.preview": _N("In a preview no file is kept."),
    "rank.up": _N("Move “{label}” up"),
    "rank.down": _N("Move “{label}” down"),
    "rank.start": _N("Put in order"),
    "rank.place": _N("{label}, place {number}"),
    "range.none": _N("Not answered"),
    "autocomplete.none": _N("Nothing in the list matches. Choose one of the list."),
    "progress.sections": _N("Parts of the form"),
    "progress.answered": _N("{done} of {all} questions answered"),
    "earlier.text": _N("Answered on {date}: {answer}"),
    "earlier.still": _N("Is it still true?"),
    "earlier.take": _N("Yes, take it over"),
    "earlier.taken": _N("Taken over. You can change it."),
    "faults.title": _N("Please look at these questions again"),
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
