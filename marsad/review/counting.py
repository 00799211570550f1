"""How answers become counts: sets of States in, shares out. No database, no reader.

Whatever is asked of the answers, each State of those that a share is taken of stands in exactly
one place: it answered so, it answered otherwise, it is not known, or its answer is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from marsad.review.types.answer import HeldAlike

#: Answers that say that one does not know: they stay in what a share is taken of.
UNKNOWN = frozenset({"unknown"})
#: Kinds of questions that take several values, each apart from the next by a blank.
SEVERAL = frozenset({"select_multiple", "rank"})

#: Path of a question, and which of each repeat it stands in.
Place = tuple[str, tuple[int, ...]]
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """Where each State of a share stands; the four are apart, and together they are all."""

    n: frozenset[str] = _NOBODY
    otherwise: frozenset[str] = _NOBODY
    not_known: frozenset[str] = _NOBODY
    withheld: frozenset[str] = _NOBODY

    @property
    def everybody(self) -> frozenset[str]:
        """The States it is a share of."""
        return self.n | self.otherwise | self.not_known | self.withheld

    @property
    def of(self) -> int:
        """How many they are."""
        return sum(map(len, (self.n, self.otherwise, self.not_known, self.withheld)))


@dataclass(kw_only=True, slots=True)
class Said:
    """What States said to one question."""

    #: States by what they said; one that chose several values stands under each of them.
    by_value: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: States that have an answer here which is withheld.
    hidden: set[str] = field(default_factory=set)

    def said(self, values: Collection[str]) -> set[str]:
        """States that said one of the values; anything but “unknown”, where none is named."""
        wanted = values or (self.by_value.keys() - UNKNOWN)
        return set().union(*(self.by_value.get(value, _NOBODY) for value in wanted))

    def limited(self, *, to: frozenset[str], hidden: frozenset[str]) -> Said:
        """The same of those States only that were asked; of some it is withheld what they said."""
        shown = to - hidden
        return Said(
            by_value=defaultdict(
                set, {value: states & shown for value, states in self.by_value.items()}
            ),
            hidden=(self.hidden & to) | hidden,
        )

    def share(self, of: frozenset[str], values: Collection[str]) -> Share:
        """How many of some States said one of the values, as far as it is known.

        >>> said = Said()
        >>> said.by_value["yes"], said.by_value["unknown"] = {"XA"}, {"XB"}
        >>> share = said.share(frozenset({"XA", "XB", "XC"}), ["yes"])
        >>> sorted(share.n), sorted(share.not_known)
        (['XA'], ['XB', 'XC'])
        """
        n = of & self.said(values)
        withheld = (of & self.hidden) - n
        otherwise = (of & self.said(())) - n - withheld
        return Share(
            n=n, withheld=withheld, otherwise=otherwise, not_known=of - n - withheld - otherwise
        )


def gather(
    answers: Iterable[HeldAlike],
    *,
    kinds: Mapping[str, str],
    of: frozenset[str],
    hides: Mapping[Place, frozenset[str]] | None = None,
    withholds: bool,
) -> dict[str, Said]:
    """What was said to each question, in one pass over the answers.

    :param kinds: kind of each question by path, to know which take several values.
    :param of: the States whose answers count.
    :param hides: States whose answer in a place became confidential later.
    :param withholds: whether confidential answers are left out of what is counted.
    """
    found: defaultdict[str, Said] = defaultdict(Said)
    for answer in answers:
        shown, hidden = parted(answer, of=of, hides=hides or {}, withholds=withholds)
        said = found[answer.path]
        said.hidden |= hidden
        for value in _values(answer.value, kinds.get(answer.path, "")):
            said.by_value[value] |= shown
    return dict(found)


def parted(
    answer: HeldAlike,
    *,
    of: frozenset[str],
    hides: Mapping[Place, frozenset[str]],
    withholds: bool,
) -> tuple[frozenset[str], frozenset[str]]:
    """The States whose answer is counted, and those whose answer is withheld."""
    gave = of & frozenset(answer.states)
    if not withholds:
        return gave, _NOBODY
    if answer.is_confidential:
        return _NOBODY, gave
    hidden = hides.get((answer.path, answer.position), _NOBODY)
    return gave - hidden, gave & hidden


def _values(value: str, kind: str) -> Iterator[str]:
    if kind in SEVERAL:
        yield from value.split()
    else:
        yield value


def changed(now: Share, then: Share, *, of: frozenset[str]) -> Share:
    """States that say so now and said otherwise then.

    Where it is not known what a State said then, it is not known whether that changed.
    """
    n = now.n & then.otherwise
    withheld = now.withheld | (now.n & then.withheld)
    not_known = now.not_known | (now.n - then.otherwise - then.n - then.withheld)
    return Share(
        n=n, withheld=withheld, not_known=not_known, otherwise=of - n - withheld - not_known
    )
