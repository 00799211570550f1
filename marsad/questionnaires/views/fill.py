"""Filling in what is asked, in the browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from marsad.design import formatting
from marsad.directory.types import Person
from marsad.problems import Invalid, NotAllowed, NotFound, Problem
from marsad.questionnaires import problems
from marsad.questionnaires.actions import draft as actions
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.queries import draft as queries
from marsad.questionnaires.queries import earlier
from marsad.questionnaires.types import AskingView, DraftFileView, DraftView
from marsad.questionnaires.views import filling

_View = Callable[..., HttpResponse]
#: What a form is told where a browser knows nothing, or must not say it.
_UNTOLD = "unknown"


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _language() -> str:
    return (get_language() or "ar").split("-")[0]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
@login_required
@never_cache
@require_safe
def fill(request: HttpRequest, key: str) -> HttpResponse:
    """The form of an asking with the reader's draft in it."""
    person = _person(request)
    asking = askings.one(reader=person, key=key, language=_language(), at=timezone.now())
    draft_key = actions.begin(asking=key, by=person, language="", at=timezone.now())
    draft = queries.one(reader=person, key=draft_key)
    xform = askings.content(asking)
    language = filling.chosen(xform, [request.GET.get("language", ""), draft.language, _language()])
    page = filling.Page(
        title=asking.title,
        title_language=_language(),
        xform=xform,
        media=_media(asking),
        lists=askings.lists(asking),
        language=language.tag,
        form_url=reverse("questionnaires:fill_form", args=[key]),
        more={
            "preview": False,
            "draft": _draft(draft),
            "urls": {
                name: reverse(f"questionnaires:draft_{name}", args=[draft.key])
                for name in ("save", "files", "submit")
            },
            "session": _session(person, asking),
            "earlier": _earlier(person, asking, language.tag),
        },
    )
    return filling.show(
        request,
        page,
        template="questionnaires/fill.html",
        context={"asking": asking, "draft": draft},
    )


def _draft(draft: DraftView) -> dict[str, Any]:
    return {
        "key": draft.key,
        "revision": draft.revision,
        "xml": draft.xml,
        "submitted": draft.corrects_fresh,
        "saved_at": formatting.for_reader().moment(draft.saved_at) if draft.saved_at else "",
        "files": [_file(draft.key, file) for file in draft.files],
    }


def _session(person: Person, asking: AskingView) -> dict[str, str]:
    """What a form may ask of whoever fills it in, beside its questions.

    Where it was promised that nobody sees who answered, the form is not told either.
    """
    told = asking.shows_names
    return {
        "username": person.get_username() if told else _UNTOLD,
        "email": person.email if told else _UNTOLD,
        "deviceid": "browser",
        "phonenumber": _UNTOLD,
        "simserial": _UNTOLD,
        "subscriberid": _UNTOLD,
    }


def _file(draft: str, file: DraftFileView) -> dict[str, Any]:
    return {
        "name": file.name,
        "size": file.size,
        "url": reverse("questionnaires:draft_file", args=[draft, file.name]),
    }


def _earlier(person: Person, asking: AskingView, language: str) -> list[dict[str, str]]:
    with formatting.reading_as(language=language if language in ("ar", "en") else "en") as written:
        return [
            {
                "path": offer.path,
                "value": offer.value,
                "answer": offer.answer,
                "date": written.date(offer.answered_at.date()),
            }
            for offer in earlier.offers(reader=person, asking=asking, language=language)
        ]


def _media(asking: AskingView) -> dict[str, str]:
    return {
        name: reverse("questionnaires:fill_media", args=[asking.key, name])
        for name in askings.media_names(asking)
    }


@login_required
@require_safe
@gzip_page
def fill_form(request: HttpRequest, key: str) -> HttpResponse:
    """The drawn form and its model, for the script of the page."""
    person = _person(request)
    asking = askings.one(reader=person, key=key, language=_language(), at=timezone.now())
    drawn, lasting = filling.drawn_form(
        request,
        xform=askings.content(asking),
        media=_media(asking),
        lists=askings.lists(asking),
    )
    return filling.cached(_json(drawn), lasting=lasting)


