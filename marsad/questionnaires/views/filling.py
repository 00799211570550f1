"""What the page that a form is filled in on, and its preview, have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from marsad.design import formatting
from marsad.design.components import Link
from marsad.questionnaires import attachments, rendering

#: The policy of the house, and sounds and films from our own origin, which a question may show.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
#: Nothing of what somebody else sent runs or loads anything.
SEALED = "default-src 'none'; sandbox"


@dataclass(frozen=True, kw_only=True)
class Page:
    """A form on a page."""

    title: str
    #: The language that the title is in.
    title_language: str
    xform: bytes
    #: Where its pictures and sounds are, by name.
    media: Mapping[str, str]
    #: The files that choices are looked up in, by name.
    lists: Mapping[str, bytes]
    #: The language asked for; empty for the interface's own, or the form's default.
    language: str
    #: The address of the drawn form.
    form_url: str
    #: What the script needs besides, by name.
    more: Mapping[str, Any]


def chosen(xform: bytes, wanted: Iterable[str]) -> rendering.Language:
    """The first of the wanted languages that a form speaks, else its default."""
    spoken = rendering.languages(xform)
    for tag in wanted:
        for language in spoken:
            if language.tag == tag:
                return language
    return spoken[0]


def show(
    request: HttpRequest, page: Page, *, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """The page itself; the form is fetched by its script, or the page says why it cannot be."""
    language = chosen(page.xform, [page.language, _interface()])
    spoken = rendering.languages(page.xform)
    is_built = rendering.is_built()
    drawn = (
        rendering.render(
            xform=page.xform, language=language.tag, media=page.media, lists=page.lists
        )
        if is_built
        else None
    )
    response = render(
        request,
        template,
        {
            **context,
            "title": page.title,
            "title_language": page.title_language,
            "form_language": language,
            "languages": _switch(spoken, language),
            "sections": drawn.sections if drawn else (),
            "is_built": is_built,
            "not_built": rendering.NotBuilt(),
            "form_url": _form_url(page, language),
            "settings": _settings(request, page, language) if is_built else None,
        },
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def drawn_form(
    request: HttpRequest, *, xform: bytes, media: Mapping[str, str], lists: Mapping[str, bytes]
) -> tuple[dict[str, str], bool]:
    """The drawn form for the script, and whether the address names this very form for good."""
    drawn = rendering.render(
        xform=xform,
        language=chosen(xform, [request.GET.get("language", ""), _interface()]).tag,
        media=media,
        lists=lists,
    )
    lasting = request.GET.get("v") == rendering.fingerprint(xform, lists)
    return {"form": drawn.form, "model": drawn.model}, lasting


def cached(response: HttpResponse, *, lasting: bool) -> HttpResponse:
    """Let the browser keep a drawn form: its address changes when the form does."""
    response.headers["Cache-Control"] = (
        "private, max-age=31536000, immutable" if lasting else "private, no-cache"
    )
    patch_vary_headers(response, ["Cookie"])
    return response


def handed_out(data: bytes, kind: str, *, name: str) -> HttpResponse:
    """A file of a form or of an answer: shown where that is safe, else downloaded."""
    shown = kind in attachments.SHOWN
    response = HttpResponse(data, content_type=kind if shown else "application/octet-stream")
    response.headers["Content-Security-Policy"] = SEALED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    if not shown:
        response.headers["Content-Disposition"] = _attachment(name)
    return response


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"


def _interface() -> str:
    return (get_language() or "ar").split("-")[0]


def _switch(spoken: Sequence[rendering.Language], current: rendering.Language) -> Sequence[Link]:
    if len(spoken) < 2:
        return []
    return [
        Link(
            label=language.name or language.tag,
            url=f"?language={language.tag}",
            current=language == current,
            language=language.tag,
        )
        for language in spoken
    ]


def _form_url(page: Page, language: rendering.Language) -> str:
    return (
        f"{page.form_url}?language={language.tag}&v={rendering.fingerprint(page.xform, page.lists)}"
    )


def _settings(request: HttpRequest, page: Page, language: rendering.Language) -> dict[str, Any]:
    largest = settings.LARGEST_ATTACHMENT
    base = language.tag.split("-")[0]
    with _speaking(base):
        readable = formatting.for_reader().file_size(largest)
    more = dict(page.more)
    urls = {"form": _form_url(page, language), **more.pop("urls", {})}
    return {
        "language": language.tag,
        "words": rendering.form_words(language.tag),
        "says": says(),
        "digits": formatting.for_reader().digits.value,
        # In the form, the digits that its language is written with, unless the reader chose.
        "formDigits": formatting.for_reader().digits.value if base == "ar" else "latn",
        "months": list(formatting.UN_MONTHS_AR) if base == "ar" else None,
        "largest": {"bytes": largest, "readable": readable},
        "csrf": get_token(request),
        "urls": urls,
        **more,
    }


def _speaking(base: str) -> Any:
    return override(base if base in dict(settings.LANGUAGES) else "en")


def says() -> dict[str, str]:
    """What the page around the form says, in the language of the interface."""
    return {
        "state.saving": _("Saving…"),
        "state.saved": _("Saved at {time}."),
        "state.resumed": _("Your draft, saved on {time}."),
        "state.offline": _(
            "There is no network. What you type is kept in this browser and sent when it is back."
        ),
        "state.languageOffline": _(
            "The language can be changed when there is a network again; what you typed is kept."
        ),
        "state.failed": _("This could not be saved. It is kept in this browser and tried again."),
        "state.conflict": _("The draft was changed elsewhere."),
        "state.invalid": _("Some answers are missing or need another look: see what is marked."),
        "state.submitting": _("Being sent…"),
        "state.faults": _("It was not sent yet: some answers need another look."),
        "state.cannotOpen": _(
            "The form could not be opened. Load the page again; what you typed is kept."
        ),
        "conflict.heading": _("This draft was changed elsewhere"),
        "conflict.text": _(
            "It was saved on {time} in another window or on another machine. Which of the two do "
            "you want to go on with? These answers differ:"
        ),
        "conflict.theirs": _("The one saved elsewhere"),
        "conflict.mine": _("The one on this page"),
    }


Drawn = Callable[..., HttpResponse]
