"""The wall at the door: what a page may load, and how large a file may come in."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
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


#: Its files are read by then, and its body is gone.
_WITH_FILES = "multipart/form-data"
_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")
# An escape, half a sign written in bytes, or the NULs of UTF-16: most JSON has none of them, and
# need not be read twice.
_MAY_BE_NO_TEXT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|\xed[\xa0-\xbf]|\x00")
_HALF_A_SIGN = re.compile("[\ud800-\udfff]")


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

    PostgreSQL keeps no NUL in a text, and no half of a sign either (a lone surrogate, which JSON
    can spell), and no address, form, cookie or JSON of ours has one: whoever sends one is told so,
    wherever they send it.
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
    if _holds_nul(posted.lists()) or _is_json_of_no_text(request):
        return NotText()
    if "marsad.too_large" in request.META and request.path.startswith("/api/"):
        # A page answers by itself, in the place where the file was dropped.
        return TooMuchAtOnce()
    return None


def _holds_nul(fields: Iterable[tuple[str, list[Any]]]) -> bool:
    return any("\0" in text for name, values in fields for text in (name, *values))


def _is_json_of_no_text(request: HttpRequest) -> bool:
    """Whether a body is JSON with a text in it that cannot be kept, whatever it says it is."""
    if request.method in _WITHOUT_BODY or request.content_type == _WITH_FILES:
        return False
    try:
        body = request.body
        if not _MAY_BE_NO_TEXT.search(body):
            return False
        told = json.loads(body)
    except (UnreadablePostError, RequestDataTooBig, ValueError, RecursionError):
        return False  # the view finds out by itself that it cannot read it
    return any(map(_is_no_text, _texts_in(told)))


def _texts_in(told: Any) -> Iterator[str]:
    """Every text in what JSON says, names among them."""
    waiting = [told]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


def _is_no_text(text: str) -> bool:
    return "\0" in text or _HALF_A_SIGN.search(text) is not None


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
