from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.library import problems
from marsad.library.queries import search as queries
from marsad.library.terms import question, snippet, vector
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT


@pytest.fixture
def shelf(shelve):
    shelve(ENGLISH_REPORT)
    shelve(ARABIC_REPORT, "ar.txt")


def anchors(typed, reader, **filters):
    found = queries.search(reader=reader, typed=typed, filters=queries.Filters(**filters))
    assert found.count == len(found.hits)
    return {hit.anchor for hit in found.hits}


@pytest.mark.parametrize(
    "typed",
    ["توصية", "التوصيات", "بالتوصيات", "والتوصيات"],
)
def test_it_finds_every_form_of_an_arabic_word(shelf, public, typed):
    assert "sec-2" in anchors(typed, public, language="ar")


@pytest.mark.parametrize("typed", ["الإستقدام", "الاستقدام", "الاستِقدام", "استقدام"])
def test_it_folds_hamza_marks_and_article(shelf, public, typed):
    assert anchors(typed, public, language="ar", kind="recommendation") == {"rec-1"}


@pytest.mark.parametrize("typed", ["inspector", "inspectors", "INSPECTORS"])
def test_it_finds_every_form_of_an_english_word(shelf, public, typed):
    assert anchors(typed, public) == {"rec-2"}


@pytest.mark.parametrize("typed", ["2023", "٢٠٢٣"])
def test_it_takes_digits_of_either_kind(shelf, public, typed):
    assert "para-1" in anchors(typed, public, language="ar")


def test_it_finds_a_symbol_as_one_word(shelf, public):
    assert anchors("TEST/COP/WG.9/2023/1", public) == {"para-1"}


def test_it_finds_a_phrase_only_where_its_words_stand_together(shelf, public):
    assert anchors('"labour inspectors"', public) == {"rec-2"}
    assert anchors('"inspectors labour"', public) == set()
    assert anchors("inspectors labour", public) == {"rec-2"}


def test_it_leaves_out_what_is_unwanted(shelf, public):
    with_word = anchors("should", public, kind="recommendation")
    without = anchors("should -children", public, kind="recommendation")

    assert with_word - without == {"rec-3"}


def test_it_marks_the_hit_in_the_snippet(shelf, public):
    [hit] = queries.search(reader=public, typed="inspector").hits

    assert [piece for piece, is_hit in hit.snippet.parts if is_hit] == ["inspectors"]


def test_it_puts_a_passage_about_the_words_before_one_that_names_them(shelve, public):
    shelve(ENGLISH_REPORT)

    hits = queries.search(reader=public, typed="recruitment agency").hits

    assert hits[0].anchor == "rec-1"


def test_it_ranks_the_newest_documents_where_too_many_passages_match(shelve, public, monkeypatch):
    shelve(ENGLISH_REPORT)
    shelve(ENGLISH_REPORT.replace("2023", "2024").replace("children", "minors"), "newer.txt")
    monkeypatch.setattr(queries, "MANY", 3)
    monkeypatch.setattr(queries, "ENOUGH", 2)
    monkeypatch.setattr(queries, "_expected", lambda versions, wanted: 4)

    found = queries.search(reader=public, typed="working group")

    assert found.more
    assert {hit.year for hit in found.hits} == {2024}


def test_it_ranks_all_where_fewer_match_than_were_expected(shelve, public, monkeypatch):
    shelve(ENGLISH_REPORT)
    shelve(ENGLISH_REPORT.replace("2023", "2024").replace("children", "minors"), "newer.txt")
    monkeypatch.setattr(queries, "MANY", 3)
    monkeypatch.setattr(queries, "ENOUGH", 2)
    monkeypatch.setattr(queries, "_expected", lambda versions, wanted: 4)

    found = queries.search(reader=public, typed="children")

    assert not found.more
    assert [hit.year for hit in found.hits] == [2023]


@pytest.mark.parametrize("typed", ["", "   ", '""', "!&|", "-", "()"])
def test_it_asks_for_words_when_there_are_none(db, public, typed):
    with pytest.raises(problems.NothingAsked):
        queries.search(reader=public, typed=typed)


@pytest.mark.parametrize(
    "typed", ["a'b", "x:*", "a & | !b", "\\", "'; drop table", "<->", "a\x00b"]
)
def test_it_takes_anything_a_person_may_type(db, public, typed):
    with contextlib.suppress(problems.NothingAsked):
        queries.search(reader=public, typed=typed)


@given(st.text(max_size=300))
def test_it_cuts_a_snippet_that_is_the_text_itself(text):
    asked = question(text).terms
    parts = snippet(text, asked=asked, length=60)

    joined = "".join(piece for piece, _is_hit in parts if piece not in ("… ", " …"))
    assert joined in text or not joined


@given(st.text(max_size=200), st.text(max_size=50))
def test_it_finds_in_a_text_every_word_of_it(text, heading):
    written = vector(text, heading=heading)
    assert all(
        f"'{term}'" in written
        for term in question(text.replace("-", " ")).terms
        if "'" not in term and "\\" not in term
    )


def test_it_says_how_many_there_are_past_the_last_page_too(shelf, public):
    all_of_them = queries.search(reader=public, typed="should")
    past = queries.search(reader=public, typed="should", start=5000)

    assert past.count == all_of_them.count > 0
    assert not past.hits
