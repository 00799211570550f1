"""An article of law is kept as it stands, so that nothing else may stand there."""

from __future__ import annotations

import pytest

from marsad.statistics.records import codebook
from marsad.statistics.records.cells import Asked, NotThis, read


def kept(text: str) -> list[str]:
    book = codebook.load("2026-1")
    variable = next(each for each in book.variables if each.type == "reference")
    return list(read(text, Asked(variable=variable, book=book, words={}, this_year=2026)).values)


@pytest.mark.parametrize(
    "text",
    [
        "5", "5(2)", "art. 5 (2)(a)", "Article 3", "225-4-1", "1591", "5 bis", "7a", "5/2", "2, 5",
        "المادة 5", "مادة 5(أ)", "5 مكرر", "article 12.3", "3(iv)",
    ],
)  # fmt: skip
def test_it_keeps_an_article(text: str) -> None:
    assert kept(text) == [text]


def test_it_keeps_an_article_in_arabic_digits() -> None:
    assert kept("المادة ٥(٢)") == ["المادة 5(2)"]


@pytest.mark.parametrize(
    "text",
    [
        # Dates of birth, however they are written.
        "12.05.1998", "12/05/98", "12.5.98", "1998", "1998-05-12", "1998/5", "1998 a",
        # Names behind a number.
        "1 maria lopez", "1/maria/lopez", "5 ليلى", "5(maria)", "12 m. l.", "1maria",
        # Telephone numbers and numbers of papers.
        "07912 345 678", "123-456-789 012", "5551234", "555-1234", "12, 34, 567", "A1234567",
        "1234-56-78", "+962 79 123", "art. 5551234", "",
    ],
)  # fmt: skip
def test_it_keeps_nothing_that_tells_who_somebody_is(text: str) -> None:
    with pytest.raises(NotThis):
        kept(text)
