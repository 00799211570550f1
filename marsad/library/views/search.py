"""Search over passages."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marsad.directory.types import PersonRequest
from marsad.library import problems
from marsad.library.forms.search import SearchForm
from marsad.library.queries import document as documents
from marsad.library.queries import search as queries

#: Nobody turns to a page with more; the database could not count that far.
_DIGITS_OF_A_PAGE = 6


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Ask, narrow, read the hits in their place."""
    reader = cast(PersonRequest, request).reader
    form = SearchForm(request.GET, choices=documents.list_choices(reader=reader))
    typed = request.GET.get("q", "")[:500]
    number = request.GET.get("page", "1")
    turned = int(number) if number.isdecimal() and len(number) <= _DIGITS_OF_A_PAGE else 1
    start = (max(1, turned) - 1) * queries.PAGE
    result = problem = None
    if typed:
        try:
            result = queries.search(reader=reader, typed=typed, filters=form.filters(), start=start)
        except problems.NothingAsked as nothing:
            problem = nothing
    page = None
    if result is not None:
        page = Paginator(range(result.count), queries.PAGE).get_page(number)
    return render(
        request,
        "library/search.html",
        {"form": form, "typed": typed, "result": result, "page": page, "problem": problem},
    )
