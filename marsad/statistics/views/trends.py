"""The trends page: a picture with what it stands on, what can be chosen, what to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from marsad.design.components import Column, Link
from marsad.design.formatting import Digits, Formatter, for_reader, reading_as
from marsad.design.printing.made import Exported
from marsad.directory.types import Person
from marsad.problems import Invalid, NotFound, Problem
from marsad.statistics import charts, picture_files, problems
from marsad.statistics.forms.trends import TrendsForm
from marsad.statistics.pace import Pace
from marsad.statistics.queries import figures, rights
from marsad.statistics.queries import picture as queries
from marsad.statistics.queries.picture_origin import origin_query
from marsad.statistics.queries.picture_words import Labels
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.picture import Mark, Picture
from marsad.statistics.views.frame import frame, language_now, reader_of

_NAMES: Mapping[str, Any] = {
    "line": gettext_lazy("Over the years"),
    "bars": gettext_lazy("Shares"),
    "pyramid": gettext_lazy("Age and sex"),
    "map": gettext_lazy("Map"),
    "flows": gettext_lazy("Origins and destinations"),
    "funnel": gettext_lazy("Justice"),
    "classes": gettext_lazy("Few or many"),
    "coverage": gettext_lazy("Who reported"),
}
#: Small pictures under the large one: what each changes in the choice, and what it is called.
_GALLERY: tuple[tuple[dict[str, Any], Any], ...] = (
    ({"kind": "line"}, gettext_lazy("Over the years")),
    ({"kind": "bars", "by": ""}, gettext_lazy("By form of exploitation")),
    ({"kind": "bars", "by": "sex"}, gettext_lazy("By sex")),
    ({"kind": "pyramid"}, gettext_lazy("By age and sex")),
    ({"kind": "map"}, gettext_lazy("On the map")),
    ({"kind": "flows"}, gettext_lazy("From where to where")),
    ({"kind": "funnel"}, gettext_lazy("From offence to conviction")),
    (
        {"kind": "classes", "indicator": "convictions"},
        gettext_lazy("States with few and with many convictions"),
    ),
    ({"kind": "coverage"}, gettext_lazy("Who reported, and when")),
)
_PACE = Pace()
#: Files that a browser would show with less than they have; they are taken away.
_SHOWN = ("png",)
#: Files that hold what only some readers are told: notes of States in their own files.
_WITH_WORDS = ("sdmx",)
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A mark as a line of the table beside its picture."""

    label: str
    side: str
    number: str
    is_range: bool
    states: int
    #: Where it comes from; "" where that cannot be asked.
    origin: str


@dataclass(frozen=True, kw_only=True)
class Thumbnail:
    """A small picture that leads to a large one."""

    label: str
    url: str
    image: str


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """What the figures say; every view of them has its address."""
    try:
        choice = queries.settled(Choice.of(request.GET))
        address = _address(choice, sort=request.GET.get("sort", ""))
        if not _is_part(request) and _is_from_form(request):
            return redirect(address)
        response = _page(request, choice)
    except Invalid as problem:
        return _page(request, Choice(), problem=problem)
    if _is_part(request):
        response["HX-Push-Url"] = address
    patch_vary_headers(response, ("HX-Request",))
    return response


def _is_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _is_from_form(request: HttpRequest) -> bool:
    """Whether the address carries what a form sends along: fields without a value, or twice."""
    return any(values == [""] or len(values) > 1 for _name, values in request.GET.lists())


def _page(request: HttpRequest, choice: Choice, *, problem: Problem | None = None) -> HttpResponse:
    drawing = _drawing(request, choice)
    try:
        seen = queries.seen(choice=drawing, reader=reader_of(request), language=language_now())
    except NotFound as nothing:
        context = {"problem": problem, "nothing": nothing, "version": "", "is_now": True}
    else:
        context = _context(request, seen, choice=choice) | {"problem": problem}
    name = "answer" if _is_part(request) and problem is None else "page"
    around = {} if name == "answer" else frame(request)
    status = 422 if problem else 200
    return render(request, f"statistics/trends/{name}.html", {**around, **context}, status=status)


def _drawing(request: HttpRequest, choice: Choice) -> Choice:
    """The choice in the digits that the reader sees where none were chosen for the picture."""
    digits = choice.numerals or for_reader().digits.value
    return replace(choice, numerals=digits)


def _context(request: HttpRequest, seen: queries.Seen, *, choice: Choice) -> dict[str, Any]:
    """What the answer shows; `choice` is what was asked, without what the reader's digits add."""
    digits = Digits(seen.choice.numerals)
    with reading_as(language=language_now(), digits=digits) as formatter:
        labels = Labels(formatter)
        shown = queries.settled(choice)
        return {
            "choice": shown,
            "picture": seen.picture,
            "svg": _svg(seen.picture, formatter=formatter),
            "narrow": _image(shown, seen, width="narrow"),
            "form": TrendsForm(shown, labels=labels, years=seen.years),
            "places": [(code, name, code in shown.places) for code, name in seen.places],
            "chosen_places": len(shown.places),
            "kinds": _kinds(shown),
            "gallery": list(_gallery(shown, seen)),
            **_table(request, seen, labels=labels),
            "files": _files(shown, seen),
            "citation": _citation(request, shown, seen, formatter=formatter),
            "version": seen.version,
            "is_now": seen.is_now,
            "newest": _address(replace(shown, at=None)),
            "clear": reverse("statistics:trends"),
        }


