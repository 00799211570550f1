"""What the library has taught the engine, for those who may forget some of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.directory.types import Reader
from marsad.library import knowing
from marsad.library.models import Forgotten, Taught, Version
from marsad.library.queries import rights


@dataclass(frozen=True, kw_only=True)
class LessonCard:
    """A word, a font code or a misreading, and where it was learned."""

    kind: str
    what: str
    #: What it stands for: the letters of a code, the word that is meant; empty for a word.
    means: str
    #: How often it was met.
    count: int
    #: (key, title) of documents it comes from, some of them.
    documents: Sequence[tuple[str, str]]
    is_forgotten: bool


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """What was taught, and in what state it is."""

    cards: Sequence[LessonCard]
    #: Kind → how many there are.
    counts: Mapping[str, int]
    #: Words and pairs of words the engine weighs readings with, known ones included.
    words: int
    pairs: int
    learned_at: datetime | None
    #: What was written down cannot be read and is not used.
    is_damaged: bool


def lessons(*, reader: Reader, kind: str = "", words: str = "") -> Lessons:
    """What the public shelf has taught.

    :param words: only what holds these letters.
    :raises NotALibrarian: if the reader may not change the library.
    """
    rights.require_curator(reader)
    kept = Taught.objects.first()
    if kept is None:
        return Lessons(cards=[], counts={}, words=0, pairs=0, learned_at=None, is_damaged=False)
    known = knowing.read(kept.knowledge)
    forgotten = set(Forgotten.objects.values_list("kind", "what"))
    counts: dict[str, int] = {}
    for each in kept.lessons:
        counts[each["kind"]] = counts.get(each["kind"], 0) + 1
    chosen = [
        each
        for each in kept.lessons
        if (not kind or each["kind"] == kind)
        and (not words or words in each["what"] or words in each["means"])
    ]
    titles = dict(
        Version.objects.filter(
            is_shown=True,
            document__in=rights.visible_documents(reader),
            document__key__in={key for each in chosen for key in each["documents"]},
        ).values_list("document__key", "title")
    )
    return Lessons(
        cards=[
            LessonCard(
                kind=each["kind"],
                what=each["what"],
                means=each["means"],
                count=each["count"],
                documents=[(key, titles[key]) for key in each["documents"] if key in titles],
                is_forgotten=(each["kind"], each["what"]) in forgotten,
            )
            for each in chosen
        ],
        counts=counts,
        words=len(known.words) if known else 0,
        pairs=len(known.pairs) if known else 0,
        learned_at=kept.learned_at,
        is_damaged=known is None,
    )
