"""The shelf, and the page of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marsad import reading, undocs
from marsad.design.components import Column
from marsad.directory.types import PersonRequest, Reader
from marsad.library import problems
from marsad.library.actions import document as actions
from marsad.library.actions import remaking
from marsad.library.forms.document import AccessForm, JoinForm, ShelfForm
from marsad.library.queries import copies, rights
from marsad.library.queries import document as queries
from marsad.library.queries import doubt as doubts
from marsad.library.queries.export import document_file
from marsad.library.views import reading_page, undo

DOCUMENTS_A_PAGE = 25


def reader_of(request: HttpRequest) -> Reader:
    """Who asks."""
    return cast(PersonRequest, request).reader


def language_of(request: HttpRequest) -> str:
    """The language of the interface."""
    return get_language() or "ar"


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """The shelf: what is in the library."""
    reader = reader_of(request)
    withdrawn = "withdrawn" in request.GET and rights.may_curate(reader)
    form = ShelfForm(request.GET, choices=queries.list_choices(reader=reader))
    chosen = form.cleaned_data if form.is_valid() else {}
    choice = queries.ListChoice(
        words=chosen.get("words", ""),
        language=chosen.get("language", ""),
        year=int(chosen["year"]) if chosen.get("year") else None,
        body=chosen.get("body", ""),
        state=request.GET.get("state", "")[:2].upper(),
        sort=request.GET.get("sort", ""),
        withdrawn=withdrawn,
    )
    cards = queries.shelf(reader=reader, choice=choice, language=language_of(request))
    return render(
        request,
        "library/document/list.html",
        {
            "page": Paginator(cards, DOCUMENTS_A_PAGE).get_page(request.GET.get("page")),
            "form": form,
            "narrowed": any(value for value in chosen.values()) or bool(choice.state),
            "may_curate": rights.may_curate(reader),
            "doubts_open": doubts.open_count(reader=reader),
            "signed_in": reader.is_authenticated,
            "withdrawn": withdrawn,
            "columns": [
                Column(label=_("Symbol"), key="symbol"),
                Column(label=_("Title")),
                Column(label=_("Year"), key="year", numeric=True),
                Column(label=_("Languages")),
                Column(label=_("Paragraphs"), numeric=True),
                Column(label=_("Recommendations"), numeric=True),
            ],
        },
    )


@require_safe
def document(request: HttpRequest, key: str) -> HttpResponse:
    """The reading view; `?view=source` puts the source beside it, `?version=` shows a copy."""
    reader = reader_of(request)
    page = queries.page(
        reader=reader,
        key=key,
        language=request.GET.get("language", "")[:2] or language_of(request),
        version=request.GET.get("version", ""),
    )
    view = request.GET.get("view", "text")
    others = reading_page.other_copies(page)
    if view == "copies" and not others:
        view = "text"
    more: dict[str, Any] = {}
    if view == "copies":
        more["others"] = others
        more["here"] = request.get_full_path()
        more["compared"] = copies.compare(
            reader=reader,
            document=page.card.key,
            version=page.version.key,
            other=request.GET.get("other", "") or others[0].key,
        )
    return render(
        request,
        f"library/document/{view if view in ('source', 'copies') else 'page'}.html",
        {
            **reading_page.context(request, page=page, view=view),
            **more,
            "access_form": AccessForm(
                initial={"access": page.card.access, "open_to_roles": page.open_to_roles}
            ),
            "join_form": JoinForm(),
            "undo": undo.offered(request),
        },
    )


@require_safe
def original(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """The bytes as they came, never as something a browser would run."""
    found = queries.version_of(reader=reader_of(request), key=key, version=version)
    media_type, _disposition = reading.safe_media_type(reading.Kind(found.kind))
    response = HttpResponse(bytes(found.original.data), content_type=media_type)
    return _attached(response, name=found.file_name)


@require_safe
def export(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """One document as Word, PDF, text, JSON or Akoma Ntoso."""
    exported = document_file(
        reader=reader_of(request),
        key=key,
        format=format,
        version=request.GET.get("version", ""),
        language=request.GET.get("language", "") or language_of(request),
    )
    return _attached(
        HttpResponse(exported.data, content_type=exported.media_type), name=exported.file_name
    )


def _attached(response: HttpResponse, *, name: str) -> HttpResponse:
    from django.utils.http import content_disposition_header

    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def by_symbol(request: HttpRequest, symbol: str) -> HttpResponse:
    """A document by its symbol: an address that people can type."""
    wanted = undocs.normalise_symbol(symbol) or symbol
    return redirect("library:document", key=rights.document_for(reader_of(request), key=wanted).key)


# ── what librarians do ───────────────────────────────────────────────────────────────────────────
@require_POST
def act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Show, restrict, join, separate, withdraw or put back."""
    if what not in ACTS:
        raise problems.NoSuchDocument(document=key)
    goes_to, says = ACTS[what](request, key)
    messages.success(request, says)
    return redirect("library:document", key=goes_to)


