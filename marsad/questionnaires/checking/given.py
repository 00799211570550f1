"""Answers kept one by one, judged by the form as a whole: for replies that grow over weeks.

A submission comes once, as XML. A reply is drafted question by question by several people; it is
judged as often as one of them stops typing, so it is laid over the form directly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from marsad.questionnaires.checking import kinds
from marsad.questionnaires.checking.check import _Enough, _Judge, _normal
from marsad.questionnaires.checking.form import Field, Form
from marsad.questionnaires.checking.instance import Element
from marsad.questionnaires.checking.order import needs_of
from marsad.questionnaires.checking.result import AnswerFault
from marsad.questionnaires.checking.submission import Laid

#: A question where it stands: its path, and which of each repeat, outermost first.
Place = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What was answered in one place."""

    path: str
    #: Which of each repeat it stands in, outermost first. Numbers may leave gaps: an entry that was
    #: taken away leaves its number behind.
    position: tuple[int, ...] = ()
    value: str


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Answers, judged by their form."""

    #: Questions that are asked, as the answers stand.
    asked: frozenset[Place]
    #: Whatever people see: questions that are asked, their groups, entries of repeats, notes.
    shown: frozenset[Place]
    #: What is wrong with answers that were given.
    faults: Sequence[AnswerFault]
    #: Questions that must be answered, are asked, and have no answer.
    missing: Sequence[Place]
    #: What the form computes, where there is something.
    computed: Mapping[Place, str]
    #: The choices that a filter leaves, for the questions that have one.
    offered: Mapping[Place, frozenset[str]]
    #: Places that the form does not have; their answers count for nothing.
    unknown: Sequence[Place]


@dataclass(kw_only=True)
class _Over:
    """Answers laid over a form."""

    form: Form
    root: Element
    #: By element, which of each repeat as it was given.
    positions: dict[Element, tuple[int, ...]] = field(default_factory=dict)
    unknown: list[Place] = field(default_factory=list)


def judge_given(
    form: Form,
    answers: Iterable[Given],
    *,
    entries: Iterable[Place] = (),
    now: datetime,
    language: str = "",
) -> Judged:
    """Judge what was answered so far.

    :param entries: entries of repeats that stand open without an answer: path of the repeat, and
        its numbers. Nothing is missing in them yet.
    :param now: what `today()` and `now()` mean.
    :raises TooTangled: where a rule looks at more than any honest form asks.
    """
    answers = list(answers)
    open_entries = list(entries)
    laid = _lay(form, answers, entries=open_entries)
    judge = _made(form, laid, now=now)
    try:
        judge.refuse_long_texts(laid.root)
        judge.look_ahead(laid.root)
        judge.judge(laid.root)
    except _Enough:
        pass
    seen = _seen(laid, judge)
    empty = _empty_entries(open_entries, answers)
    given_as = {
        (element.field.path, element.position()): position
        for element, position in laid.positions.items()
        if element.field is not None
    }
    told = [
        replace(
            fault,
            position=given_as.get((fault.path, fault.position), fault.position),
            language=language,
        )
        for fault in judge.faults
    ]
    return Judged(
        asked=frozenset(seen.asked),
        shown=frozenset(seen.shown),
        faults=[fault for fault in told if fault.code != "required"],
        missing=[
            (fault.path, fault.position)
            for fault in told
            if fault.code == "required" and fault.position not in empty
        ],
        computed=seen.computed,
        offered=seen.offered,
        unknown=laid.unknown,
    )


def normal(place: Field, text: str) -> str:
    """An answer in the one form of its kind: digits 0-9 in numbers, dates as 2026-11-22.

    What cannot be read stays as it was typed, for the judge to tell of.
    """
    return _normal(place, text)


def asked_in(
    form: Form, replies: Mapping[str, Iterable[Given]], paths: Iterable[str], *, now: datetime
) -> dict[str, set[str]]:
    """Of whom each question is asked: by path, the names of the replies.

    A question inside a repeat is asked where one of its entries asks it; where there is no entry
    yet, where somebody could make one. Only what the rules look at is laid down and computed.
    """
    laid_down = {
        name: _by_path(each for each in answers if each.value.strip())
        for name, answers in replies.items()
    }
    return {
        path: set(_asked_of(form, path, laid_down, now=now))
        for path in dict.fromkeys(paths)
        if path in form.fields
    }


def looked_at(form: Form, paths: Iterable[str]) -> frozenset[str] | None:
    """The fields whose answers decide whether these are asked; None where that cannot be told."""
    found: set[str] = set()
    for path in set(paths) & form.fields.keys():
        chain = list(_chain(form.fields[path]))
        if not any(at.rules.get("relevant") for at in chain):
            continue
        needed = _closure(form, [path])
        if needed is None:
            return None
        repeat = next((at.path for at in reversed(chain) if at.is_repeat), None)
        found |= needed | {each for each in form.fields if repeat and each.startswith(f"{repeat}/")}
    return frozenset(found)


def following(form: Form, paths: Collection[str]) -> frozenset[str]:
    """The questions that are asked, or not, by what was answered to some: those tell of these.

    Where it cannot be told what a question looks at, it may look at any.
    """
    wanted = set(paths)
    found = set()
    for path, place in form.fields.items():
        if place.is_group or not any(at.rules.get("relevant") for at in _chain(place)):
            continue
        needed = _closure(form, [path])
        if needed is None or needed & (wanted - {path}):
            found.add(path)
    return frozenset(found)


def _by_path(answers: Iterable[Given]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for each in answers:
        found.setdefault(each.path, []).append(each)
    return found


def _asked_of(
    form: Form, path: str, replies: Mapping[str, Mapping[str, list[Given]]], *, now: datetime
) -> Iterator[str]:
    """The replies that a question is asked in.

    Most conditions look at one answer or two, and most States answer alike: what the same answers
    lead to is computed once.
    """
    place = form.fields[path]
    if not any(at.rules.get("relevant") for at in _chain(place)):
        yield from replies
        return
    needed = _closure(form, [path])
    repeats = [at for at in _chain(place) if at.is_repeat]
    if needed is not None and repeats:
        # Which entries there are is seen from whatever is answered in them.
        needed |= {each for each in form.fields if each.startswith(f"{repeats[-1].path}/")}
    known: dict[tuple[tuple[str, tuple[int, ...], str], ...], bool] = {}
    for name, by_path in replies.items():
        looked_at = by_path if needed is None else by_path.keys() & needed
        answers = [each for looked in looked_at for each in by_path[looked]]
        key = tuple(sorted((each.path, each.position, each.value) for each in answers))
        if key not in known:
            known[key] = _asks(form, place, answers, repeats, only=needed, now=now)
        if known[key]:
            yield name


def _asks(
    form: Form,
    place: Field,
    answers: Sequence[Given],
    repeats: Sequence[Field],
    *,
    only: Collection[str] | None,
    now: datetime,
) -> bool:
    """Whether a question is asked, or could be once an entry is made."""
    first = [
        (repeat.path, (1,) * _depth(repeat))
        for repeat in repeats
        if not any(each.path.startswith(f"{repeat.path}/") for each in answers)
    ]
    laid = _lay(form, answers, entries=first, only=only)
    judge = _made(form, laid, now=now)
    judge.look_ahead(laid.root)
    return any(
        judge.is_relevant(element) for element in laid.root.descendants() if element.field is place
    )


def _chain(place: Field) -> Iterator[Field]:
    at: Field | None = place
    while at is not None:
        yield at
        at = at.parent


def _closure(form: Form, paths: Collection[str]) -> frozenset[str] | None:
    """The fields that these look at, and what those look at; None where that cannot be told."""
    found: set[str] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        needed = needs_of(form.fields[path], form.fields)
        if needed is None:
            return None
        waiting += needed
    return frozenset(found)


# ── laying down ──────────────────────────────────────────────────────────────────────────────────
def _made(form: Form, laid: _Over, *, now: datetime) -> _Judge:
    over = Laid(root=laid.root, instance_id="", deprecated_id="")
    return _Judge(form, over, files=None, now=now)


def _lay(
    form: Form,
    answers: Iterable[Given],
    *,
    entries: Iterable[Place] = (),
    only: Collection[str] | None = None,
) -> _Over:
    values: dict[Place, str] = {}
    numbers: dict[Place, set[int]] = {}
    unknown: list[Place] = []
    for each in answers:
        place = form.fields.get(each.path)
        if place is None or place.is_group or len(each.position) != _depth(place):
            unknown.append((each.path, each.position))
        elif each.value.strip():
            values[(each.path, each.position)] = each.value
            _count(place, each.position, numbers)
    for path, position in entries:
        place = form.fields.get(path)
        if place is not None and place.is_repeat and len(position) == _depth(place):
            _count(place, position, numbers)
    laid = _Over(form=form, root=Element(form.root.name, field=form.root), unknown=unknown)
    _fill(laid, laid.root, form.root, (), values, numbers, only)
    return laid


def _depth(place: Field) -> int:
    """How many repeats a place stands in, itself included where it is one."""
    return sum(at.is_repeat for at in _chain(place))


def _count(place: Field, position: tuple[int, ...], numbers: dict[Place, set[int]]) -> None:
    rest = position
    for at in _chain(place):
        if at.is_repeat and rest:
            numbers.setdefault((at.path, rest[:-1]), set()).add(rest[-1])
            rest = rest[:-1]


def _fill(
    laid: _Over,
    above: Element,
    place: Field,
    position: tuple[int, ...],
    values: Mapping[Place, str],
    numbers: Mapping[Place, set[int]],
    only: Collection[str] | None,
) -> None:
    for child in place.children:
        if only is not None and child.path not in only:
            continue
        if child.is_repeat:
            for number in sorted(numbers.get((child.path, position), ())):
                made = above.add(Element(child.name, field=child))
                laid.positions[made] = (*position, number)
                _fill(laid, made, child, (*position, number), values, numbers, only)
            continue
        made = above.add(Element(child.name, field=child))
        if position:
            laid.positions[made] = position
        if child.is_group:
            _fill(laid, made, child, position, values, numbers, only)
        else:
            made.text = values.get((child.path, position), "")
            if not made.text and not child.is_asked:
                made.text = child.default


# ── reading off ──────────────────────────────────────────────────────────────────────────────────
@dataclass(kw_only=True)
class _Seen:
    """What can be seen of a form, as the answers stand."""

    asked: set[Place] = field(default_factory=set)
    shown: set[Place] = field(default_factory=set)
    computed: dict[Place, str] = field(default_factory=dict)
    offered: dict[Place, frozenset[str]] = field(default_factory=dict)


def _seen(laid: _Over, judge: _Judge) -> _Seen:
    seen = _Seen()
    for element in laid.root.descendants():
        place = element.field
        if place is None or not judge.is_relevant(element):
            continue
        at = (place.path, laid.positions.get(element, ()))
        if place.is_asked or place.is_group:
            seen.shown.add(at)
        if place.is_asked and place.kind not in kinds.UNASKED and not place.is_readonly:
            seen.asked.add(at)
        if place.rules.get("calculate") and judge.text_of(element):
            seen.computed[at] = judge.text_of(element)
        if place.choices is not None and place.choices.is_filtered:
            offered = judge._offered(element, place)
            if offered is not None:
                seen.offered[at] = offered
    return seen


def _empty_entries(
    entries: Iterable[Place], answers: Iterable[Given]
) -> frozenset[tuple[int, ...]]:
    filled = {
        each.position[:length]
        for each in answers
        if each.value.strip()
        for length in range(1, len(each.position) + 1)
    }
    return frozenset(position for _path, position in entries if position not in filled)
