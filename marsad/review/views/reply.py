"""The reply of a State: where it stands, who has what, sending it, declining."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Column
from marsad.design.formatting import for_reader, to_ascii_digits
from marsad.problems import Problem
from marsad.review import invented, problems
from marsad.review.actions import part as parts
from marsad.review.actions import reply as actions
from marsad.review.forms.reply import AssignForm, DeclineForm, SendForm
from marsad.review.models import Reply, Round
from marsad.review.queries import remark as remarks
from marsad.review.queries import reply as queries
from marsad.review.queries import rights, whole
from marsad.review.types.reply import ReplyView
from marsad.review.views.frame import frame, language_now, reader_of


def round_of(request: HttpRequest, key: str) -> Round:
    """The round of an address."""
    return rights.round_for(reader_of(request), key=key)


def reply_at(request: HttpRequest, key: str, iso2: str) -> Reply:
    """The reply of an address."""
    return queries.reply_of(reader=reader_of(request), round_=round_of(request, key), state=iso2)


@require_safe
def reply_page(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """How far a State has come, section by section, and who has what."""
    reader, round_ = reader_of(request), round_of(request, key)
    if request.user.is_authenticated and rights.memberships_of(reader, state=iso2):
        actions.begin(round_key=key, state=iso2, by=reader, at=timezone.now())
    shown = queries.view(reader=reader, round_=round_, state=iso2, language=language_now())
    return render(request, "review/reply/one.html", _context(request, round_, shown))


def _context(request: HttpRequest, round_: Round, shown: ReplyView) -> dict[str, Any]:
    reader = reader_of(request)
    context: dict[str, Any] = {**frame(request, round_), "reply": shown}
    is_counted = shown.is_of_the_state or shown.is_secretariat
    if not is_counted:
        return {**context, "columns": [Column(label=_("Section"))]}
    context["is_counted"] = True
    context["columns"] = [
        Column(label=_("Section")),
        Column(label=pgettext("questions", "Answered"), numeric=True),
        Column(label=pgettext("section", "To do")),
        Column(label=_("In the hands of")),
    ]
    context["body_columns"] = [
        Column(label=_("Body")),
        Column(label=_("Sections")),
        Column(label=pgettext("questions", "Answered"), numeric=True),
        Column(label=pgettext("sections", "Done"), numeric=True),
    ]
    if shown.key:
        reply = rights.reply_for(reader, key=shown.key)
        context["threads"] = [
            each for each in remarks.threads(reader=reader, reply=reply) if each.is_open
        ]
        context["assign"] = _assign_form(request, reply, shown)
    return context


def _assign_form(request: HttpRequest, reply: Reply, shown: ReplyView) -> AssignForm | None:
    if not shown.is_focal_point or not shown.is_drafted:
        return None
    bodies = queries.bodies_of(reader=reader_of(request), reply=reply, language=language_now())
    return AssignForm(
        request.POST or None,
        sections=[(each.path, each.label) for each in shown.sections],
        bodies=[
            (pk, _("{body} (NGO)").format(body=name) if is_ngo else name)
            for pk, name, is_ngo in bodies
        ],
    )


# ── who has what ─────────────────────────────────────────────────────────────────────────────────
@login_required
@require_POST
def assign(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Give a section to a body of the State, or take it away."""
    reply = reply_at(request, key, iso2)
    given = {
        "reply_key": reply.key,
        "section": request.POST.get("section", ""),
        "body_id": _number(request.POST.get("body", "")),
        "by": reader_of(request),
        "at": timezone.now(),
    }
    if request.POST.get("act") == "take":
        parts.take_away(**given)  # type: ignore[arg-type]
        messages.success(request, _("The section was taken out of their hands. Answers stay."))
    else:
        parts.assign(**given)  # type: ignore[arg-type]
        messages.success(request, _("The section is in their hands now."))
    return redirect("review:reply", key, iso2)


