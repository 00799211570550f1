"""Doubtful places: the review list, the places of a passage, and what people rule about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marsad.library import problems
from marsad.library.actions import ruling as actions
from marsad.library.forms.doubt import ReviewForm, RulingForm
from marsad.library.queries import document as documents
from marsad.library.queries import doubt as queries
from marsad.library.queries.doubt import Choice
from marsad.library.types import PlaceCard
from marsad.library.views import undo
from marsad.library.views.document import language_of, reader_of

#: Small enough to look over, large enough not to turn pages all day.
PLACES_A_PAGE = 20


@require_safe
def doubt_list(request: HttpRequest) -> HttpResponse:
    """The review list over the whole shelf, dearest places first."""
    reader = reader_of(request)
    form = ReviewForm(request.GET, choices=queries.choices(reader=reader))
    choice = form.choice(after=request.GET.get("after", ""))
    review = queries.review(reader=reader, choice=choice, most=PLACES_A_PAGE)
    kept = {name: value for name, value in request.GET.items() if value and name != "after"}
    return render(
        request,
        "library/doubt/list.html",
        {
            "form": form,
            "review": review,
            "lost": queries.lost(reader=reader),
            "narrowed": bool({"document", "place", "kind", "state"} & kept.keys()),
            "more": "?" + urlencode({**kept, "after": review.more}),
            "here": request.get_full_path(),
            "undo": undo.offered(request),
        },
    )


@require_safe
def place_list(request: HttpRequest, key: str, version: str, anchor: str) -> HttpResponse:
    """Every line of a passage, with what was changed in it and how it may be settled."""
    reader = reader_of(request)
    page = documents.page(reader=reader, key=key, language=language_of(request), version=version)
    block = next((each for each in (*page.blocks, *page.footnotes) if each.anchor == anchor), None)
    if block is None:
        raise problems.NoSuchPlace
    return render(
        request,
        "library/doubt/places.html",
        {
            "page": page,
            "card": page.card,
            "block": block,
            "rows": queries.places(
                reader=reader,
                document=key,
                version=version,
                lines=[line.number for line in block.lines],
            ),
            "here": request.get_full_path(),
            "undo": undo.offered(request),
        },
    )


@require_POST
def settle(request: HttpRequest, key: str, version: str, start: int, end: int) -> HttpResponse:
    """Rule how a place reads."""
    verdict, words = RulingForm(request.POST).ruling()
    ruling = actions.settle(
        document=key,
        version=version,
        start=start,
        end=end,
        by=reader_of(request),
        at=timezone.now(),
        verdict=verdict,
        words=words,
        sign=request.POST.get("sign", ""),
    )
    where = {"document": key, "version": version, "start": ruling.start, "end": ruling.end}
    if not getattr(request, "htmx", False):
        undo.offer(request, address=reverse("library:take_back", args=[key, ruling.key]))
    return _answer(request, where=where, says=_("Your word is kept; the text is made anew."))


@require_POST
def take_back(request: HttpRequest, key: str, ruling: str) -> HttpResponse:
    """Undo a ruling."""
    taken = actions.take_back(ruling=ruling, by=reader_of(request), at=timezone.now())
    where = {
        "document": key,
        "version": taken.version.key,
        "start": taken.start,
        "end": taken.end,
    }
    return _answer(request, where=where, says=_("Taken back; the text is made anew."))


def _answer(request: HttpRequest, *, where: Mapping[str, Any], says: str) -> HttpResponse:
    """The place as it stands now, for a page with scripts; else back to where one was."""
    if getattr(request, "htmx", False):
        card = queries.place(reader=reader_of(request), **where)
        return HttpResponse(_entry(request, card, says=says))
    messages.success(request, says)
    return redirect(_back(request, key=where["document"]))


def _entry(request: HttpRequest, card: PlaceCard, *, says: str) -> str:
    """One entry of the list, and how far the whole list has come."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    on_list = here.path == reverse("library:doubt_list")
    context: dict[str, Any] = {"card": card, "here": f"{here.path}?{here.query}", "says": says}
    if on_list:
        asked = QueryDict(here.query)
        form = ReviewForm(asked, choices=queries.choices(reader=reader_of(request)))
        chosen: Choice = form.choice()
        settled, total = queries.progress(reader=reader_of(request), choice=chosen)
        context["progress"] = {"settled": settled, "total": total}
    return render_to_string("library/doubt/answer.html", context, request=request)


def _back(request: HttpRequest, *, key: str) -> str:
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if safe else reverse("library:document", args=[key])


@require_safe
def picture(request: HttpRequest, key: str, version: str, line: int) -> HttpResponse:
    """The page of the original on which a line stands, or the strip of it."""
    drawn = queries.picture(reader=reader_of(request), document=key, version=version, line=line)
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
def making(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """How far the text is that is being made anew; asked again until it is done."""
    found = documents.document_and_version(reader=reader_of(request), key=key, version=version)
    response = render(
        request,
        "library/doubt/making.html",
        {"version": documents.version_card(found), "document_key": key, "asked": True},
    )
    response.headers["Cache-Control"] = "no-store"
    return response
