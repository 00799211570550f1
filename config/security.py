"""The wall at the door: what a page may load, and how large a file may come in."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from config import problem_responses
from config.problems import NotText
from marsad.library.problems import TooMuchAtOnce
from marsad.problems import Problem

#: Everything from our own origin, nothing inline: a script hidden in a document has nowhere to run.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


class ContentSecurityPolicy:
    """Send the policy with every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        return response


class RefuseUnreadable:
    """Refuse, before anything is looked up, what no text can hold.

    PostgreSQL keeps no NUL in a text, and no address, form or cookie of ours has one: whoever sends
    one is told so, wherever they send it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        problem = _unreadable(request)
        if problem is not None:
            # Whose request it is must not be asked: the cookie may be what cannot be read.
            request.COOKIES = {}
            return problem_responses.answer(request, problem)
        return self.get_response(request)


def _unreadable(request: HttpRequest) -> Problem | None:
    if "\0" in request.path or _holds_nul(request.GET.lists()):
        return NotText()
    if any("\0" in value for value in request.COOKIES.values()):
        return NotText()
    try:
        posted = request.POST
    except UnreadablePostError:
        return None  # whoever sent it has gone away; the view finds that out by itself
    if _holds_nul(posted.lists()):
        return NotText()
    if "marsad.too_large" in request.META and request.path.startswith("/api/"):
        # A page answers by itself, in the place where the file was dropped.
        return TooMuchAtOnce()
    return None


def _holds_nul(fields: Iterable[tuple[str, list[Any]]]) -> bool:
    return any("\0" in text for name, values in fields for text in (name, *values))


class WithoutSecrets(logging.Filter):
    """Leave the secrets of phones out of the log: they stand in addresses, which Django logs."""

    _IN_ADDRESS = re.compile(r"(/openrosa/)[^/\s?]{8,}")

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; let every line through."""
        said = record.getMessage()
        if "/openrosa/" in said:
            record.msg, record.args = self._IN_ADDRESS.sub(r"\1…", said), ()
        return True


#: Where files of figures are sent, which may be larger than documents.
_FIGURES = ("/statistics/figures/", "/api/v1/statistics/")


class RefuseTooLarge(TemporaryFileUploadHandler):
    """Stop keeping an upload once it is past the limit, so that 200 MB never fill the disk.

    A request that says it is too large as a whole is read to its end and nothing of it is kept;
    the view is told by `request.META["marsad.too_large"]` and answers with the sentence. Of a
    single file that is too large, the first piece past the limit is kept and its `size` tells how
    large it was, so that it is refused with its true size.
    """

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], *args: Any) -> None:  # noqa: N803
        of_figures = META.get("PATH_INFO", "").startswith(_FIGURES)
        self.most = settings.LARGEST_FIGURES if of_figures else settings.LARGEST_DOCUMENT
        # Several documents may come in one request, each under the limit: allow for a batch.
        self.too_large = args[0] > self.most * (1.1 if of_figures else 4)
        if self.too_large:
            META["marsad.too_large"] = args[0]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.too_large:
            raise StopUpload(connection_reset=False)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= self.most:
            super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        return cast(TemporaryUploadedFile, super().file_complete(file_size))
