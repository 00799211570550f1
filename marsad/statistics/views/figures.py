"""Bringing figures in: the board, a new file, looking through it, taking it or putting it aside."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Column, Link
from marsad.design.formatting import for_reader
from marsad.problems import Problem
from marsad.statistics import problems, uploads
from marsad.statistics.actions import arrival as actions
from marsad.statistics.forms.figures import BringForm, ColumnsForm
from marsad.statistics.models import Arrival
from marsad.statistics.queries import arrival as queries
from marsad.statistics.queries import board as boards
from marsad.statistics.types.board import ArrivalCard, ArrivalView, SourceCard
from marsad.statistics.views.frame import frame, language_now, reader_of
from marsad.statistics.words import Level
from marsad.tabulation.writing import neutral

_ON_A_PAGE = 50


# ── the board ────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Which source brought what, when; what waits for whom."""
    found = boards.board(reader=reader_of(request), language=language_now())
    context = {
        **frame(request),
        "board": found,
        "sources": _sorted(found.sources, by=request.GET.get("sort", "")),
        "columns": _board_columns(),
    }
    return render(request, "statistics/figures/board.html", context)


def _board_columns() -> list[Column]:
    return [
        Column(label=_("Source"), key="name"),
        Column(label=_("Newest edition"), key="came"),
        Column(label=_("Standing")),
        Column(label=_("Open questions"), key="open", numeric=True),
        Column(label=_("Verified by")),
    ]


def _sorted(cards: Sequence[SourceCard], *, by: str) -> list[SourceCard]:
    if by.lstrip("-") not in ("name", "came", "open"):
        return list(cards)

    def key(card: SourceCard) -> Any:
        if by.endswith("came"):
            return card.newest.made_at.timestamp() if card.newest else 0.0
        if by.endswith("open"):
            return card.newest.open_questions if card.newest else 0
        return card.name

    return sorted(cards, key=key, reverse=by.startswith("-"))


# ── a new file ───────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Send a file of figures."""
    reader = reader_of(request)
    choices = boards.choices(reader=reader, language=language_now())
    if not choices:
        raise problems.NotForThem
    after = _sent_before(request)
    shown = after.source_code if after else request.GET.get("source", "")
    form = BringForm(
        request.POST or None,
        request.FILES or None,
        sources=choices,
        shown=shown,
        after=after.key if after else "",
    )
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return redirect("statistics:arrival", key=_received(request, form).key)
        except Problem as found:
            problem = found
    context = {**frame(request), "form": form, "problem": problem, "after": after}
    return render(request, "statistics/figures/new.html", context, status=422 if problem else 200)


def _sent_before(request: HttpRequest) -> ArrivalCard | None:
    """The file that is to be sent again, mended; its columns were told already."""
    key = (request.POST if request.method == "POST" else request.GET).get("after", "")
    if not key:
        return None
    return boards.arrival(reader=reader_of(request), key=key, language=language_now())


def _received(request: HttpRequest, form: BringForm) -> Arrival:
    too_large = "marsad.too_large" in request.META
    if not too_large and not form.is_valid():
        raise problems.NoFile
    typed = form.cleaned_data if not too_large else {}
    return uploads.received(
        typed.get("file"),
        source=typed.get("source", ""),
        encoding=typed.get("encoding", ""),
        after=typed.get("after", ""),
        by=reader_of(request),
        at=timezone.now(),
        too_large=too_large,
    )


# ── looking through it ───────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def arrival(request: HttpRequest, key: str) -> HttpResponse:
    """A file: how far its reading has come, then its rows and what is to be said about them."""
    reader, language = reader_of(request), language_now()
    view = queries.view(reader=reader, key=key, language=language)
    context: dict[str, Any] = {**frame(request), "view": view, "card": view.card}
    if view.card.is_over and not view.card.problem:
        context |= _looked_through(request, view)
    return render(request, "statistics/figures/arrival.html", context)


def _looked_through(request: HttpRequest, view: ArrivalView) -> dict[str, Any]:
    reader, key = reader_of(request), view.card.key
    level, code = _narrowed(request)
    if view.card.refused and not request.GET:
        level = Level.REFUSED.value  # what keeps the file out comes before what is only noted
    shows_rows = request.GET.get("show", "") == "rows" or not view.counts
    start = (_page_number(request) - 1) * _ON_A_PAGE
    context: dict[str, Any] = {"level": level, "code": code, "shows_rows": shows_rows}
    if shows_rows:
        found, many = queries.rows(
            reader=reader, key=key, language=language_now(), start=start, most=_ON_A_PAGE
        )
        context |= {"rows": found, "columns": _row_columns()}
    else:
        remarks, many = queries.remarks(
            reader=reader, key=key, level=level, code=code, start=start, most=_ON_A_PAGE
        )
        context |= {"remarks": remarks, "columns": _remark_columns()}
    asked = request.GET.copy()
    asked.pop("page", None)
    if level:
        asked["level"] = level
    return {
        **context,
        "page": _page(request, many),
        "levels": _levels(view, level, shows_rows=shows_rows),
        "exports": [
            Link(
                label="CSV",
                url=reverse("statistics:arrival_remarks", args=[key]) + f"?{asked.urlencode()}",
            )
        ],
    }


def _narrowed(request: HttpRequest) -> tuple[str, str]:
    level = request.GET.get("level", "")
    return (level if level in Level.values else ""), request.GET.get("code", "")[:60]


def _page_number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 8 else 1


def _page(request: HttpRequest, many: int) -> Page[Any]:
    return Paginator(range(many), _ON_A_PAGE).get_page(_page_number(request))


