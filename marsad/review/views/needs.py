"""Pages of gaps and help needed, and the catalogue of measures and tools."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from marsad.design.components import Link
from marsad.library.queries import theme as themes_of_the_library
from marsad.review import measures, taking_away
from marsad.review.queries import needs as queries
from marsad.review.queries import rights
from marsad.review.views.asking import moment_of
from marsad.review.views.finding import handed_over
from marsad.review.views.frame import frame, language_now, reader_of


@require_safe
def needs(request: HttpRequest, key: str) -> HttpResponse:
    """How many States ask for what; and the way to the page of one's own State."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    found = queries.overview(
        reader=reader, round_=round_, language=language_now(), at=moment_of(request.GET)
    )
    return render(
        request,
        "review/needs/all.html",
        {
            **frame(request, round_),
            "needs": found,
            "exports": [
                Link(label=label, url=reverse("review:needs_export", args=[key, code]))
                for code, label in taking_away.FORMATS.items()
            ]
            if found.shows_all
            else [],
        },
    )


@login_required
@require_safe
def needs_of_state(request: HttpRequest, key: str, iso2: str) -> HttpResponse:
    """What one State said it lacks: for that State and the Secretariat."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    found = queries.of_state(
        reader=reader,
        round_=round_,
        iso2=iso2.upper(),
        language=language_now(),
        at=moment_of(request.GET),
    )
    return render(request, "review/needs/state.html", {**frame(request, round_), "needs": found})


@require_safe
def measure_list(request: HttpRequest, key: str) -> HttpResponse:
    """Public measures and tools, by theme."""
    round_ = rights.round_for(reader_of(request), key=key)
    theme = request.GET.get("theme", "")
    known = {code for each in measures.catalogue() for code in each.themes}
    found = measures.fitting(themes=[theme]) if theme in known else measures.catalogue()
    return render(
        request,
        "review/needs/measures.html",
        {
            **frame(request, round_),
            "measures": found,
            "theme": theme,
            "themes": [
                each
                for each in themes_of_the_library.labels(language=language_now())
                if each.code in known
            ],
            "language": language_now(),
        },
    )


@require_safe
def needs_export(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """How many States ask for what, to take away."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    sheet = queries.sheet(
        reader=reader, round_=round_, language=language_now(), at=moment_of(request.GET)
    )
    return handed_over(taking_away.write(sheet, format=format, is_invented=round_.is_invented))
