"""Notes verbales: write and mail them, follow the mailing, read them, take them away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from marsad.design.components import Column
from marsad.design.formatting import for_reader
from marsad.design.printing.made import file_stem
from marsad.review import invented, notes, problems
from marsad.review.actions import note as actions
from marsad.review.models import Round
from marsad.review.queries import note as queries
from marsad.review.queries import register as registers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.types.round import NoteCard
from marsad.review.views.frame import frame, language_now, reader_of


@login_required
@require_safe
def note_list(request: HttpRequest, key: str) -> HttpResponse:
    """The notes of a round: all for the Secretariat, its own for a State."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    is_officer = rights.is_secretariat(reader) and round_.told_by_id is None
    if not is_officer and not rights.visible_invitations(reader, round_).exists():
        raise problems.NoSuchNote
    found = queries.listed(reader=reader, round_=round_, language=language_now())
    context = {
        **frame(request, round_),
        "notes": [
            list(same) for _key, same in groupby(found, key=lambda each: (each.iso2, each.ordinal))
        ],
        "is_officer": is_officer,
        "columns": [
            Column(label=pgettext("country", "State")),
            Column(label=pgettext("note verbale", "Note")),
            Column(label=_("Dated")),
            Column(label=_("Reply by")),
            *([Column(label=_("Mail"))] if is_officer else []),
            Column(label=_("Letters")),
        ],
        "formats": notes.FORMATS,
    }
    if is_officer:
        context |= {
            "sending": queries.sending(round_),
            "waiting_first": registers.to_be_sent(round_, ordinal=1).count(),
            "waiting_second": registers.to_be_sent(round_, ordinal=2).count(),
            "is_first_over": _is_over(rounds.moments(round_).due),
        }
    return render(request, "review/round/notes.html", context)


def _is_over(moment: datetime | None) -> bool:
    return moment is not None and timezone.now() >= moment


@login_required
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the mailing has come; the page asks for it while it goes on."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    rights.require_secretariat(reader)
    context = {"sending": queries.sending(round_), "key": key}
    return render(request, "review/round/sending.html", context)


@login_required
@require_POST
def send(request: HttpRequest, key: str) -> HttpResponse:
    """Write the first or the second note; the mails follow in the background."""
    ordinal = request.POST.get("ordinal", "1")
    written = actions.send(
        round_key=key,
        ordinal=int(ordinal) if ordinal in ("1", "2") else 0,
        address=request.build_absolute_uri(reverse("review:round", args=[key])),
        by=reader_of(request),
        at=timezone.now(),
    )
    messages.success(
        request,
        for_reader().counted(
            "{count} note verbale was written and numbered; its mail goes out now.",
            "{count} notes verbales were written and numbered; their mails go out now.",
            len(written),
        ),
    )
    return redirect("review:notes", key)


@login_required
@require_POST
def try_again(request: HttpRequest, key: str) -> HttpResponse:
    """Mail once more what was kept."""
    actions.try_again(round_key=key, by=reader_of(request), at=timezone.now())
    messages.success(request, _("The mails that were kept are tried again now."))
    return redirect("review:notes", key)


@login_required
@require_safe
def letter(request: HttpRequest, key: str, note: str, format: str) -> HttpResponse:  # noqa: A002
    """One note as a letter."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    card = queries.one(reader=reader, round_=round_, key=note)
    made = notes.letter(card, format=format, is_invented=round_.is_invented)
    response = HttpResponse(made.data, content_type=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


@login_required
@require_safe
def archive(request: HttpRequest, key: str, format: str) -> StreamingHttpResponse:  # noqa: A002
    """All notes of a round in one ZIP, handed over while it is made: 195 States take a while."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    rights.require_secretariat(reader)
    if format not in notes.FORMATS:
        raise problems.UnknownNoteFormat(given=format, choices=", ".join(notes.FORMATS))
    cards = queries.letters(reader=reader, round_=round_)
    if not cards:
        raise problems.NoSuchNote
    name = invented.file_name(
        f"notes-{file_stem(round_.key)}-{format}.zip", is_invented=round_.is_invented
    )
    return StreamingHttpResponse(
        _archive(cards, round_=round_, format=format),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _archive(cards: Sequence[NoteCard], *, round_: Round, format: str) -> Iterator[bytes]:  # noqa: A002
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # letters are packed already
        for card in cards:
            made = notes.letter(card, format=format, is_invented=round_.is_invented)
            archive.writestr(made.file_name, made.data)
            yield out.take()
    yield out.take()


class _Passing(io.RawIOBase):
    """What is written, until it is taken; a ZIP can be written to it since it never goes back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        written = bytes(data)  # type: ignore[call-overload]
        self._held += written
        return len(written)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._held)
        self._held.clear()
        return taken
