"""What several releases tell together: somebody who has them all can subtract one from another.

A release of 20 people and a later one of 21 tell that one was added, and by sex or form who it was.
What was public once stays known, so hiding the earlier one helps nobody: the later one is refused.

All releases of an indicator in a year are put together as one table. People fall into groups by the
releases that count them, and count them alike: who is in all of them, who was added, who was taken
out; somebody who was recorded otherwise later was taken out and added. Every figure of a release is
the sum of the groups it counts. Of that table `marsad.privacy` says which counts could be worked
out, and no small one may be, neither of a release nor of a group; whoever asks is taken to know
which counts of the groups are 0, which is more than anybody does. Besides, two numbers that both
stand as they are never differ by less than the threshold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad import privacy
from marsad.privacy import Overlap, Shown, Sum
from marsad.statistics.records import counting
from marsad.statistics.records.counting import Figure, People, Person, Released, Wanted

#: Nothing is said of a group: it has somebody in it.
_NOTHING_SAID = Shown("withheld", 1, None)
_Said = Mapping[Figure, Shown]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A release: whom it counts, and what it says of them."""

    people: People
    #: As it was printed: `counting.from_rows`.
    cells: Sequence[Released]
    wanted: Wanted

    def of(self, indicator: str, year: int) -> _Said:
        """What it says of an indicator in a year."""
        return {
            cell.figure: cell.shown
            for cell in self.cells
            if (cell.figure.indicator, cell.figure.year) == (indicator, year)
        }


def telling(newest: Told, earlier: Sequence[Told]) -> Sequence[int]:
    """The years in which a release would tell too much beside those that were public before."""
    return sorted(
        {
            year
            for indicator, year in newest.people
            if _tells(
                indicator,
                year,
                [each for each in earlier if (indicator, year) in each.people],
                newest,
            )
        }
    )


def _tells(indicator: str, year: int, earlier: Sequence[Told], newest: Told) -> bool:
    now = newest.of(indicator, year)
    before = [each.of(indicator, year) for each in earlier]
    if not earlier or any(now.items() <= each.items() for each in before):
        return False  # nothing is said that was not said already
    threshold = max(each.wanted.threshold for each in (*earlier, newest))
    if any(_differ_little(each, now, threshold) for each in before):
        return True
    return _Together(indicator, year, [*earlier, newest]).is_exposed()


def _differ_little(before: _Said, now: _Said, threshold: int) -> bool:
    return any(
        0 < abs(shown.low - before[figure].low) < threshold
        for figure, shown in now.items()
        if shown.kind == "exact" and figure in before and before[figure].kind == "exact"
    )


class _Together:
    """The releases of an indicator in a year, as one table."""

    def __init__(self, indicator: str, year: int, releases: Sequence[Told]) -> None:
        self.counts: dict[str, int] = {}
        self.relations: list[Sum | Overlap] = []
        self.shown: dict[str, Shown] = {}
        #: The counts that nobody may work out.
        self.small: set[str] = set()
        #: Whether a release says something else than what is counted now: nothing can be proven.
        self.is_amiss = False
        breakdowns = {each for release in releases for each in release.wanted.breakdowns}
        groups = _groups([release.people[indicator, year] for release in releases])
        counted = [
            (among, counting.laid_out(indicator, year, persons, breakdowns))
            for among, persons in groups.items()
        ]
        for number, (among, figures) in enumerate(counted):
            least = min(releases[index].wanted.threshold for index in among)
            self._add_group(f"group {number}", figures, least)
        least = min(release.wanted.threshold for release in releases)
        for index, release in enumerate(releases):
            of = [
                (f"group {number}", figures)
                for number, (among, figures) in enumerate(counted)
                if index in among
            ]
            self._add_release(f"release {index}", release.of(indicator, year), of, least)

    def _add_group(self, prefix: str, figures: counting.Figures, threshold: int) -> None:
        for name, count in figures.named().items():
            self.counts[f"{prefix}|{name}"] = count
            if count:
                self.shown[f"{prefix}|{name}"] = _NOTHING_SAID
            if 0 < count < threshold:
                self.small.add(f"{prefix}|{name}")
        for each in figures.relations():
            whole, parts = f"{prefix}|{each.whole}", [f"{prefix}|{part}" for part in each.parts]
            self.relations.append(type(each)(whole=whole, parts=parts))

    def _add_release(
        self,
        prefix: str,
        said: _Said,
        of: Sequence[tuple[str, counting.Figures]],
        threshold: int,
    ) -> None:
        for figure, shown in said.items():
            name = counting.name_of(figure)
            whole, parts = f"{prefix}|{name}", [f"{group}|{name}" for group, _figures in of]
            count = sum(figures.counts.get(figure, 0) for _group, figures in of)
            if not shown.low <= count <= (count if shown.high is None else shown.high):
                self.is_amiss = True
            self.counts[whole] = count
            self.relations.append(Sum(whole=whole, parts=parts))
            hidden = Shown("withheld", shown.low, shown.high)
            self.shown[whole] = shown if shown.kind == "exact" else hidden
            if shown.kind != "exact" and count < threshold:
                self.small.add(whole)

    def is_exposed(self) -> bool:
        """Whether somebody who has all releases could work out a small count."""
        if self.is_amiss:
            return True
        return any(
            privacy.exposed(self.counts, self.relations, self.shown, among=[name])
            for name in sorted(self.small)
        )


def _groups(
    releases: Sequence[Mapping[str, Person]],
) -> Mapping[frozenset[int], Sequence[Person]]:
    """People by the releases that count them alike."""
    found: dict[frozenset[int], list[Person]] = defaultdict(list)
    for key in sorted({key for people in releases for key in people}):
        ways: dict[object, list[int]] = defaultdict(list)
        for index, people in enumerate(releases):
            if key in people:
                ways[_as_counted(people[key])].append(index)
        for among in ways.values():
            found[frozenset(among)].append(releases[among[0]][key])
    return found


def _as_counted(person: Person) -> object:
    return (person.sex, person.age, _set(person.forms), _set(person.citizenships))


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)
