"""Pages of good practices: proposed, verified or declined, published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.review import problems
from marsad.review.actions import practice as actions
from marsad.review.forms.finding import DeclineForm, PracticeForm
from marsad.review.models import Round
from marsad.review.queries import finding as findings
from marsad.review.queries import practice as queries
from marsad.review.queries import rights
from marsad.review.types.practice import PracticeView
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.words import Effect

SOURCES_A_PAGE = 20


@login_required
@require_safe
def practice_list(request: HttpRequest, key: str) -> HttpResponse:
    """Practices on their way, and for analysts the answers that they can begin from."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    analyses = rights.analyses(reader, round_)
    return render(
        request,
        "review/practice/list.html",
        {
            **frame(request, round_),
            "practices": queries.listed(reader=reader, round_=round_, language=language),
            "analyses": analyses,
            "sources": Paginator(
                queries.sources(reader=reader, round_=round_, language=language)
                if analyses
                else [],
                SOURCES_A_PAGE,
            ).get_page(request.GET.get("page")),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose an extract of an answer."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    source = queries.source(
        reader=reader, round_=round_, key=request.GET.get("answer", ""), language=language
    )
    form = PracticeForm(
        request.POST or None,
        themes=findings.themes(round_, language=language),
        initial={f"text_{source.language}": source.text, "effect": Effect.NOT_STATED},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(
                round_key=key,
                answer=source.key,
                theme=form.cleaned_data["theme"],
                by=reader,
                at=timezone.now(),
                **_words(form),
            )
        except problems.EmptyPractice as problem:
            form.add_error("title_ar", str(problem))
        else:
            messages.success(request, _("Proposed. The focal point of the State is written to."))
            return redirect("review:practice", key, made.key)
    context = {**frame(request, round_), "form": form, "source": source}
    status = 422 if form.is_bound else 200
    return render(request, "review/practice/propose.html", context, status=status)


def _words(form: PracticeForm) -> dict[str, Any]:
    return {
        "titles": form.in_languages("title"),
        "texts": form.in_languages("text"),
        "effect": form.cleaned_data["effect"],
        "evidence": form.in_languages("evidence"),
    }


@login_required
@require_safe
def practice(request: HttpRequest, key: str, practice: str) -> HttpResponse:
    """One practice, with what the reader may do about it."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    return _page(request, round_, practice)


def _page(
    request: HttpRequest,
    round_: Round,
    key: str,
    *,
    form: PracticeForm | None = None,
    decline: DeclineForm | None = None,
) -> HttpResponse:
    reader, language = reader_of(request), language_now()
    view = queries.one(reader=reader, round_=round_, key=key, language=language)
    status = 422 if form is not None or decline is not None else 200
    if form is None and (view.may_decide or view.may_edit):
        form = PracticeForm(
            themes=findings.themes(round_, language=language), initial=_initial(view)
        )
    return render(
        request,
        "review/practice/one.html",
        {
            **frame(request, round_),
            "practice": view,
            "form": form,
            "decline": decline or DeclineForm(),
        },
        status=status,
    )


def _initial(view: PracticeView) -> dict[str, str]:
    fields = {"title": view.titles, "text": view.texts, "evidence": view.evidence}
    return {
        "effect": view.effect,
        "theme": view.theme_code,
        **{
            f"{name}_{code}": said for name, words in fields.items() for code, said in words.items()
        },
    }


@login_required
@require_POST
def practice_act(request: HttpRequest, key: str, practice: str, what: str) -> HttpResponse:
    """Correct, verify, decline, publish, withdraw."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    if what in ("verify", "edit"):
        return _worded(request, round_, practice, what)
    if what == "decline":
        return _declined(request, round_, practice)
    given: dict[str, Any] = {
        "round_key": key,
        "key": practice,
        "by": reader,
        "at": timezone.now(),
    }
    if what == "publish":
        actions.publish(**given)
        messages.success(request, _("The practice is in the compendium of the library."))
    elif what == "withdraw":
        actions.withdraw(**given)
        messages.success(request, _("The practice is out of the compendium."))
    else:
        raise problems.NoSuchPractice
    return redirect("review:practice", key, practice)


def _worded(request: HttpRequest, round_: Round, practice: str, what: str) -> HttpResponse:
    form = PracticeForm(request.POST, themes=findings.themes(round_, language=language_now()))
    if not form.is_valid():
        return _page(request, round_, practice, form=form)
    given: dict[str, Any] = {
        "round_key": round_.key,
        "key": practice,
        "by": reader_of(request),
        "at": timezone.now(),
        **_words(form),
    }
    try:
        if what == "verify":
            actions.verify(**given)
            messages.success(request, _("Verified. The Secretariat can publish it in these words."))
        else:
            actions.edit(**given, theme=form.cleaned_data["theme"])
            messages.success(request, _("The words are kept."))
    except problems.EmptyPractice as problem:
        form.add_error("title_ar", str(problem))
        return _page(request, round_, practice, form=form)
    return redirect("review:practice", round_.key, practice)


def _declined(request: HttpRequest, round_: Round, practice: str) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, practice, decline=form)
    actions.decline(
        round_key=round_.key,
        key=practice,
        reason=form.cleaned_data["reason"],
        by=reader_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("Declined. It will not be published."))
    return redirect("review:practice", round_.key, practice)
