"""Pages of national reports: to read, and to take away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from marsad.design.components import Column, Heading, Link
from marsad.design.formatting import for_reader
from marsad.design.printing.formats import FORMATS
from marsad.statistics import charts, problems
from marsad.statistics.exports import national as exports
from marsad.statistics.queries import national as queries
from marsad.statistics.types.national import NationalSection
from marsad.statistics.views.frame import language_now, reader_of
from marsad.statistics.views.tables import framed, handed_over


@require_safe
def national_list(request: HttpRequest) -> HttpResponse:
    """All States and places with figures, by name."""
    context: dict[str, Any]
    try:
        states, others = queries.listed(language=language_now())
    except problems.NothingInForce as problem:
        context = {"empty": str(problem)}
    else:
        context = {"states": _linked(states), "others": _linked(others)}
    return render(request, "statistics/national/list.html", {**framed(request), **context})


def _linked(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (name, reverse("statistics:national", args=[code.replace("+", "-")]))
        for code, name in found
    ]


@require_safe
def national(request: HttpRequest, iso3: str) -> HttpResponse:
    """All that is known of one State."""
    report = queries.report(
        code=iso3, reader=reader_of(request), language=language_now(), with_questions=True
    )
    context = {
        "report": report,
        "front": exports.front(report),
        "sections": [_shown(section) for section in report.sections],
        "headings": [Heading(label=each.title, target=each.anchor) for each in report.sections],
        "exports": [
            Link(
                label=str(FORMATS[code].label),
                url=reverse("statistics:national_file", args=[iso3, code]),
            )
            for code in exports.OFFERED
        ],
    }
    return render(request, "statistics/national/report.html", {**framed(request), **context})


def _shown(section: NationalSection) -> dict[str, object]:
    drawn = None
    if section.picture is not None:
        drawn = {
            "wide": charts.svg(section.picture, formatter=for_reader(), words=False),
            "narrow": charts.svg(
                section.picture, formatter=for_reader(), words=False, width=charts.NARROW
            ),
        }
    table = section.table
    return {
        "section": section,
        "drawn": drawn,
        "columns": [
            Column(label=label, numeric=place > 0) for place, label in enumerate(table.header)
        ]
        if table
        else [],
        "rows": [list(zip(table.header, row, strict=True)) for row in table.rows] if table else [],
    }


@require_safe
def national_file(request: HttpRequest, iso3: str, format: str) -> HttpResponse:  # noqa: A002
    """The report to take away."""
    report = queries.report(code=iso3, reader=reader_of(request), language=language_now())
    return handed_over(exports.write(report, format=format))
