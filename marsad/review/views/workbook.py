"""A reply as a workbook: take it away, bring it back, look at the differences, take them in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from marsad.design.components import Column
from marsad.problems import Problem
from marsad.review import problems
from marsad.review.actions import reply as replies
from marsad.review.actions import workbook as actions
from marsad.review.models import Reply
from marsad.review.queries import rights
from marsad.review.queries import workbook as queries
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.workbooks.opened import LIMITS, MEGABYTE


def _reply(request: HttpRequest, key: str, iso2: str) -> Reply:
    """The State's reply, for its own people; begun by whoever opens it first."""
    reader = reader_of(request)
    reply = replies.begin(round_key=key, state=iso2, by=reader, at=timezone.now())
    return rights.reply_for(reader, key=reply.key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Download it, upload it, and what came back so far."""
    reply = _reply(request, key, iso2)
    problem: Problem | None = None
    if request.method == "POST":
        sent = request.FILES.get("file")
        if isinstance(sent, UploadedFile):
            try:
                upload = actions.receive(
                    reply_key=reply.key,
                    data=sent.read(LIMITS.size + 1),
                    file_name=sent.name or "",
                    by=reader_of(request),
                    at=timezone.now(),
                )
            except Problem as wrong:
                problem = wrong
            else:
                return redirect("review:upload", key, iso2, upload.key)
        else:
            problem = problems.NoFileChosen()
    return _page(request, reply, problem=problem, status=422 if problem else 200)


def _page(
    request: HttpRequest, reply: Reply, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    reader = reader_of(request)
    return render(
        request,
        "review/workbook/page.html",
        {
            **frame(request, reply.invitation.round),
            "iso2": reply.invitation.state_id,
            "languages": [("ar", "العربية"), ("en", "English")],
            "may_upload": queries.writes(reader=reader, reply=reply),
            "uploads": queries.uploads(reader=reader, reply=reply),
            "columns": [
                Column(label=_("File")),
                Column(label=_("Uploaded")),
                Column(label=_("Differences"), numeric=True),
                Column(label=_("What came of it")),
            ],
            "problem": problem,
            "faults": problem.details.get("faults", ()) if problem else (),
            "fault_columns": [
                Column(label=_("Sheet")),
                Column(label=_("Cell")),
                Column(label=_("What is wrong, and what to do")),
            ],
            "limit": LIMITS.size // MEGABYTE,
        },
        status=status,
    )


@login_required
@require_safe
def workbook_file(request: HttpRequest, key: str, iso2: str, language: str) -> HttpResponse:
    """The workbook itself, in a language."""
    reply = _reply(request, key, iso2)
    if language not in ("ar", "en"):
        raise problems.NoSuchWorkbookLanguage(given=language)
    with override(language):
        made = actions.give_out(
            reply_key=reply.key, language=language, by=reader_of(request), at=timezone.now()
        )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, key: str, iso2: str, upload: str) -> HttpResponse:
    """What a workbook would change; a person ticks what is taken in."""
    reply = _reply(request, key, iso2)
    if request.method != "POST":
        return _differences(request, reply, upload)
    reader, at = reader_of(request), timezone.now()
    act, reason = request.POST.get("act", "take_in"), request.POST.get("reason", "")
    try:
        if act == "put_aside":
            actions.put_aside(reply_key=reply.key, key=upload, by=reader, at=at)
            messages.success(request, _("The workbook was put aside; nothing was taken in."))
        elif act == "put_back":
            count = actions.put_back(
                reply_key=reply.key, key=upload, reason=reason, by=reader, at=at
            )
            messages.success(request, _("Put back: {count}.").format(count=count))
        else:
            actions.take_in(
                reply_key=reply.key,
                key=upload,
                chosen=_chosen(request),
                reason=reason,
                by=reader,
                at=at,
            )
            messages.success(request, _("What you ticked was taken in. You can put it back below."))
    except Problem as problem:
        return _differences(request, reply, upload, problem=problem)
    return redirect("review:upload", key, iso2, upload)


def _chosen(request: HttpRequest) -> dict[int, int]:
    """What was ticked: place in the upload, and the revision of the stored answer seen there."""
    found: dict[int, int] = {}
    for ticked in request.POST.getlist("take"):
        number, _dash, revision = ticked.partition("-")
        if number.isdecimal() and revision.isdecimal() and len(ticked) < 20:
            found[int(number)] = int(revision)
    return found


def _differences(
    request: HttpRequest, reply: Reply, key: str, *, problem: Problem | None = None
) -> HttpResponse:
    page = queries.page(reader=reader_of(request), reply=reply, key=key, language=language_now())
    context: dict[str, Any] = {
        **frame(request, reply.invitation.round),
        "iso2": reply.invitation.state_id,
        "page": page,
        "problem": problem,
        "conflicts": sum(each.is_conflict for each in page.differences),
    }
    return render(request, "review/workbook/upload.html", context, status=422 if problem else 200)
