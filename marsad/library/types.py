"""The names other rooms may use: frozen values that leave the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marsad.library.words import (
    Access,
    Addressee,
    LikenessState,
    PassageKind,
    Place,
    Stage,
    StateRole,
    Strength,
)


@dataclass(frozen=True, kw_only=True)
class DocumentCard:
    """A document as a list shows it, in the reader's language."""

    #: Public, random, stable: what addresses use.
    key: str
    #: Symbol on the document itself; None where it states none.
    symbol: str | None
    title: str
    #: Language of the title and of the version shown.
    language: str
    #: Every language there is a version in.
    languages: Sequence[str]
    body: str
    session: str
    year: int | None
    document_date: date | None
    paragraph_count: int
    recommendation_count: int
    version_count: int
    access: str
    #: True for a document of our own writing that only shows how Marsad works.
    is_sample: bool


@dataclass(frozen=True, kw_only=True)
class VersionCard:
    """A copy of the document."""

    key: str
    language: str
    file_name: str
    kind: str
    layer: str
    job_number: str
    soundness: float
    is_shown: bool
    is_chosen: bool
    change_count: int
    size: int
    added_at: datetime
    notes: Sequence[str] = ()
    #: It waits to be made anew, or is being made.
    being_made: bool = False
    made_percent: int = 0
    #: What broke when it was last made; empty when nothing did.
    made_fault: str = ""


@dataclass(frozen=True, kw_only=True)
class RulingCard:
    """What a person ruled about a place, as a page shows it."""

    key: str
    document_key: str
    document_title: str
    language: str
    #: In the reader's language.
    verdict: str
    before: str
    after: str
    #: Empty for the operator of the machine, or somebody who left.
    by: str
    at: datetime
    #: It was made about another copy.
    is_carried: bool


@dataclass(frozen=True, kw_only=True)
class PlaceCard:
    """A place of a text: how it came, how it reads, how else it may read."""

    document_key: str
    document_symbol: str | None
    document_title: str
    is_restricted: bool
    #: Of the text.
    language: str
    version_key: str
    #: Of the source, from 1.
    line: int
    #: Offsets in the source text.
    start: int
    end: int
    #: Of the characters of the source there: `spots.sign_of`.
    sign: str
    #: As the engine calls it; empty for a place that no change touched.
    kind: str
    #: None where nobody asked.
    place: Place | None
    anchor: str
    #: The line as it came; of a long one, what is around the place.
    source: str
    #: The line as it reads: what stands before the place, the place, and what stands after.
    before: str
    reads: str
    after: str
    #: How the place would read if the machine had left it alone.
    as_it_came: str
    candidates: Sequence[str]
    #: It stands on the review list.
    is_doubt: bool
    is_applied: bool
    confidence: float
    evidence: str
    line_above: str
    line_below: str
    has_picture: bool
    ruling: RulingCard | None
    #: The text waits to be made anew.
    being_made: bool

    @property
    def ident(self) -> str:
        """Unlike that of any other place on a page."""
        return f"{self.version_key}-{self.start}-{self.end}"

    @property
    def came_so(self) -> bool:
        """Whether the line reads just as it came."""
        return self.source == self.before + self.reads + self.after

    @property
    def now(self) -> str:
        """How it reads once the text is made anew."""
        return self.ruling.after if self.ruling and self.being_made else self.reads


@dataclass(frozen=True, kw_only=True)
class ProvisionServed:
    """A treaty provision that a recommendation serves."""

    #: Short code of the instrument, e.g. `TIP` or `UNTOC`.
    instrument: str
    #: Article as printed, e.g. `9`; empty for the instrument as a whole.
    article: str
    #: `text` where the recommendation names it, `theme` where its theme implies it.
    basis: str


