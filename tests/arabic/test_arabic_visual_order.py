"""Lines whose words were taken down from the left edge of the page, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import arabic
from marsad.arabic.letters import letters_and_digits
from marsad.arabic.stages.visual_order import is_backwards

#: What a program gives that writes down a page of a PDF in the order it was drawn in, and what the
#: page says.
PAGE = (
    ("الفريق عقده الذي الاجتماع عن تقرير", "تقرير عن الاجتماع الذي عقده الفريق"),
    ("بالأشخاص الاتجار بمكافحة المعني العامل", "العامل المعني بمكافحة الاتجار بالأشخاص"),
    (
        ".بالأشخاص الاتجار منع في الأطراف الدول تتعاون -١",
        "١- تتعاون الدول الأطراف في منع الاتجار بالأشخاص.",
    ),
    (
        "من ،المتحدة الأمم اتفاقية بموجب ،التدابير هذه الأطراف الدول تتخذ -٢",
        "٢- تتخذ الدول الأطراف هذه التدابير، بموجب اتفاقية الأمم المتحدة، من",
    ),
    ("٢٠١٢ أكتوبر/الأول تشرين ١١ إلى ٩", "٩ إلى ١١ تشرين الأول/أكتوبر ٢٠١٢"),
    ("الاجتماع؛ افتتاح )(أ", "(أ) افتتاح الاجتماع؛"),
)


def mended(lines: list[str]) -> list[str]:
    return arabic.repair("\n".join(lines)).text.split("\n")


def test_it_reads_a_page_that_was_taken_down_from_the_left() -> None:
    assert mended([line for line, _ in PAGE]) == [truth for _, truth in PAGE]


def test_it_reads_a_page_that_says_of_every_word_from_where_it_is_shown() -> None:
    marked = [" ".join(f"\u202b{word}\u202c" for word in line.split()) for line, _ in PAGE[:2]]
    assert mended(marked) == [truth for _, truth in PAGE[:2]]


def test_it_leaves_a_page_in_order_alone() -> None:
    clean = [truth for _, truth in PAGE]
    assert mended(clean) == clean


@pytest.mark.parametrize(
    ("taken_down", "meant"),
    [
        # two pieces of a word, drawn apart: «الفر» and «يق»
        ("العامل يقالفر اجتماع في", "في اجتماع الفريق العامل"),
        # the rest of a word behind a space
        ("كة مشتر جلسة عقد إلى", "إلى عقد جلسة مشتركة"),
        # a program that begins anew at every number
        (
            "البند في العامل الفريق نظر ٢ الأعمال جدول من",
            "نظر الفريق العامل في البند ٢ من جدول الأعمال",
        ),
    ],
)
def test_it_puts_words_together_that_were_drawn_in_pieces(taken_down: str, meant: str) -> None:
    lines = [line for line, _ in PAGE[:4]]
    assert mended([*lines, taken_down])[-1] == meant


def test_it_says_what_it_did_and_takes_it_back() -> None:
    source = "\n".join(line for line, _ in PAGE)
    repair = arabic.repair(source)
    assert {change.kind for change in repair.changes} >= {"visual_order"}
    assert repair.discarded == ()
    assert arabic.undo(repair, *range(len(repair.changes))).text == source


def test_it_takes_reversed_runs_for_no_page_from_the_left() -> None:
    """In a line of reversed runs most words follow one another as they should."""
    assert not is_backwards(
        ["بالأشخاص   الدول الأطراف في مكافحة الاتجار", "المتحدة  اتفاقية الأمم"]
    )


@settings(max_examples=25)
@given(st.lists(st.text("ابتجدرسعفقلمنهوية،.()«» ١٢٣aB/-ّ\u202b", max_size=40), max_size=4))
def test_it_keeps_every_letter_of_a_page_from_the_left(lines: list[str]) -> None:
    repair = arabic.repair("\n".join([*(line for line, _ in PAGE), *lines]))
    assert repair.discarded == ()
    assert letters_and_digits(repair.text) == letters_and_digits(repair.source)
