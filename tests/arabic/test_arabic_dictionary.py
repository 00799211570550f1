"""The dictionary, where the machine has one, and the list of frequencies."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic import dictionary

WORDS = ("الأشخاص", "المنظمة", "ينبغي", "وبحراسة", "الجريمة")
SLIPS = ("الأشخحاص", "المنظظمة", "ينببغي", "وإعادةهم")


@pytest.fixture
def without_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _forget()
    monkeypatch.setenv(dictionary.VARIABLE, "none")
    yield
    _forget()


def _forget() -> None:
    for cached in (dictionary._spelling, dictionary._accepts, dictionary._known):
        cached.cache_clear()


@pytest.mark.parametrize("word", WORDS)
def test_it_knows_words(word: str) -> None:
    assert dictionary.known(word)


@pytest.mark.parametrize("word", SLIPS)
def test_it_does_not_know_slips(word: str) -> None:
    assert not dictionary.known(word)


@pytest.mark.usefixtures("without_dictionary")
def test_it_works_with_less_where_there_is_no_dictionary() -> None:
    assert not dictionary.present()
    assert dictionary.accepts("الدول") is None
    assert dictionary.suggestions("الدوول") == ()
    assert [word for word in WORDS if not dictionary.known(word)] == []
    assert [word for word in SLIPS if dictionary.known(word)] == []


def test_it_looks_words_up_without_marks_and_tatweel() -> None:
    assert dictionary.commonness("الدُّوـل") == dictionary.commonness("الدول") > 0
    assert dictionary.known("الدُّوَل")


def test_it_asks_for_a_name_that_only_people_use() -> None:
    # no dictionary of ours has it, a million readers do
    assert dictionary.known("السيبرانية")


def test_it_answers_many_threads_alike() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(dictionary.known, (*WORDS, *SLIPS) * 20))
    assert answers == [*(True for _ in WORDS), *(False for _ in SLIPS)] * 20


@given(st.text(st.characters(), max_size=60))
def test_it_never_fails(word: str) -> None:
    assert dictionary.known(word) in (True, False)
    assert dictionary.commonness(word) >= 0
    assert dictionary.accepts(word) in (True, False, None)