@login_required
@require_POST
def mark(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Say that a part is done, or that work goes on."""
    is_ready = request.POST.get("act") != "again"
    parts.mark(
        reply_key=reply_at(request, key, iso2).key,
        section=request.POST.get("section", ""),
        body_id=_number(request.POST.get("body", "")),
        is_ready=is_ready,
        by=reader_of(request),
        at=timezone.now(),
    )
    done, again = _("Marked as done. The focal point sees it."), _("Work on it goes on.")
    messages.success(request, done if is_ready else again)
    return redirect("review:reply", key, iso2)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 15 else 0


# ── sending ──────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Look at what is missing or wrong, then send the reply to the Secretariat."""
    reader, reply = reader_of(request), reply_at(request, key, iso2)
    if not rights.hand_of(reader, reply).is_focal_point:
        raise problems.NotTheFocalPoint
    problem: Problem | None = None
    form = SendForm(request.POST or None, initial={"revision": queries.revision_of(reply)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(
                key=reply.key,
                is_public=form.cleaned_data["is_public"],
                revision=form.cleaned_data["revision"],
                by=reader,
                at=timezone.now(),
            )
        except problems.ReplySent as sent:
            problem = sent
        except (problems.ReplyMoved, problems.ReplyFaulty) as moved:
            problem = moved
            # The page shows what is new, and so the next click sends that.
            form = SendForm(
                initial={
                    "revision": queries.revision_of(reply),
                    "is_public": "yes" if form.cleaned_data["is_public"] else "no",
                }
            )
        else:
            messages.success(
                request, _("The reply was sent. Answers can still be updated, each with a reason.")
            )
            return redirect("review:reply", key, iso2)
    shown = queries.view(
        reader=reader, round_=reply.invitation.round, state=iso2, language=language_now()
    )
    mend = queries.to_mend(reader=reader, reply=reply, language=language_now(), at=timezone.now())
    context = {
        **frame(request, reply.invitation.round),
        "reply": shown,
        "form": form,
        "problem": problem,
        "wrong": [each for each in mend if each.fault],
        "missing": [each for each in mend if not each.fault],
    }
    status = 409 if problem else 422 if form.is_bound else 200
    return render(request, "review/reply/send.html", context, status=status)


@login_required
@require_POST
def publish(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Let the public read the answers of a reply that was sent, or no longer."""
    is_public = request.POST.get("is_public") == "yes"
    actions.set_public(
        key=reply_at(request, key, iso2).key,
        is_public=is_public,
        by=reader_of(request),
        at=timezone.now(),
    )
    yes, no = _("Everybody may read the answers now."), _("The answers are not public any more.")
    messages.success(request, yes if is_public else no)
    return redirect("review:reply", key, iso2)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Say that the State does not answer in this round."""
    reader, reply = reader_of(request), reply_at(request, key, iso2)
    if not rights.hand_of(reader, reply).is_focal_point:
        raise problems.NotTheFocalPoint
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline(
            key=reply.key, because=form.cleaned_data["because"], by=reader, at=timezone.now()
        )
        messages.success(request, _("The register says now that your State declined."))
        return redirect("review:reply", key, iso2)
    shown = queries.view(
        reader=reader, round_=reply.invitation.round, state=iso2, language=language_now()
    )
    context = {**frame(request, reply.invitation.round), "reply": shown, "form": form}
    return render(
        request, "review/reply/decline.html", context, status=422 if form.is_bound else 200
    )


@login_required
@require_POST
def answer_after_all(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """Take back that the State declined."""
    actions.take_back_declining(
        key=reply_at(request, key, iso2).key, by=reader_of(request), at=timezone.now()
    )
    messages.success(request, _("Your State answers after all. What was drafted is here."))
    return redirect("review:reply", key, iso2)


# ── all of it ────────────────────────────────────────────────────────────────────────────────────
@require_safe
def whole_page(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """The whole reply on one page, as it stands or as it stood at the end of a day."""
    reply = reply_at(request, key, iso2)
    day = _day(request.GET.get("day", ""))
    shown = whole.whole(
        reader=reader_of(request),
        reply=reply,
        language=language_now(),
        at=_end_of(day),
    )
    context = {**frame(request, reply.invitation.round), "whole": shown, "day": day, "iso2": iso2}
    return render(request, "review/reply/whole.html", context)


@require_safe
def whole_json(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """The whole reply as data."""
    reply = reply_at(request, key, iso2)
    shown = whole.whole(
        reader=reader_of(request),
        reply=reply,
        language=language_now(),
        at=_end_of(_day(request.GET.get("day", ""))),
    )
    response = JsonResponse(
        whole.as_data(shown), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    name = invented.file_name(f"reply-{iso2}.json", is_invented=shown.is_invented)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _day(typed: str) -> date | None:
    typed = to_ascii_digits(typed).strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        raise problems.UnknownDay(given=typed[:40]) from fault


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    try:
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    except OverflowError as fault:
        raise problems.UnknownDay(given=for_reader().text(day.isoformat())) from fault
