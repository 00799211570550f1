"""The catalogue of translations is whole, and the tool that keeps it finds everything."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["marsad_messages"] = module
    spec.loader.exec_module(module)
    return module


def test_it_says_everything_in_arabic(messages: ModuleType) -> None:
    assert list(messages.faults("ar")) == []


@pytest.mark.parametrize(
    ("context", "words"),
    [
        (None, "Something went wrong."),  # a problem, marked without Django
        ("page", "Next"),  # a template, with a context
        (None, "{count} change, explained"),  # Formatter.counted
        (None, "%(shown)s change"),  # blocktranslate with count
        (None, "As printed at the head of the first page."),  # gettext_lazy
    ],
)
def test_it_finds_messages_wherever_they_stand(
    messages: ModuleType, context: str | None, words: str
) -> None:
    assert (context, words) in messages.entries(messages.extract())


def test_it_counts_as_arabic_does(messages: ModuleType) -> None:
    catalog = messages.read("ar")
    assert catalog.num_plurals == 6
    assert "n%100>=11" in catalog.plural_expr


@pytest.mark.parametrize(
    ("english", "arabic", "faulty"),
    [
        ("{name} is empty.", "{name} فارغ.", False),
        ("{name} is empty.", "الملف فارغ.", True),
        ("%(shown)s of {total}", "{total} %(show)s", True),
        (("{count} day", "{count} days"), ("لا", "يوم", "يومان", *["{count}"] * 3), False),
        (("{count} day", "{count} days"), ("لا", "يوم", "يومان", "أيام", *["{count}"] * 2), True),
    ],
)
def test_it_notices_a_lost_placeholder(
    messages: ModuleType, english: object, arabic: object, faulty: bool
) -> None:
    catalog = Catalog(locale="ar")
    message = catalog.add(english, arabic)
    assert bool(list(messages._placeholder_faults(message))) is faulty
