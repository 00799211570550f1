"""What earlier texts teach for the next."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import arabic
from marsad.arabic.errors import DamagedKnowledge

CLEAN = "زار الوفد مدينة بلقطاش ثم عاد\nوأقام الوفد في مدينة بلقطاش يومين\n"
CODED = "مكافحة \ue814ريب المهاجرين، إعاد\ue814م إلى أوطانهم، بشهاد\ue814م، استشار\ue814ا"


def test_it_learns_words_and_pairs_of_words() -> None:
    known = arabic.learn([CLEAN])
    assert known.words["بلقطاش"] == 2
    assert known.pairs["مدينة بلقطاش"] == 2


def test_it_does_not_learn_a_strange_word_met_once() -> None:
    assert "بلقطاش" not in arabic.learn(["زار الوفد مدينة بلقطاش"]).words


def test_it_learns_the_codes_of_a_font_from_a_repair() -> None:
    known = arabic.learn([arabic.repair(CODED)])
    assert known.codes == {"\ue814": "ته"}
    assert arabic.repair("مكافحة \ue814ريب", knowledge=known).text == "مكافحة تهريب"


def test_it_leaves_a_code_met_once_alone_without_knowledge() -> None:
    assert arabic.repair("عند ا\ue814").text == "عند ا\ue814"


def test_it_leaves_clean_text_alone_whatever_it_knows() -> None:
    assert arabic.repair(CLEAN, knowledge=arabic.learn([CLEAN])).text == CLEAN


@settings(max_examples=25)
@given(st.lists(st.text(alphabet="ابتثمنهلوي ٤،.\n", max_size=60), max_size=4))
def test_it_reads_back_what_it_wrote_down(texts: list[str]) -> None:
    known = arabic.learn(texts)
    assert arabic.Knowledge.from_json(known.to_json()) == known


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"version": 9}'])
def test_it_says_when_what_was_kept_cannot_be_read(text: str) -> None:
    with pytest.raises(DamagedKnowledge):
        arabic.Knowledge.from_json(text)
