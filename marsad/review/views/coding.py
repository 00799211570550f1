"""Themes, marking passages, and where analysts differ."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marsad.design.components import Column
from marsad.directory.types import Person
from marsad.problems import Invalid, Problem, Refused
from marsad.review import problems
from marsad.review.actions import coding as actions
from marsad.review.actions import theme as theme_actions
from marsad.review.forms.coding import PairForm, PassageForm, ThemeForm
from marsad.review.models import Round
from marsad.review.queries import coding as queries
from marsad.review.queries import rights
from marsad.review.queries import theme as themes_queries
from marsad.review.views.frame import frame, language_now, reader_of

_UNDO = "review.coding.undo"


# ── the way back ─────────────────────────────────────────────────────────────────────────────────
def _offer_undo(request: HttpRequest, *, address: str, **fields: str) -> None:
    request.session[_UNDO] = {"address": address, "fields": fields}


def _offered(request: HttpRequest) -> Any:
    return request.session.pop(_UNDO, None)


# ── themes ───────────────────────────────────────────────────────────────────────────────────────
@require_safe
def themes(request: HttpRequest, key: str) -> HttpResponse:
    """The themes of a round; analysts change them here."""
    return _themes(request, rights.round_for(reader_of(request), key=key))


def _themes(
    request: HttpRequest,
    round_: Round,
    *,
    form: ThemeForm | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    reader, language = reader_of(request), language_now()
    listed = themes_queries.listed(
        reader=reader, round_=round_, language=language, with_retired=True
    )
    shown = [each for each in listed if not each.is_retired]
    tops = [(each.code, each.label) for each in shown if not each.parent]
    may = rights.analyses(reader, round_)
    return render(
        request,
        "review/coding/themes.html",
        {
            **frame(request, round_),
            "themes": shown,
            "retired": [each for each in listed if each.is_retired] if may else [],
            "others": [(each.code, each.label) for each in shown],
            "form": form or ThemeForm(themes=tops),
            "may_code": may,
            "asks": bool(round_.form_key),
            "undo": _offered(request),
            "problem": problem,
        },
        status=status,
    )


@login_required
@require_POST
def theme_act(request: HttpRequest, key: str) -> HttpResponse:
    """Begin, add, rename, merge, retire or bring back a theme."""
    by, at = cast(Person, request.user), timezone.now()
    round_ = rights.round_for(by, key=key)
    rights.require_analyst(by, round_)
    act, code = request.POST.get("act", ""), request.POST.get("code", "")
    here = reverse("review:theme_act", args=[key])
    form = None
    try:
        if act == "begin":
            theme_actions.begin(round_key=key, by=by, at=at)
        elif act in ("add", "rename"):
            listed = themes_queries.listed(reader=by, round_=round_, language=language_now())
            form = ThemeForm(request.POST, themes=[(e.code, e.label) for e in listed])
            if not form.is_valid():
                return _themes(request, round_, form=form, status=422)
            _word(act, key, code, form=form, by=by, at=at)
        elif act == "retire":
            theme_actions.retire(round_key=key, code=code, by=by, at=at)
            _offer_undo(request, address=here, act="bring_back", code=code)
            messages.success(request, _("The theme is retired; passages that have it keep it."))
        elif act == "merge":
            into = request.POST.get("into", "")
            theme_actions.merge(round_key=key, code=code, into=into, by=by, at=at)
            _offer_undo(request, address=here, act="bring_back", code=code)
            messages.success(request, _("The themes are merged."))
        elif act == "bring_back":
            theme_actions.bring_back(round_key=key, code=code, by=by, at=at)
            messages.success(request, _("The theme is back, with the passages it had."))
    except (Invalid, Refused) as problem:
        kept = form if act == "add" else None
        return _themes(
            request,
            round_,
            form=kept,
            problem=problem,
            status=409 if isinstance(problem, Refused) else 422,
        )
    return redirect("review:themes", key)


def _word(act: str, key: str, code: str, *, form: ThemeForm, by: Person, at: Any) -> None:
    if act == "rename":
        theme_actions.rename(round_key=key, code=code, labels=form.labels(), by=by, at=at)
        return
    parent = form.cleaned_data["parent"]
    theme_actions.add(round_key=key, labels=form.labels(), parent=parent, by=by, at=at)


# ── marking ──────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def worklist(request: HttpRequest, key: str) -> HttpResponse:
    """The questions in words, and how far the reader has come."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    return render(
        request,
        "review/coding/worklist.html",
        {
            **frame(request, round_),
            "lines": queries.worklist(reader=reader, round_=round_, language=language_now()),
            "columns": [
                Column(label=_("Question")),
                Column(label=_("Answers"), numeric=True),
                Column(label=_("Coded by you"), numeric=True),
                Column(label=_("Next")),
            ],
        },
    )


