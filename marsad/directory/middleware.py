"""Who is asking, known before any view runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from marsad.directory.types import Person, PersonRequest


class PersonOfRequest:
    """Set `request.reader`, and speak the person's language where they chose one.

    A language chosen with the switch on the page is kept in a cookie and is newer than the one in
    the person's record, so the cookie wins.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(PersonRequest, request)
        asked.reader = asked.user
        if (
            isinstance(asked.reader, Person)
            and asked.reader.language
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
        ):
            translation.activate(asked.reader.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
