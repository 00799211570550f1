"""Editions of figures: what they changed, verifying them, making an earlier one stand again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marsad.design.components import Column, Link
from marsad.directory.types import Person
from marsad.problems import Refused
from marsad.statistics import problems
from marsad.statistics.actions import edition as actions
from marsad.statistics.queries import board as boards
from marsad.statistics.queries import edition as queries
from marsad.statistics.queries import question as questions
from marsad.statistics.types.board import Changes
from marsad.statistics.views.frame import frame, language_now, reader_of
from marsad.statistics.words import Change

_ON_A_PAGE = 50


@login_required
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Every edition of a source, newest first, each with the time for which it counted."""
    card, editions = boards.source(reader=reader_of(request), code=code, language=language_now())
    context = {
        **frame(request),
        "source": card,
        "editions": editions,
        "columns": [
            Column(label=_("Edition")),
            Column(label=_("As at")),
            Column(label=_("Standing")),
            Column(label=_("Figures"), numeric=True),
            Column(label=_("Brought in by")),
            Column(label=_("Verified by")),
        ],
    }
    return render(request, "statistics/figures/source.html", context)


@login_required
@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """One edition: its standing, what it changed, what is asked about it."""
    reader, language = reader_of(request), language_now()
    card = queries.card(reader=reader, key=key, language=language)
    if not card.may_have_file:
        # What is published stands on the other pages; who brought it in is not for everybody.
        raise problems.NoSuchEdition
    changes = queries.changes(reader=reader, key=key, language=language)
    asked, many = questions.listed(
        reader=reader,
        choice=questions.Choice(edition=key, standing="open"),
        language=language,
        most=5,
    )
    context: dict[str, Any] = {
        **frame(request),
        "edition": card,
        "changes": changes,
        "questions": asked,
        "more_questions": many - len(asked),
    }
    if card.may_verify:
        context |= {
            "replaced": queries.replaced(reader=reader, key=key, language=language),
            "replaced_columns": [
                Column(label=_("What is counted")),
                Column(label=_("Laid out")),
                Column(label=_("Year"), numeric=True),
                Column(label=_("Figures left out"), numeric=True),
                Column(label=_("This edition")),
            ],
        }
    if changes is not None:
        context |= _changed(request, key, changes)
    return render(request, "statistics/figures/edition.html", context)


def _changed(request: HttpRequest, key: str, changes: Changes) -> dict[str, Any]:
    what = request.GET.get("what", "")
    what = what if what in Change.values else ""
    counts = {"added": changes.added, "changed": changes.changed, "gone": changes.gone}
    many = counts[what] if what else sum(counts.values())
    page = Paginator(range(many), _ON_A_PAGE).get_page(request.GET.get("page"))
    here = reverse("statistics:edition", args=[key])
    return {
        "page": page,
        "lines": queries.change_lines(
            reader=reader_of(request),
            key=key,
            language=language_now(),
            what=what,
            start=max(0, page.start_index() - 1),
            most=_ON_A_PAGE,
        ),
        "kinds": [
            Link(label=_("All changes"), url=here, current=not what, count=sum(counts.values())),
            *(
                Link(
                    label=str(each.label),
                    url=f"{here}?what={each.value}",
                    current=what == each,
                    count=counts[each.value],
                )
                for each in Change
            ),
        ],
        "columns": [
            Column(label=_("Change")),
            Column(label=_("Place")),
            Column(label=_("Year"), numeric=True),
            Column(label=_("What is counted")),
            Column(label=_("Of whom")),
            Column(label=_("Before"), numeric=True),
            Column(label=_("Now"), numeric=True),
        ],
    }


@login_required
@require_safe
def edition_file(request: HttpRequest, key: str) -> FileResponse:
    """The file of an edition as it came."""
    path, name = queries.file_of(reader=reader_of(request), key=key)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@login_required
@require_POST
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Say for the State that the figures are right."""
    person = reader_of(request)
    if not isinstance(person, Person):
        raise problems.NoSuchEdition
    return _acted(
        request,
        key,
        lambda: actions.verify(key=key, by=person, at=timezone.now()),
        _("Verified: the figures are in force, for everybody, from now on."),
    )


@login_required
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Make an earlier edition stand again."""
    return _acted(
        request,
        key,
        lambda: actions.restore(key=key, by=reader_of(request), at=timezone.now()),
        _("The earlier figures stand again, as a new edition."),
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Have an edition count no more."""
    return _acted(
        request,
        key,
        lambda: actions.withdraw(key=key, by=reader_of(request), at=timezone.now()),
        _("Withdrawn: it counts no more. It stays readable and can be made to stand again."),
    )


def _acted(request: HttpRequest, key: str, act: Any, said: str) -> HttpResponse:
    try:
        made = act()
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("statistics:edition", key=key)
    messages.success(request, said)
    return redirect("statistics:edition", key=made.key)
