"""Good practices on their way to the compendium, as they leave the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PracticeView:
    """A proposed practice as its State, the analysts and the Secretariat see it."""

    key: str
    #: Code and name of the State that it comes from.
    iso2: str
    state: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    evidence: Mapping[str, str]
    #: Title and text in the reader's language where there is one, and the language they are in.
    title: str
    text: str
    language: str
    effect: str
    effect_label: str
    theme: str
    theme_code: str
    #: How far it has come, as a code and in words.
    standing: str
    standing_label: str
    #: The answer it was taken from: key, path and words of the question.
    answer: str
    path: str
    question: str
    declined_because: str
    proposed_at: datetime
    decided_at: datetime | None
    published_at: datetime | None
    #: Its page in the compendium; empty while it is not there.
    address: str
    #: What the reader may do with it now.
    may_decide: bool
    may_edit: bool
    may_publish: bool
    may_withdraw: bool
    #: Whether the State keeps its source for the Secretariat only by now.
    source_is_confidential: bool
    #: Whether a curator of the library took it out of the compendium.
    is_taken_out: bool


@dataclass(frozen=True, kw_only=True)
class Source:
    """An answer that a practice can be taken from."""

    key: str
    iso2: str
    state: str
    path: str
    question: str
    text: str
    #: The language that the answer is written in, as far as it can be told.
    language: str


__all__ = ["PracticeView", "Source"]
