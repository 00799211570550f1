"""What a person settles is final, whatever the machine makes of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import arabic
from marsad.arabic import Decision

SCANNED = "وتعد كل حملة خطة\nفي مجال التعاون"
TORN = "الدورة الرابعة عام ٢٠١٢في"


def settled(text: str, piece: str, after: str) -> Decision:
    start = text.index(piece)
    return Decision(start=start, end=start + len(piece), before=piece, after=after)


def test_it_writes_the_word_of_a_person_into_the_text() -> None:
    repair = arabic.repair(SCANNED, decisions=[settled(SCANNED, "حملة", "جملة")])
    assert repair.text == "وتعد كل جملة خطة\nفي مجال التعاون"
    (change,) = repair.changes
    assert (change.decided_by, change.text_changed, change.confidence) == ("person", True, 1.0)


def test_it_keeps_a_line_as_it_came_where_a_person_refused_the_repair() -> None:
    assert arabic.repair(TORN).text != TORN
    repair = arabic.repair(TORN, decisions=[settled(TORN, TORN, TORN)])
    assert repair.text == TORN


def test_it_traces_the_letters_of_a_person_to_the_source() -> None:
    repair = arabic.repair(TORN, decisions=[settled(TORN, TORN, "عام ٢٠١٢ في الدورة الرابعة؟")])
    assert all(
        origin == -1 or repair.source[origin] == character
        for character, origin in zip(repair.text, repair.origins, strict=True)
    )
    assert sum(origin == -1 for origin in repair.origins) <= 2


def test_it_lets_the_later_of_two_decisions_win() -> None:
    first = settled(SCANNED, "حملة", "جملة")
    later = settled(SCANNED, "حملة", "حملة")
    assert arabic.repair(SCANNED, decisions=[first, later]).text == SCANNED


def test_it_does_not_put_a_decision_on_a_text_that_says_something_else() -> None:
    elsewhere = Decision(start=0, end=4, before="سنعد", after="وتعد")
    assert arabic.repair(SCANNED, decisions=[elsewhere]).text == SCANNED


def test_it_takes_a_decision_back() -> None:
    repair = arabic.repair(SCANNED, decisions=[settled(SCANNED, "حملة", "جملة")])
    assert arabic.undo(repair, 0).text == SCANNED


@pytest.mark.parametrize(("start", "end"), [(-3, -1), (5, 5), (9, 2), (0, 10_000)])
def test_it_is_not_confused_by_a_decision_about_nowhere(start: int, end: int) -> None:
    decision = Decision(start=start, end=end, before=SCANNED[start:end], after="هنا")
    assert arabic.repair(SCANNED, decisions=[decision]).text == SCANNED


@given(st.text(alphabet="ابتثـ ٣٤()-.،", min_size=1, max_size=40), st.data())
def test_it_never_fails_on_any_decision(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    after = data.draw(st.text(alphabet="ابتث ٣٤", max_size=10))
    decision = Decision(start=start, end=end, before=text[start:end], after=after)
    repair = arabic.repair(text, decisions=[decision])
    assert arabic.undo(repair, *range(len(repair.changes))).text == text
