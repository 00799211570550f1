"""Pages of named tables, and of where a figure comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from marsad.design.components import Column, Fact, Link
from marsad.design.formatting import for_reader, to_ascii_digits
from marsad.design.printing.made import Exported
from marsad.statistics import problems
from marsad.statistics.exports import table as exports
from marsad.statistics.queries import origin as origins
from marsad.statistics.queries import tables as queries
from marsad.statistics.types.origin import OriginQuery
from marsad.statistics.types.table import TableChoice, TableView
from marsad.statistics.views.frame import frame, language_now, reader_of
from marsad.tabulation import tables
from marsad.tabulation.errors import BadYears

#: Lines on a page.
PAGE = 100
#: Tables that say something only of States that were chosen.
_OF_STATES = ("national-profile",)


def framed(request: HttpRequest) -> dict[str, Any]:
    """What stands around these pages: all of them belong to the tables."""
    around = frame(request)
    home = reverse("statistics:table_list")
    around["tabs"] = [replace(tab, current=tab.url == home) for tab in around["tabs"]]
    return around


@require_safe
def table_list(request: HttpRequest) -> HttpResponse:
    """All tables, with what each counts and serves."""
    context = {
        "cards": [
            {"card": card, "url": reverse("statistics:table", args=[card.name])}
            for card in queries.listed(language=language_now())
        ],
    }
    return render(request, "statistics/tables/list.html", {**framed(request), **context})


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table with its definition, and what it can be narrowed to."""
    language = language_now()
    defined = tables.definition(name)
    context: dict[str, Any] = {
        "name": name,
        "title": defined.title[language],
        "above": tables.above(name, language)[1:],
        "clear": reverse("statistics:table", args=[name]),
        "needs_state": False,
    }
    try:
        choice = choice_of(request.GET, name=name)
        context |= _offered(choice, language=language)
        if name in _OF_STATES and not choice.places:
            context["needs_state"] = True
        else:
            view = queries.table(choice=choice, reader=reader_of(request), language=language)
            context |= _shown(request, view)
    except problems.NothingInForce as problem:
        context["empty"] = str(problem)
    except BadYears as problem:
        context["problem"] = str(problem)
        context |= _offered(TableChoice(name=name), language=language)
    status = 422 if "problem" in context else 200
    return render(
        request, "statistics/tables/table.html", {**framed(request), **context}, status=status
    )


def _offered(choice: TableChoice, *, language: str) -> dict[str, Any]:
    """What the form offers, and what is chosen in it."""
    known = queries.places_known(language=language, at=choice.at)
    names = dict(known)
    chosen = [(code, names.get(code, code)) for code in choice.places]
    first, last = choice.years or (None, None)
    return {
        "years": queries.years_known(at=choice.at),
        "first": first,
        "last": last,
        "places": [each for each in known if each[0] not in choice.places],
        "chosen": sorted(chosen, key=lambda each: [code for code, _name in known].index(each[0]))
        if all(code in names for code in choice.places)
        else chosen,
        "states_only": choice.states_only,
    }


def _shown(request: HttpRequest, view: TableView) -> dict[str, Any]:
    paginator = Paginator(range(len(view.records)), PAGE)
    try:
        page = paginator.page(to_ascii_digits(request.GET.get("page", "1")))
    except (EmptyPage, PageNotAnInteger):
        page = paginator.page(1)
    start = max(page.start_index() - 1, 0)
    kept = request.GET.copy()
    kept.pop("page", None)
    after = f"?{kept.urlencode()}" if kept else ""
    return {
        "view": view,
        "above": view.above[1:],
        "columns": [
            Column(label=column.label, numeric=column.is_number) for column in view.columns
        ],
        "lines": [
            list(zip(view.columns, line, strict=True))
            for line in queries.lines(view, first=start, last=start + PAGE)
        ],
        "page": page,
        "exports": [
            Link(
                label=str(label),
                url=reverse("statistics:table_file", args=[view.choice.name, code]) + after,
            )
            for code, label in exports.FORMATS.items()
            if code != "docx" or len(view.records) <= exports.MOST_IN_WORD
        ],
    }


