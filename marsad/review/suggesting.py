"""Themes suggested for a passage by how people coded others. Pure: no database, no chance.

Naive Bayes over the presence of folded stems (`marsad.arabic.terms`), one theme against all
others, counted in passages: a word speaks for a theme by how much more often it stands in passages
that people gave this theme. What is suggested is said with the words that suggested it, and is
never applied: a person confirms it or turns it down.

>>> learnt = learn([("shelters for victims", {"b"}), ("shelter and food", {"b"}),
...                 ("a new penal law", {"a"}), ("the law was amended", {"a"})])
>>> [(each.theme, each.words) for each in suggest(learnt, "Two shelters were opened")]
[('b', ('shelters',))]
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from marsad import arabic

#: A word that fewer passages of a theme hold says nothing about it yet.
LEAST_SEEN = 2
#: How probable a theme must be to be suggested.
LEAST_SURE = 0.7
#: A single word is reason enough if so large a share of the passages that hold it have the theme.
LEAST_SHARE = 0.75
#: Suggestions for one passage, and words that are named as reasons.
MOST, MOST_WORDS = 3, 5
#: Words in as large a share of all passages say nothing about any theme.
_EVERYWHERE = 0.5
_SHORTEST = 2
#: Words that stand in any text, whatever it is about; folded.
_COMMON = frozenset(
    arabic.fold(
        """
        من في على إلى عن مع أن إن أنّ أو أي ما لا لم لن ليس ليست كل بعد قبل بين عند هو هي كان كانت قد
        هذا هذه ذلك تلك التي الذي الذين كما ثم و منذ حتى غير دون خلال حيث إذا إذ لدى لدينا فيها فيه
        منها منه عليها عليه بها به لها له يتم تم وقد ولا وما أيضا إلا سوى بعض جميع نحو ضد
        a an the of and or in on at to for from by with as is are was were be been being it its this
        that these those which who whom whose not no nor what how when where why there here they
        them their we our us he she his her you your i has have had do does did done will would can
        could may might must shall should than then also into out over under up down about after
        before between during through against only such some any all each every both more most other
        one two if but so because while since until per made make makes
        """
    ).split()
)
_SENTENCE = re.compile(r"[^.!?؟؛\n]+(?:[.!?؟؛]+|\n|$)")
#: Added to every count, so that what was never seen is not impossible.
_SMOOTH = 0.5


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What was learnt from coded passages: counts."""

    passages: int
    #: Passages of each theme.
    of_theme: Counter[str]
    #: Passages that hold a stem, and those of each theme that do.
    with_stem: Counter[str]
    with_both: Counter[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A theme that a passage may have."""

    theme: str
    #: Of the passage that was asked about: first character, and first after.
    start: int
    end: int
    #: Between `LEAST_SURE` and 1: how sure the words are, by what people coded so far.
    sureness: float
    #: The words of the passage that speak for it, the strongest first.
    words: tuple[str, ...]


def learn(examples: Iterable[tuple[str, Set[str]]]) -> Learnt:
    """Count what people coded: passages, each with the codes of its themes."""
    passages = 0
    of_theme: Counter[str] = Counter()
    with_stem: Counter[str] = Counter()
    with_both: Counter[tuple[str, str]] = Counter()
    for text, themes in examples:
        passages += 1
        stems = set(_stems(text))
        of_theme.update(themes)
        with_stem.update(stems)
        with_both.update((theme, stem) for theme in themes for stem in stems)
    return Learnt(passages=passages, of_theme=of_theme, with_stem=with_stem, with_both=with_both)


def suggest(learnt: Learnt, text: str, *, start: int = 0) -> list[Suggestion]:
    """The themes that a passage may have, the surest first; alike ones by their code.

    :param start: where the passage begins in the answer, to be added to its places.
    """
    words = _stems(text)
    found = [
        told
        for theme in sorted(learnt.of_theme)
        if (told := _weighed(learnt, theme, words, start=start, end=start + len(text)))
    ]
    return sorted(found, key=lambda each: (-each.sureness, each.theme))[:MOST]


def suggest_in(learnt: Learnt, text: str) -> list[Suggestion]:
    """Suggestions sentence by sentence; neighbours of one theme become one passage."""
    found: list[Suggestion] = []
    for start, end in sentences(text):
        for each in suggest(learnt, text[start:end], start=start):
            before = next(
                (
                    place
                    for place, other in enumerate(found)
                    if other.theme == each.theme and not text[other.end : each.start].strip()
                ),
                None,
            )
            if before is None:
                found.append(each)
            else:
                found[before] = _joined(found[before], each)
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text begins and ends, without the blanks around it.

    >>> sentences("One. Two?")
    [(0, 4), (5, 9)]
    """
    found = []
    for match in _SENTENCE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.end() - (len(words) - len(words.rstrip()))
        if end > start:
            found.append((start, end))
    return found


def _joined(one: Suggestion, other: Suggestion) -> Suggestion:
    words = tuple(dict.fromkeys((*one.words, *other.words)))[:MOST_WORDS]
    return Suggestion(
        theme=one.theme,
        start=one.start,
        end=other.end,
        sureness=max(one.sureness, other.sureness),
        words=words,
    )


def _weighed(
    learnt: Learnt, theme: str, words: dict[str, str], *, start: int, end: int
) -> Suggestion | None:
    """How sure one theme is, from the words that people's coding knows."""
    within = learnt.of_theme[theme]
    without = learnt.passages - within
    if within < LEAST_SEEN:
        return None
    odds = math.log((within + _SMOOTH) / (without + _SMOOTH))
    reasons: list[tuple[float, str]] = []
    tells_alone = False
    for stem, word in words.items():
        seen = learnt.with_stem[stem]
        if not seen or seen > _EVERYWHERE * max(learnt.passages, 2 * LEAST_SEEN):
            continue
        of_it = learnt.with_both[theme, stem]
        weight = math.log((of_it + _SMOOTH) / (within + 2 * _SMOOTH)) - math.log(
            (seen - of_it + _SMOOTH) / (without + 2 * _SMOOTH)
        )
        odds += weight
        if weight > 0 and of_it >= LEAST_SEEN:
            reasons.append((weight, word))
            tells_alone = tells_alone or of_it >= LEAST_SHARE * seen
    sureness = 1 / (1 + math.exp(-max(-60.0, min(60.0, odds))))
    if sureness < LEAST_SURE or not (tells_alone or len(reasons) > 1):
        return None
    reasons.sort(key=lambda each: (-each[0], each[1]))
    return Suggestion(
        theme=theme,
        start=start,
        end=end,
        sureness=sureness,
        words=tuple(word for _weight, word in reasons[:MOST_WORDS]),
    )


def _stems(text: str) -> dict[str, str]:
    """The telling stems of a text, each with the first word it was made from."""
    found: dict[str, str] = {}
    for term in arabic.terms(text):
        word = text[term.start : term.end]
        if len(term.term) < _SHORTEST or term.term[0].isdigit() or arabic.fold(word) in _COMMON:
            continue
        found.setdefault(term.term, word)
    return found


__all__ = ["Learnt", "Suggestion", "learn", "sentences", "suggest", "suggest_in"]
