"""The workbooks of a reply: what goes into one, and how one that came back differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from marsad.directory.types import Reader
from marsad.questionnaires.queries.outline import Item, Outline, Section
from marsad.review import problems
from marsad.review.models import Answer, Reply, Upload
from marsad.review.queries import answer as answers
from marsad.review.queries import rights
from marsad.review.types.workbook import DifferenceView, UploadCard, UploadPage

Place = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a workbook of a reply is made from, for one reader."""

    reply: Reply
    outline: Outline
    sections: Sequence[Section]
    #: Answers that hold, of those sections.
    held: Mapping[Place, Answer]


def given(*, reader: Reader, reply_key: str, language: str) -> Given:
    """The sections that the reader may answer; those they may read, where they may answer none.

    :raises NoSuchReply: if there is none of their own State.
    """
    reply = reply_of_own_state(reader=reader, key=reply_key)
    hand = rights.hand_of(reader, reply)
    outline = answers.outline_of(reply.invitation.round, language=language)
    sections = [each for each in outline.sections if hand.may_write(each.path)]
    sections = sections or [each for each in outline.sections if hand.may_read(each.path)]
    wanted = {each.path for section in sections for each in section.every()}
    held = {
        place: each
        for place, each in answers.holding(reply, hand=hand).items()
        if place[0] in wanted
    }
    return Given(reply=reply, outline=outline, sections=sections, held=held)


def reply_of_own_state(*, reader: Reader, key: str) -> Reply:
    """:raises NoSuchReply: if there is none, or the reader is not one of its State's people."""
    reply = rights.reply_for(reader, key=key)
    if not rights.hand_of(reader, reply).is_of_the_state:
        raise problems.NoSuchReply
    return reply


def writes(*, reader: Reader, reply: Reply) -> bool:
    """Whether any section of a reply is the reader's to answer."""
    hand = rights.hand_of(reader, reply)
    return hand.writes is None or bool(hand.writes)


# ── what came back ───────────────────────────────────────────────────────────────────────────────
def uploads(*, reader: Reader, reply: Reply) -> list[UploadCard]:
    """The workbooks that came back: one's own, for a focal point all."""
    return [_card(each) for each in _open_to(reader, reply).select_related("by")]


def page(*, reader: Reader, reply: Reply, key: str, language: str) -> UploadPage:
    """An upload, compared with what is stored now.

    :raises NoSuchUpload: if there is none, or it is not the reader's.
    """
    upload = one(reader=reader, reply=reply, key=key)
    outline = answers.outline_of(reply.invitation.round, language=language)
    now = {
        (each.path, tuple(each.position)): each
        for each in reply.answers.filter(ended_at__isnull=True).select_related("by").defer("terms")
    }
    bases = _bases(reply, upload.changes)
    waits = upload.taken_at is None and upload.dropped_at is None
    found = []
    settled = 0
    for number, change in enumerate(upload.changes):
        place = place_of(change)
        stored = now.get(place)
        item = outline.items.get(change["path"])
        if item is None or not rights.hand_of(reader, reply).may_read(change["path"]):
            continue
        if waits and stored is not None and _says(change, stored):
            settled += 1
            continue
        base = bases.get((*place, change["base"]))
        found.append(
            _difference(
                number, change, item=item, stored=stored, base=base, outline=outline, waits=waits
            )
        )
    return UploadPage(
        card=_card(upload),
        differences=found,
        settled=settled,
        needs_reason=reply.submitted_at is not None,
    )


def one(*, reader: Reader, reply: Reply, key: str) -> Upload:
    """:raises NoSuchUpload: if there is none, or it is not the reader's."""
    upload = _open_to(reader, reply).select_related("by").filter(key=key).first()
    if upload is None:
        raise problems.NoSuchUpload
    return upload


def place_of(change: Mapping[str, Any]) -> Place:
    """Where a change of an upload belongs."""
    return change["path"], tuple(change["position"])


def _open_to(reader: Reader, reply: Reply) -> QuerySet[Upload]:
    if rights.hand_of(reader, reply).is_focal_point:
        return reply.uploads.all()
    return reply.uploads.filter(by=rights.person_of(reader))


def _bases(reply: Reply, changes: Sequence[Mapping[str, Any]]) -> dict[Any, Answer]:
    """The answers that a workbook was made from."""
    rows = reply.answers.filter(path__in={each["path"] for each in changes}).defer("terms")
    return {(each.path, tuple(each.position), each.revision): each for each in rows}


def _says(change: Mapping[str, Any], stored: Answer) -> bool:
    only = change["is_confidential"]
    return change["becomes"] == stored.value and only in (None, stored.is_confidential)


def _difference(
    number: int,
    change: Mapping[str, Any],
    *,
    item: Item,
    stored: Answer | None,
    base: Answer | None,
    outline: Outline,
    waits: bool,
) -> DifferenceView:
    revision = stored.revision if stored else 0
    is_conflict = waits and revision != change["base"]
    section = outline.section_of(item.path)
    value = stored.value if stored else ""
    shown = value if waits else change["was"]
    stored_only = bool(stored and stored.is_confidential)
    only = change["is_confidential"]
    return DifferenceView(
        number=number,
        path=item.path,
        position=tuple(change["position"]),
        question=item.label,
        language=item.language,
        section=section.label if section else "",
        stored=answers.words_of(item, shown),
        becomes=answers.words_of(item, change["becomes"]),
        stored_only=stored_only,
        becomes_only=stored_only if only is None else only,
        revision=revision,
        is_conflict=is_conflict or (not waits and change["is_conflict"]),
        changed_by=stored.by.name if is_conflict and stored and stored.by else "",
        changed_at=stored.at if is_conflict and stored else None,
        before=answers.words_of(item, base.value) if is_conflict and base else "",
        sheet=change.get("sheet", ""),
        row=change.get("row", 0),
        is_taken=bool(change.get("is_taken")),
        is_chosen=not is_conflict and bool(change["becomes"]),
    )


def _card(upload: Upload) -> UploadCard:
    taken = [each for each in upload.changes if each.get("is_taken")]
    put_back = upload.taken_at is not None and upload.dropped_at is not None
    return UploadCard(
        key=upload.key,
        file_name=upload.file_name,
        at=upload.at,
        by=upload.by.name if upload.by else "",
        differences=len(upload.changes),
        taken=len(taken),
        taken_at=upload.taken_at,
        put_back_at=upload.dropped_at if put_back else None,
        dropped_at=None if put_back else upload.dropped_at,
    )