def _levels(view: ArrivalView, level: str, *, shows_rows: bool) -> list[Link]:
    """What can be shown of a file: remarks of each level, all of them, or its rows."""
    here = reverse("statistics:arrival", args=[view.card.key])
    found = [
        Link(
            label=str(each.label),
            url=f"{here}?level={each.value}",
            current=level == each and not shows_rows,
            count=sum(one.count for one in view.counts if one.level == each),
        )
        for each in (Level.REFUSED, Level.DOUBTED, Level.NOTED)
    ]
    every = sum(one.count for one in view.counts)
    return [
        Link(
            label=_("All remarks"),
            url=f"{here}?level=all",
            current=not level and not shows_rows,
            count=every,
        ),
        *found,
        Link(
            label=_("Rows as understood"),
            url=f"{here}?show=rows",
            current=shows_rows,
            count=view.card.rows,
        ),
    ]


def _remark_columns() -> list[Column]:
    return [
        Column(label=_("Remark")),
        Column(label=_("Row"), numeric=True),
        Column(label=_("Column")),
        Column(label=_("What is to be said")),
    ]


def _row_columns() -> list[Column]:
    return [
        Column(label=_("Row"), numeric=True),
        Column(label=_("Place")),
        Column(label=_("Year"), numeric=True),
        Column(label=_("What is counted")),
        Column(label=_("Of whom")),
        Column(label=_("As printed")),
        Column(label=_("Figure"), numeric=True),
    ]


@login_required
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the reading has come; asked again until it is over."""
    card = boards.arrival(reader=reader_of(request), key=key, language=language_now())
    response = render(request, "statistics/figures/progress.html", {"card": card})
    if card.is_over:
        response.headers["HX-Refresh"] = "true"
    response.headers["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def remarks_file(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """Every remark about a file as CSV, narrowed as the page was."""
    level, code = _narrowed(request)
    found = queries.all_remarks(reader=reader_of(request), key=key, level=level, code=code)
    heading = [
        _("Remark"), _("Sheet"), _("Row"), _("Column"), _("Name above it"), _("Value"),
        _("What is to be said"),
    ]  # fmt: skip
    lines = (
        [one.level_label, one.sheet, one.row, one.column, one.header, one.value, one.sentence]
        for one in found
    )
    response = StreamingHttpResponse(
        _as_csv(heading, lines), content_type="text/csv; charset=utf-8"
    )
    disposition = content_disposition_header(True, f"remarks-{key}.csv")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _as_csv(heading: Sequence[str], lines: Iterator[Sequence[Any]]) -> Iterator[str]:
    """CSV line by line; the mark in front tells old spreadsheets that it is UTF-8."""
    written = io.StringIO()
    out = csv.writer(written)
    written.write("\ufeff")
    out.writerow(heading)
    for line in lines:
        out.writerow([neutral(cell) for cell in line])
        if written.tell() > 64 * 1024:
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue()


# ── its columns ──────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, key: str) -> HttpResponse:
    """What each column is taken for, to be changed; the file is read anew then."""
    reader, language = reader_of(request), language_now()
    view = queries.view(reader=reader, key=key, language=language)
    form = ColumnsForm(
        request.POST or None,
        columns=view.columns,
        mapping=view.mapping,
        is_arabic=language == "ar",
        encoding=view.encoding,
    )
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            needs_place = not view.card.source_code.startswith("state-")
            mapping = form.mapping(needs_place=needs_place) if view.columns else form.as_encoded()
            actions.map_columns(key=key, mapping=mapping, by=reader, at=timezone.now())
            return redirect("statistics:arrival", key=key)
        except Problem as found:
            problem = found
    context = {
        **frame(request),
        "view": view,
        "card": view.card,
        "form": form,
        "problem": problem,
        "columns": [
            Column(label=_("Column")),
            Column(label=_("Name above it")),
            Column(label=_("Values in it")),
            Column(label=_("Taken for")),
        ],
    }
    return render(
        request, "statistics/figures/columns.html", context, status=422 if problem else 200
    )


# ── take it, or put it aside ─────────────────────────────────────────────────────────────────────
@login_required
@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Make the file the next edition of its source."""
    try:
        edition = actions.take(
            key=key,
            by=reader_of(request),
            at=timezone.now(),
            keeps=request.POST.get("keeps", "") == "yes",
        )
    except (problems.RowsRefused, problems.AlreadyDecided) as problem:
        messages.error(request, str(problem))
        return redirect("statistics:arrival", key=key)
    many = for_reader().number(edition.rows)
    said = ngettext("{count} figure was taken.", "{count} figures were taken.", edition.rows)
    if edition.published_at:
        said += " " + _("They are in force now.")
    else:
        said += " " + _("They count once the focal point has verified them.")
    messages.success(request, said.format(count=many))
    return redirect("statistics:edition", key=edition.key)


@login_required
@require_POST
def put_aside(request: HttpRequest, key: str) -> HttpResponse:
    """Count nothing of the file."""
    actions.put_aside(key=key, by=reader_of(request), at=timezone.now())
    messages.success(request, _("Put aside: nothing of the file counts. It can be taken up again."))
    return redirect("statistics:arrival", key=key)


@login_required
@require_POST
def take_up(request: HttpRequest, key: str) -> HttpResponse:
    """Take up a file that was put aside."""
    actions.take_up(key=key, by=reader_of(request), at=timezone.now())
    messages.success(request, _("Taken up again: the figures can be taken."))
    return redirect("statistics:arrival", key=key)
