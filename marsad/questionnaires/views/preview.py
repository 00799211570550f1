"""Trying a form out before it is published: in every language, and nothing is stored."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from marsad.directory.types import PersonRequest, Reader
from marsad.questionnaires.queries import preview as queries
from marsad.questionnaires.types import PreviewView
from marsad.questionnaires.views import filling


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language() -> str:
    return (get_language() or "ar").split("-")[0]


def _media(version: PreviewView) -> dict[str, str]:
    return {
        name: reverse("questionnaires:preview_media", args=[version.key, name])
        for name in version.media
    }


@never_cache
@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a version as those who are asked will see it."""
    version = queries.one(reader=_reader(request), key=key, language=_language())
    page = filling.Page(
        title=version.title,
        title_language=_language(),
        xform=version.xform,
        media=_media(version),
        lists=version.lists,
        language=request.GET.get("language", ""),
        form_url=reverse("questionnaires:preview_form", args=[key]),
        more={"preview": True, "draft": {"key": f"preview-{key}"}},
    )
    return filling.show(
        request, page, template="questionnaires/preview.html", context={"version": version}
    )


@require_safe
@gzip_page
def preview_form(request: HttpRequest, key: str) -> HttpResponse:
    """The drawn form and its model, for the script of the page."""
    version = queries.one(reader=_reader(request), key=key, language=_language())
    drawn, lasting = filling.drawn_form(
        request, xform=version.xform, media=_media(version), lists=version.lists
    )
    response = JsonResponse(drawn, json_dumps_params={"ensure_ascii": False})
    return filling.cached(response, lasting=lasting)


@require_safe
def preview_media(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A picture or a sound of the form."""
    data, kind = queries.media(reader=_reader(request), key=key, name=name)
    return filling.handed_out(data, kind, name=name)