def _show(request: HttpRequest, key: str) -> tuple[str, str]:
    before = _versions(request, key, shown=True)
    chosen = actions.show(document=key, version=request.POST.get("version", ""), **_who(request))
    if before and before[0] != chosen.key:
        _offer(request, key=key, what="show", version=before[0])
    return chosen.document.key, _("Readers now see this version.")


def _restrict(request: HttpRequest, key: str) -> tuple[str, str]:
    form = AccessForm(request.POST)
    if not form.is_valid():
        raise problems.RestrictedToNobody
    actions.restrict(document=key, **form.cleaned_data, **_who(request))
    return key, _("Who may see this document was changed.")


def _join(request: HttpRequest, key: str) -> tuple[str, str]:
    form = JoinForm(request.POST)
    if not form.is_valid():
        raise problems.NoSuchDocument(document="")
    joining = _versions(request, key)
    home = actions.join(document=key, into=form.cleaned_data["into"], **_who(request))
    if len(joining) == 1:
        _offer(request, key=home.key, what="separate", version=joining[0])
    return home.key, _("The two are one document now. A version can be taken out again.")


def _separate(request: HttpRequest, key: str) -> tuple[str, str]:
    own = actions.separate(document=key, version=request.POST.get("version", ""), **_who(request))
    _offer(request, key=own.key, what="join", into=key)
    return own.key, _("The version is a document of its own now.")


def _withdraw(request: HttpRequest, key: str) -> tuple[str, str]:
    actions.withdraw(document=key, **_who(request))
    _offer(request, key=key, what="put-back")
    return key, _("The document was taken off the shelf. It can be put back.")


def _put_back(request: HttpRequest, key: str) -> tuple[str, str]:
    actions.put_back(document=key, **_who(request))
    _offer(request, key=key, what="withdraw")
    return key, _("The document is back on the shelf.")


def _read_again(request: HttpRequest, key: str) -> tuple[str, str]:
    remaking.ask(document=key, **_who(request))
    return key, _("The file is read again, and its text made anew.")


def _offer(request: HttpRequest, *, key: str, what: str, **fields: str) -> None:
    undo.offer(request, address=reverse("library:act", args=[key, what]), **fields)


def _versions(request: HttpRequest, key: str, *, shown: bool = False) -> list[str]:
    """Keys of the document's versions, or of those that readers see."""
    page = queries.page(reader=reader_of(request), key=key, language=language_of(request))
    return [each.key for each in page.versions if each.is_shown or not shown]


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": reader_of(request), "at": timezone.now()}


ACTS: dict[str, Callable[[HttpRequest, str], tuple[str, str]]] = {
    "show": _show,
    "restrict": _restrict,
    "join": _join,
    "separate": _separate,
    "withdraw": _withdraw,
    "put-back": _put_back,
    "read-again": _read_again,
}
