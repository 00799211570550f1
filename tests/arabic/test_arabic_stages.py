"""Each stage on damage of our own making."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import arabic
from marsad.arabic import damage, pipeline
from marsad.arabic.letters import letters_and_digits
from marsad.arabic.stages import STAGES
from marsad.arabic.stages.private_codes import solve
from marsad.arabic.traced import Traced

CLEAN = """أولا- مقدمة

١- تعقد الدول الأطراف اجتماعا في فيينا كل سنة لمناقشة التعاون الدولي في مجال مكافحة الجريمة المنظمة.
٢- وتقدم الأمانة إلى الاجتماع تقريرا عن المساعدة التقنية، وبخاصة عن تدريب الموظفين في ١٢ بلدا.
٣- ويجوز للمنظمات غير الحكومية أن تشارك في المناقشات، وفقا للنظام الداخلي للمؤتمر.
٤- وينبغي للدول الأطراف أن تعزز حماية الضحايا والشهود، وأن توفر لهم الرعاية الطبية والنفسية.

ثانيا- الاستنتاجات

٥- أوصى الاجتماع بتعزيز التعاون بين أجهزة الشرطة والنيابة العامة في البلدان المعنية."""


def repaired(text: str) -> str:
    return pipeline.run(text, stages=STAGES, strict=True).text


def test_it_takes_out_tatweel_and_keeps_the_authors_own() -> None:
    assert repaired("تدابــير الحمايــة") == "تدابير الحماية"
    assert repaired("الدورة الـ ١٢٠ للجمعية") == "الدورة الـ ١٢٠ للجمعية"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("مقدمة  -أولا", "أولا- مقدمة"),
        ("التعاون الدولي  - باء", "باء- التعاون الدولي"),
        ("تعقد الدورة سنويا   -٤", "٤- تعقد الدورة سنويا"),
        ("افتتاح الدورة؛  (أ)\n  -١", "(أ) افتتاح الدورة؛\n١-"),
    ],
)
def test_it_brings_a_marker_to_the_front_of_its_line(broken: str, mended: str) -> None:
    assert repaired(broken) == mended


def test_it_leaves_a_range_of_numbers_where_it_stands() -> None:
    assert "٢٠٢٠-٢٠٢٤" in repaired("الخطة للفترة ٢٠٢٠-٢٠٢٤ في الدول")


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("الدورة الرابعة عام ٢٠١٢في", "في عام ٢٠١٢ الدورة الرابعة"),
        ("التعاون الدولي  . وينبغي تعزيز", "وينبغي تعزيز. التعاون الدولي"),
        ("جار بالأشخاص  ينبغي للدول الأطراف منع الات", "ينبغي للدول الأطراف منع الاتجار بالأشخاص"),
    ],
)
def test_it_puts_runs_back_in_some_order_of_the_same_letters(broken: str, mended: str) -> None:
    assert letters_and_digits(repaired(broken)) == letters_and_digits(mended)


def test_it_closes_a_word_torn_across_a_seam() -> None:
    broken = "جار بالأشخاص  ينبغي للدول الأطراف منع الات\n  -٢ مقدمة"
    assert "ينبغي للدول الأطراف منع الاتجار بالأشخاص" in repaired(broken)


def test_it_solves_a_code_from_the_words_around_it() -> None:
    lines = ["مكافحة \ue814ريب المهاجرين", "إعاد\ue814م إلى أوطانهم", "بشهاد\ue814م", "حماي\ue814ا"]
    assert solve(lines)["\ue814"].letters == "ته"
    assert repaired("\n".join(lines)).startswith("مكافحة تهريب المهاجرين")


def test_it_flags_a_code_it_cannot_solve_and_leaves_it() -> None:
    repair = arabic.repair("ظ\ue955ق")
    assert repair.text == "ظ\ue955ق"
    (flag,) = (change for change in repair.changes if change.kind == "private_code")
    assert not flag.applied
    assert flag.confidence < 0.7


def test_it_reads_the_asterisk_of_a_symbol_font() -> None:
    assert repaired("\uf02a CTOC/COP/2030/1") == "* CTOC/COP/2030/1"


def test_it_says_that_letters_were_replaced_where_a_ligature_was_misread() -> None:
    (change,) = arabic.repair("المترلية").changes
    assert change.after == "المنزلية"
    assert change.text_changed


def test_it_throws_away_a_change_that_would_lose_a_letter() -> None:
    class Thief:
        name = "thief"
        conserves = True

        def study(self, draft: pipeline.Draft) -> None: ...

        def mend(self, line: pipeline.Line) -> list[pipeline.Mended]:
            after = line.text[1:]
            return [
                pipeline.Mended(
                    text=after,
                    kind="theft",
                    before=line.text,
                    after=after.text,
                    confidence=1.0,
                    evidence="",
                )
            ]

    repair = pipeline.run("الدول", stages=[Thief])
    assert repair.text == "الدول"
    assert [change.kind for change in repair.discarded] == ["theft"]
    with pytest.raises(pipeline.LettersLostError):
        pipeline.run("الدول", stages=[Thief], strict=True)


PIECES = [
    "الدول",
    "الأطراف",
    "الا",
    "تجار",
    "ــة",
    "ة",
    " ",
    "   ",
    ".",
    "،",
    "(",
    ")",
    "-١",
    "٢٠١٢",
]
SCRAPS = st.lists(st.sampled_from([*PIECES, "\n", "في", "ن", "\ue814", "A/63/90"]), max_size=40)


@given(SCRAPS.map("".join))
@settings(max_examples=60)
def test_it_keeps_every_letter_and_digit_of_a_line(text: str) -> None:
    repair = pipeline.run(text, stages=STAGES, strict=True)
    for line in repair.lines:
        written = [
            change
            for change in line.changes
            if change.text_changed or change.kind == "private_code"
        ]
        if not written:
            assert letters_and_digits(line.text) == letters_and_digits(line.source)


@given(st.text(alphabet="ابتلنـ ", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_it_keeps_origins_when_a_traced_text_is_cut_and_joined(text: str, a: int, b: int) -> None:
    traced = Traced.of(text)
    moved = traced[a:b] + traced[:a]
    assert all(text[origin] == letter for letter, origin in moved)


def test_it_brings_back_most_of_a_text_damaged_on_purpose() -> None:
    made = damage.damage(CLEAN, rng=random.Random(7))
    assert made.text != made.truth
    result = repaired(made.text).split("\n")
    truth = made.truth.split("\n")
    right = sum(a == b for a, b in zip(result, truth, strict=True))
    assert right >= 0.5 * len(truth)
    assert not any("ـ" in line for line in result)


@given(st.integers(0, 50))
@settings(max_examples=5)
def test_it_keeps_the_letters_of_a_text_damaged_on_purpose(seed: int) -> None:
    recipe = damage.Recipe(codes=())
    made = damage.damage(CLEAN, rng=random.Random(seed), recipe=recipe)
    assert letters_and_digits(repaired(made.text)) == letters_and_digits(made.truth)


def test_it_damages_the_same_way_for_the_same_seed() -> None:
    assert damage.damage(CLEAN, rng=random.Random(3)) == damage.damage(CLEAN, rng=random.Random(3))


def test_it_leaves_the_undamaged_text_alone() -> None:
    assert arabic.repair(CLEAN).text == CLEAN


def test_it_closes_a_word_that_a_tatweel_ties_across_a_gap() -> None:
    repair = arabic.repair("قضايا الاتجـ   ار، وتوفـير الحمايـة")
    assert "الاتجار" in repair.text


def test_it_puts_the_earlier_of_two_days_first() -> None:
    assert arabic.repair("٢٠١٢أكتوبر / تشرين الأول١٩- ١٥").text == "١٥-١٩ تشرين الأول/أكتوبر ٢٠١٢"


def test_it_takes_numbers_for_runs_of_their_own() -> None:
    broken = "تشرين  ١٢إلى  ١٠، ومن ٢٠١٠الأول/أكتوبر"
    assert arabic.repair(broken).text == "الأول/أكتوبر ٢٠١٠، ومن ١٠ إلى ١٢ تشرين"
