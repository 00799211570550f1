"""A page asks the database as often for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT


def another(report: str, number: int) -> str:
    """The same report of another year, with words of its own so that it is no copy."""
    words = " ".join(f"topic{number}{letter}" for letter in "abcdefghij")
    return report.replace("2023", str(2000 + number)).replace("Details stand", f"{words} stand")


@pytest.fixture
def asked(client_of, public):
    """How often a page asks the database; asked once before, so that caches are warm."""

    def count(address: str) -> int:
        browser = client_of(public)
        assert browser.get(address, follow=True).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(address, follow=True)
        return len(queries)

    return count


@pytest.mark.parametrize(
    ("page", "question"),
    [
        ("document_list", ""),
        ("recommendation_list", ""),
        ("recommendation_list", "?group_by=theme"),
        ("recommendation_list", "?group_by=meeting"),
        ("search", "?q=States"),
        ("theme_list", ""),
    ],
)
def test_it_asks_as_often_for_many_documents_as_for_two(shelve, asked, page, question):
    address = reverse(f"library:{page}") + question
    shelve(another(ENGLISH_REPORT, 1))
    shelve(another(ENGLISH_REPORT, 2))
    few = asked(address)
    for number in range(3, 9):
        shelve(another(ENGLISH_REPORT, number))

    assert asked(address) <= few


def test_it_asks_as_often_for_a_long_document_as_for_a_short_one(shelve, asked):
    short = shelve(another(ENGLISH_REPORT, 1))
    few = asked(reverse("library:document", args=[short.key]))
    more = "".join(
        f"\n\nRecommendation {number}\n\nStates parties should consider matter {number}.\n"
        for number in range(4, 40)
    )
    long = shelve(another(ENGLISH_REPORT, 2) + more)

    assert asked(reverse("library:document", args=[long.key])) <= few


def test_it_asks_as_often_for_many_likenesses_as_for_one(shelve, asked):
    first = shelve(another(ENGLISH_REPORT, 1))
    shelve(another(ENGLISH_REPORT, 2))
    address = reverse(
        "library:recommendation", args=[first.key, first.recommendations.first().anchor]
    )
    few = asked(address)
    for number in range(3, 6):
        shelve(another(ENGLISH_REPORT, number))

    assert asked(address) <= few


def test_it_shelves_a_recommendation_in_a_few_statements(add, shelve):
    shelve(ENGLISH_REPORT)

    def statements(report: str, name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            arrived = add(report, name)
        assert arrived.version is not None
        return len(queries)

    few = statements(another(ENGLISH_REPORT, 1), "few.txt")
    more = "".join(
        f"\n\nRecommendation {number}\n\nStates parties should consider matter {number}.\n"
        for number in range(4, 44)
    )
    many = statements(another(ENGLISH_REPORT, 2) + more, "many.txt")

    assert many - few < 10


def test_it_asks_as_often_for_an_arabic_page(shelve, asked):
    shelve(ARABIC_REPORT, "ar.txt")
    address = f"{reverse('library:search')}?q=الدول"

    assert asked(address) < 12


@pytest.mark.parametrize("page", ["document_list", "recommendation_list", "search"])
def test_it_leaves_the_texts_of_whole_documents_where_they_are(shelve, client_of, public, page):
    shelve(ENGLISH_REPORT)
    with CaptureQueriesContext(connection) as queries:
        client_of(public).get(f"{reverse(f'library:{page}')}?q=States", follow=True)

    assert not [query["sql"] for query in queries if '."source_text"' in query["sql"]]
