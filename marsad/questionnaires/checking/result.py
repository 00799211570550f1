"""What a check says: the answers, or what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.problems import _, spoken
from marsad.questionnaires.checking.form import Words, in_language

#: Faults that are told; more help nobody.
MOST_FAULTS = 200

#: What can be wrong with an answer: the sentence, which says what to do.
SAYS: dict[str, str] = {
    "required": _("“{question}” is not answered. Answer it."),
    "constraint": _("The answer to “{question}” is not accepted by the form. Correct it."),
    "constraint-said": _("“{question}”: {message}"),
    "not-integer": _("“{question}” asks for a whole number, and “{value}” is none."),
    "not-decimal": _("“{question}” asks for a number, and “{value}” is none."),
    "not-boolean": _("“{question}” asks for yes or no, and “{value}” is neither."),
    "not-date": _("“{question}” asks for a date such as 2026-11-22, and “{value}” is none."),
    "not-time": _("“{question}” asks for a time such as 14:30, and “{value}” is none."),
    "not-dateTime": _("“{question}” asks for a date and a time, and “{value}” is not both."),
    "not-geopoint": _("“{question}” asks for a place (latitude and longitude), not “{value}”."),
    "not-geotrace": _("“{question}” asks for a line of two places or more, not “{value}”."),
    "not-geoshape": _("“{question}” asks for an area that closes where it begins, not “{value}”."),
    "unknown-choice": _("“{question}” does not offer “{value}”. Choose one of what it offers."),
    "chosen-twice": _("“{question}” has “{value}” twice. Choose it once."),
    "too-many-chosen": _(
        "“{question}” has {count} choices, and at most {most} can be taken. Choose fewer."
    ),
    "rank-incomplete": _("“{question}” asks to put all {count} choices in order."),
    "outside-scale": _(
        "“{question}” asks for a number from {least} to {most} in steps of {step}, not {value}."
    ),
    "too-long": _("The answer to “{question}” has {count} characters; at most {most} fit."),
    "file-missing": _("The file “{value}” for “{question}” did not come along. Send it again."),
    "file-wrong-kind": _("“{question}” asks for another kind of file than “{value}” ({given})."),
    "file-name": _("The file name for “{question}” cannot be used. Rename the file."),
    "unknown-question": _("The form has no question “{value}”. Get the form again and resend."),
    "not-repeated": _("“{question}” is asked once, and was answered {count} times."),
    "too-often": _("“{question}” is asked {most} times, and was answered {count} times."),
    "not-a-group": _("“{question}” takes one answer, and holds others inside it."),
    "more": _(
        "More is wrong than the first {count} things that are told. Correct these and send again."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered to one question."""

    path: str
    name: str
    kind: str
    #: In one form: digits 0-9 in numbers, dates as 2026-11-22; empty where nothing was answered.
    value: str
    #: Which of each repeat it stands in, outermost first; empty where it is asked once.
    position: tuple[int, ...] = ()
    #: Chosen values, for choices; else empty.
    values: Sequence[str] = ()
    #: Name of the file, where the answer is one; else empty.
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerFault:
    """What is wrong with one answer."""

    path: str
    #: Stable: a name in `SAYS`.
    code: str
    position: tuple[int, ...] = ()
    #: The question, by language of the form.
    labels: Words = field(default_factory=dict)
    #: What the form itself says about it, by language.
    message: Words = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    #: The reader's language, as whoever asked for the check named it; the form's own words follow
    #: it where the form has it.
    language: str = ""

    @property
    def says(self) -> str:
        """What is wrong and what to do, for the reader whom the check was made for."""
        return self.sentence(self.language)

    def sentence(self, language: str) -> str:
        """What is wrong and what to do; the form's own words come in `language`."""
        question = in_language(self.labels, language) or self.path.rpartition("/")[2]
        message = in_language(self.message, language)
        code = "constraint-said" if message else self.code
        return spoken(SAYS[code], **self.details, question=question, message=message)

    def as_data(self, language: str = "") -> dict[str, Any]:
        """For JSON."""
        return {
            "path": self.path,
            "position": list(self.position),
            "code": self.code,
            "message": self.sentence(language or self.language),
        }


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A submission, judged."""

    form_id: str
    version: str
    instance_id: str
    #: The submission that this one replaces; empty for a new one.
    deprecated_id: str
    #: Every answer to a question that is asked, in the order of the form.
    answers: Sequence[Answer]
    faults: Sequence[AnswerFault]
    #: Files that the answers name.
    files: Sequence[str]
    #: Paths of answers to what is not asked; they were left out.
    dropped: Sequence[str]
    #: Language it was filled in, where the sender says so.
    language: str = ""

    @property
    def ok(self) -> bool:
        """Whether it can be taken."""
        return not self.faults
