"""Everything a person can be told went wrong.

* Problem
  x NotFound    it is not there, or is not yours to see
  x NotAllowed  you may see it, and may not do this to it
  x Refused     the rules of the work do not permit it now
  x Invalid     what was sent cannot be understood

A problem is raised beside the rule it protects, carries a stable code and a sentence the reader
can act on, and knows nothing of HTTP, exit codes or Django: `config/problem_responses.py` decides
how each kind leaves the house. The sentence is translated when it is read, by whatever translator
`translate_with` was given; an engine run by itself speaks English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

_translate: Callable[[str], str] = str
_write: Callable[[float], str] = str


def _language() -> str:
    return "en"


def _(message: str) -> str:
    """Mark a message for the catalogue without translating it yet."""
    return message


def translate_with(
    translate: Callable[[str], str], *, language: Callable[[], str] = _language
) -> None:
    """Use `translate` for every sentence from now on (Django's gettext, in the server).

    :param language: the code of the language it translates to at the moment.
    """
    global _translate, _language
    _translate, _language = translate, language


def language() -> str:
    """The language that sentences are in for whoever reads them: "en" or "ar"."""
    return _language()


def spoken(message: str, /, **details: Any) -> str:
    """A marked message in the reader's language: for what is told without being raised."""
    return _translate(message).format(**details)


def write_numbers_with(write: Callable[[float], str]) -> None:
    """Use `write` for every number in a sentence (in the server, the digits the reader chose)."""
    global _write
    _write = write


def digits(text: str) -> str:
    """A text with its digits as whoever reads it writes them: "1–4"."""
    # Made for numbers, it writes a text as it is but for its digits.
    return _write(text)  # type: ignore[arg-type]


#: A name out of a file.
QUOTED = _("“{name}”")


def said(says: str, details: Mapping[str, Any]) -> str:
    """A sentence with its details, in the language and the digits of whoever reads it."""
    return _translate(says).format(**{name: _shown(value) for name, value in details.items()})


def _shown(value: Any) -> Any:
    if isinstance(value, list | tuple):
        # Names out of a file, as “a”, “b”: quoted and listed as the reader's language does it.
        return _translate(", ").join(said(QUOTED, {"name": each}) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return _write(value)


class Problem(Exception):  # noqa: N818 - the family is called so, in the words of the house
    """A foreseen failure that a person can be told about.

    :param details: what the sentence needs, by name; kept for JSON answers as they are.
    """

    #: Stable, dotted, language-neutral: what scripts test for.
    code: ClassVar[str] = "problem"
    #: The sentence, in English, with `{names}` of the details: what is wrong and what to do.
    says: ClassVar[str] = _("Something went wrong.")
    #: The sentence as it was told once; empty: it is told anew to whoever reads it.
    _told = ""

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return self._told or said(self.says, self.details)

    def pinned(self) -> Problem:
        """The same, told from now on as it is told here, whoever reads it later."""
        self._told = str(self)
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.details))


def _rebuild(kind: type[Problem], details: dict[str, Any]) -> Problem:
    return kind(**details)


class NotFound(Problem):
    """It is not there, or it is not yours to see: the two look alike on purpose."""

    code = "not-found"
    says = _("There is nothing here, or it is not open to you.")


class NotAllowed(Problem):
    """You may see it, and may not do this to it."""

    code = "not-allowed"
    says = _("Your role does not allow this.")


class Refused(Problem):
    """The rules of the work do not permit it now."""

    code = "refused"
    says = _("This cannot be done now.")


class Invalid(Problem):
    """What was sent cannot be understood."""

    code = "invalid"
    says = _("What was sent could not be understood.")
