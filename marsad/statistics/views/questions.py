"""What States are asked about their figures, and their answers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.problems import Problem
from marsad.statistics.actions import question as actions
from marsad.statistics.forms.figures import AnswerForm, QuestionsForm
from marsad.statistics.queries import question as queries
from marsad.statistics.queries import rights
from marsad.statistics.types.board import QuestionCard
from marsad.statistics.views.frame import frame, language_now, reader_of

_ON_A_PAGE = 30


@login_required
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """What is asked, of the newest edition of every source or of one edition."""
    reader, language = reader_of(request), language_now()
    form = QuestionsForm(request.GET, states=queries.states(reader=reader, language=language))
    typed = form.cleaned_data if form.is_valid() else {}
    standing = typed.get("standing") or "open"
    choice = queries.Choice(
        state=typed.get("state", ""),
        edition=request.GET.get("edition", "")[:16],
        standing="" if standing == "all" else standing,
        notes=bool(typed.get("notes")),
    )
    asked = request.GET.get("page", "1")
    start = _ON_A_PAGE * (max(1, int(asked)) - 1) if asked.isdecimal() and len(asked) < 8 else 0
    found, many = queries.listed(
        reader=reader, choice=choice, language=language, start=start, most=_ON_A_PAGE
    )
    context = {
        **frame(request),
        "form": form,
        "questions": found,
        "count": many,
        "page": Paginator(range(many), _ON_A_PAGE).get_page(asked),
        "is_narrowed": bool(request.GET),
        "is_secretariat": rights.is_secretariat(reader),
    }
    return render(request, "statistics/figures/questions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Answer one question."""
    reader = reader_of(request)
    question = queries.one(reader=reader, key=key, language=language_now())
    form = AnswerForm(
        request.POST or None,
        initial={"kind": question.answer_kind or None, "note": question.answer},
    )
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                key=key,
                kind=form.cleaned_data["kind"],
                note=form.cleaned_data["note"],
                by=reader,
                at=timezone.now(),
            )
            messages.success(request, _("Answered. The answer can be changed or taken back."))
            return redirect(_back(question))
        except Problem as found:
            problem = found
    context = {
        **frame(request),
        "question": question,
        "form": form,
        "problem": problem,
        "back": _back(question),
    }
    return render(
        request, "statistics/figures/answer.html", context, status=422 if problem else 200
    )


@login_required
@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Take an answer back."""
    reader = reader_of(request)
    actions.reopen(key=key, by=reader, at=timezone.now())
    messages.success(request, _("The answer was taken back; the question is open again."))
    return redirect(_back(queries.one(reader=reader, key=key, language=language_now())))


def _back(question: QuestionCard) -> str:
    """Where the other questions of the same edition are."""
    if question.may_open_edition:
        return reverse("statistics:edition", args=[question.edition_key])
    return f"{reverse('statistics:questions')}?edition={question.edition_key}"
