"""What stands around every page of a round: its title, its mark if it is invented, its tabs.

    return render(request, "review/finding/list.html", {**frame(request, round_), "findings": …})

The template extends `review/round/base.html` and fills `{% block title %}` and `{% block round %}`;
the title of the round is the page's `h1`, so what stands in the block begins with `h2`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marsad.design.components import Link
from marsad.directory import queries as directory
from marsad.directory.types import PersonRequest, Reader
from marsad.review import invented
from marsad.review.actions import register as seeing
from marsad.review.models import Round
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.types.round import RoundCard


class _Tab(NamedTuple):
    label: str
    #: Of the address, in this room.
    name: str
    #: What it needs besides the key of the round.
    arguments: tuple[str, ...] = ()


def reader_of(request: HttpRequest) -> Reader:
    """Whoever asks."""
    return cast(PersonRequest, request).reader


def language_now() -> str:
    """The language that the page is in."""
    return (get_language() or "ar")[:2]


def frame(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """The context that `review/round/base.html` needs.

    Whoever looks for an invited State puts "seen" on the register, once.
    """
    reader = reader_of(request)
    seeing.see(round_=round_, by=reader, at=timezone.now())
    card = rounds.card(reader=reader, round_=round_, language=language_now())
    return {
        "round": card,
        "tabs": _links(request, round_, reader=reader),
        "mark": _mark(card),
    }


def _mark(card: RoundCard) -> object:
    """The sentence that stands over every page of a round that was never held."""
    if card.is_invented:
        return invented.SENTENCE
    return invented.SAMPLE if card.is_sample else ""


def _links(request: HttpRequest, round_: Round, *, reader: Reader) -> list[Link]:
    """The tabs that lead somewhere; the one whose address is nearest to this page is current."""
    found: list[tuple[str, str]] = []
    for tab in _tabs(round_, reader=reader):
        try:
            url = reverse(f"review:{tab.name}", args=[round_.key, *tab.arguments])
        except NoReverseMatch:
            continue
        found.append((tab.label, url))
    stands_at = _stands_at(request, round_)
    here = max((url for _label, url in found if stands_at.startswith(url)), key=len, default="")
    return [Link(label=label, url=url, current=url == here) for label, url in found]


#: Pages that are a part of another, by the names of their addresses.
_PART_OF = {"search": "answers", "figure": "findings"}


def _stands_at(request: HttpRequest, round_: Round) -> str:
    """The address of this page, or of the one that it is a part of."""
    match = request.resolver_match
    whole = _PART_OF.get((match and match.url_name) or "")
    return reverse(f"review:{whole}", args=[round_.key]) if whole else request.path


def _tabs(round_: Round, *, reader: Reader) -> Iterator[_Tab]:
    """What the reader may go to. The pages judge again: a tab is a signpost and no right."""
    is_secretariat = rights.is_secretariat(reader)
    analyses = rights.analyses(reader, round_)
    own = sorted(
        rights.visible_invitations(reader, round_)
        .filter(state__in=rights.states_of(reader))
        .values_list("state_id", flat=True)
    )
    is_told = round_.told_by_id is not None
    is_published = round_.reports.filter(published_at__isnull=False).exists()
    yield _Tab(_("Overview"), "round")
    if not is_told:
        yield from _of_own_states(own)
    if is_secretariat or rights.sees_register(reader, round_):
        yield _Tab(_("Register"), "register")
    if not is_told and (is_secretariat or own):
        yield _Tab(_("Notes verbales"), "notes")
    if not is_told:
        yield _Tab(_("Answers"), "answers")
    if analyses or is_told or is_published:
        yield _Tab(_("Themes"), "themes")
        yield _Tab(_("Findings"), "findings")
    if not is_told and (analyses or own):
        yield _Tab(_("Good practices"), "practices")
        yield _Tab(_("Gaps and help needed"), "needs")
    if not is_told and (analyses or is_published):
        yield _Tab(_("Report"), "report")


def _of_own_states(own: list[str]) -> Iterator[_Tab]:
    if len(own) == 1:
        yield _Tab(_("Our reply"), "reply", (own[0],))
        return
    names = directory.state_names(language=language_now()) if own else {}
    for iso2 in own:
        label = _("Reply of {state}").format(state=names.get(iso2, iso2))
        yield _Tab(label, "reply", (iso2,))


__all__ = ["frame", "language_now", "reader_of"]
