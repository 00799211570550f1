"""What somebody wants to look at: one picture of the figures, and the address that it has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal, cast
from urllib.parse import urlencode

from django.utils import timezone

from marsad.design.formatting import Digits, to_ascii_digits
from marsad.statistics import problems
from marsad.statistics.types.picture import KINDS, Kind
from marsad.tabulation.errors import BadYears
from marsad.tabulation.words import words

#: What a picture can be laid out by, beside what its kind is laid out by anyway.
BY = ("sex", "age", "form", "region", "subregion", "country")
Measure = Literal["", "count", "share"]
MEASURES = ("count", "share")
#: The years of a span that is open at one end or at both.
FIRST, LAST = 1000, 9999
# "2018", "2015-2018", "2015-": from then on, "-2018": until then.
_SPAN = re.compile(r"(?P<first>\d{4})?(?P<to>\s*[-–]\s*)?(?P<last>\d{4})?", re.ASCII)
# "JOR", "ABW+CUW", "KOSOVO": codes of three letters, and ours for what has none.
_PLACE = re.compile(r"[A-Z]{2,6}(\+[A-Z]{2,6})*")
_MOST_PLACES = 300
#: Of something wrong, so much is repeated.
_SHOWN = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One picture, as it can be asked for by page, file, command or API.

    >>> Choice(kind="bars", by="sex", years=(2018, 2018)).query()
    'kind=bars&by=sex&years=2018'
    >>> Choice.of({"kind": "bars", "by": "sex", "years": "2018"}).years
    (2018, 2018)
    """

    kind: Kind = "line"
    #: Code of an indicator, as `words.csv` has it: "victims". Of no matter to a funnel.
    indicator: str = "victims"
    #: Codes of places (ISO 3166, three letters); none for all.
    places: tuple[str, ...] = ()
    #: First and last year, `FIRST` and `LAST` where an end is open; None leaves it to the picture.
    years: tuple[int, int] | None = None
    #: Codes of one form of exploitation, one sex, one age group; "" for all together.
    form: str = ""
    sex: str = ""
    age: str = ""
    #: One of `BY`; "" leaves it to the picture.
    by: str = ""
    #: Numbers or shares of the known cases; "" leaves it to the picture.
    measure: Measure = ""
    #: Compare years over the States alone that reported in all of them.
    same_states: bool = True
    #: The figures as they were in force then; None for now.
    at: datetime | None = None
    #: Digits: "arab", "latn", or "" for the reader's own.
    numerals: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Choice:
        """Read a choice from an address or a form; what is not given is left to the picture.

        :param given: a `QueryDict` or any mapping of names to values or to lists of values.
        :raises WordNotKnown: where a word means nothing here.
        :raises PlaceNotKnown: where a place is no code.
        :raises BadYears: where years are no years.
        :raises MomentNotRead: where a moment is none.
        """
        one = {name: _last(given, name) for name in _NAMES}
        return cls(
            kind=cast(Kind, _word(one, "kind", KINDS) or "line"),
            indicator=_word(one, "indicator", codes("indicator")) or "victims",
            places=_places(given),
            years=_years(one),
            form=_word(one, "form", codes("category")),
            sex=_word(one, "sex", codes("sex")),
            age=_word(one, "age", codes("age")),
            by=_word(one, "by", BY),
            measure=cast(Measure, _word(one, "measure", MEASURES)),
            same_states=_word(one, "same", ("yes", "no")) != "no",
            at=_moment(one["at"]),
            numerals=_word(one, "numerals", tuple(digits.value for digits in Digits)),
        )

    def query(self) -> str:
        """The address of this choice after the question mark: the same for the same choice."""
        told = {
            "kind": "" if self.kind == "line" else self.kind,
            "indicator": "" if self.indicator == "victims" else self.indicator,
            "places": ",".join(self.places),
            "form": self.form,
            "sex": self.sex,
            "age": self.age,
            "by": self.by,
            "measure": self.measure,
            "same": "" if self.same_states else "no",
            "years": written_years(self.years),
            "at": written_moment(self.at),
            "numerals": self.numerals,
        }
        return urlencode({name: value for name, value in told.items() if value}, safe=",:")


_NAMES = (
    "kind", "indicator", "years", "since", "until", "form", "sex", "age", "by", "measure", "same",
    "at", "numerals",
)  # fmt: skip


def codes(field: str) -> tuple[str, ...]:
    """Codes of the words of a field, without the one for all of them together."""
    return tuple(word.code for word in words(field) if word.code != "total")


def written_years(years: tuple[int, int] | None) -> str:
    """Years as an address has them: "2018", "2015-2018", "2015-" for from then on."""
    if years is None:
        return ""
    first = "" if years[0] <= FIRST else str(years[0])
    last = "" if years[1] >= LAST else str(years[1])
    return first if first == last else f"{first}-{last}"


def written_moment(moment: datetime | None) -> str:
    """A moment as an address has it, in the time of Greenwich."""
    if moment is None:
        return ""
    told = moment.astimezone(UTC).replace(tzinfo=None)
    return told.isoformat() + "Z"


def _last(given: Mapping[str, Any], name: str) -> str:
    values = _all(given, name)
    return values[-1].strip() if values else ""


def _all(given: Mapping[str, Any], name: str) -> Sequence[str]:
    many = getattr(given, "getlist", None)
    found = many(name) if many is not None else given.get(name)
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, list | tuple) else [str(found)]


def _word(one: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    given = one[name].casefold()
    if given and given not in known:
        raise problems.WordNotKnown(name=name, given=one[name][:_SHOWN], known=", ".join(known))
    return given


def _places(given: Mapping[str, Any]) -> tuple[str, ...]:
    found = {
        code.strip().upper() for value in _all(given, "places") for code in value.split(",")
    } - {""}
    for code in sorted(found):
        if not _PLACE.fullmatch(code):
            raise problems.PlaceNotKnown(given=code[:_SHOWN])
    if len(found) > _MOST_PLACES:
        raise problems.PlaceNotKnown(given=f"{', '.join(sorted(found)[:3])}…")
    return tuple(sorted(found))


def _years(one: Mapping[str, str]) -> tuple[int, int] | None:
    """The span of `years`, or from `since` to `until`, either of which may be left open."""
    given = one["years"]
    if not given and (one["since"] or one["until"]):
        given = f"{one['since']}-{one['until']}"
    if not given:
        return None
    found = _SPAN.fullmatch(to_ascii_digits(given))
    if not found or not (found["first"] or found["last"]):
        raise BadYears(given=given[:_SHOWN])
    first = int(found["first"] or FIRST)
    last = int(found["last"] or (LAST if found["to"] else first))
    if first > last:
        raise BadYears(given=given[:_SHOWN])
    return first, last


def _moment(given: str) -> datetime | None:
    """A day means all of it; a moment without a zone is told in the time of the house."""
    typed = to_ascii_digits(given)
    if not typed:
        return None
    try:
        found = datetime.fromisoformat(typed.replace(" ", "+") if "T" in typed else typed)
        if len(typed) <= len("2026-11-22"):
            found = datetime.combine(found.date(), time.max)
        if not timezone.is_aware(found):
            found = timezone.make_aware(found)
        # What lies at either end of time has no time of Greenwich, or none here.
        for way in (-1, 1):
            found.astimezone(UTC) + timedelta(days=way)
    except (ValueError, OverflowError) as error:
        raise problems.MomentNotRead(given=given[:_SHOWN]) from error
    # A zone a day away ("+23:59") is none that a database knows.
    return found.astimezone(UTC)
