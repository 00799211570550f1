"""Pages of surveys."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Link
from marsad.directory.types import Person, PersonRequest, Reader, Role
from marsad.problems import Problem
from marsad.questionnaires.exports import answers as exporting
from marsad.surveys import problems
from marsad.surveys.actions import survey as actions
from marsad.surveys.forms.survey import ReopenForm, SurveyForm
from marsad.surveys.queries import choosing
from marsad.surveys.queries import survey as queries


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language() -> str:
    return (get_language() or "ar")[:2]


@login_required
@require_safe
def survey_list(request: HttpRequest) -> HttpResponse:
    """What the reader is asked, and what they ask."""
    reader = _reader(request)
    return render(
        request,
        "surveys/list.html",
        {
            "asked": choosing.asked_of(reader=reader, language=_language(), at=timezone.now()),
            "surveys": queries.mine(reader=reader, language=_language()),
            "may_ask": queries.may_ask(reader),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_new(request: HttpRequest) -> HttpResponse:
    """Ask the people of a body."""
    person = cast(Person, request.user)
    bodies = choosing.bodies(reader=person, language=_language())
    if not bodies:
        raise problems.NotASurveyor()
    forms = choosing.questionnaires_to_ask(reader=person, language=_language())
    form = SurveyForm(
        request.POST or None,
        bodies=[(str(body.pk), name) for body, name in bodies],
        questionnaires=forms,
        initial={"form_key": request.GET.get("form", "")},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.open_survey(
                body=next(body for body, _name in bodies if str(body.pk) == typed["body"]),
                form_key=typed["form_key"],
                titles={"ar": typed["title_ar"], "en": typed["title_en"]},
                purpose=typed["purpose"],
                open_to_roles=[Role(role) for role in typed["open_to_roles"]],
                last_day=typed["last_day"],
                shows_names=typed["shows_names"],
                once_each=typed["once_each"],
                by=person,
                at=timezone.now(),
            )
        except (
            problems.NoTitle,
            problems.ClosesBeforeItOpens,
            problems.ClosesTooLate,
        ) as problem:
            form.add_error(_field_of(problem), str(problem))
        else:
            messages.success(request, _("The survey is open. Those who are asked see it now."))
            return redirect("surveys:survey", made.key)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/new.html", {"form": form, "forms": forms}, status=status)


def _field_of(problem: Problem) -> str:
    return "title_ar" if isinstance(problem, problems.NoTitle) else "last_day"


@login_required
@require_safe
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """One survey: how many answered, and what each question comes to."""
    return _page(request, key, reopen=ReopenForm())


def _page(request: HttpRequest, key: str, *, reopen: ReopenForm, status: int = 200) -> HttpResponse:
    reader = _reader(request)
    card = queries.one(reader=reader, key=key, language=_language())
    exports = [
        Link(label=label, url=reverse("surveys:export", args=[key, code]))
        for code, label in (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
    ]
    return render(
        request,
        "surveys/one.html",
        {
            "card": card,
            "questions": queries.summary(reader=reader, key=key, language=_language())
            if card.response_count
            else [],
            "exports": exports,
            "reopen": reopen,
        },
        status=status,
    )


@login_required
@require_safe
def export(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """All answers, to take away."""
    if format not in exporting.FORMATS:
        raise problems.UnknownFormat(given=format, choices=", ".join(exporting.FORMATS))
    answers = queries.answers(reader=_reader(request), key=key, language=_language())
    made = exporting.write(answers, format=format)
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "Cache-Control": "no-store",
        },
    )


@login_required
@require_safe
def file(request: HttpRequest, key: str, submission: str, name: str) -> HttpResponse:
    """A file that came with an answer: saved, never shown, whatever it says it is."""
    data, _kind = queries.file(reader=_reader(request), key=key, submission=submission, name=name)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Take no more answers."""
    actions.close(key=key, by=cast(Person, request.user), at=timezone.now())
    messages.success(request, _("The survey is closed. You can open it again on this page."))
    return redirect("surveys:survey", key)


@login_required
@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Take answers again."""
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, key, reopen=form, status=422)
    actions.reopen(
        key=key,
        last_day=form.cleaned_data["last_day"],
        by=cast(Person, request.user),
        at=timezone.now(),
    )
    messages.success(request, _("The survey takes answers again."))
    return redirect("surveys:survey", key)
