"""One question of a reply: how its answer came to be, what was said about it, an update."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marsad.design.formatting import for_reader
from marsad.problems import Problem
from marsad.review import problems
from marsad.review.actions import answer as actions
from marsad.review.actions import remark as sayings
from marsad.review.forms.reply import ReasonForm, RemarkForm
from marsad.review.models import Reply
from marsad.review.queries import answer as answers
from marsad.review.queries import remark as remarks
from marsad.review.queries import rights
from marsad.review.queries import section as sections
from marsad.review.types.section import Node
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.views.reply import reply_at


def _address(key: str, iso2: str, place: str) -> str:
    return reverse("review:question", args=[key, iso2, place.lstrip("/")])


@require_http_methods(["GET", "HEAD", "POST"])
def question_page(request: HttpRequest, key: str, iso2: str, place: str) -> HttpResponse:
    """The history of an answer, what was said about it, and after sending its update."""
    if request.method == "POST":
        return _update(request, key, iso2, place)
    return _drawn(request, reply_at(request, key, iso2), place, reason=ReasonForm())


def _drawn(
    request: HttpRequest,
    reply: Reply,
    place: str,
    *,
    reason: ReasonForm,
    problem: Problem | None = None,
    typed: str | None = None,
    status: int = 200,
) -> HttpResponse:
    reader, language = reader_of(request), language_now()
    path, position = sections.read_place(f"/{place.lstrip('/')}")
    hand = rights.hand_of(reader, reply)
    item = answers.question_for(reply, hand=hand, path=path, language=language)
    outline = answers.outline_of(reply.invitation.round, language=language)
    section = outline.section_of(path)
    assert section is not None
    node = _node(request, reply, section.name, path, position, typed=typed)
    context: dict[str, Any] = {
        **frame(request, reply.invitation.round),
        "iso2": reply.invitation.state_id,
        "section": section,
        "item": item,
        "node": node,
        "place": sections.place_of(path, position).lstrip("/"),
        "history": answers.history(
            reader=reader, reply=reply, path=path, position=position, language=language
        ),
        "threads": remarks.threads(reader=reader, reply=reply, path=path),
        "remark": RemarkForm(),
        "reason": reason,
        "is_sent": reply.submitted_at is not None,
        "may_update": hand.is_focal_point and reply.submitted_at is not None,
        "may_put_back": hand.is_focal_point
        or (reply.submitted_at is None and hand.may_write(path)),
        "may_say": hand.is_of_the_state and hand.may_write(path),
        "may_ask": hand.is_secretariat and reply.submitted_at is not None,
        "problem": problem,
        "example_day": for_reader().text(timezone.localdate().isoformat()),
    }
    return render(request, "review/reply/question.html", context, status=status)


def _node(
    request: HttpRequest,
    reply: Reply,
    section: str,
    path: str,
    position: tuple[int, ...],
    *,
    typed: str | None,
) -> Node | None:
    shown = sections.view(
        reader=reader_of(request),
        reply=reply,
        name=section,
        language=language_now(),
        at=timezone.now(),
        typed={(path, position): typed} if typed is not None else None,
        with_offers=False,
    )
    return next(
        (each for each in shown.every() if (each.path, each.position) == (path, position)), None
    )


@login_required
def _update(request: HttpRequest, key: str, iso2: str, place: str) -> HttpResponse:
    """Update an answer after the reply was sent, with a reason."""
    reply = reply_at(request, key, iso2)
    path, position = sections.read_place(f"/{place.lstrip('/')}")
    written = sections.place_of(path, position)
    base = request.POST.get(f"b:{written}", "")
    is_cleared = "clear" in request.POST
    typed = "" if is_cleared else " ".join(filter(None, request.POST.getlist(f"v:{written}")))
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        return _drawn(request, reply, place, reason=reason, typed=typed, status=422)
    try:
        saved = actions.save(
            reply_key=reply.key,
            path=path,
            position=position,
            value=typed,
            base=int(base) if base.isdecimal() and len(base) < 9 else 0,
            is_confidential=f"c:{written}" in request.POST,
            reason=reason.cleaned_data["reason"],
            by=reader_of(request),
            at=timezone.now(),
        )
    except Problem as problem:
        status = 409 if isinstance(problem, problems.ChangedMeanwhile) else 422
        return _drawn(
            request, reply, place, reason=reason, problem=problem, typed=typed, status=status
        )
    if saved.is_new:
        messages.success(request, _("The answer was updated. The one of before stays on record."))
    else:
        messages.info(request, _("Nothing was changed: the answer is the one that held already."))
    return redirect(_address(key, iso2, place))


@login_required
@require_POST
def put_back(request: HttpRequest, key: str, iso2: str, place: str) -> HttpResponse:
    """Let an earlier answer hold again."""
    reply = reply_at(request, key, iso2)
    base = request.POST.get("base", "")
    actions.put_back(
        key=request.POST.get("answer", ""),
        base=int(base) if base.isdecimal() and len(base) < 9 else 0,
        reason=request.POST.get("reason", ""),
        by=reader_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("The earlier answer holds again."))
    return redirect(_address(reply.invitation.round.key, iso2, place))


@login_required
@require_POST
def say(request: HttpRequest, key: str, iso2: str, place: str) -> HttpResponse:
    """Say something about an answer, respond, or settle a matter."""
    reply = reply_at(request, key, iso2)
    path, _position = sections.read_place(f"/{place.lstrip('/')}")
    by, at, act = reader_of(request), timezone.now(), request.POST.get("act", "")
    text = request.POST.get("text", "")
    if act == "settle":
        sayings.settle(key=request.POST.get("thread", ""), by=by, at=at)
        messages.success(request, _("Settled. It is open again once somebody responds."))
    elif act == "respond":
        sayings.respond(key=request.POST.get("thread", ""), text=text, by=by, at=at)
        messages.success(request, _("Your response is on record."))
    elif act == "ask":
        sayings.ask(
            reply_key=reply.key,
            path=path,
            text=text,
            by=by,
            at=at,
            address=request.build_absolute_uri(reverse("review:round", args=[key])),
        )
        messages.success(
            request, _("Your question is on record, and the focal point is written to.")
        )
    else:
        sayings.say(reply_key=reply.key, path=path, text=text, by=by, at=at)
        messages.success(request, _("Said. The others who draft see it."))
    return redirect(_address(key, iso2, place) + "#said")