@login_required
@require_safe
def coding(request: HttpRequest, key: str, answer: str) -> HttpResponse:
    """One answer: mark passages of it, and give them themes."""
    round_ = rights.round_for(reader_of(request), key=key)
    return _coding(request, round_, answer)


def _coding(
    request: HttpRequest,
    round_: Round,
    answer: str,
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    page = queries.page(
        reader=reader_of(request), round_=round_, key=answer, language=language_now()
    )
    given = [(each.code, each.label) for each in page.themes]
    return render(
        request,
        "review/coding/one.html",
        {
            **frame(request, round_),
            "page": page,
            "form": PassageForm(themes=given),
            "undo": _offered(request),
            "problem": problem,
        },
        status=status,
    )


@login_required
@require_POST
def coding_act(request: HttpRequest, key: str, answer: str) -> HttpResponse:
    """Mark, remove, put back; confirm a suggestion or turn it down."""
    by = cast(Person, request.user)
    round_ = rights.round_for(by, key=key)
    page = queries.page(reader=by, round_=round_, key=answer, language=language_now())
    form = PassageForm(request.POST, themes=[(e.code, e.label) for e in page.themes])
    if not form.is_valid():
        return _coding(request, round_, answer, problem=problems.NoSuchTheme(), status=422)
    try:
        to = _done(request, form, answer=answer, length=len(page.answer.value), by=by)
    except (Invalid, Refused) as problem:
        status = 409 if isinstance(problem, Refused) else 422
        return _coding(request, round_, answer, problem=problem, status=status)
    return redirect("review:coding", key, to)


def _done(request: HttpRequest, form: PassageForm, *, answer: str, length: int, by: Person) -> str:
    """Do what was asked for; the answer to show next."""
    at, act, mark = timezone.now(), request.POST.get("act", "mark"), request.POST.get("mark", "")
    undo = request.path
    if act == "remove":
        actions.remove(key=mark, by=by, at=at)
        _offer_undo(request, address=undo, act="put_back", mark=mark)
        messages.success(request, _("The mark is removed."))
    elif act == "put_back":
        actions.put_back(key=mark, by=by, at=at)
    elif act == "carry_over":
        actions.carry_over(key=mark, by=by, at=at)
    else:
        start, end = form.passage(length)
        themes_given = form.cleaned_data["themes"]
        if act == "turn_down":
            for theme in themes_given:
                made = actions.turn_down(
                    answer_key=answer, start=start, end=end, theme=theme, by=by, at=at
                )
                _offer_undo(request, address=undo, act="put_back", mark=made.key)
            messages.success(request, _("The suggestion is turned down and will not come again."))
        else:
            actions.mark(
                answer_key=answer,
                start=start,
                end=end,
                themes=themes_given,
                by=by,
                at=at,
                was_suggested=form.cleaned_data["was_suggested"],
            )
            messages.success(request, _("The passage is marked."))
    return answer


# ── agreement ────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """How far two analysts agree, and where they differ."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    names = queries.analysts(reader=reader, round_=round_)
    choices = [(str(each.id), each.name) for each in names]
    initial = {"first": choices[0][0], "second": choices[1][0]} if len(choices) > 1 else {}
    form = PairForm(request.GET if request.GET.get("first") else initial, analysts=choices)
    found = None
    if len(choices) > 1 and form.is_valid():
        found = queries.agreement(
            reader=reader,
            round_=round_,
            first=int(form.cleaned_data["first"]),
            second=int(form.cleaned_data["second"]),
            language=language_now(),
        )
    return render(
        request,
        "review/coding/agreement.html",
        {
            **frame(request, round_),
            "form": form,
            "found": found,
            "names": names,
            "columns": [
                Column(label=_("Theme")),
                Column(label=_("Both"), numeric=True),
                Column(label=_("Only the first"), numeric=True),
                Column(label=_("Only the second"), numeric=True),
                Column(label=_("Neither"), numeric=True),
                Column(label=_("Kappa"), numeric=True),
            ],
        },
    )
