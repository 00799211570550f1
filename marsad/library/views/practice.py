"""The compendium of good practices."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marsad.design.components import Link
from marsad.design.printing import sheets
from marsad.directory.types import PersonRequest, Reader
from marsad.library import problems
from marsad.library.actions import practice as actions
from marsad.library.exports.errors import UnknownFormat
from marsad.library.forms.practice import PracticeChoiceForm
from marsad.library.queries import practice as queries
from marsad.library.queries import rights
from marsad.library.views import undo


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language() -> str:
    return (get_language() or "ar")[:2]


def _choice(form: PracticeChoiceForm) -> queries.PracticeChoice:
    """The reader's choice; what is on no list is left out, the form says so."""
    chosen = getattr(form, "cleaned_data", {})
    return queries.PracticeChoice(
        words=chosen.get("words", ""),
        theme=chosen.get("theme", ""),
        effect=chosen.get("effect", ""),
    )


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """All practices, or those chosen."""
    reader = _reader(request)
    form = PracticeChoiceForm(
        request.GET, offered=queries.offered(reader=reader, language=_language())
    )
    form.is_valid()
    found = queries.listed(reader=reader, choice=_choice(form), language=_language())
    kept = {name: value for name, value in request.GET.items() if value}
    return render(
        request,
        "library/practice/list.html",
        {
            "form": form,
            "practices": found,
            "narrowed": bool(kept),
            "invented": queries.invented_sentence()
            if any(card.is_invented for card in found)
            else "",
            "exports": [
                Link(
                    label=label,
                    url=f"{reverse('library:practice_export', args=[code])}?{urlencode(kept)}",
                )
                for code, label in sheets.TABLE_FORMATS.items()
            ],
            "withdrawn": queries.withdrawn(reader=reader, language=_language()),
            "undo": undo.offered(request),
        },
    )


@require_safe
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """One practice."""
    reader = _reader(request)
    card = queries.one(reader=reader, key=key, language=request.GET.get("in") or _language())
    return render(
        request,
        "library/practice/one.html",
        {
            "card": card,
            "invented": queries.invented_sentence() if card.is_invented else "",
            "may_curate": rights.may_curate(reader),
        },
    )


@require_safe
def practice_export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002
    """The chosen practices as a file."""
    reader = _reader(request)
    if format not in sheets.TABLE_FORMATS:
        raise UnknownFormat(format=format, formats=", ".join(sheets.TABLE_FORMATS))
    form = PracticeChoiceForm(
        request.GET, offered=queries.offered(reader=reader, language=_language())
    )
    form.is_valid()
    sheet = queries.sheet(
        reader=reader, choice=_choice(form), language=_language(), at=timezone.now()
    )
    made = sheets.write(sheet, format=format)
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.file_name}"'},
    )


@login_required
@require_POST
def practice_act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Take a practice out, or put it back."""
    if what == "withdraw":
        actions.withdraw(key=key, by=_reader(request), at=timezone.now())
        messages.success(request, _("The practice is out of the compendium."))
        undo.offer(request, address=reverse("library:practice_act", args=[key, "put-back"]))
        return redirect("library:practice_list")
    if what == "put-back":
        actions.put_back(key=key, by=_reader(request), at=timezone.now())
        messages.success(request, _("The practice is in the compendium again."))
        return redirect("library:practice", key)
    raise problems.NoSuchPractice
