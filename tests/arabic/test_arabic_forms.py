"""Forms of one word that are searched for as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import arabic


def readings(word: str) -> set[str]:
    return {reading for term in arabic.terms(word) for reading in (term.term, term.also) if reading}


@pytest.mark.parametrize(
    "forms",
    [
        "توصية توصيات التوصيات وتوصياته",
        "منظمة المنظمات منظماتها",
        "وزارة وزارات الوزارات",
        "اتفاقية الاتفاقيات",
        "ضحية ضحايا للضحايا لضحاياهم",
        "طفل أطفال طفلاً للأطفال بأطفال",
        "طرف أطراف لأطراف",
        "قانون قوانين قانونية القانوني قانونا",
        "عامل عمال للعمال عاملات",
        "امرأة المرأة نساء للنساء",
        "شبكة شبكات",
        "حق الحق حقوق حقوقهم",
        "حرس وحرس حارس",
        "شفوي شفويون شفوياً شفوية",
        "جنسية جنسيته",
        "مفتش مفتشو مفتشي المفتشين",
        "استبيان استبيانه",
        "child children",
        "organization organisations",
        "labour labor",
        "criminalised criminalize",
    ],
)
def test_it_finds_irregular_forms_together(forms: str) -> None:
    first, *others = (readings(form) for form in forms.split())
    assert all(first & other for other in others)


@pytest.mark.parametrize(
    ("behind", "alone"), [("لحماية", "حماية"), ("لمنع", "منع"), ("ولتعزيز", "تعزيز")]
)
def test_it_reads_a_preposition_of_one_letter_both_ways(behind: str, alone: str) -> None:
    [term] = arabic.terms(behind)
    assert term.also == arabic.terms(alone)[0].term
    assert term.term != term.also


@pytest.mark.parametrize(
    ("one", "other"),
    [("قضائي", "قضية"), ("مؤقتة", "موقع"), ("ورد", "رد"), ("وجهة", "جهة"), ("لجنة", "جنة")],
)
def test_it_keeps_different_words_apart(one: str, other: str) -> None:
    assert arabic.terms(one)[0].term != arabic.terms(other)[0].term


@given(st.text(alphabet="ابتثجحدرسشعفقكلمنهويةىءأ", min_size=1, max_size=12))
def test_it_gives_every_word_a_term_whatever_stands_before_it(word: str) -> None:
    for written in (word, f"و{word}", f"ل{word}", f"ال{word}"):
        assert all(term.term for term in arabic.terms(written))
