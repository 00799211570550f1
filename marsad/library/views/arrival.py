"""Adding documents, and watching them being read."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.directory.types import PersonRequest
from marsad.library import problems, uploads
from marsad.library.actions import arrival as actions
from marsad.library.forms.document import AddForm
from marsad.library.queries import arrival as queries
from marsad.library.queries import rights
from marsad.problems import Problem

ACCEPTED = ".pdf,.docx,.txt,.html,.htm,.png,.jpg,.jpeg,.tif,.tiff"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The drop zone, and what was dropped lately."""
    reader = cast(PersonRequest, request).reader
    if not reader.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    rights.require_curator(reader)
    if request.method == "POST":
        return _receive(request)
    return render(
        request,
        "library/arrival/add.html",
        {"form": AddForm(), "accept": ACCEPTED, "arrivals": queries.recent(reader=reader)},
    )


def _receive(request: HttpRequest) -> HttpResponse:
    """Take the files of one request; the drop zone sends one at a time and wants one row back."""
    dropped = request.headers.get("X-Requested-With") == "drop-zone"
    files = cast("list[UploadedFile[bytes]]", request.FILES.getlist("file"))
    form = AddForm(request.POST)
    rows = [_receive_one(request, file, form=form) for file in files] if form.is_valid() else []
    if "marsad.too_large" in request.META:
        rows = [{"file_name": _("The files"), "problem": str(problems.TooMuchAtOnce())}]
    elif not files and not rows:
        rows = [{"file_name": "", "problem": _("Choose at least one file.")}]
    if dropped:
        return render(request, "library/arrival/row.html", {"arrival": rows[0]})
    for row in rows:
        if row.get("problem"):
            messages.error(
                request, format_html("<bdi>{}</bdi> {}", row["file_name"], row["problem"])
            )
    return redirect("library:add")


def _receive_one(
    request: HttpRequest, file: UploadedFile[bytes], *, form: AddForm
) -> dict[str, object]:
    reader = cast(PersonRequest, request).reader
    name = file.name or _("unnamed file")
    try:
        arrival = actions.receive(
            data=uploads.bytes_of(file),
            name=name,
            language=form.cleaned_data["language"],
            access=form.cleaned_data["access"],
            open_to_roles=form.cleaned_data["open_to_roles"],
            by=reader,
            at=timezone.now(),
        )
    except Problem as problem:
        return {
            "file_name": name,
            "problem": str(problem),
            "is_over": True,
            "document_key": problem.details.get("document", ""),
            "document_title": problem.details.get("title", ""),
        }
    return vars(queries.one(reader=reader, key=arrival.key))


@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """One row of the list of arrivals; asked again until it is over."""
    card = queries.one(reader=cast(PersonRequest, request).reader, key=key)
    response = render(request, "library/arrival/row.html", {"arrival": card})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    """Clear away the notice of a file that was refused."""
    actions.dismiss(key=key, by=cast(PersonRequest, request).reader, at=timezone.now())
    return redirect("library:add")
