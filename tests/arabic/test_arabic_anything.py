"""Whatever is given: never an exception, nothing lost, the same again, and a way back."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import arabic
from marsad.arabic import damage, pipeline
from marsad.arabic.damage import RECIPES, Recipe
from marsad.arabic.language import language_of
from marsad.arabic.letters import letters_and_digits
from marsad.arabic.quality import quality_of
from marsad.arabic.stages import STAGES

#: Truth for damage, of our own writing.
CLEAN = """أولا- مقدمة

١- عقد الفريق العامل دورته السابعة في فيينا يومي ١٤ و١٥ نيسان/أبريل ٢٠٠٩ (انظر الوثيقة A/63/90).
٢- وحضر الدورة ممثلو ٥٥ دولة طرفا، وشارك فيها مراقبون عن منظمات دولية (المادة ٣٢).
(أ) ينبغي للدول الأطراف أن تكفل حماية الضحايا من مقدِّمي الخدمات؛
٣- ورحب المتكلمون بالتقرير المتعلق بمكافحة الاتِّجار بالأشخاص. وأعرب عدد منهم عن تقديره للأمانة."""

WORDS = [
    "العمـل",
    "الدول",
    "الأطراف",
    "لا",
    "تفاقية",
    "ــدة",
    "الا",
    "تِّجار",
    "المترل",
    "نيسان/أبريل",
]
SIGNS = [
    " ",
    "    ",
    "\n",
    "\f",
    "\r\n",
    ".",
    "،",
    " :",
    "(",
    ")",
    "-١",
    "-أولا",
    "(أ)",
    "٢٠١٢",
    "15",
]
STRANGE = [
    "\ue814",
    "\ue812ا",
    "\uf02a",
    "\ud800",
    "\udfff",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\u200f",
    "\ufeff",
]
OTHERS = [
    "گزارش",
    "کمیٹی",
    "CTOC/COP",
    "the",
    "und",
    "ﻻ",
    "ﷺ",
    "۴",
    "²",
    "漢",
    "\U0001f600",
    "̈",
    "^(١)",
]
SCRAPS = st.lists(st.sampled_from([*WORDS, *SIGNS, *STRANGE, *OTHERS]), max_size=40).map("".join)
TEXTS = SCRAPS | st.text(
    st.characters(codec="utf-8") | st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
    max_size=60,
)
RECIPE_NAMES = st.sampled_from(list(RECIPES))
some = settings(max_examples=20)


def made(seed: int, recipe: str | Recipe) -> damage.Damaged:
    chosen = RECIPES[recipe] if isinstance(recipe, str) else recipe
    return damage.damage(CLEAN, rng=random.Random(seed), recipe=chosen)


@some
@given(TEXTS)
def test_it_loses_no_letter_of_any_line(text: str) -> None:
    conserving = [stage for stage in STAGES if stage.conserves]
    repair = pipeline.run(text, stages=conserving, strict=True)
    for line in repair.lines:
        if not any(change.kind == "private_code" for change in line.changes):
            assert letters_and_digits(line.text) == letters_and_digits(line.source)


@some
@given(TEXTS)
def test_it_reads_anything_the_same_way_twice_and_back_again(text: str) -> None:
    repair = arabic.repair(text)
    again = arabic.repair(text)
    assert again == repair
    assert [*map(str, again.notes)] == [*map(str, repair.notes)]
    assert repair.discarded == ()
    assert arabic.undo(repair, *range(len(repair.changes))).text == text
    assert quality_of(repair).words >= 0


@settings(max_examples=15)
@given(TEXTS, TEXTS)
def test_it_takes_anything_for_a_copy(text: str, other: str) -> None:
    repair = arabic.repair(text, copies=[other])
    assert repair.discarded == ()
    assert arabic.repair(text, copies=[other]) == repair
    assert arabic.undo(repair, *range(len(repair.changes))).text == text


@settings(max_examples=15)
@given(st.lists(TEXTS, max_size=3), TEXTS)
def test_it_learns_from_anything(texts: list[str], text: str) -> None:
    known = arabic.learn(texts)
    assert arabic.Knowledge.from_json(known.to_json()) == known
    assert arabic.repair(text, knowledge=known).discarded == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["version", "words", "pairs", "codes", "a"]), inner)
    ),
    max_leaves=6,
)


@some
@given(JSON | st.text(max_size=20))
def test_it_reads_or_refuses_any_knowledge(kept: Any) -> None:
    import json

    text = kept if isinstance(kept, str) else json.dumps(kept)
    try:
        known = arabic.Knowledge.from_json(text)
    except arabic.errors.DamagedKnowledge:
        return
    assert arabic.repair("الدول  الأطراف -١", knowledge=known).discarded == ()


@settings(max_examples=12)
@given(st.integers(0, 10_000), RECIPE_NAMES.filter(lambda name: name != "ocr"))
def test_it_keeps_the_letters_of_a_damaged_text(seed: int, recipe: str) -> None:
    broken = made(seed, recipe)
    repair = pipeline.run(broken.text, stages=STAGES, strict=True)
    for line, truth in zip(repair.lines, broken.truth.split("\n"), strict=True):
        if not line.source.count("\ue814") + line.source.count("\ue812"):
            assert letters_and_digits(line.text) == letters_and_digits(truth)


@some
@given(st.integers(0, 10_000), RECIPE_NAMES)
def test_damage_is_the_same_for_the_same_seed_and_moves_letters_only(seed: int, name: str) -> None:
    broken = made(seed, name)
    assert broken == made(seed, name)
    assert len(broken.pairs()) == broken.text.count("\n") + 1
    hidden = {code: letters for letters, code in RECIPES[name].codes}
    if name != "ocr":
        for line, truth in broken.pairs():
            written = "".join(hidden.get(sign, sign) for sign in line)
            assert letters_and_digits(written) == letters_and_digits(truth)


def test_damage_of_recognition_changes_letters_and_keeps_lines() -> None:
    noisy = Recipe(runs=0, markers=0, tatweel=0, codes=(), confused=0.2, dropped=0.1, joined=0.2)
    broken = made(3, noisy)
    assert broken.text != broken.truth
    assert broken.text.count("\n") == broken.truth.count("\n")
    assert letters_and_digits(broken.text) != letters_and_digits(broken.truth)


def test_copies_of_one_text_are_damaged_in_different_ways() -> None:
    one, other = damage.copies(CLEAN, seed=1, recipes=[RECIPES["justified"], RECIPES["ocr"]])
    assert one.truth == other.truth
    assert one.text != other.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("تقرير الفريق العامل المعني بالاتجار بالأشخاص", "ar"),
        (
            "تقرير فريق العمل في ڤيينا عن شركة «گروب»، وعن الموظفين والعاملين في هذا المجال الواسع",
            "ar",
        ),
        ("گزارش کارگروه درباره پیشگیری از قاچاق انسان", "fa"),
        ("اين گزارش با همكاري سازمان ملل متحد تهيه شده است و بايد به كنفرانس تقديم شود", "fa"),
        ("انسانی اسمگلنگ کی روک تھام کے بارے میں ورکنگ گروپ کی رپورٹ", "ur"),
        ("ئادەم ئەتكەسچىلىكىنىڭ ئالدىنى ئېلىش توغرىسىدىكى دوكلات", "other"),
        ("States parties", "other"),
    ],
)
def test_it_tells_arabic_from_other_languages_in_arabic_letters(text: str, language: str) -> None:
    assert language_of(text) == language


@settings(max_examples=4)
@given(
    st.integers(0, 1000),
    st.sampled_from(
        [
            "- این گزارش با همکاری سازمان ملل متحد تهیه شده است و به کنفرانس تقدیم می‌شود (الف)",
            "تمام رکن ممالک سے درخواست ہے کہ وہ متاثرین کی حفاظت کریں (۴)",
        ]
    ),
)
def test_it_leaves_persian_and_urdu_as_they_came(seed: int, text: str) -> None:
    broken = damage.damage("\n".join([text] * 4), rng=random.Random(seed)).text
    repair = arabic.repair(broken)
    assert repair.text == broken
    assert [note.code for note in repair.notes] == ["arabic.not-arabic"]


def test_it_abstains_where_a_code_is_seen_once() -> None:
    text = "١- تشارك الدول في الا\ue955اع السنوي\n"
    repair = arabic.repair(text)
    assert repair.text == text
    assert [change.applied for change in repair.changes] == [False]
