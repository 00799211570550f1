"""The wall at the door: what a page may load, and how large a file may come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

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


class RefuseTooLarge(FileUploadHandler):
    """Stop keeping an upload once it is past the limit, so that 200 MB never fill the disk.

    A request that says it is too large as a whole is read to its end and nothing of it is kept;
    the view is told by `request.META["marsad.too_large"]` and answers with the sentence. Of a
    single file that is too large, the first piece past the limit is kept, so that the reading
    engine refuses it by its own rule.
    """

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], *args: Any) -> None:  # noqa: N803
        # Several files may come in one request, each under the limit: allow for a batch.
        self.too_large = args[0] > settings.LARGEST_DOCUMENT * 4
        if self.too_large:
            META["marsad.too_large"] = args[0]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.too_large:
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if start > settings.LARGEST_DOCUMENT else raw_data

    def file_complete(self, file_size: int) -> None:
        return None
