"""How far replies have come: by section, by body, by State. Counts of questions, never a score.

Whoever may not read a section is told of the questions only that are put to every State: that a
question is asked because of another answer would tell that answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.db.models import Case, CharField, Count, Q, Value, When

from marsad.directory import queries as directory
from marsad.directory.types import BodyKind, Reader
from marsad.questionnaires.queries.judging import Given, Judged, looked_at
from marsad.questionnaires.queries.outline import Outline, Section, outline
from marsad.review.models import Answer, Part, Remark, Reply, Round
from marsad.review.queries import rights
from marsad.review.queries.register import Choice, register
from marsad.review.queries.rights import Hand
from marsad.review.types.progress import Come, RoundProgress, SectionAsked, StateProgress
from marsad.review.types.reply import BodyProgress, PartView, SectionProgress
from marsad.review.words import RemarkKind


def of_sections(
    reply: Reply | None,
    *,
    reader: Reader,
    hand: Hand,
    laid: Outline,
    given: Sequence[Given],
    judged: Judged,
    language: str,
) -> list[SectionProgress]:
    """How far each section has come, in the order of the form.

    Counts are seen by the State's people and the Secretariat: how much was answered, not what.
    """
    of_all = put_to_all(laid.form_key)
    filled = {(each.path, each.position) for each in given if each.value}
    parts = _parts(reply, reader=reader, hand=hand, language=language) if reply else {}
    remarks = _open_remarks(reply, hand=hand) if reply else {}
    return [
        _section(
            section,
            of_all=of_all.get(section.path, frozenset()),
            filled=filled,
            judged=judged,
            parts=parts.get(section.path, ()),
            remarks=remarks,
            hand=hand,
        )
        for section in laid.sections
    ]


def _section(
    section: Section,
    *,
    of_all: frozenset[str],
    filled: set[tuple[str, tuple[int, ...]]],
    judged: Judged,
    parts: Sequence[PartView],
    remarks: Mapping[str, Mapping[str, int]],
    hand: Hand,
) -> SectionProgress:
    within = {item.path for item in section.every()}
    reads = hand.may_read(section.path)
    counted = within if reads else of_all
    asked = {place for place in judged.asked if place[0] in counted}
    waiting: Counter[str] = Counter()
    for path, by_kind in remarks.items():
        if path in within or path == section.path:
            waiting.update(by_kind)
    return SectionProgress(
        path=section.path,
        name=section.name,
        label=section.label,
        language=section.language,
        asked=len(asked),
        answered=len(asked & filled),
        missing=sum(path in counted for path, _position in judged.missing),
        faults=sum(fault.path in within for fault in judged.faults) if reads else 0,
        open_remarks=waiting[RemarkKind.REMARK],
        open_clarifications=waiting[RemarkKind.CLARIFICATION],
        parts=parts,
        may_read=reads,
        may_write=hand.may_write(section.path),
    )


def put_to_all(form_key: str) -> Mapping[str, frozenset[str]]:
    """The questions of each section, by its path, that are asked whatever else was answered."""
    return _put_to_all(form_key)


@lru_cache(maxsize=16)
def _put_to_all(form_key: str) -> Mapping[str, frozenset[str]]:
    # A published version never changes, so this may be kept for as long as the process lives.
    return {
        section.path: frozenset(
            item.path
            for item in section.questions
            if not item.repeat and looked_at(form_key=form_key, paths=(item.path,)) == frozenset()
        )
        for section in outline(form_key=form_key, language="en").sections
    }


def _parts(reply: Reply, *, reader: Reader, hand: Hand, language: str) -> dict[str, list[PartView]]:
    """Who has which section: told to its people as far as they read it, and to the Secretariat."""
    own = {held.body_id for held in rights.memberships_of(reader, state=reply.invitation.state_id)}
    found: dict[str, list[PartView]] = {}
    for part in Part.objects.filter(reply=reply).select_related("body"):
        if not hand.is_secretariat and not (hand.is_of_the_state and hand.may_read(part.section)):
            continue
        found.setdefault(part.section, []).append(
            PartView(
                body_id=part.body_id,
                body=directory.body_name(part.body, language=language),
                is_ngo=part.body.kind == BodyKind.NGO,
                assigned_at=part.assigned_at,
                ready_at=part.ready_at,
                is_mine=part.body_id in own,
            )
        )
    return found


def _open_remarks(reply: Reply, *, hand: Hand) -> dict[str, Counter[str]]:
    """By path and kind, how many threads wait."""
    kinds = kinds_seen(hand)
    found: dict[str, Counter[str]] = {}
    for path, kind in (
        Remark.objects.filter(reply=reply, on__isnull=True, kind__in=kinds)
        .filter(
            Q(settled_at__isnull=True)
            | Q(responses__settled_at__isnull=True, responses__isnull=False)
        )
        .distinct()
        .values_list("path", "kind")
    ):
        if hand.may_read(path) or hand.is_secretariat:
            found.setdefault(path, Counter())[kind] += 1
    return found


def kinds_seen(hand: Hand) -> list[str]:
    """What of that which is said about answers a reader may know of."""
    if hand.is_of_the_state:
        return [kind.value for kind in RemarkKind]
    if hand.is_secretariat:
        return [RemarkKind.CLARIFICATION, RemarkKind.RESPONSE]
    return []


def of_bodies(sections: Iterable[SectionProgress]) -> list[BodyProgress]:
    """How far each body has come with what it was given, by name."""
    held: dict[int, list[tuple[SectionProgress, PartView]]] = {}
    for section in sections:
        for part in section.parts:
            held.setdefault(part.body_id, []).append((section, part))
    found = [
        BodyProgress(
            body_id=body_id,
            body=pairs[0][1].body,
            sections=[section.label for section, _part in pairs],
            asked=sum(section.asked for section, _part in pairs),
            answered=sum(section.answered for section, _part in pairs),
            missing=sum(section.missing for section, _part in pairs),
            ready=sum(part.ready_at is not None for _section, part in pairs),
        )
        for body_id, pairs in held.items()
    ]
    return sorted(found, key=lambda each: each.body)


# ── all States of a round ────────────────────────────────────────────────────────────────────────
def of_states(
    *, reader: Reader, round_: Round, language: str, choice: Choice | None = None
) -> RoundProgress:
    """How far every State has come, section by section, States by name: for the Secretariat.

    Counted are the questions that are put to every State, before a reply is sent and afterwards.

    :raises NotTheSecretariat: for everybody else; a State sees its own on the page of its reply.
    :raises UnknownStanding: if lines of a standing are chosen that there is not.
    """
    rights.require_secretariat(reader)
    lines = register(reader=reader, round_=round_, language=language, choice=choice)
    sections = (
        outline(form_key=round_.form_key, language=language).sections if round_.form_key else ()
    )
    asked = put_to_all(round_.form_key) if round_.form_key else {}
    filled = _filled(round_, asked)
    handed = _handed_out(round_)
    return RoundProgress(
        sections=[
            SectionAsked(
                name=each.name,
                label=each.label,
                language=each.language,
                asked=len(asked[each.path]),
            )
            for each in sections
        ],
        states=[
            StateProgress(
                line=line,
                sections=[
                    Come(
                        asked=len(asked[each.path]),
                        answered=filled.get((line.iso2, each.path), 0),
                        bodies=len(handed[line.iso2, each.path]),
                        ready=sum(handed[line.iso2, each.path]),
                    )
                    for each in sections
                ],
            )
            for line in lines.lines
        ],
        of=lines.of,
        replied=lines.replied,
    )


def _filled(round_: Round, asked: Mapping[str, frozenset[str]]) -> dict[tuple[str, str], int]:
    """How many of the questions have an answer, by State and section, in one query for all."""
    sections = [
        When(path__in=list(paths), then=Value(path)) for path, paths in asked.items() if paths
    ]
    if not sections:
        return {}
    rows = (
        Answer.objects.filter(
            reply__invitation__round=round_,
            ended_at__isnull=True,
            path__in=frozenset[str]().union(*asked.values()),
        )
        .exclude(value="")
        .order_by()
        .annotate(section=Case(*sections, output_field=CharField()))
        .values_list("reply__invitation__state_id", "section")
        .annotate(count=Count("id"))
    )
    return {(state, section): count for state, section, count in rows}


def _handed_out(round_: Round) -> defaultdict[tuple[str, str], list[bool]]:
    """By State and section: of each body that has it, whether it said that its part is done."""
    found: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    rows = Part.objects.filter(reply__invitation__round=round_).order_by()
    for state, section, ready_at in rows.values_list(
        "reply__invitation__state_id", "section", "ready_at"
    ):
        found[state, section].append(ready_at is not None)
    return found
