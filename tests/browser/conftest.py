"""A real Chromium, a real server on the test database, and a worker beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

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


#: How long `expect` waits for what a page is to show; a machine with much to do takes its time.
expect.set_options(timeout=15_000)

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


def is_sound(page: Any) -> None:
    """Nothing that axe finds, and nothing that spills over the side of the window."""
    assert fits(page), page.url
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], page.url


def fits(page: Any) -> bool:
    """Whether nothing spills over the side of the window, once the page is there as a whole.

    A click returns when the next page begins to come; what is asked of it then and there is asked
    of half a page. So stories look with `expect`, which waits, and never ask a locator at once.
    """
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
