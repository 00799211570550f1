"""Reports of our own writing, and how they reach the shelf in a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from marsad.directory import loading as directory_loading
from marsad.directory.types import OPERATOR
from marsad.library import loading
from marsad.library.actions import arrival, likeness
from marsad.library.models import Arrival, Document
from tests.library.reports import NOON


@pytest.fixture
def reference_data(db: None) -> None:
    """States and themes, as after the first start."""
    directory_loading.load_states()
    loading.load_reference_data(at=NOON)


#: Put a text on the shelf: `shelve(ENGLISH_REPORT)`; any argument of `actions.arrival.receive`.
Shelve = Callable[..., Document]


@pytest.fixture
def add(reference_data: None) -> Callable[..., Arrival]:
    """Receive a text or bytes and do at once what the worker would."""

    def receive_and_read(given: str | bytes, name: str = "report.txt", **said: Any) -> Arrival:
        data = given.encode() if isinstance(given, str) else given
        arrived = arrival.receive(data=data, name=name, **{"by": OPERATOR, "at": NOON, **said})
        ended = arrival.read(arrival_id=arrived.pk, at=NOON)
        if ended.version is not None:
            likeness.suggest_for(document_id=ended.version.document_id)
        return ended

    return receive_and_read


@pytest.fixture
def shelve(add: Callable[..., Arrival]) -> Shelve:
    """Put a text on the shelf; fail the test if it is refused."""

    def on_the_shelf(given: str | bytes, name: str = "report.txt", **said: Any) -> Document:
        arrived = add(given, name, **said)
        assert arrived.version is not None, arrived.problem_says.format(**arrived.problem_details)
        return arrived.version.document

    return on_the_shelf


@pytest.fixture
def sample_shelf(reference_data: None) -> None:
    """The samples of the demo."""
    loading.load_samples(at=NOON)
