"""What a picture is called and what must be said with it, in the reader's language and digits.

Every function here runs inside `reading_as`, which `queries.picture` opens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from marsad import countries
from marsad.design.formatting import Formatter
from marsad.statistics import places
from marsad.statistics.models import Standing
from marsad.statistics.types.choice import Choice
from marsad.tabulation.words import Word, known_word, words

#: Names of places that a title gives before it gives their number.
_NAMED = 3
#: Sources that are named before they are counted.
_SOURCES = 3

#: What is counted, by the code of the indicator.
COUNTED: Mapping[str, str] = {
    "victims": gettext_noop(
        "Counted are persons whom the authorities of a State, or those who work for them, detected "
        "as victims of trafficking in persons in a calendar year: those detected, not all there "
        "are."
    ),
    "offences": gettext_noop(
        "Counted are offences of trafficking in persons that the authorities of a State recorded "
        "in a calendar year."
    ),
    "suspects": gettext_noop(
        "Counted are persons suspected, arrested or cautioned for trafficking in persons in a "
        "calendar year."
    ),
    "prosecutions": gettext_noop(
        "Counted are persons prosecuted for trafficking in persons in a calendar year."
    ),
    "convictions": gettext_noop(
        "Counted are persons convicted of trafficking in persons in a calendar year."
    ),
}
_BY: Mapping[str, str] = {
    "sex": gettext_noop("{what} by sex"),
    "age": gettext_noop("{what} by age"),
    "form": gettext_noop("{what} by form of exploitation"),
    "region": gettext_noop("{what} by region"),
    "subregion": gettext_noop("{what} by subregion"),
    "country": gettext_noop("{what} by State or place"),
}
_AXES: Mapping[str, str] = {
    "sex": gettext_noop("Sex"),
    "age": gettext_noop("Age"),
    "form": gettext_noop("Form of exploitation"),
    "region": gettext_noop("Region"),
    "subregion": gettext_noop("Subregion"),
    "country": gettext_noop("State or place"),
}
_KINDS: Mapping[str, str] = {
    "pyramid": gettext_noop("{what} by age and sex"),
    "map": gettext_noop("{what} by State or place"),
    "flows": gettext_noop("{what} by citizenship and place"),
    "funnel": gettext_noop("From offence to conviction"),
    "classes": gettext_noop("States and places by their number: {what}"),
    "coverage": gettext_noop("States and places that reported: {what}"),
}


@dataclass(frozen=True, kw_only=True)
class Based:
    """What a picture stands on."""

    #: First and last year that it shows.
    years: tuple[int, int]
    #: All that was counted: a range.
    low: int
    high: int
    #: Cells between limits.
    censored: int
    #: States and places that reported, and how many of them are no States.
    states: int
    not_states: int
    #: Of shares: how many cases it is not known of.
    unknown: tuple[int, int] | None = None
    #: Codes of those that reported.
    places: frozenset[str] = frozenset()


class Labels:
    """Labels in one language: words of the field, places, regions, years."""

    def __init__(self, formatter: Formatter) -> None:
        self.formatter = formatter
        self.language = formatter.language
        self._places = places.names()

    def place(self, code: str) -> str:
        """A place, or the code where nobody has named it."""
        named = self._places.get(code, {})
        return named.get(self.language) or named.get("en") or code

    def word(self, field: str, word: str) -> str:
        """A word of the field as kept ("Female"); as printed where it is none of ours."""
        known = known_word(field, word)
        return self.known(known) if known else word or _("not told")

    def known(self, word: Word) -> str:
        """One of our words."""
        return word.ar if self.language == "ar" else word.word

    def code(self, field: str, code: str) -> str:
        """One of our words by its code."""
        return next((self.known(each) for each in words(field) if each.code == code), code)

    def region(self, name: str) -> str:
        """A region or subregion of M49 by its English name."""
        found = _regions().get(name)
        return found.get(self.language, name) if found else name or _("no region told")

    def by_name(self, codes: Sequence[str]) -> list[str]:
        """Places in the order of their names, for nobody is ranked."""
        return sorted(codes, key=lambda code: countries.sort_key(self.place(code), self.language))

    def year(self, year: int) -> str:
        return self.formatter.text(str(year))

    def years(self, years: tuple[int, int]) -> str:
        first, last = map(self.year, years)
        return first if first == last else f"{first}–{last}"

    def number(self, low: float, high: float) -> str:
        """A count, or the two that it lies between."""
        one = self.formatter.number(int(low))
        if low == high:
            return one
        return _("{low} to {high}").format(low=one, high=self.formatter.number(int(high)))

    def percent(self, low: float, high: float) -> str:
        """A share or a change, or the two that it lies between."""
        one, other = self.formatter.percents(low, high)
        return one if one == other else _("{low} to {high}").format(low=one, high=other)

    def reporters(self, states: int, not_states: int) -> str:
        """How many reported, in the words that are true of them; stands after a preposition."""
        if not_states:
            return self.formatter.counted(
                "{count} State or place", "{count} States and places", states
            )
        return self.formatter.counted("{count} State", "{count} States", states)


def _regions() -> Mapping[str, Mapping[str, str]]:
    return {region.names["en"]: region.names for region in countries.regions().values()}


def region_code(name: str) -> str:
    """The number of a region or subregion by its English name; the name where M49 has none."""
    for code, region in countries.regions().items():
        if region.names["en"] == name:
            return code
    return name


def axis_of(by: str) -> str:
    """What stands along an axis."""
    return _(_AXES[by])


def title(choice: Choice, *, years: str, labels: Labels) -> str:
    """What the picture shows, of whom and when."""
    what = labels.code("indicator", choice.indicator)
    says = _KINDS.get(choice.kind) or _BY.get(choice.by)
    told = _(says).format(what=what) if says else what
    narrowed = narrowings(choice, labels=labels)
    if narrowed:
        told = _("{what} ({narrowed})").format(
            what=told, narrowed=pgettext("between narrowings", "; ").join(narrowed)
        )
    return _("{what}, {years}").format(what=told, years=years) if years else told


def narrowings(choice: Choice, *, labels: Labels) -> list[str]:
    """What was chosen that leaves something out."""
    given = (("sex", choice.sex), ("age", choice.age), ("category", choice.form))
    found = [labels.code(field, code) for field, code in given if code]
    if len(choice.places) > _NAMED:
        found.append(labels.reporters(len(choice.places), 1))
    elif choice.places:
        found.append(labels.formatter.listed(map(labels.place, labels.by_name(choice.places))))
    return found


def based_on(choice: Choice, based: Based, *, labels: Labels) -> list[str]:
    """On what the picture stands and how sure it is."""
    what = labels.code("indicator", choice.indicator)
    told = {
        "number": labels.number(based.low, based.high),
        "what": what[:1].lower() + what[1:],
        "states": labels.reporters(based.states, based.not_states),
        "years": labels.years(based.years),
    }
    found = [_("Based on {number} {what} in {states}, {years}.").format(**told)]
    if choice.kind == "funnel":
        found = [_("Based on {states} that reported all four, {years}.").format(**told)]
    elif choice.kind in ("coverage", "classes"):
        found = [_("Based on {states} that reported {what}, {years}.").format(**told)]
    if based.censored:
        found.append(
            labels.formatter.counted(
                "{count} cell was given as a limit (“<5” is 1 to 4) and is shown as a range.",
                "{count} cells were given as limits (“<5” is 1 to 4) and are shown as ranges.",
                based.censored,
            )
        )
    if based.not_states:
        found.append(
            labels.formatter.counted(
                "{count} of the places is no State but a territory, a group of States or another "
                "place.",
                "{count} of the places are no States but territories, groups of States or other "
                "places.",
                based.not_states,
            )
        )
    found += unknown(based, labels=labels)
    return found


def unknown(based: Based, *, labels: Labels) -> list[str]:
    """Of how many cases something is not known."""
    if based.unknown is None:
        return []
    if not based.unknown[1]:
        return [_("Shares are of the known cases; none was reported as unknown.")]
    return [
        _(
            "Shares are of the known cases; of {number} more that were reported, as unknown or in "
            "a total alone, it is not known."
        ).format(number=labels.number(*based.unknown))
    ]


def silent(left: int, *, labels: Labels) -> list[str]:
    """How many print limits under forms and nothing else."""
    return [
        labels.formatter.counted(
            "Of {count} State or place the source prints “<5” under each form and no total. That "
            "may mean that nothing was reported, so it is neither drawn nor counted here.",
            "Of {count} States and places the source prints “<5” under each form and no total. "
            "That may mean that nothing was reported, so they are neither drawn nor counted here.",
            left,
        )
    ]


def absent(choice: Choice, based: Based, *, labels: Labels) -> list[str]:
    """Which of the chosen places gave no figure; of flows they may be the origin all the same."""
    missing = [code for code in choice.places if code not in based.places]
    if not missing or not based.places or choice.kind == "flows":
        return []
    named = labels.formatter.listed(map(labels.place, labels.by_name(missing)))
    return [_("No figures from {places}.").format(places=named)]


def definition(choice: Choice) -> str:
    """Who or what is counted."""
    if choice.kind == "funnel":
        return _(
            "The stages are not the same cases: courts close those of earlier years, so a share of "
            "one stage in another is no rate."
        )
    return _(COUNTED[choice.indicator])


def source(standing: Standing, *, reported: Collection[str], labels: Labels) -> str:
    """Whose figures these are, and of which moment.

    :param reported: codes of the places in the picture: the own figures of others are not in it.
    """
    editions = standing.editions.select_related("source__state").order_by("source__code")
    sources = [edition.source for edition in editions]
    named = [
        each.names.get(labels.language) or each.names.get("en") or each.code
        for each in sources
        if each.state_id is None
    ]
    own = sum(each.state is not None and each.state.iso3 in reported for each in sources)
    if own:
        named.append(
            labels.formatter.counted(
                "figures of {count} State itself", "figures of {count} States themselves", own
            )
        )
    return _("Source: {sources}. As at {moment}.").format(
        sources=pgettext("between sources", "; ").join(named),
        moment=labels.formatter.moment(standing.from_at),
    )
