"""Live figures in words, and the numbers that somebody typed instead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.design.formatting import Digits, Formatter, using
from marsad.review import prose, telling
from marsad.review.types.figure import Figure, Query

AR = Formatter(language="ar", digits=Digits.ARABIC_INDIC)
EN = Formatter(language="en", digits=Digits.LATIN)
NAMES = {"XA": "Arkia", "XB": "Bahrestan", "XC": "Corrida"}


def figure(n: int = 7, of: int = 33, **more: object) -> Figure:
    said: dict[str, object] = {
        "query": Query(path="/data/law", values=("yes",)),
        "otherwise": of - n,
        "not_known": 0,
        "withheld": 0,
        "states": (),
        "unnamed": n,
        "at": datetime(2026, 7, 31, tzinfo=UTC),
    }
    return Figure(n=n, of=of, **{**said, **more})  # type: ignore[arg-type]


def naming(codes: object) -> list[str]:
    return sorted(NAMES[code] for code in codes)  # type: ignore[attr-defined]


def written(words: str, formatter: Formatter = EN, **figures: Figure) -> str:
    spans = prose.render(words, figures, formatter=formatter, naming=naming)
    return "".join(span.text for span in spans)


def test_places_write_numbers_phrases_and_lists() -> None:
    named = figure(n=2, of=4, states=("XC", "XA"), unnamed=0)
    said = "{law} of {law.of}; {law.words}; {law.states}: {law.list}."
    assert written(said, law=named) == (
        "2 of 4; 2 of the 4 States that replied; 2 States: Arkia and Corrida."
    )


def test_a_sentence_that_a_figure_begins_begins_with_a_capital() -> None:
    none = figure(n=0, of=33)
    said = "{x.words} have a law. {x.words} plans one; {x.words} says why."
    assert written(said, x=none) == (
        "None of the 33 States that replied have a law. None of the 33 States that replied plans "
        "one; none of the 33 States that replied says why."
    )


def test_arabic_counts_its_nouns() -> None:
    said = [
        written("{x.words}", AR, x=figure(n=n, of=of))
        for n, of in ((1, 33), (2, 7), (3, 4), (0, 2), (5, 5))
    ]
    assert said == [
        "دولة واحدة من أصل ٣٣ دولة مجيبة",
        "دولتان من أصل ٧ دول مجيبة",
        "٣ دول من أصل ٤ دول مجيبة",
        "لا دولة من أصل دولتين مجيبتين",
        "جميع الدول المجيبة (٥)",
    ]


def test_states_that_the_public_may_not_know_are_counted_and_not_named() -> None:
    some = figure(n=3, of=4, states=("XA",), unnamed=2)
    assert written("{x.list}", x=some) == "Arkia and 2 others not named"


def test_arabic_names_two_others_in_the_dual() -> None:
    some = figure(n=3, of=4, states=("XA",), unnamed=2)
    assert written("{x.list}", AR, x=some).endswith("دولتان أخريان غير مسماتين")
    assert written("{x.list}", AR, x=figure(n=2, unnamed=2)) == "دولتان غير مسماتين"


def test_a_figure_of_one_group_says_of_which() -> None:
    some = figure(n=3, of=4, query=Query(path="/data/law", values=("yes",), region="africa"))
    assert written("{x.words}", x=some) == "3 of the 4 States that replied (African States)"
    assert written("{x.words}", AR, x=some) == "٣ دول من أصل ٤ دول مجيبة (الدول الأفريقية)"
    with using(Digits.LATIN):
        assert telling.words(some, "en") == "3 of the 4 States that replied (African States)"
        arabic = telling.sentence(some, "ar", question="هل صدر قانون؟", answer="نعم")
    assert "4 دول مجيبة (الدول الأفريقية)" in arabic


def test_a_place_that_names_nothing_stays_as_typed_and_is_told() -> None:
    assert written("{lav} and {law.sum}", law=figure()) == "{lav} and {law.sum}"
    kinds = [each.kind for each in prose.doubts("{lav} and {law.sum}", {"law": figure()})]
    assert kinds == ["unknown", "part"]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Twelve States, and thirty-three more; one State", [12, 33, 1]),
        ("أفادت اثنتا عشرة دولة من أصل ثلاث وثلاثين", [12, 33]),
        ("أفادت سبع دول و١٢ دولة ودولتان", [7, 12, 2]),
        ("وأجابت بخمس عشرة دولة، ودولة واحدة", [15, 1]),
        ("1,200 replies", [1200]),
        ("One hundred and twelve States, a hundred others, two hundred and ten", [112, 100, 210]),
        ("مئة واثنتا عشرة دولة ومائة وخمس وعشرون ومئتا دولة", [112, 125, 200]),
        ("ثلاث مئة وسبع دول وأربعمائة رد، بنسبة ثلاثين في المائة", [307, 400, 30]),
        ("on 1 and 2 May 2026, at 10:30, see article 9 and CTOC/COP/WG.4/2012/3", []),
        ("في ٣ أيلول/سبتمبر ٢٠١٩ بموجب المادة ٩ في الدورة الثالثة عشرة", []),
        ("one of the States, the twenty-first time; no one", []),
        ("{law} of the {law.of} States", []),
        ("جولة عن حماية الضحايا", []),
        ("ومائة دولة", [100]),
        ("في النهاية وبداية الحماية", []),
    ],
)
def test_it_finds_counts_and_leaves_names_alone(words: str, values: list[int]) -> None:
    assert [typed.value for typed in prose.numbers(words)] == values


def test_a_number_that_the_answers_no_longer_carry_is_told() -> None:
    said = prose.doubts("Twelve of the {law.of} States", {"law": figure(n=11)})
    assert [(each.kind, each.said, each.values) for each in said] == [("number", "Twelve", (11,))]
    assert prose.doubts("Eleven of the 33; {law}", {"law": figure(n=11)}) == []
    # That 22 answered otherwise is no figure of the block: it may be right, and must be said so.
    assert prose.doubts("22 States; {law}", {"law": figure(n=11)})[0].said == "22"


def test_a_share_is_held_against_the_shares() -> None:
    assert prose.doubts("21 per cent: {law}", {"law": figure(n=7)}) == []
    assert prose.doubts("بنسبة ٣٠ في المائة: {law}", {"law": figure(n=7)})[0].values == (21,)


def test_a_figure_that_stands_nowhere_is_told() -> None:
    assert [each.said for each in prose.doubts("Nothing.", {"law": figure()})] == ["law"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Forty-one States have adopted a law.", ["Forty-one"]),
        ("اعتمدت إحدى وأربعون دولة قانوناً، و٧ دول أخرى.", ["إحدى وأربعون", "٧"]),
        ("Three meetings were held, in 12 cities.", []),
    ],
)
def test_a_count_of_states_typed_where_no_figure_stands_is_told(
    words: str, said: list[str]
) -> None:
    assert [(each.kind, each.said) for each in prose.doubts(words, {})] == [
        ("typed", each) for each in said
    ]


@given(n=st.integers(0, 200), more=st.integers(0, 200), words=st.text(max_size=60))
def test_whatever_stands_around_a_place_stays(n: int, more: int, words: str) -> None:
    around = words.replace("{", "(")
    one = figure(n=n, of=n + more)
    for formatter in (AR, EN):
        said = written(around + "{law}" + around, formatter, law=one)
        assert said == around + formatter.number(n) + around


@given(n=st.integers(1, 200), more=st.integers(0, 200))
def test_what_is_written_by_a_figure_is_never_doubted(n: int, more: int) -> None:
    """The check reads both scripts: a phrase typed out as the figure writes it is no mistake."""
    one = figure(n=n, of=n + more)
    for formatter in (AR, EN):
        typed = written("{law.words}", formatter, law=one)
        wrong = [each.kind for each in prose.doubts(typed + " {law}", {"law": one})]
        assert "number" not in wrong


@given(st.text())
def test_no_text_breaks_the_check(words: str) -> None:
    for typed in prose.numbers(words):
        assert words[typed.start : typed.end] == typed.text
        assert typed.value >= 0
