"""A section of a reply as its page is drawn: questions where they stand, with what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.queries.judging import Given, Judged, Place
from marsad.questionnaires.queries.outline import Item, Outline, Section
from marsad.questionnaires.words import Obligation, provision_name
from marsad.review import problems
from marsad.review.models import Answer, Presence, Remark, Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import earlier as earlier_answers
from marsad.review.queries import rights
from marsad.review.queries.progress import kinds_seen
from marsad.review.queries.rights import Hand
from marsad.review.types.section import (
    Arrived,
    Choice,
    Clash,
    Earlier,
    Entry,
    Node,
    SectionView,
)
from marsad.review.words import RemarkKind

#: How long after they were last seen somebody still counts as being in a section.
HERE_FOR = timedelta(seconds=45)
_VALUE = re.compile(r"\$\{([^{}]{1,200})\}")
_NUMBER_OF_STEPS = 21
#: The largest number of an entry that a place can be kept with.
_LARGEST = 32_767

_CONTROLS = {
    "text": "text",
    "barcode": "text",
    "integer": "line",
    "decimal": "line",
    "date": "line",
    "time": "line",
    "dateTime": "line",
    "geopoint": "line",
    "boolean": "one",
    "select_one": "one",
    "select_multiple": "many",
    "acknowledge": "many",
    "range": "line",
}
_INPUTMODES = {
    "integer": "numeric",
    "decimal": "decimal",
    "range": "decimal",
    "date": "numeric",
    "time": "numeric",
    "dateTime": "numeric",
}


def place_of(path: str, position: Iterable[int]) -> str:
    """What forms and scripts call a place: `/data/b/figures/year|1`."""
    numbers = ".".join(str(number) for number in position)
    return f"{path}|{numbers}" if numbers else path


def read_place(place: str) -> Place:
    """A place as `place_of` wrote it.

    :raises NoSuchQuestion: if it was not.
    """
    path, _mark, numbers = place.partition("|")
    try:
        position = tuple(int(number) for number in numbers.split(".")) if numbers else ()
    except ValueError as fault:
        raise problems.NoSuchQuestion from fault
    if any(not 0 <= number <= _LARGEST for number in position):
        raise problems.NoSuchQuestion
    return path, position


def dom_of(path: str, position: Iterable[int]) -> str:
    """The same as an id in a page."""
    return "q" + path.replace("/", "-") + "".join(f"-{number}" for number in position)


@dataclass(kw_only=True)
class _Drawn:
    """What the nodes of a page are drawn from."""

    holding: Mapping[Place, Answer]
    judged: Judged
    faults: Mapping[Place, str]
    missing: frozenset[Place]
    numbers: Mapping[Place, list[int]]
    hand: Hand
    remarks: Mapping[str, Mapping[str, int]]
    offers: Mapping[str, Earlier]
    outline: Outline
    shows_missing: bool
    typed: Mapping[Place, str] = field(default_factory=dict)
    clashes: Mapping[Place, Answer] = field(default_factory=dict)
    told: Mapping[Place, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def section_for(reply: Reply, *, reader: Reader, name: str, language: str) -> tuple[Section, Hand]:
    """A section that the reader may read.

    :raises NoSuchSection: if there is none, or it is not open to the reader.
    """
    section = answers.outline_of(reply.invitation.round, language=language).section_named(name)
    hand = rights.hand_of(reader, reply)
    if section is None or not hand.may_read(section.path):
        raise problems.NoSuchSection
    return section, hand


def view(
    *,
    reader: Reader,
    reply: Reply,
    name: str,
    language: str,
    at: datetime,
    entries: Sequence[Place] = (),
    shows_missing: bool = False,
    typed: Mapping[Place, str] | None = None,
    clashes: Mapping[Place, Answer] | None = None,
    told: Mapping[Place, str] | None = None,
    with_offers: bool = True,
    as_at: datetime | None = None,
) -> SectionView:
    """A section as its page is drawn.

    :param entries: entries of repeats that stand open without an answer.
    :param shows_missing: whether what is required and not answered is marked.
    :param typed: what was typed and could not be saved, to stay on the page; `clashes` and `told`
        say why not.
    :param as_at: the moment whose answers are shown; now, where none is given.
    """
    section, hand = section_for(reply, reader=reader, name=name, language=language)
    outline = answers.outline_of(reply.invitation.round, language=language)
    given = answers.given_for(reply, hand=hand, at=as_at)
    entries = [*entries, *_first_entries(section, given, entries)]
    judged = answers.judge(reply, answers=given, entries=entries, at=at, language=language)
    offers = (
        earlier_answers.offers(
            reader=reader, reply=reply, outline=outline, section=section.path, hand=hand
        )
        if with_offers and reply.submitted_at is None
        else {}
    )
    drawn = _Drawn(
        holding=answers.holding(reply, hand=hand, section=section.path, at=as_at),
        judged=judged,
        faults={(fault.path, fault.position): fault.says for fault in judged.faults},
        missing=frozenset(judged.missing),
        numbers=_numbers(given, entries, outline),
        hand=hand,
        remarks=remark_counts(reply, hand=hand),
        offers=offers,
        outline=outline,
        shows_missing=shows_missing,
        typed=typed or {},
        clashes=clashes or {},
        told=told or {},
        values=_values(given, judged, hand=hand),
    )
    nodes = [_node(item, (), drawn) for item in section.items]
    return _section_view(section, nodes, outline=outline, hand=hand, drawn=drawn, reply=reply)


def _values(given: Iterable[Given], judged: Judged, *, hand: Hand) -> dict[str, str]:
    """What labels may show, by name: answers that the reader may read, and what is computed.

    What the form computes from the whole reply is not told to those who read a part of it.
    """
    found = {
        each.path.rpartition("/")[2]: each.value
        for each in given
        if not each.position and hand.may_read(each.path)
    }
    for (path, _where), value in judged.computed.items():
        if hand.reads is None or hand.may_read(path):
            found[path.rpartition("/")[2]] = value
    return found


def _section_view(
    section: Section,
    nodes: Sequence[Node],
    *,
    outline: Outline,
    hand: Hand,
    drawn: _Drawn,
    reply: Reply,
) -> SectionView:
    everything = [each for node in nodes for each in node.every()]
    asked = [
        each for each in everything if each.what in ("question", "elsewhere") and each.is_shown
    ]
    readable = [each for each in outline.sections if hand.may_read(each.path)]
    here = readable.index(section)
    before = readable[here - 1] if here else None
    after = readable[here + 1] if here + 1 < len(readable) else None
    return SectionView(
        path=section.path,
        name=section.name,
        label=section.label,
        language=section.language,
        nodes=nodes,
        may_write=hand.may_write(section.path) and reply.submitted_at is None,
        asked=len(asked),
        answered=sum(bool(each.answer and each.answer.value) for each in asked),
        missing=sum((each.path, each.position) in drawn.missing for each in asked),
        faults=sum(bool(each.fault) for each in asked),
        offered=sum(bool(each.earlier) and not each.value for each in asked),
        before=(before.name, before.label) if before else None,
        after=(after.name, after.label) if after else None,
    )


def _first_entries(
    section: Section, given: Iterable[Given], entries: Iterable[Place]
) -> list[Place]:
    """An empty entry for each repeat that has none, so that there is something to fill in."""
    filled = [*((each.path, each.position) for each in given), *entries]
    found: list[Place] = []
    for item in section.every():
        if item.kind != "repeat":
            continue
        within = [
            pos for path, pos in filled if path == item.path or path.startswith(f"{item.path}/")
        ]
        if item.depth == 1 and not within:
            found.append((item.path, (1,)))
        above = [
            pos[: item.depth - 1]
            for path, pos in [*filled, *found]
            if item.depth > 1 and (path == item.repeat or path.startswith(f"{item.repeat}/"))
        ]
        for around in dict.fromkeys(above):
            if not any(pos[: len(around)] == around for pos in within):
                found.append((item.path, (*around, 1)))
    return found


def _numbers(
    given: Iterable[Given], entries: Iterable[Place], outline: Outline
) -> dict[Place, list[int]]:
    """By repeat and the entries around it, the numbers of its entries."""
    found: dict[Place, set[int]] = {}

    def count(path: str, position: tuple[int, ...]) -> None:
        while position and path:
            found.setdefault((path, position[:-1]), set()).add(position[-1])
            position = position[:-1]
            above = outline.items.get(path)
            path = above.repeat if above else ""

    for each in given:
        item = outline.items.get(each.path)
        if each.position and item is not None:
            count(item.repeat, each.position)
    for path, position in entries:
        count(path, position)
    return {place: sorted(numbers) for place, numbers in found.items()}


# ── nodes ────────────────────────────────────────────────────────────────────────────────────────
def _node(item: Item, position: tuple[int, ...], drawn: _Drawn) -> Node:
    common = {
        "kind": item.kind,
        "path": item.path,
        "position": position,
        "place": place_of(item.path, position),
        "dom": dom_of(item.path, position),
        "label": _filled(item.label, drawn),
        "hint": _filled(item.hint, drawn),
        "language": item.language,
        # What was typed and could not be saved stays in sight.
        "is_shown": (item.path, position) in drawn.judged.shown
        or (item.path, position) in drawn.typed,
    }
    if item.kind == "repeat":
        return Node(**{**common, **_repeat(item, position, drawn)})  # type: ignore[arg-type]
    if item.items:
        inside = [_node(each, position, drawn) for each in item.items]
        return Node(what="group", nodes=inside, **common)  # type: ignore[arg-type]
    if not item.is_question:
        return Node(what="note", **common)  # type: ignore[arg-type]
    return Node(**common, **_question(item, position, drawn))  # type: ignore[arg-type]


def _filled(text: str, drawn: _Drawn) -> str:
    """Words with the values that they show; an ellipsis where there is none yet."""
    return _VALUE.sub(lambda found: drawn.values.get(found[1], "") or "…", text)


def _repeat(item: Item, position: tuple[int, ...], drawn: _Drawn) -> dict[str, object]:
    numbers = drawn.numbers.get((item.path, position), [])
    entries = []
    for ordinal, number in enumerate(numbers, start=1):
        inside = (*position, number)
        nodes = [_node(each, inside, drawn) for each in item.items]
        entries.append(
            Entry(
                place=place_of(item.path, inside),
                dom=dom_of(item.path, inside),
                number=ordinal,
                is_empty=not any(each.value for node in nodes for each in node.every()),
                nodes=nodes,
            )
        )
    is_shown = any((item.path, (*position, number)) in drawn.judged.shown for number in numbers)
    return {"what": "repeat", "entries": entries, "is_shown": is_shown}


def _question(item: Item, position: tuple[int, ...], drawn: _Drawn) -> dict[str, object]:
    place = (item.path, position)
    answer = drawn.holding.get(place)
    value = drawn.typed.get(place, answer.value if answer else "")
    control = _CONTROLS.get(item.kind, "")
    if item.kind == "text" and "multiline" not in item.appearance:
        control = "line"
    if control == "one" and "minimal" in item.appearance:
        control = "list"
    if item.kind == "range":
        control = "list" if _scale(item) else "line"
    clash = drawn.clashes.get(place)
    remarks = drawn.remarks.get(item.path, {})
    return {
        "what": "question" if control else "elsewhere",
        "kind_label": "" if control else questionnaires.kind_label(item.kind),
        "control": control,
        "inputmode": _INPUTMODES.get(item.kind, ""),
        "is_required": item.is_required,
        "is_missing": drawn.shows_missing and place in drawn.missing,
        "fault": drawn.told.get(place) or (drawn.faults.get(place, "") if value else ""),
        "choices": _choices(item, place, value, drawn)
        if control in ("one", "many", "list")
        else (),
        "answer": answers.view(answer, item=item, hand=drawn.hand) if answer else None,
        "value": value,
        "revision": answer.revision if answer else 0,
        "is_confidential": bool(answer and answer.is_confidential),
        "provisions": [
            provision_name(each.instrument, each.article, each.paragraph)
            for each in item.provisions
        ],
        "obligation": str(Obligation(item.obligation).label) if item.obligation else "",
        "remarks": remarks.get(RemarkKind.REMARK, 0),
        "clarifications": remarks.get(RemarkKind.CLARIFICATION, 0),
        "earlier": drawn.offers.get(item.path) if not position else None,
        "clash": Clash(
            typed=value,
            typed_words=answers.words_of(item, value),
            holds=answers.view(clash, item=item, hand=drawn.hand),
        )
        if clash
        else None,
    }


def _scale(item: Item) -> list[str]:
    """The steps of a short scale."""
    if item.bounds is None:
        return []
    start, end, step = item.bounds
    if not step or abs((end - start) / step) > _NUMBER_OF_STEPS:
        return []
    count = round(abs((end - start) / step))
    sign = 1 if end >= start else -1
    numbers = [start + sign * abs(step) * number for number in range(count + 1)]
    return [str(int(each)) if each == int(each) else repr(round(each, 6)) for each in numbers]


def _choices(item: Item, place: Place, value: str, drawn: _Drawn) -> list[Choice]:
    chosen = {value} if item.kind in ("select_one", "boolean", "range") else set(value.split())
    if item.kind == "range":
        pairs = [(each, each) for each in _scale(item)]
    elif item.kind == "boolean":
        pairs = [("true", _("Yes")), ("false", _("No"))]
    elif item.kind == "acknowledge":
        pairs = [("OK", _("I confirm"))]
    else:
        pairs = [(option.value, option.label) for option in item.options]
    offered = drawn.judged.offered.get(place)
    return [
        Choice(
            value=each,
            label=label,
            is_chosen=each in chosen,
            is_offered=offered is None or each in offered,
        )
        for each, label in pairs
    ]


def remark_counts(reply: Reply, *, hand: Hand) -> dict[str, dict[str, int]]:
    """By path and kind, how much was said; what the reader may know of."""
    kinds = kinds_seen(hand)
    if not kinds:
        return {}
    found: dict[str, dict[str, int]] = {}
    rows = (
        Remark.objects.filter(reply=reply, kind__in=kinds, on__isnull=True)
        .order_by()
        .values("path", "kind")
        .annotate(count=Count("id"))
    )
    for row in rows:
        found.setdefault(row["path"], {})[row["kind"]] = row["count"]
    return found


# ── while others draft too ───────────────────────────────────────────────────────────────────────
def arrived(
    *, reader: Reader, reply: Reply, name: str, since: datetime, language: str
) -> list[Arrived]:
    """The answers of a section that others saved since a moment."""
    section, hand = section_for(reply, reader=reader, name=name, language=language)
    items = {item.path: item for item in section.every()}
    person = rights.person_of(reader)
    found = []
    for (path, position), answer in answers.holding(reply, hand=hand, section=section.path).items():
        if answer.at < since or path not in items or (person and answer.by_id == person.pk):
            continue
        found.append(
            Arrived(
                dom=dom_of(path, position),
                place=place_of(path, position),
                revision=answer.revision,
                value=answer.value,
                words=answers.words_of(items[path], answer.value),
                by=answer.by.name if answer.by and hand.is_of_the_state else "",
                at=answer.at,
                is_confidential=answer.is_confidential,
            )
        )
    return found


def here(*, reader: Reader, reply: Reply, section: str, at: datetime) -> list[str]:
    """The names of the others of the State who have a section open now."""
    if not rights.hand_of(reader, reply).is_of_the_state:
        return []
    person = rights.person_of(reader)
    seen = Presence.objects.filter(reply=reply, section=section, seen_at__gte=at - HERE_FOR)
    return [
        each.person.name
        for each in seen.select_related("person").order_by("person__name")
        if person is None or each.person_id != person.pk
    ]
