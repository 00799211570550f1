"""What texts that were repaired, or never damaged, teach for the repair of the next.

The library learns from its reports and hands what it knows to `repair`; nothing is remembered
between two calls but what the caller keeps.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from marsad.arabic.errors import DamagedKnowledge
from marsad.arabic.learning import counted
from marsad.arabic.letters import is_private, without_marks
from marsad.arabic.lexicon import listed_cost
from marsad.arabic.record import Change, Repair

_VERSION = 1
_MOST_WORDS, _MOST_PAIRS = 60_000, 240_000
#: Two words that differ in more letters are two words, and no slip.
_MOST_SLIPS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowledge:
    """Words, pairs of words and font codes, each with how often it was met."""

    #: Words without marks.
    words: Mapping[str, int] = field(default_factory=dict)
    #: Two words that follow one another, with a space between them.
    pairs: Mapping[str, int] = field(default_factory=dict)
    #: Private codes of fonts and the letters they stood for.
    codes: Mapping[str, str] = field(default_factory=dict)
    #: Slips of reading that people or a text layer put right, «read>right», a letter or nothing on
    #: either side.
    confusions: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """Write it down, so that `from_json` gives it back."""
        kept = {
            "version": _VERSION,
            "words": self.words,
            "pairs": self.pairs,
            "codes": self.codes,
            "confusions": self.confusions,
        }
        return json.dumps(kept, ensure_ascii=False, default=dict)

    @classmethod
    def from_json(cls, text: str) -> Knowledge:
        """Read what `to_json` wrote.

        :raises DamagedKnowledge: where it is anything else.
        """
        try:
            kept = json.loads(text)
            if kept["version"] != _VERSION:
                raise DamagedKnowledge()
            return cls(
                words={str(word): int(count) for word, count in kept["words"].items()},
                pairs={str(pair): int(count) for pair, count in kept["pairs"].items()},
                codes={str(code): str(letters) for code, letters in kept["codes"].items()},
                confusions={
                    str(slip): int(count) for slip, count in kept.get("confusions", {}).items()
                },
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise DamagedKnowledge() from None


def learn(texts: Iterable[str | Repair]) -> Knowledge:
    """Learn from texts in order: clean ones, or repairs (which teach their font codes too).

    >>> learn(["تعقد الدول اجتماعا", "تعقد الدول دورة"]).words["الدول"]
    2
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    codes: dict[str, Counter[str]] = {}
    slips: Counter[str] = Counter()
    for text in texts:
        if isinstance(text, Repair):
            _learn_codes(text.changes, codes)
            slips.update(slip for change in text.changes for slip in _slips(change))
            text = text.text
        for line in text.splitlines():
            counted(line, words, pairs)
    sure = {word: count for word, count in words.items() if count > 1 or listed_cost(word)}
    kept = Counter({pair: n for pair, n in pairs.items() if all(_is_sure(k, sure) for k in pair)})
    return Knowledge(
        words=dict(Counter(sure).most_common(_MOST_WORDS)),
        pairs={" ".join(pair): count for pair, count in kept.most_common(_MOST_PAIRS)},
        codes={code: met.most_common(1)[0][0] for code, met in codes.items() if len(met) == 1},
        confusions=dict(slips),
    )


def _slips(change: Change) -> Iterator[str]:
    """Yield what a scan misread of one word, where a text layer shows the word."""
    if change.kind != "copy_letters" or not change.applied or not change.candidates:
        return
    right = without_marks(change.after)
    read = without_marks(change.candidates[0])
    if abs(len(read) - len(right)) > 1 or " " in read + right:
        return
    edits = Levenshtein.editops(read, right)
    if len(edits) > _MOST_SLIPS:
        return
    for edit in edits:
        there = "" if edit.tag == "insert" else read[edit.src_pos]
        here = "" if edit.tag == "delete" else right[edit.dest_pos]
        yield f"{there}>{here}"


def _is_sure(key: str, words: Mapping[str, int]) -> bool:
    return key in words or not key[:1].isalpha()


def _learn_codes(changes: Iterable[Change], codes: dict[str, Counter[str]]) -> None:
    """A code that two texts read in two ways teaches nothing."""
    for change in changes:
        private = [place for place, sign in enumerate(change.before) if is_private(sign)]
        if (
            change.kind not in ("private_code", "copy_code")
            or not change.applied
            or len(private) != 1
        ):
            continue
        (place,) = private
        letters = change.after[place : len(change.after) - (len(change.before) - place - 1)]
        codes.setdefault(change.before[place], Counter())[letters] += 1