@require_safe
def table_file(request: HttpRequest, name: str, format: str) -> HttpResponse:  # noqa: A002
    """A table to take away."""
    view = queries.table(
        choice=choice_of(request.GET, name=name),
        reader=reader_of(request),
        language=language_now(),
    )
    return handed_over(exports.write(view, format=format, marked=True))


def choice_of(given: QueryDict, *, name: str) -> TableChoice:
    """What an address asks of a table; years may be one span or a first and a last.

    :raises BadYears: where a year is none.
    """
    spans = to_ascii_digits(given.get("year", "")).strip().replace("–", "-")
    first, last = (to_ascii_digits(given.get(end, "")).strip() for end in ("from", "to"))
    if not spans and (first or last):
        spans = f"{first or '1000'}-{last or '9999'}"
    codes = {
        code.strip().upper() for value in given.getlist("state") for code in value.split(",")
    } - {""}
    return TableChoice(
        name=name,
        years=queries.span_of(spans) if spans else None,
        places=tuple(sorted(codes)),
        states_only=given.get("states_only") == "1",
        at=queries.moment_of(given.get("at", "")),
    )


# ── where a figure comes from ────────────────────────────────────────────────────────────────────
@require_safe
def origin(request: HttpRequest) -> HttpResponse:
    """The rows that a figure was made of, their edition, who verified it and when."""
    language = language_now()
    typed = to_ascii_digits(request.GET.get("page", "1"))
    number = max(int(typed), 1) if typed.isdecimal() and len(typed) < len("1000000") else 1
    found = origins.origin(
        query=OriginQuery.of(request.GET),
        reader=reader_of(request),
        language=language,
        page=number,
    )
    write = for_reader()
    context = {
        "found": found,
        "figure": queries.ranged(found.low, found.high, write=write)
        if found.low is not None
        else "",
        "page": Paginator(range(found.total), origins.PAGE).get_page(number),
        "json": f"{reverse('statistics:origin_json')}?{found.query.query()}",
        "columns": _columns_of_rows(),
        "editions": [(each, _facts(each)) for each in found.editions],
    }
    return render(request, "statistics/tables/origin.html", {**framed(request), **context})


def _columns_of_rows() -> list[Column]:
    return [
        Column(label=_("State or place")),
        Column(label=_("Year")),
        Column(label=_("Which")),
        Column(label=_("As printed")),
        Column(label=_("Read as"), numeric=True),
        Column(label=_("Where it stands")),
        Column(label=_("What was remarked")),
    ]


def _facts(edition: Any) -> list[Fact]:
    write = for_reader()
    facts = [
        Fact(label=_("Source"), values=[edition.source]),
        Fact(label=_("Edition"), values=[write.number(edition.number)]),
        *([Fact(label=_("File"), values=[edition.file_name])] if edition.file_name else []),
        Fact(
            label=_("Brought in"),
            values=[write.moment(edition.brought_at), edition.brought_by],
        ),
        Fact(label=_("Verified"), values=[edition.verified]),
    ]
    if edition.published_at:
        facts.append(Fact(label=_("Public since"), values=[write.moment(edition.published_at)]))
    if edition.withdrawn_at:
        facts.append(
            Fact(label=pgettext("moment", "Withdrawn"), values=[write.moment(edition.withdrawn_at)])
        )
    return facts


@require_safe
def origin_json(request: HttpRequest) -> JsonResponse:
    """The same for programs."""
    found = origins.origin(
        query=OriginQuery.of(request.GET),
        reader=reader_of(request),
        language=language_now(),
        size=origins.MOST,
    )
    return JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})


def handed_over(made: Exported) -> HttpResponse:
    """A file to be saved."""
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.file_name}"'},
    )
