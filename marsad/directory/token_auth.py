"""How the API knows who asks: a token of a person's, the session of a page, or the public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from marsad.directory import actions, queries
from marsad.directory.sign_in import PersonBackend
from marsad.directory.types import Person, PersonRequest, Reader


class TokenAuth(HttpBearer):
    """`Authorization: Bearer TOKEN`: a person's script, with that person's rights and no more."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The person whose token it is; a token that opens nothing ends the request with 401."""
        found = queries.open_token(secret=token)
        if found is None or not PersonBackend().user_can_authenticate(found.person):
            raise AuthenticationError
        actions.note_use(token=found, at=timezone.now())
        cast(PersonRequest, request).reader = found.person
        return found.person


def anyone(request: HttpRequest) -> Reader:
    """Whoever asks: the person signed in, or the public."""
    return cast(PersonRequest, request).reader


#: For what the public may ask too: a token, a session, or neither.
ANYONE: list[Callable[..., Any]] = [TokenAuth(), anyone]
#: For what changes something: a token, or a session with its CSRF token.
SIGNED_IN: list[Callable[..., Any]] = [TokenAuth(), SessionAuth(csrf=True)]
