"""A person's phones: let one in, shut one out."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marsad.directory.types import Person
from marsad.problems import Problem
from marsad.questionnaires import openrosa
from marsad.questionnaires.actions import device as actions
from marsad.questionnaires.queries import device as queries


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def device_list(request: HttpRequest) -> HttpResponse:
    """The phones, and a code for a new one, which is shown this once."""
    person = cast(Person, request.user)
    shown: dict[str, object] = {}
    status = 200
    if request.method == "POST":
        try:
            _key, secret = actions.register(
                name=request.POST.get("name", ""), by=person, at=timezone.now()
            )
            shown = _code(request, secret)
        except Problem as problem:
            shown, status = {"problem": problem}, 422
    devices = queries.of_person(person=person)
    return render(
        request, "questionnaires/device_list.html", {"devices": devices, **shown}, status=status
    )


@login_required
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Shut a phone out."""
    actions.revoke(key=key, by=cast(Person, request.user), at=timezone.now())
    messages.success(request, _("The phone was shut out. What it sent before is kept."))
    return redirect("questionnaires:device_list")


def _code(request: HttpRequest, secret: str) -> dict[str, object]:
    address = request.build_absolute_uri(f"/openrosa/{secret}")
    code = openrosa.settings_code(
        server_url=address, language=(get_language() or "ar")[:2], project=_("Marsad")
    )
    # Made by the library from digits and letters alone: nothing that anybody typed is in it.
    picture = mark_safe(openrosa.settings_picture(code))  # noqa: S308
    return {"picture": picture, "address": address}
