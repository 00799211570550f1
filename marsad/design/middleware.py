"""What the reader prefers, known before any page is drawn."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from marsad.design import formatting


class ReaderPreferences:
    """Expose `request.digits` and write every number of the page with them.

    Stands after LocaleMiddleware, since the digits follow the language until they are chosen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = formatting.Digits.chosen(request.COOKIES.get(formatting.PREFERENCE))
        with formatting.using(chosen):
            request.digits = formatting.for_reader().digits  # type: ignore[attr-defined]
            return self.get_response(request)