def _svg(picture: Picture, *, formatter: Formatter) -> SafeString:
    if not picture.marks:
        return SafeString()
    # Drawn by us from figures; every word in it is escaped there.
    return mark_safe(charts.svg(picture, formatter=formatter, words=False))  # noqa: S308


def _kinds(choice: Choice) -> list[Link]:
    return [
        Link(label=str(label), url=_address(_other(choice, kind=kind)), current=kind == choice.kind)
        for kind, label in _NAMES.items()
    ]


def _other(choice: Choice, **changes: Any) -> Choice:
    return queries.settled(replace(choice, **changes))


def _gallery(choice: Choice, seen: queries.Seen) -> Sequence[Thumbnail]:
    # What narrows one picture seldom means anything in the next: places, years and moment stay.
    plain = Choice(
        indicator=choice.indicator,
        places=choice.places,
        years=choice.years,
        at=choice.at,
        numerals=choice.numerals,
    )
    found = []
    for changes, label in _GALLERY:
        other = _other(plain, **changes)
        if (other.kind, other.by) != (choice.kind, choice.by):
            image = _image(other, seen, width="narrow")
            found.append(Thumbnail(label=str(label), url=_address(other), image=image))
    return found


def _address(choice: Choice, **more: str) -> str:
    asked = "&".join(
        part
        for part in (choice.query(), urlencode({name: said for name, said in more.items() if said}))
        if part
    )
    return reverse("statistics:trends") + (f"?{asked}" if asked else "")


# ── the table beside the picture ─────────────────────────────────────────────────────────────────
def _table(request: HttpRequest, seen: queries.Seen, *, labels: Labels) -> dict[str, Any]:
    picture = seen.picture
    has_sides = picture_files.has_sides(picture)
    counts_places = picture.kind in ("classes", "coverage")
    may_rank = not _is_of_places(seen)
    marks = _sorted(picture.marks, by=request.GET.get("sort", ""), may_rank=may_rank)
    rows = [_row(mark, seen=seen, labels=labels) for mark in marks]
    columns = [Column(label=picture.x_title, key="x")]
    if has_sides:
        columns.append(Column(label=picture_files.side_title(picture), key="side"))
    number = Column(label=picture.y_title, key="number" if may_rank else None, numeric=True)
    columns.append(number)
    if not counts_places:
        states = Column(label=_("States and places"), key="states" if may_rank else None)
        columns.append(replace(states, numeric=True))
    has_origins = any(row.origin for row in rows)
    if has_origins:
        columns.append(Column(label=_("Where it comes from")))
    return {
        "rows": rows,
        "columns": columns,
        "has_sides": has_sides,
        "counts_places": counts_places,
        "has_origins": has_origins,
    }


def _is_of_places(seen: queries.Seen) -> bool:
    """Whether its lines are States: those are never put in an order of their figures."""
    return seen.picture.kind in ("map", "flows") or seen.choice.by == "country"


def _sorted(marks: Sequence[Mark], *, by: str, may_rank: bool) -> Sequence[Mark]:
    key = by.removeprefix("-")
    place = {x: at for at, x in enumerate(dict.fromkeys(mark.x for mark in marks))}
    side = {name: at for at, name in enumerate(dict.fromkeys(mark.series for mark in marks))}
    orders = {
        "x": lambda mark: (place[mark.x], side[mark.series]),
        "side": lambda mark: (side[mark.series], place[mark.x]),
        "number": lambda mark: (mark.low, mark.high),
        "states": lambda mark: mark.states,
    }
    if key not in orders or (key in ("number", "states") and not may_rank):
        return marks
    return sorted(marks, key=orders[key], reverse=by.startswith("-"))


def _row(mark: Mark, *, seen: queries.Seen, labels: Labels) -> TableRow:
    number = labels.percent if seen.picture.is_share else labels.number
    return TableRow(
        label=mark.x_label,
        side=mark.series_label,
        number=number(mark.low, mark.high),
        is_range=mark.low != mark.high,
        states=mark.states,
        origin=_origin(mark, seen=seen),
    )


def _origin(mark: Mark, *, seen: queries.Seen) -> str:
    asked = origin_query(mark, choice=seen.choice, picture=seen.picture)
    with suppress(NoReverseMatch):
        return f"{reverse('statistics:origin')}?{asked}" if asked else ""
    return ""


