"""The bank finds a question by words, concept, provision and theme, and where else it is asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from marsad.directory.types import OPERATOR
from marsad.questionnaires import terms
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.plain_words import plain
from marsad.questionnaires.queries import bank
from marsad.questionnaires.words import Access
from tests.questionnaires.workbooks import SMALL, ask, workbook

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def shelves(db: None) -> None:
    """Two published questionnaires that ask one thing both, and a draft."""
    other = [
        ask(
            "integer",
            "people",
            "عدد العاملين في المنشأة",
            "Number of people who work there",
            **{"bind::marsad:concept": "inspection.workers", "bind::marsad:provision": "TIP 6(3)"},
        ),
        ask("text", "shelters", "ما دور **إيواء** الضحايا؟", "Which shelters are there?"),
    ]
    for data in (workbook(), workbook(other, settings={"form_id": "places"})):
        version = actions.upload(data=data, file_name="f.xlsx", by=OPERATOR, at=NOON)
        actions.publish(key=version.key, by=OPERATOR, at=NOON)
    draft = workbook(
        [ask("text", "secret", "مسودة", "shelters in a draft")], settings={"form_id": "d"}
    )
    actions.upload(data=draft, file_name="d.xlsx", by=OPERATOR, at=NOON)


def names(reader: AnonymousUser, **sought: str) -> list[str]:
    found = bank.search(reader=reader, sought=bank.Sought(**sought), language="ar")
    return sorted(hit.question.name for hit in found.hits)


def test_it_holds_every_question_of_what_is_published(public: AnonymousUser) -> None:
    assert names(public) == ["people", "shelters", "visited", "workers"]


@pytest.mark.parametrize("typed", ["عامل", "العاملون", "للعمال والعاملين", "workers"])
def test_it_finds_every_form_of_a_word(public: AnonymousUser, typed: str) -> None:
    assert "workers" in names(public, typed=typed.split()[-1])


def test_it_finds_by_choices_and_marked_words(public: AnonymousUser) -> None:
    assert names(public, typed="shelters") == ["shelters"]
    assert names(public, typed="إيواء") == ["shelters"]
    assert names(public, typed="Yes") == ["visited"]


def test_it_finds_nothing_for_signs(public: AnonymousUser) -> None:
    assert names(public, typed="؟؟") == []
    assert names(public, typed="'); DROP") == []


def test_it_finds_by_provision_theme_concept_and_duty(public: AnonymousUser) -> None:
    assert names(public, provision="TIP") == ["people", "workers"]
    assert names(public, provision="TIP 6") == ["people"]
    assert names(public, theme="labour") == ["workers"]
    assert names(public, concept="inspection.workers") == ["people", "workers"]
    assert names(public, obligation="mandatory") == ["workers"]


def test_it_says_where_else_a_thing_is_asked(public: AnonymousUser) -> None:
    found = bank.search(reader=public, sought=bank.Sought(provision="TIP 6"), language="en")

    assert found.hits[0].elsewhere == 1
    assert len(bank.same_concept(reader=public, concept="inspection.workers", language="en")) == 2


def test_it_offers_what_occurs(public: AnonymousUser) -> None:
    offered = bank.offered(reader=public)

    assert offered.concepts == [("inspection.workers", 2)]
    assert [code for code, _count in offered.provisions] == ["TIP 6", "TIP 9", "UNTOC 31"]
    assert (offered.questionnaires, offered.questions) == (2, 4)


def test_it_holds_only_the_newest_version(public: AnonymousUser) -> None:
    data = workbook([SMALL[0]], settings={"version": "2"})
    version = actions.upload(data=data, file_name="f.xlsx", by=OPERATOR, at=NOON)
    actions.publish(key=version.key, by=OPERATOR, at=NOON)

    assert "workers" not in names(public)
    actions.withdraw(key=version.key, by=OPERATOR, at=NOON)
    assert "workers" in names(public)


def test_it_tells_nobody_of_what_is_not_theirs(public: AnonymousUser) -> None:
    actions.open_to(
        key=bank.search(
            reader=OPERATOR, sought=bank.Sought(typed="shelters"), language="en"
        ).hits[0].questionnaire_key,
        access=Access.RESTRICTED,
        roles=[],
        by=OPERATOR,
        at=NOON,
    )  # fmt: skip

    assert names(public) == ["visited", "workers"]
    found = bank.search(reader=public, sought=bank.Sought(typed="workers"), language="en")
    assert found.hits[0].elsewhere == 0


def test_it_asks_few_questions_of_the_database(
    public: AnonymousUser, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        names(public, typed="workers")


def test_words_lose_their_marks() -> None:
    assert plain("# **كم** <span style='color:red'>عددهم</span> في ${place}؟") == "كم عددهم في …؟"
    assert plain("[القانون](https://example.org) snake_case_name 2 * 3 * 4") == (
        "القانون snake_case_name 2 * 3 * 4"
    )


def test_a_question_in_words_is_a_question_to_the_database() -> None:
    assert terms.question("the workers") == "'worker'"
    assert terms.question("") == ""
