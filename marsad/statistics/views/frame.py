"""What stands around every page of the room: its tabs, and the mark of figures that were made up.

    return render(request, "statistics/tables/list.html", {**frame(request), "tables": …})

The template extends `statistics/base.html` and fills `{% block title %}` and `{% block figures %}`,
whose `h1` is the page's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marsad.design.components import Link
from marsad.directory.types import PersonRequest, Reader
from marsad.statistics import invented
from marsad.statistics.queries import figures, rights


class _Tab(NamedTuple):
    label: Any
    #: Of the address, in this room.
    name: str
    #: Whether only those see it who bring figures in; the page judges again.
    is_for_those_who_bring: bool = False


_TABS = (
    _Tab(_("Trends"), "trends"),
    _Tab(_("Tables"), "table_list"),
    _Tab(_("Patterns"), "patterns"),
    _Tab(_("Hidden population"), "hidden"),
    _Tab(_("Figures of States"), "arrivals", is_for_those_who_bring=True),
    _Tab(_("Records"), "record_list", is_for_those_who_bring=True),
)


def reader_of(request: HttpRequest) -> Reader:
    """Whoever asks."""
    return cast(PersonRequest, request).reader


def language_now() -> str:
    """The language that the page is in."""
    return (get_language() or "ar")[:2]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that `statistics/base.html` needs."""
    return {
        "tabs": _links(request, reader=reader_of(request)),
        "mark": invented.SENTENCE if figures.is_invented() else "",
    }


def _links(request: HttpRequest, *, reader: Reader) -> list[Link]:
    """The tabs that lead somewhere; the one whose address is nearest to this page is current."""
    found = list(_addresses(reader))
    here = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
    return [Link(label=label, url=url, current=url == here) for label, url in found]


def _addresses(reader: Reader) -> Iterator[tuple[str, str]]:
    brings = rights.brings_any(reader)
    for tab in _TABS:
        if tab.is_for_those_who_bring and not brings:
            continue
        with suppress(NoReverseMatch):
            yield str(tab.label), reverse(f"statistics:{tab.name}")
