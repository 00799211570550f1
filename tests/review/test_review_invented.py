"""The mark of what is invented: in the words of whatever carries it."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation

from marsad.review import invented


def test_it_speaks_the_language_of_what_carries_it() -> None:
    with translation.override("ar"):
        assert invented.mark("en") == "Invented"
        assert "no real State" in invented.sentence("en")
    with translation.override("en"):
        assert "أي دولة حقيقية" in invented.sentence("ar")


def test_it_stands_on_a_page_in_words() -> None:
    page = Template("{% load invented %}{% invented_mark %}{% invented_badge %}")
    with translation.override("en"):
        shown = page.render(Context())
    assert str(invented.sentence("en")) in shown
    assert shown.count("Invented") == 2


def test_it_is_in_the_name_of_a_file_that_is_taken_away() -> None:
    assert invented.file_name("register.csv", is_invented=True) == "INVENTED-register.csv"