# ── what can be taken away ───────────────────────────────────────────────────────────────────────
def _image(choice: Choice, seen: queries.Seen, *, width: str) -> str:
    """A drawn picture; its address changes with the figures, so that it may be kept for ever."""
    more = {"width": width, "words": "no", "v": seen.version, "digits": seen.choice.numerals}
    return _file(choice, "png", **more)


def _file(choice: Choice, format: str, **more: str) -> str:  # noqa: A002
    url = reverse("statistics:picture", args=[choice.kind, format])
    told = {"language": language_now(), **more}
    asked = "&".join(part for part in (choice.query(), urlencode(told)) if part)
    return f"{url}?{asked}"


def _files(choice: Choice, seen: queries.Seen) -> list[Link]:
    return [
        Link(label=label, url=_file(choice, format_, digits=seen.choice.numerals))
        for format_, label in picture_files.FORMATS.items()
    ]


def _citation(
    request: HttpRequest, choice: Choice, seen: queries.Seen, *, formatter: Formatter
) -> str:
    """How to cite the view: its address holds the moment, so that it shows the same for ever."""
    fixed = replace(choice, at=seen.picture.at)
    return _("Marsad, “{title}”. {address} (read on {day}).").format(
        title=seen.picture.title,
        address=request.build_absolute_uri(_address(fixed)),
        day=formatter.date(timezone.localdate()),
    )


@require_safe
def picture_file(request: HttpRequest, kind: str, format: str) -> HttpResponse:  # noqa: A002
    """A picture as a file: PNG, SVG, CSV, Excel, SDMX-CSV, or JSON with the query itself."""
    if format not in picture_files.FORMATS:
        known = ", ".join(picture_files.FORMATS)
        raise problems.NoSuchFormat(given=format[:40], known=known)
    choice = queries.settled(Choice.of(_with_kind(request, kind)))
    language = request.GET.get("language") or language_now()
    if language not in ("ar", "en"):
        raise problems.WordNotKnown(name="language", given=language[:40], known="ar, en")
    digits = _digits(request, choice, language=language)
    version = queries.version_of(choice=choice)
    words = _own_words(request, choice) if format in _WITH_WORDS else ""
    etag = quote_etag("-".join((version, format, language, digits.value, words)).rstrip("-"))
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    with reading_as(language=language, digits=digits) as formatter:
        made = _made(request, choice, format=format, formatter=formatter)
    response = HttpResponse(made.data, content_type=made.media_type)
    response["ETag"] = etag
    is_fixed = request.GET.get("v") == version
    response["Cache-Control"] = _may_be_kept(request, is_fixed=is_fixed, has_words=bool(words))
    disposition = content_disposition_header(format not in _SHOWN, made.file_name)
    response["Content-Disposition"] = str(disposition)
    return response


def _own_words(request: HttpRequest, choice: Choice) -> str:
    """What tells apart the readers who are told the notes of some States' own files."""
    untold = rights.without_own_words(reader_of(request), figures.in_force(at=choice.at))
    return sha256(" ".join(sorted(untold)).encode()).hexdigest()[:16]


def _may_be_kept(request: HttpRequest, *, is_fixed: bool, has_words: bool) -> str:
    """By whom, and how long: what one reader is told must not reach the next one at the machine."""
    if has_words:
        return "private, no-cache" if isinstance(reader_of(request), Person) else "public, no-cache"
    return f"public, max-age={_A_YEAR}, immutable" if is_fixed else "public, no-cache"


def _with_kind(request: HttpRequest, kind: str) -> Any:
    given = request.GET.copy()
    given["kind"] = kind
    return given


def _digits(request: HttpRequest, choice: Choice, *, language: str) -> Digits:
    asked = choice.numerals or request.GET.get("digits", "")
    return Digits.chosen(asked) or Digits.default_for(language)


def _made(
    request: HttpRequest,
    choice: Choice,
    *,
    format: str,  # noqa: A002
    formatter: Formatter,
) -> Exported:
    reader, language = reader_of(request), formatter.language
    drawing = replace(choice, numerals=formatter.digits.value)
    picture = queries.picture(choice=drawing, reader=reader, language=language)
    if format == "sdmx":
        return picture_files.sdmx(queries.as_sdmx(choice=choice, reader=reader), picture=picture)
    if format in ("png", "svg"):
        return picture_files.drawn(
            picture,
            format=format,
            formatter=formatter,
            width=request.GET.get("width", ""),
            words=request.GET.get("words") != "no",
        )
    address = request.build_absolute_uri(_address(replace(choice, at=picture.at)))
    return picture_files.tabled(picture, choice=choice, format=format, address=address)


# ── what tells that the figures changed ──────────────────────────────────────────────────────────
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Which figures are in force: asked again and again by every open page, so it costs next to
    nothing, and nothing at all is sent while they are the same. It says in how many thousandths of
    a second to ask again.
    """
    version, since = queries.version_now()
    etag = quote_etag(version or "none")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = JsonResponse({"version": version, "since": since and since.isoformat()})
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
    response["Marsad-Ask-Again"] = str(round(1000 * _PACE.next(now=monotonic())))
    return response
