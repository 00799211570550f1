"""Letters that a font draws in one shape and a program wrote down from the left."""

from __future__ import annotations

from marsad import arabic
from marsad.arabic.letters import letters_and_digits
from marsad.arabic.stages.drawn_together import turned_pairs

TAKEN = "تتعاون الدول األطراف مع المنظمات األخرى في مكافحة االتجار باألشخاص ومنع االستغالل."
MEANT = "تتعاون الدول الأطراف مع المنظمات الأخرى في مكافحة الاتجار بالأشخاص ومنع الاستغلال."


def test_it_exchanges_letters_that_are_drawn_together() -> None:
    repair = arabic.repair(TAKEN)
    assert repair.text == MEANT
    assert repair.discarded == ()
    assert letters_and_digits(repair.text) == letters_and_digits(TAKEN)
    assert arabic.undo(repair, *range(len(repair.changes))).text == TAKEN


def test_it_leaves_letters_in_order_alone() -> None:
    assert arabic.repair(MEANT).text == MEANT


def test_it_takes_one_slip_for_no_habit_of_the_text() -> None:
    assert turned_pairs(["االتجار", "تفاقية", "مكاحفة"]) == frozenset()
