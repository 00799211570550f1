"""Themes suggested from earlier coding, with their reasons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.review.suggesting import learn, sentences, suggest, suggest_in

CODED = [
    ("افتتحت الدولة مأوى للضحايا", {"shelter"}),
    ("توفر المآوي رعاية صحية للضحايا", {"shelter"}),
    ("Two shelters were opened", {"shelter"}),
    ("A shelter for women exists", {"shelter"}),
    ("صدر قانون جديد للعقوبات", {"law"}),
    ("عدل القانون سنة ٢٠١٢", {"law"}),
    ("The penal law was amended", {"law"}),
    ("A law against demand exists", {"law"}),
    ("Campaigns in schools reach pupils", {"awareness"}),
]


def test_it_suggests_by_the_stems_of_either_language_and_names_its_reasons() -> None:
    learnt = learn(CODED)
    [arabic] = suggest(learnt, "لدينا ثلاثة قوانين")
    assert (arabic.theme, arabic.words) == ("law", ("قوانين",))
    [english] = suggest(learnt, "Our shelters are free")
    assert (english.theme, english.words) == ("shelter", ("shelters",))


def test_it_suggests_nothing_for_words_that_it_has_not_met_often_enough() -> None:
    learnt = learn(CODED)
    assert suggest(learnt, "Campaigns in schools") == []  # coded once only
    assert suggest(learnt, "ثمانية كتب") == []
    assert suggest(learn([]), "shelters") == []


def test_it_finds_the_sentence_that_a_theme_is_in() -> None:
    text = "لا يوجد شيء آخر. صدر القانون. وعدل القانون مرتين."
    found = suggest_in(learn(CODED), text)
    assert [(each.theme, text[each.start : each.end]) for each in found] == [
        ("law", "صدر القانون. وعدل القانون مرتين.")
    ]


@given(st.text(max_size=200), st.randoms())
def test_it_says_the_same_in_whatever_order_it_was_taught(text: str, chance: object) -> None:
    taught = list(CODED)
    chance.shuffle(taught)  # type: ignore[attr-defined]
    assert suggest_in(learn(taught), text) == suggest_in(learn(CODED), text)


@given(st.text(max_size=200))
def test_sentences_are_passages_of_the_text_one_after_another(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        last = end
