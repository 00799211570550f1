"""The people every story is told with, and a house of its own for the tests.

Amal curates the library, Reem reads, Basma works cases, Yusuf is an officer of the Secretariat.
Somebody has signed in and holds no role; the public has not signed in at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

# Before Django reads its settings: the tests never touch the data of whoever runs them. Workers of
# pytest-xdist inherit the folder from the run that started them.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["MARSAD_HOME"] = tempfile.mkdtemp(prefix="marsad-test-")
    Path(os.environ["MARSAD_HOME"], "owner").write_text(str(os.getpid()), encoding="ascii")
for given in [name for name in os.environ if name.startswith("MARSAD_")]:
    if given not in ("MARSAD_HOME", "MARSAD_SHARED", "MARSAD_CHROMIUM"):
        del os.environ[given]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402

django.setup()

import hypothesis  # noqa: E402
import psutil  # noqa: E402
import pytest  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402

from marsad.directory.models import Body, Membership, Person  # noqa: E402
from marsad.directory.types import BodyKind, Role  # noqa: E402

#: Nothing is timed: a machine with much to do is no fault of what it tests.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
#: The same examples in every run, where a change is judged by what it changed: `.ci/run`. Whoever
#: runs `make test` looks for new ones.
hypothesis.settings.register_profile(
    "same", hypothesis.settings.get_profile("untimed"), derandomize=True, database=None
)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Clear away what runs that were killed have left: a folder, and a server nobody stopped."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    for owner in Path(tempfile.gettempdir()).glob("marsad-test-*/owner"):
        if not psutil.pid_exists(int(owner.read_text(encoding="ascii") or os.getpid())):
            _clear_away(owner.parent)


def _clear_away(home: Path) -> None:
    from config.embedded import server

    server.stop(home)
    shutil.rmtree(home, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server of this run, and leave nothing behind."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    _clear_away(Path(os.environ["MARSAD_HOME"]))


CHROMIUM = (
    os.environ.get("MARSAD_CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
)
#: No sandbox, since tests also run as root; and no looking for the makers of the browser.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests that drive one: a process can hold only one such driver."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Close the connections that threads of tests left open, before the database is dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _language_of_the_house() -> Iterator[None]:
    """Begin and end in it: a request leaves its reader's language behind in the thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no job behind: after a test that commits, Django empties its own tables only."""
    marker = request.node.get_closest_marker("django_db")
    commits = (marker is not None and marker.kwargs.get("transaction")) or any(
        name in request.fixturenames for name in ("transactional_db", "live_server")
    )
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def _person(name: str, role: Role | None, kind: BodyKind) -> Person:
    person = Person.objects.create(email=f"{name.lower()}@marsad.test", name=name)
    if role is not None:
        body, _ = Body.objects.get_or_create(
            kind=kind, name_en=f"The {kind.label} of the tests", name_ar="جهة الاختبار"
        )
        Membership.objects.create(person=person, body=body, role=role, from_date=date(2020, 1, 1))
    return person


@pytest.fixture
def amal(db: None) -> Person:
    """She curates the library."""
    return _person("Amal", Role.LIBRARIAN, BodyKind.SECRETARIAT)


@pytest.fixture
def reem(db: None) -> Person:
    """She reads and analyses."""
    return _person("Reem", Role.ANALYST, BodyKind.RESEARCH)


@pytest.fixture
def basma(db: None) -> Person:
    """She works cases in an NGO."""
    return _person("Basma", Role.PRACTITIONER, BodyKind.NGO)


@pytest.fixture
def yusuf(db: None) -> Person:
    """He is an officer of the Secretariat."""
    return _person("Yusuf", Role.SECRETARIAT_OFFICER, BodyKind.SECRETARIAT)


@pytest.fixture
def administrator(db: None) -> Person:
    """Makes people and gives them roles."""
    return _person("Idris", Role.ADMINISTRATOR, BodyKind.SECRETARIAT)


@pytest.fixture
def nobody(db: None) -> Person:
    """Has signed in and holds no role."""
    return _person("Nobody", None, BodyKind.NGO)


@pytest.fixture
def public() -> AnonymousUser:
    """Has not signed in."""
    return AnonymousUser()


@pytest.fixture
def client_of() -> Callable[[Person | AnonymousUser], Client]:
    """A browser in which this person has signed in: `client_of(amal)`."""

    def open_browser(person: Person | AnonymousUser) -> Client:
        client = Client()
        if isinstance(person, Person):
            client.force_login(person)
        return client

    return open_browser
