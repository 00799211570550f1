"""The decoder and its language model, on sentences of our own."""

from __future__ import annotations

import pytest

from marsad import arabic
from marsad.arabic.damage.runs import by_portions
from marsad.arabic.frequencies import is_common, spelling_cost
from marsad.arabic.likelihood import Lexicon, is_word


def run_order(repair: arabic.Repair) -> list[arabic.Change]:
    return [change for change in repair.changes if change.kind == "run_order"]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        # two words run together where two runs touch
        ("على الحدودتدريب أفراد الشرطة", "تدريب أفراد الشرطة على الحدود"),
        # the rest of a word that begins with a doubled letter
        ("تِّجار بالأشخاص   مكافحة الا", "مكافحة الاتِّجار بالأشخاص"),
    ],
)
def test_it_puts_a_line_in_order_that_stands_alone(broken: str, whole: str) -> None:
    assert arabic.repair(broken).text == whole


@pytest.mark.parametrize("marker", ["", "-٧  "])
@pytest.mark.parametrize(
    "portions",
    [
        [["وتقدم الدول الأطراف المسا "], ["عدة التق ", "ــنية إلى البلدان النا ", "ــمية  "]],
        [["وتعقد الأمانة اجتما "], ["عات سنو ", "ــية للخبراء المعنـ ", "ــيين بمنع الجريمة  "]],
    ],
)
def test_it_reads_a_line_of_several_portions(portions: list[list[str]], marker: str) -> None:
    whole = "".join(piece[:-1].strip("ـ") for portion in portions for piece in portion)
    broken = "".join(by_portions(([[marker]] if marker else []) + portions))
    assert arabic.repair(broken).text == ("٧- " if marker else "") + whole.strip()


@pytest.mark.parametrize(
    "clean",
    [
        "ناقش المشاركون سبل التعاون بين الدول الأطراف في هذا المجال",
        "الدورة الـ ١٢٠ للجمعية",
        "كلمة السيدة زبيدة الفرغاني",
    ],
)
def test_it_leaves_a_clean_line_alone(clean: str) -> None:
    assert arabic.repair(clean).text == clean


def test_it_expands_a_code_of_a_known_font_where_that_makes_a_word() -> None:
    assert arabic.repair("مكافحة \ue814ريب المهاجرين").text == "مكافحة تهريب المهاجرين"
    assert arabic.repair("قجج\ue814زظ").text == "قجج\ue814زظ"


def test_it_offers_other_readings_as_whole_lines() -> None:
    line = "على الحدود   تدريب   أفراد الشرطة   "
    for change in run_order(arabic.repair(line)):
        assert len(change.candidates) <= 3
        for text in change.candidates:
            assert sorted(text.replace(" ", "")) == sorted(line.replace(" ", ""))


def test_it_finds_a_word_likelier_after_what_goes_with_it() -> None:
    lexicon = Lexicon()
    alone = lexicon.cost("المتحدة")
    assert lexicon.pair_cost("الأمم", "المتحدة") < alone
    assert lexicon.cost_after("اتفاقية", "الأمم", "المتحدة") < alone


def test_it_tells_words_from_pieces_of_words() -> None:
    assert is_common("الأمثلة")
    assert is_word("مكافحة")
    assert not is_common("با")
    assert not is_word("تفاقية")
    assert spelling_cost("المكتبات") < spelling_cost("تالمبكات")
