"""How far replies have come: by section, by body, by State. Counts of questions, never a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from marsad.directory import queries as directory
from marsad.directory.types import BodyKind, Reader
from marsad.questionnaires.queries.judging import Given, Judged
from marsad.questionnaires.queries.outline import Outline, Section
from marsad.review.models import Part, Remark, Reply
from marsad.review.queries import rights
from marsad.review.queries.rights import Hand
from marsad.review.types.reply import BodyProgress, PartView, SectionProgress
from marsad.review.words import RemarkKind


def of_sections(
    reply: Reply | None,
    *,
    reader: Reader,
    hand: Hand,
    outline: Outline,
    given: Sequence[Given],
    judged: Judged,
    language: str,
) -> list[SectionProgress]:
    """How far each section has come, in the order of the form.

    Counts are seen by the State's people and the Secretariat: how much was answered, not what.
    """
    filled = {(each.path, each.position) for each in given if each.value}
    parts = _parts(reply, reader=reader, hand=hand, language=language) if reply else {}
    remarks = _open_remarks(reply, hand=hand) if reply else {}
    return [
        _section(
            section,
            filled=filled,
            judged=judged,
            parts=parts.get(section.path, ()),
            remarks=remarks,
            hand=hand,
        )
        for section in outline.sections
    ]


def _section(
    section: Section,
    *,
    filled: set[tuple[str, tuple[int, ...]]],
    judged: Judged,
    parts: Sequence[PartView],
    remarks: Mapping[str, Mapping[str, int]],
    hand: Hand,
) -> SectionProgress:
    within = {item.path for item in section.every()}
    asked = {place for place in judged.asked if place[0] in within}
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
        missing=sum(path in within for path, _position in judged.missing),
        faults=sum(fault.path in within for fault in judged.faults),
        open_remarks=waiting[RemarkKind.REMARK],
        open_clarifications=waiting[RemarkKind.CLARIFICATION],
        parts=parts,
        may_read=hand.may_read(section.path),
        may_write=hand.may_write(section.path),
    )


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
