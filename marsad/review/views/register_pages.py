"""The register of a round, to look at, to write on, and to take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Column, Link
from marsad.design.printing.formats import FORMATS as ALL_FORMATS
from marsad.review import register_files
from marsad.review.actions import register as actions
from marsad.review.forms.round import DeclineForm, RegisterForm
from marsad.review.queries import progress, rights
from marsad.review.queries import register as queries
from marsad.review.queries import round as rounds
from marsad.review.types.progress import Come, RoundProgress
from marsad.review.types.round import RoundCard
from marsad.review.views.frame import frame, language_now, reader_of


def _chosen(request: HttpRequest) -> tuple[RegisterForm, queries.Choice]:
    form = RegisterForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    return form, queries.Choice(
        standing=typed.get("standing", ""),
        region=typed.get("region", ""),
        words=typed.get("words", ""),
        is_reversed=request.GET.get("sort") == "-name",
    )


@require_safe
def register(request: HttpRequest, key: str) -> HttpResponse:
    """Who was asked, and what became of it; by name, since nobody is ranked."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    form, choice = _chosen(request)
    around = frame(request, round_)
    card: RoundCard = around["round"]
    found = queries.register(reader=reader, round_=round_, language=language_now(), choice=choice)
    shows_progress = any(line.sent_at or line.seen_at for line in found.lines)
    shows_progress = shows_progress or rights.analyses(reader, round_)
    asked = request.GET.urlencode()
    exports = [
        Link(
            label=str(ALL_FORMATS[code].label),
            url=reverse("review:register_file", args=[key, code]) + (f"?{asked}" if asked else ""),
        )
        for code in register_files.FORMATS
    ]
    context = {
        **around,
        "register": found,
        "form": form,
        "exports": exports,
        "is_officer": rights.is_secretariat(reader) and not card.is_told,
        "columns": _columns(card, shows_progress=shows_progress),
        "shows_progress": shows_progress,
        "is_narrowed": bool(choice.standing or choice.region or choice.words),
    }
    return render(request, "review/round/register.html", context)


@require_safe
def register_progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far each State has come with each section; for the Secretariat."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    form, choice = _chosen(request)
    found = progress.of_states(reader=reader, round_=round_, language=language_now(), choice=choice)
    columns = [
        Column(label=pgettext("country", "State"), key="name"),
        Column(label=_("Standing")),
        Column(label=_("All sections")),
        *(Column(label=each.label) for each in found.sections),
    ]
    context = {
        **frame(request, round_),
        "progress": found,
        "rows": _rows_of(found),
        "form": form,
        "columns": columns,
        "is_narrowed": bool(choice.standing or choice.region or choice.words),
    }
    return render(request, "review/round/progress.html", context)


def _rows_of(found: RoundProgress) -> list[dict[str, Any]]:
    """Lines with their cells. Many say the same: each is drawn once."""
    drawn: dict[tuple[str, Come], str] = {}

    def cell(label: str, come: Come) -> str:
        if (label, come) not in drawn:
            context = {"label": label, "come": come}
            drawn[label, come] = render_to_string("review/round/come.html", context)
        return drawn[label, come]

    return [
        {
            "line": state.line,
            "cells": [
                cell(_("All sections"), state.whole),
                *(
                    cell(section.label, come)
                    for section, come in zip(found.sections, state.sections, strict=True)
                ),
            ],
        }
        for state in found.states
    ]


def _columns(card: RoundCard, *, shows_progress: bool) -> list[Column]:
    name = Column(label=pgettext("country", "State"), key="name")
    group, standing = Column(label=_("Regional group")), Column(label=_("Standing"))
    if card.is_told:
        return [name, group, Column(label=_("Where the report names it"))]
    moments = [_("Note sent"), _("Seen"), _("Started")] if shows_progress else []
    moments.append(_("Answered"))
    return [name, group, standing, *(Column(label=label) for label in moments)]


@require_safe
def register_file(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """The register as a file."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    _form, choice = _chosen(request)
    made = register_files.register_file(
        queries.register(reader=reader, round_=round_, language=language_now(), choice=choice),
        card=rounds.card(reader=reader, round_=round_, language=language_now()),
        language=language_now(),
        format=format,
        on=timezone.localdate(),
    )
    response = HttpResponse(made.data, content_type=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, key: str, state: str) -> HttpResponse:
    """Record that a State will not answer, in its words."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    rights.require_secretariat(reader)
    line = queries.line_of(reader=reader, round_=round_, state=state)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decline(
            round_key=key,
            state=state,
            because=form.cleaned_data["because"],
            by=reader,
            at=timezone.now(),
        )
        messages.success(request, _("It is on the register. You can take it back there."))
        return redirect("review:register", key)
    context = {
        **frame(request, round_),
        "form": form,
        "iso2": line.state_id,
        "name": queries.name_of(line.state, language_now()),
    }
    return render(request, "review/round/decline.html", context)


@login_required
@require_POST
def take_back_decline(request: HttpRequest, key: str, state: str) -> HttpResponse:
    """Let a State answer after all."""
    actions.take_back_decline(round_key=key, state=state, by=reader_of(request), at=timezone.now())
    messages.success(request, _("The State can answer again."))
    return redirect("review:register", key)
