"""Whole journeys through the doors: a browser, a server, and the people of a round."""

from __future__ import annotations

import pytest

from tests.browser.conftest import window, worker  # noqa: F401 - asked for by name
from tests.library.conftest import reference_data  # noqa: F401
from tests.review.conftest import (  # noqa: F401
    form,
    huda,
    mariam,
    omar,
    salma,
    states,
    tariq,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name != "stories":
            continue
        item.add_marker(pytest.mark.django_db(transaction=True))
        if "window" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
