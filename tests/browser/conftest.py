"""A real Chromium, a real server on the test database, and a worker beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from marsad.directory.models import Person
from marsad.library.models import Arrival
from marsad.library.tasks import read_arrival
from marsad.library.words import Stage
from tests.library.conftest import (  # noqa: F401 - fixtures that stories ask for by name
    add,
    reference_data,
    sample_shelf,
    shelve,
)
from tests.review.conftest import (  # noqa: F401 - likewise
    analyst,
    form,
    huda,
    round_,
    salma,
    states,
    tariq,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser" and item.path.parent.parent.name == "tests":
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


#: Open a window: `window(amal, language="en", width=390)`.
Window = Callable[..., Any]


@pytest.fixture
def window(chromium: Any, live_server: Any) -> Iterator[Window]:
    """Windows of people who have signed in or not; a story fails if one of them complains.

    What a window complains of on purpose is named: `window(basma, tolerates=["409"])`.
    """
    opened: list[Any] = []
    complaints: list[str] = []

    def open_window(
        person: Person | None = None,
        *,
        language: str = "en",
        width: int = 1280,
        tolerates: Sequence[str] = (),
        **more: Any,
    ) -> Any:
        context = chromium.new_context(
            base_url=str(live_server),
            locale=language,
            viewport={"width": width, "height": 900},
            **more,
        )
        opened.append(context)
        cookies = {"django_language": language}
        if person is not None:
            client = Client()
            client.force_login(person)
            cookies["sessionid"] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [
                {"name": name, "value": value, "url": str(live_server)}
                for name, value in cookies.items()
            ]
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda said: _note(said, complaints, tolerates))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_window
    for context in opened:
        context.close()
    assert complaints == []


def _note(said: Any, complaints: list[str], tolerates: Sequence[str]) -> None:
    """Blocked styles and scripts, missing files; not that a page is not there."""
    if said.type in ("error", "warning") and not any(
        known in said.text for known in ("404 (Not Found)", *tolerates)
    ):
        complaints.append(said.text)


@contextmanager
def working(waiting: Callable[[], Iterable[int]], read: Callable[[int], object]) -> Iterator[None]:
    """Reads what waits, in a thread and a connection of its own, as the worker's task does."""
    done = threading.Event()

    def work() -> None:
        try:
            while not done.wait(0.1):
                for pk in list(waiting()):
                    read(pk)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    done.set()
    thread.join()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """Reads the documents that arrive."""
    waiting = Arrival.objects.filter(stage=Stage.WAITING)
    with working(
        lambda: waiting.all().values_list("pk", flat=True), lambda pk: read_arrival(arrival_id=pk)
    ):
        yield


def fits(page: Any) -> bool:
    """Whether nothing spills over the side of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
