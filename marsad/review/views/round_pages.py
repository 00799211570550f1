"""Pages of rounds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.views.frame import frame, language_now, reader_of


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds a reader may know of."""
    reader = reader_of(request)
    return render(
        request,
        "review/round/list.html",
        {
            "rounds": rounds.listed(reader=reader, language=language_now()),
            "may_prepare": rights.is_secretariat(reader),
        },
    )


@require_safe
def round_page(request: HttpRequest, key: str) -> HttpResponse:
    """One round."""
    round_ = rights.round_for(reader_of(request), key=key)
    return render(request, "review/round/one.html", frame(request, round_))
