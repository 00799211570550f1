"""The way back from what was just done: one button on the page one is sent to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

_KEY = "review.undo"


def offer(request: HttpRequest, *, address: str, **fields: str) -> None:
    """Let the next page show a button that sends `fields` to `address`."""
    request.session[_KEY] = {"address": address, "fields": fields}


def offered(request: HttpRequest) -> Any:
    """What was offered, once."""
    return request.session.pop(_KEY, None)
