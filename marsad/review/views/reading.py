"""Answers side by side, by question and by State; words found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from marsad.design.components import Column, Link
from marsad.directory.types import Reader
from marsad.review import problems
from marsad.review.forms.reading import ReadingForm, SearchForm
from marsad.review.models import Round
from marsad.review.queries import reading, rights, search
from marsad.review.queries.layout import layout
from marsad.review.types.reading import AnsweredSection
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.workbooks import answers as taking_away

_DIGITS_OF_A_PAGE = 6
_FORMATS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))


@require_safe
def answers(request: HttpRequest, key: str) -> HttpResponse:
    """The questions of a round; with `?path=`, what every State answered to one of them."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    path = request.GET.get("path", "")
    if path:
        return _question(request, round_, path)
    return render(
        request,
        "review/reading/contents.html",
        {
            **frame(request, round_),
            "sections": reading.contents(reader=reader, round_=round_, language=language_now()),
            "replies": reading.replies(reader=reader, round_=round_, language=language_now()),
            "analyses": rights.analyses(reader, round_),
            "exports": _exports(request, round_),
        },
    )


def _question(request: HttpRequest, round_: Round, path: str) -> HttpResponse:
    reader, language = reader_of(request), language_now()
    asked = _layout(round_).get(path)
    if asked is None:
        raise problems.NoQuestionHere
    form = ReadingForm(
        request.GET, choices=asked.choices, sees_confidential=reading.sees_confidential(reader)
    )
    choice = form.choice()
    page = reading.by_question(
        reader=reader, round_=round_, path=path, language=language, choice=choice
    )
    return render(
        request,
        "review/reading/question.html",
        {
            **frame(request, round_),
            "form": form,
            "choice": choice,
            "narrows": choice.narrows,
            "asked_moment": request.GET.get("at", ""),
            "page": page,
            "columns": [Column(label=pgettext("party", "State")), Column(label=_("Answer"))],
            "exports": _exports(request, round_),
            "codes": rights.analyses(reader, round_),
            "asks": rights.is_secretariat(reader) and not round_.told_by_id,
            "sees_all": reading.sees_confidential(reader),
            "no_answer": no_answer(reader),
        },
    )


def no_answer(reader: Reader) -> str:
    """What stands for no answer: who may not see confidential ones is not told that there is none.

    Nor that there is one: that a State keeps an answer to itself is its own affair.
    """
    if reading.sees_confidential(reader):
        return _("No answer")
    return _("No answer, or none that is open to you")


def _layout(round_: Round) -> Any:
    if not round_.form_key:
        return {}
    return layout(form_key=round_.form_key, language=language_now()).questions


@require_safe
def answers_of_state(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """What one State answered to every question."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    form = ReadingForm(request.GET, of_one_state=True)
    page = reading.of_state(
        reader=reader, round_=round_, iso2=iso2, language=language, choice=form.choice()
    )
    sections, unanswered = _shortened(page.sections, every="every" in request.GET)
    return render(
        request,
        "review/reading/state.html",
        {
            **frame(request, round_),
            "form": form,
            "page": page,
            "sections": sections,
            "unanswered": unanswered,
            "changed": form.choice().since is not None,
            "exports": _exports(request, round_, state=iso2),
            "codes": rights.analyses(reader, round_),
            "asks": rights.is_secretariat(reader) and not round_.told_by_id,
            "no_answer": no_answer(reader),
        },
    )


def _shortened(
    sections: Sequence[AnsweredSection], *, every: bool
) -> tuple[Sequence[AnsweredSection], int]:
    """What was answered, and how many questions are left out for having no answer."""
    if every:
        return sections, 0
    kept = [
        replace(section, questions=[each for each in section.questions if each.answers])
        for section in sections
    ]
    left_out = sum(not each.answers for section in sections for each in section.questions)
    return [section for section in kept if section.questions], left_out


def _exports(request: HttpRequest, round_: Round, *, state: str = "") -> list[Link]:
    kept = {name: value for name, value in request.GET.items() if value and name != "page"}
    if state:
        kept["state"] = state
    return [
        Link(
            label=label,
            url=reverse("review:answers_export", args=[round_.key, code])
            + (f"?{urlencode(kept)}" if kept else ""),
        )
        for code, label in _FORMATS
    ]


@require_safe
def answers_export(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """The answers that a page shows, as a file."""
    if format not in taking_away.FORMATS:
        raise problems.UnknownFormat(given=format, choices=", ".join(taking_away.FORMATS))
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    path, state = request.GET.get("path", ""), request.GET.get("state", "")
    asked = _layout(round_).get(path)
    sees = reading.sees_confidential(reader)
    form = ReadingForm(request.GET, choices=asked.choices if asked else (), sees_confidential=sees)
    choice = form.choice()
    lines = reading.flat(
        reader=reader, round_=round_, language=language, choice=choice, path=path, iso2=state
    )
    made = taking_away.write(
        taking_away.Taken(
            round_key=round_.key,
            title=reading.label_of(round_.titles, language),
            language=language,
            is_invented=round_.is_invented,
            at=choice.at or timezone.now(),
            lines=list(lines),
            shows_confidential=sees,
            no_answer=no_answer(reader),
        ),
        format=format,
        name=f"answers-{state.lower()}" if state.isalnum() and state.isascii() else "answers",
    )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _among_answers(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """The frame of a page that belongs to the answers, though its address does not."""
    around = frame(request, round_)
    home = reverse("review:answers", args=[round_.key])
    around["tabs"] = [replace(tab, current=tab.url == home) for tab in around["tabs"]]
    return around


@require_safe
def search_answers(request: HttpRequest, key: str) -> HttpResponse:
    """Words found in the answers of a round."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    sections = (
        layout(form_key=round_.form_key, language=language).sections if round_.form_key else ()
    )
    readable = reading.replies(reader=reader, round_=round_, language=language)
    form = SearchForm(
        request.GET,
        sections=[(each.path, each.label) for each in sections],
        states=[(each.iso2, each.name) for each in readable],
    )
    typed = request.GET.get("q", "")[:500]
    number = request.GET.get("page", "1")
    turned = int(number) if number.isdecimal() and len(number) <= _DIGITS_OF_A_PAGE else 1
    found = problem = page = None
    if typed:
        try:
            found = search.search(
                reader=reader,
                round_=round_,
                typed=typed,
                language=language,
                choice=form.choice(),
                start=(max(1, turned) - 1) * search.PAGE,
            )
        except problems.NothingToSearch as nothing:
            problem = nothing
    if found is not None:
        page = Paginator(range(found.count), search.PAGE).get_page(number)
    return render(
        request,
        "review/reading/search.html",
        {
            **_among_answers(request, round_),
            "form": form,
            "typed": typed,
            "found": found,
            "page": page,
            "problem": problem,
            "codes": rights.analyses(reader, round_),
        },
    )
