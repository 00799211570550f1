"""Folding and search terms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad import arabic


def test_it_finds_the_forms_of_one_word_together() -> None:
    forms = "الاتجار، اتجار، بالاتجار، والاتجار، للاتجار، وبالاتِّجار، كالاتجـار"
    assert len({term.term for term in arabic.terms(forms)}) == 1


def test_it_keeps_a_symbol_and_a_number_whole() -> None:
    found = [t.term for t in arabic.terms("الوثيقة (CTOC/COP/WG.4/2019/6)، المقرر ٤/٤، عام ٢٠١٩")]
    assert "ctoc/cop/wg.4/2019/6" in found
    assert "4/4" in found
    assert "2019" in found


def test_it_stems_english_words() -> None:
    assert {t.term for t in arabic.terms("State States")} == {"state"}


def test_it_does_not_take_the_first_letter_of_a_word_for_a_conjunction() -> None:
    ministry, visit, team, prevention = (
        arabic.terms(w)[0].term for w in ("الوزارة", "الزيارة", "فريق", "وقاية")
    )
    assert ministry != visit
    assert arabic.terms("الفريق")[0].term == team
    assert arabic.terms("للوقاية")[0].term == prevention


@given(st.text())
def test_it_places_every_term_on_its_word(text: str) -> None:
    for term in arabic.terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert arabic.terms(text[term.start : term.end])[0].term == term.term


@given(st.text())
def test_it_folds_a_folded_text_to_itself(text: str) -> None:
    once = arabic.fold(text)
    assert arabic.fold(arabic.fold(once)) == arabic.fold(once)


def test_it_folds_hamza_alef_yaa_taa_marks_and_digits() -> None:
    assert arabic.fold("إلى الأُسرة المؤثِّرة ٢٠١٩ ﻻ") == arabic.fold("الي الاسره الموثره 2019 لا")
