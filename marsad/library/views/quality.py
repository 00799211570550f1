"""Which document needs a better copy, and what the shelf has taught the engine."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marsad.design.components import Column, Link
from marsad.design.formatting import to_ascii_digits
from marsad.library import exports
from marsad.library.actions import teaching
from marsad.library.forms.doubt import LessonForm
from marsad.library.queries import lesson as lessons
from marsad.library.queries import quality as queries
from marsad.library.queries import rights
from marsad.library.views import undo
from marsad.library.views.document import reader_of

ROWS_A_PAGE = 50


@require_safe
def quality_list(request: HttpRequest) -> HttpResponse:
    """Words in doubt, document by document; the worst first."""
    reader = reader_of(request)
    rows = queries.shelf(reader=reader, sort=request.GET.get("sort", ""))
    return render(
        request,
        "library/quality/list.html",
        {
            "page": Paginator(rows, ROWS_A_PAGE).get_page(
                to_ascii_digits(request.GET.get("page", ""))
            ),
            "may_curate": rights.may_curate(reader),
            "exports": [Link(label="CSV", url=reverse("library:quality_export"))],
            "columns": [
                Column(label=_("Document"), key="title"),
                Column(label=_("Words"), key="words", numeric=True),
                Column(label=_("In doubt as it came"), key="before", numeric=True),
                Column(label=_("In doubt now"), key="after", numeric=True),
                Column(label=_("Places not settled"), key="open", numeric=True),
                Column(label=_("Copies"), numeric=True),
            ],
        },
    )


@require_safe
def quality_export(request: HttpRequest) -> HttpResponse:
    """The same table as CSV, with every figure."""
    rows = queries.shelf(reader=reader_of(request), sort=request.GET.get("sort", ""))
    made = exports.table(
        name="quality", headings=queries.columns(), rows=[queries.figures(row) for row in rows]
    )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


# ── what was taught ──────────────────────────────────────────────────────────────────────────────
@require_safe
def lesson_list(request: HttpRequest) -> HttpResponse:
    """Words, font codes and misreadings, each with where it was learned."""
    form = LessonForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = lessons.lessons(
        reader=reader_of(request), kind=chosen.get("kind", ""), words=chosen.get("words", "")
    )
    page = Paginator(found.cards, ROWS_A_PAGE).get_page(
        to_ascii_digits(request.GET.get("page", ""))
    )
    return render(
        request,
        "library/lesson/list.html",
        {
            "form": form,
            "lessons": found,
            "page": page,
            "narrowed": any(chosen.values()),
            "undo": undo.offered(request),
            "columns": [
                Column(label=_("What was taught")),
                Column(label=_("Kind")),
                Column(label=_("Met"), numeric=True),
                Column(label=_("Where")),
                Column(label=_("Use")),
            ],
        },
    )


@require_POST
def lesson_forget(request: HttpRequest) -> HttpResponse:
    """Do not use a lesson any more."""
    what = {"kind": request.POST.get("kind", ""), "what": request.POST.get("what", "")}
    teaching.forget(**what, by=reader_of(request), at=timezone.now())
    undo.offer(request, address=reverse("library:lesson_remember"), **what)
    messages.success(request, _("It is forgotten: texts read from now on do without it."))
    return redirect("library:lesson_list")


@require_POST
def lesson_remember(request: HttpRequest) -> HttpResponse:
    """Use a lesson again."""
    what = {"kind": request.POST.get("kind", ""), "what": request.POST.get("what", "")}
    teaching.remember(**what, by=reader_of(request), at=timezone.now())
    undo.offer(request, address=reverse("library:lesson_forget"), **what)
    messages.success(request, _("It is used again."))
    return redirect("library:lesson_list")