@login_required
@require_safe
def fill_media(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A picture or a sound of the form."""
    asking = askings.one(reader=_person(request), key=key, language=_language(), at=timezone.now())
    for known, data, kind in askings.media(asking):
        if known == name:
            return filling.handed_out(data, kind, name=name)
    raise problems.NoSuchMedia()


# ── the draft: for the script ────────────────────────────────────────────────────────────────────
def _for_the_script(view: _View) -> _View:
    """Answer problems in JSON, and do not send a script to the page for signing in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _json(
                {
                    "message": _(
                        "You are signed out. Sign in again in another window; what "
                        "you typed is kept."
                    )
                },
                status=401,
            )
        try:
            return view(request, *args, **more)
        except Problem as problem:
            return _json({"code": problem.code, "message": str(problem)}, status=_status(problem))

    return answer


def _status(problem: Problem) -> int:
    kinds = ((NotFound, 404), (NotAllowed, 403), (Invalid, 422))
    return next((status for kind, status in kinds if isinstance(problem, kind)), 409)


def _json(data: object, *, status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the script sent.

    :raises UnreadableDraft: if it is nothing that our script sends.
    """
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException) as fault:
        # The latter: it came as a form, which was read on the way here.
        raise problems.UnreadableDraft() from fault
    if (
        not isinstance(sent, dict)
        or not isinstance(sent.get("xml"), str)
        or not isinstance(sent.get("revision"), int)
        or not isinstance(sent.get("language", ""), str)
        or not isinstance(sent.get("progress", {}), dict)
    ):
        raise problems.UnreadableDraft()
    return sent


def _elsewhere(person: Person, key: str, problem: Problem) -> HttpResponse:
    """What was saved in the meantime, so that the person can choose."""
    theirs = queries.one(reader=person, key=key)
    return _json(
        {"code": problem.code, "message": str(problem), "draft": _draft(theirs)}, status=409
    )


@require_POST
@_for_the_script
def draft_save(request: HttpRequest, key: str) -> HttpResponse:
    """Save what was typed."""
    sent, person = _sent(request), _person(request)
    progress = {
        name: value for name, value in sent.get("progress", {}).items() if isinstance(value, int)
    }
    try:
        revision = actions.save(
            key=key,
            xml=sent["xml"],
            revision=sent["revision"],
            language=sent.get("language", ""),
            progress=progress,
            by=person,
            at=timezone.now(),
        )
    except problems.SavedElsewhere as problem:
        return _elsewhere(person, key, problem)
    return _json({"revision": revision})


@require_POST
@_for_the_script
def draft_files(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a file with the draft."""
    file = request.FILES.get("file")
    if file is None:
        raise problems.UnreadableDraft()
    added = actions.add_file(
        key=key,
        name=file.name or "file",
        data=file.read(),
        accept=request.POST.get("accept", ""),
        by=_person(request),
        at=timezone.now(),
    )
    return _json(_file(key, added), status=201)


@login_required
@require_safe
def draft_file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A file of the reader's own draft."""
    data, kind = queries.file(reader=_person(request), key=key, name=name)
    return filling.handed_out(data, kind, name=name)


@require_POST
@_for_the_script
def draft_submit(request: HttpRequest, key: str) -> HttpResponse:
    """Hand it in: a receipt, or what is wrong with which answer."""
    sent, person = _sent(request), _person(request)
    try:
        received = actions.hand_in(
            key=key,
            xml=sent["xml"],
            revision=sent["revision"],
            language=sent.get("language", ""),
            by=person,
            at=timezone.now(),
        )
    except problems.SavedElsewhere as problem:
        return _elsewhere(person, key, problem)
    except problems.BadAnswers as problem:
        faults = [
            {"path": fault["path"], "position": fault["position"], "says": fault["message"]}
            for fault in problem.details["faults"]
        ]
        revision = queries.one(reader=person, key=key).revision
        return _json({"faults": faults, "revision": revision})
    return _json({"receipt": reverse("questionnaires:receipt", args=[received.key])})


# ── what one has begun, and what one sent ────────────────────────────────────────────────────────
@login_required
@never_cache
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """What the reader has begun to fill in."""
    drafts = queries.mine(reader=_person(request), language=_language())
    return render(
        request,
        "questionnaires/draft_list.html",
        {"drafts": drafts, "now": timezone.now()},
    )


@login_required
@require_POST
def draft_discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away, and offer to take it back."""
    actions.discard(key=key, by=_person(request), at=timezone.now())
    undo = render(request, "questionnaires/draft_undo.html", {"key": key}).content.decode()
    messages.success(request, format_html("{} {}", _("The draft was thrown away."), _safe(undo)))
    return redirect("questionnaires:draft_list")


def _safe(html: str) -> Any:
    from django.utils.safestring import mark_safe

    return mark_safe(html)  # noqa: S308 - our own template, which escapes what it is given


@login_required
@require_POST
def draft_restore(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back that a draft was thrown away."""
    actions.restore(key=key, by=_person(request), at=timezone.now())
    messages.success(request, _("The draft is back."))
    return redirect("questionnaires:draft_list")


@login_required
@never_cache
@require_safe
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """What the reader sent, to keep."""
    sent = queries.receipt(reader=_person(request), key=key, language=_language())
    return render(request, "questionnaires/receipt.html", {"receipt": sent})


@login_required
@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Begin to correct what was sent."""
    asking = actions.begin_correction(submission=key, by=_person(request), at=timezone.now())
    return redirect("questionnaires:fill", asking)
