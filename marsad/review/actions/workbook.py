"""Give a reply out as a workbook; take one that came back, and what of it a person ticked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader
from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.review import invented, problems
from marsad.review.actions import answer as answering
from marsad.review.models import Answer, Reply, Upload
from marsad.review.queries import answer as answers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.queries import workbook as queries
from marsad.review.types.reply import Change
from marsad.review.words import How
from marsad.review.workbooks.answers import Exported
from marsad.review.workbooks.opened import Opened, open_workbook
from marsad.review.workbooks.read import Understood, Written, understand
from marsad.review.workbooks.write import About, Stored, write

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The languages that a workbook may have been made in.
_LANGUAGES = ("ar", "en")


@transaction.atomic
def give_out(*, reply_key: str, language: str, by: Reader, at: datetime) -> Exported:
    """The workbook of the sections that this person may answer.

    :raises NoSuchReply: if there is none of their own State.
    """
    given = queries.given(reader=by, reply_key=reply_key, language=language)
    invitation = given.reply.invitation
    round_ = invitation.round
    due = rounds.due_of(invitation)
    data = write(
        About(
            reply_key=given.reply.key,
            round_key=round_.key,
            iso2=invitation.state_id,
            round_title=rounds.in_language(round_.titles, language) or round_.key,
            state=directory.state_names(language=language)[invitation.state_id],
            language=language,
            made_at=at,
            due=for_reader().date(due) if due else "",
            is_invented=round_.is_invented,
        ),
        outline=given.outline,
        sections=given.sections,
        stored={
            place: Stored(
                value=each.value, revision=each.revision, is_confidential=each.is_confidential
            )
            for place, each in given.held.items()
        },
    )
    journal.record(
        action="review.workbook.give_out",
        on=given.reply,
        by=rights.person_of(by),
        at=at,
        details={"sections": len(given.sections)},
    )
    name = f"reply-{invitation.state_id.lower()}-{language}.xlsx"
    return Exported(
        data=data,
        media_type=_MEDIA_TYPE,
        file_name=invented.file_name(name, is_invented=round_.is_invented),
    )


def receive(*, reply_key: str, data: bytes, file_name: str, by: Reader, at: datetime) -> Upload:
    """Read a workbook that came back, and keep what it would change; nothing is changed yet.

    :raises Problem: if it cannot be read, is of another reply, or something in it must be mended.
    """
    reply = queries.reply_of_own_state(reader=by, key=reply_key)
    if not queries.writes(reader=by, reply=reply):
        raise problems.NothingToWrite
    answering.require_writable(reply, (), by=by, at=at)
    name = " ".join(file_name.split())[:200] or "workbook.xlsx"
    opened = open_workbook(data, name=name)
    _require_own(opened, reply, name=name)
    languages = dict.fromkeys((answers.language_now(), *_LANGUAGES))
    outlines = [answers.outline_of(reply.invitation.round, language=each) for each in languages]
    understood = understand(opened, outlines=outlines)
    changes = _compared(reply, understood, by=by)
    if understood.faults:
        raise problems.WorkbookFaulty(
            name=name, faults=[each.as_data() for each in understood.faults]
        )
    return _keep(reply, changes, file_name=name, by=by, at=at)


@transaction.atomic
def _keep(
    reply: Reply, changes: list[dict[str, Any]], *, file_name: str, by: Reader, at: datetime
) -> Upload:
    upload = Upload.objects.create(
        key=secrets.token_hex(8),
        reply=reply,
        file_name=file_name,
        at=at,
        by=rights.person_of(by),
        changes=changes,
    )
    journal.record(
        action="review.workbook.receive",
        on=upload,
        by=rights.person_of(by),
        at=at,
        details={"differences": len(changes)},
    )
    return upload


@transaction.atomic
def take_in(
    *,
    reply_key: str,
    key: str,
    chosen: Mapping[int, int],
    reason: str = "",
    by: Reader,
    at: datetime,
) -> Upload:
    """Take in what a person ticked: all of it, or none.

    :param chosen: by place in the upload, the revision of the stored answer that they saw.
    :raises ChangedSinceShown: if somebody answered one of them since the differences were shown.
    """
    upload = _waiting(reply_key, key, by=by)
    wanted = {number: upload.changes[number] for number in chosen if _is_there(upload, number)}
    if not wanted:
        raise problems.NothingTicked
    changes = [
        Change(
            path=change["path"],
            position=tuple(change["position"]),
            value=change["becomes"],
            base=chosen[number],
            is_confidential=change["is_confidential"],
        )
        for number, change in wanted.items()
    ]
    try:
        saved = answering.save_many(
            reply_key=reply_key, changes=changes, by=by, at=at, how=How.WORKBOOK, reason=reason
        )
    except problems.ChangedMeanwhile as meanwhile:
        path = meanwhile.details["path"]
        raise problems.ChangedSinceShown(question=_question(upload.reply, path)) from None
    for change, each in zip(wanted.values(), saved, strict=True):
        change["is_taken"] = True
        change["answer"] = each.key if each.is_new else ""
    upload.taken_at = at
    upload.save(update_fields=["changes", "taken_at"])
    journal.record(
        action="review.workbook.take_in",
        on=upload,
        by=rights.person_of(by),
        at=at,
        details={"answers": len(wanted)},
    )
    return upload


@transaction.atomic
def put_aside(*, reply_key: str, key: str, by: Reader, at: datetime) -> Upload:
    """Take nothing in; the upload stays on record."""
    upload = _waiting(reply_key, key, by=by)
    upload.dropped_at = at
    upload.save(update_fields=["dropped_at"])
    journal.record(action="review.workbook.put_aside", on=upload, by=rights.person_of(by), at=at)
    return upload


@transaction.atomic
def put_back(*, reply_key: str, key: str, reason: str = "", by: Reader, at: datetime) -> int:
    """Undo a taking in: what stood before stands again, where nobody has answered since.

    :returns: how many answers stand as they did.
    :raises UploadNotTaken: if nothing of it was taken in, or it was put back already.
    """
    upload = _locked(reply_key, key, by=by)
    if upload.taken_at is None or upload.dropped_at is not None:
        raise problems.UploadNotTaken
    keys = [each["answer"] for each in upload.changes if each.get("answer")]
    held = {
        (each.path, tuple(each.position)): each
        for each in upload.reply.answers.filter(key__in=keys, ended_at__isnull=True)
    }
    changes = [_before(upload.reply, each) for each in held.values()]
    if changes:
        answering.save_many(
            reply_key=reply_key, changes=changes, by=by, at=at, how=How.UNDONE, reason=reason
        )
    upload.dropped_at = at
    upload.save(update_fields=["dropped_at"])
    journal.record(
        action="review.workbook.put_back",
        on=upload,
        by=rights.person_of(by),
        at=at,
        details={"answers": len(changes)},
    )
    return len(changes)


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────
def _require_own(opened: Opened, reply: Reply, *, name: str) -> None:
    """:raises Problem: unless the workbook is of this reply and of the form that is asked."""
    invitation = reply.invitation
    if opened.about["round"] != invitation.round.key:
        raise problems.WorkbookOfAnotherRound(name=name)
    if opened.about["state"] != invitation.state_id or opened.about["reply"] != reply.key:
        raise problems.WorkbookOfAnother(name=name)
    if opened.about["form"] != invitation.round.form_key:
        raise problems.WorkbookOfAnotherForm(name=name)


def _compared(reply: Reply, understood: Understood, *, by: Reader) -> list[dict[str, Any]]:
    """What the workbook changed against the answers it was made from, and is not stored already."""
    hand = rights.hand_of(by, reply)
    rows = reply.answers.defer("terms")
    history = {(each.path, tuple(each.position), each.revision): each for each in rows}
    now = {place[:2]: each for place, each in history.items() if each.ended_at is None}
    found = []
    for place, written in understood.written.items():
        if not hand.may_read(written.path):
            # Whatever is stored there: to be told apart, what is right would be told.
            if written.value or written.base or written.is_confidential:
                _tell_not_theirs(understood, written)
            continue
        base = history.get((*place, written.base))
        change = _changed(written, base=base, stored=now.get(place))
        if change is None:
            continue
        if not hand.may_write(written.path):
            _tell_not_theirs(understood, written)
            continue
        found.append(change)
    return found


def _changed(
    written: Written, *, base: Answer | None, stored: Answer | None
) -> dict[str, Any] | None:
    was, was_only = (base.value, base.is_confidential) if base else ("", False)
    only = written.is_confidential
    # A mark on an answer that is not there says nothing.
    changes_mark = only is not None and only != was_only and bool(written.value or was)
    if _same(written.value, was) and not changes_mark:
        return None
    now, now_only = (stored.value, stored.is_confidential) if stored else ("", False)
    # Where only the mark was changed, the words that are stored now stay.
    value = now if _same(written.value, was) else written.value
    if value == now and (only is None or only == now_only):
        return None
    return {
        "path": written.path,
        "position": list(written.position),
        "was": now,
        "becomes": value,
        "base": written.base,
        "is_conflict": (stored.revision if stored else 0) != written.base,
        "is_confidential": only if changes_mark else None,
        "sheet": written.sheet,
        "row": written.row,
    }


def _same(one: str, other: str) -> bool:
    """Whether two answers differ by no more than line ends and blanks around them."""
    return one == other or one.split() == other.replace("\r\n", "\n").split()


def _tell_not_theirs(understood: Understood, written: Written) -> None:
    understood.fault(
        written.sheet,
        written.row,
        written.column,
        _(
            "This answer was changed, and its section is not yours to answer. Give the workbook to "
            "the body that has the section, or put the earlier answer back in the cell."
        ),
    )


def _locked(reply_key: str, key: str, *, by: Reader) -> Upload:
    """An upload, held until the transaction ends."""
    reply = queries.reply_of_own_state(reader=by, key=reply_key)
    found = queries.one(reader=by, reply=reply, key=key)
    upload = Upload.objects.select_for_update().get(pk=found.pk)
    upload.reply = reply
    return upload


def _waiting(reply_key: str, key: str, *, by: Reader) -> Upload:
    upload = _locked(reply_key, key, by=by)
    if upload.taken_at is not None or upload.dropped_at is not None:
        raise problems.UploadSettled
    return upload


def _before(reply: Reply, answer: Answer) -> Change:
    """What stood before an answer, to be written again."""
    before = reply.answers.filter(
        path=answer.path, position=answer.position, revision=answer.revision - 1
    ).first()
    return Change(
        path=answer.path,
        position=tuple(answer.position),
        value=before.value if before else "",
        base=answer.revision,
        # What was kept for the Secretariat meanwhile stays so.
        is_confidential=(before is not None and before.is_confidential) or None,
        origin=before.origin if before else "",
    )


def _question(reply: Reply, path: str) -> str:
    outline = answers.outline_of(reply.invitation.round, language=answers.language_now())
    item = outline.items.get(path)
    return item.label if item else path


def _is_there(upload: Upload, number: int) -> bool:
    return 0 <= number < len(upload.changes)
