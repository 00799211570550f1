"""How many people are on none of the lists: a table in, an estimate out, nothing kept."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marsad.design.components import Column
from marsad.directory.types import Reader
from marsad.problems import Problem
from marsad.statistics import problems
from marsad.statistics.forms.hidden import HiddenForm
from marsad.statistics.queries import hidden as queries
from marsad.statistics.types.hidden import HiddenView
from marsad.statistics.views.frame import frame, language_now, reader_of

#: Made up, so that one can see what a file looks like and try the page.
_EXAMPLE = (
    "police,shelters,hotline,count\n1,0,0,210\n0,1,0,160\n0,0,1,190\n1,1,0,38\n1,0,1,24\n"
    "0,1,1,19\n1,1,1,6\n"
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hidden(request: HttpRequest) -> HttpResponse:
    """The form, and below it the estimate of what was sent."""
    if request.method != "POST":
        return _page(request, HiddenForm())
    form = HiddenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        view = _estimated(form, reader=reader_of(request))
    except Problem as problem:
        return _page(request, form, problem=problem)
    return _page(request, form, view=view)


def _estimated(form: HiddenForm, *, reader: Reader) -> HiddenView:
    given = form.data_given
    if given is None:
        raise problems.NoLists
    data, name = given
    return queries.estimated(
        data,
        name=name or _("the table"),
        method=form.cleaned_data["method"],
        level=float(form.cleaned_data["level"]),
        draw=form.cleaned_data["bootstrap"],
        reader=reader,
        language=language_now(),
    )


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """A made-up file of lists."""
    return HttpResponse(
        _EXAMPLE,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="lists.csv"'},
    )


def _page(
    request: HttpRequest,
    form: HiddenForm,
    *,
    view: HiddenView | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "view": view,
        "problem": problem,
        "example": _EXAMPLE,
        "most_lists": queries.MOST_LISTS,
        "is_visitor": not reader_of(request).is_authenticated,
        "most_of_visitors": queries.MOST_OF_VISITORS,
        "most_drawn_of_visitors": queries.MOST_DRAWN_OF_VISITORS,
        "columns": [
            Column(label=_("Round"), numeric=True),
            Column(label=_("Lists")),
            Column(label=_("On both"), numeric=True),
            Column(label=_("Expected"), numeric=True),
            Column(label=_("By chance in"), numeric=True),
            Column(label=_("What was done")),
            Column(label=_("All people"), numeric=True),
        ],
        "files": _files(view) if view else [],
    }
    failed = problem is not None or (form.is_bound and not form.is_valid())
    return render(
        request,
        "statistics/hidden/page.html",
        {**frame(request), **context},
        status=422 if failed else 200,
    )


def _files(view: HiddenView) -> list[tuple[str, str, str]]:
    """Downloads that need no server: what they are called, and the address that holds them."""
    return [
        (label, name, f"data:{kind};base64,{base64.b64encode(text.encode()).decode()}")
        for label, name, kind, text in (
            ("CSV", "hidden-population.csv", "text/csv", view.csv),
            ("JSON", "hidden-population.json", "application/json", view.json),
        )
    ]