@dataclass(frozen=True, kw_only=True)
class ThemeLabel:
    """A theme of the published list, in the reader's language."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True)
class PracticeCard:
    """A good practice of the compendium, in the reader's language where it has that."""

    key: str
    #: Code and name of the State that it comes from and that verified it.
    iso2: str
    state: str
    title: str
    text: str
    #: The language of title, text and evidence; and codes of the others it can be read in.
    language: str
    others: Sequence[str]
    #: What is known of its effect, as a code and in words; and what shows it, where anything does.
    effect: str
    effect_label: str
    evidence: str
    themes: Sequence[ThemeLabel]
    #: What it was reported in, and the page of that in this house.
    source: str
    source_address: str
    verified_at: datetime
    published_at: datetime
    is_invented: bool

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "key": self.key,
            "state": self.iso2,
            "title": self.title,
            "text": self.text,
            "language": self.language,
            "effect": self.effect,
            "evidence": self.evidence,
            "themes": [theme.code for theme in self.themes],
            "source": self.source,
            "verified_at": self.verified_at.isoformat(),
            "published_at": self.published_at.isoformat(),
            "is_invented": self.is_invented,
        }


@dataclass(frozen=True, kw_only=True)
class RecommendationRow:
    """One recommendation as the index and the compilation show it, in the reader's language."""

    #: Database id of the language-neutral recommendation.
    pk: int
    #: Id in its document: `6(a)` or `17`.
    ident: str
    #: Where it stands on the document page: `para-6-a` or `rec-17`.
    anchor: str
    #: Paragraph of the report it stands in; None where headed on its own.
    paragraph: str | None
    document_key: str
    document_symbol: str | None
    document_title: str
    #: Body and session, e.g. the working group and its second session.
    body: str
    session: str
    year: int | None
    section: str
    #: Codes of `Addressee`, and their words in the reader's language.
    addressees: Sequence[str]
    addressee_labels: Sequence[str]
    #: Code of `Strength`, and its words.
    strength: str
    strength_label: str
    themes: Sequence[ThemeLabel]
    provisions: Sequence[ProvisionServed]
    text: str
    #: Language the text is in: the reader's where there is a version, another otherwise.
    language: str
    #: UN-form citation, e.g. `CTOC/…, para. 6 (a)`.
    citation: str
    is_sample: bool
    #: How many recommendations of other meetings are confirmed, and suggested, to say the same.
    same_confirmed: int = 0
    same_suggested: int = 0


@dataclass(frozen=True, kw_only=True)
class RecommendationGroup:
    """Recommendations under one heading: a theme, or a meeting."""

    key: str
    heading: str
    rows: Sequence[RecommendationRow]


@dataclass(frozen=True, kw_only=True)
class Compilation:
    """What the exports print: the chosen recommendations, how they were chosen, and when."""

    #: Language of the reader: labels and headings follow it.
    language: str
    title: str
    #: Chosen filters in words, label → value, e.g. {"Theme": "Victim assistance"}.
    chosen: Mapping[str, str]
    #: `theme` or `meeting`; empty for one undivided list.
    grouped_by: str
    groups: Sequence[RecommendationGroup]
    made_on: date
    #: How many recommendations there are in all (a row may stand under several themes).
    count: int


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """A piece of a passage: stretches of text, each marked as hit or not."""

    parts: Sequence[tuple[str, bool]]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One passage that answers a search."""

    document_key: str
    document_symbol: str | None
    document_title: str
    document_language: str
    year: int | None
    kind: str
    anchor: str
    number: str
    section: str
    language: str
    snippet: Snippet
    rank: float
    is_sample: bool


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """A page of hits and how many there are in all."""

    hits: Sequence[Hit]
    #: Number of passages found; a lower bound where `more` is set.
    count: int
    more: bool
    #: Seconds the database took.
    seconds: float
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


__all__ = [
    "Access",
    "Addressee",
    "Compilation",
    "DocumentCard",
    "Hit",
    "LikenessState",
    "PassageKind",
    "Place",
    "PlaceCard",
    "ProvisionServed",
    "RecommendationGroup",
    "RecommendationRow",
    "RulingCard",
    "SearchResult",
    "Snippet",
    "Stage",
    "StateRole",
    "Strength",
    "ThemeLabel",
    "VersionCard",
]
