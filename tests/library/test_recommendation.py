from __future__ import annotations

from datetime import date

import pytest

from marsad.library import problems
from marsad.library.actions import document as documents
from marsad.library.actions import likeness
from marsad.library.actions import theme as theme_actions
from marsad.library.models import Likeness
from marsad.library.queries import recommendation as queries
from marsad.library.words import LikenessState
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT, NOON

LATER = ENGLISH_REPORT.replace("2023", "2024").replace(
    "States parties should register every recruitment agency, and should publish the register.",
    "States parties shall register each recruitment agency and shall publish that register yearly.",
)


def idents(reader, **chosen):
    rows, count = queries.index(reader=reader, choice=queries.Choice(**chosen), language="en")
    assert len(rows) == count
    return [(row.year, row.ident) for row in rows]


def test_it_lists_what_was_recommended_with_addressee_and_strength(shelve, public):
    shelve(ENGLISH_REPORT)

    rows, _count = queries.index(reader=public, choice=queries.Choice(), language="en")

    assert [(row.ident, row.addressees, row.strength) for row in rows] == [
        ("1", ["states_parties"], "should"),
        ("2", ["states_parties"], "is_encouraged"),
        ("3", ["secretariat"], "should"),
    ]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"addressee": "secretariat"}, ["3"]),
        ({"strength": "is_encouraged"}, ["2"]),
        ({"year": 2023}, ["1", "2", "3"]),
        ({"year": 1999}, []),
        ({"words": "inspectors"}, ["2"]),
        ({"words": "inspector"}, ["2"]),
        ({"words": "nonsense"}, []),
        ({"document": "TEST/COP/WG.9/2023/4"}, ["1", "2", "3"]),
    ],
)
def test_it_filters(shelve, public, chosen, expected):
    shelve(ENGLISH_REPORT)

    assert [ident for _year, ident in idents(public, **chosen)] == expected


def test_it_filters_by_theme_and_provision_that_were_found(shelve, public):
    shelve(ENGLISH_REPORT)
    offered = queries.choices(reader=public, language="en")

    assert offered.themes
    assert offered.provisions
    for code, _label, count in offered.themes:
        assert len(idents(public, theme=code)) == count
    for name, _label, count in offered.provisions:
        assert len(idents(public, provision=name)) == count


def test_it_refuses_a_filter_that_is_on_no_list(public):
    with pytest.raises(problems.UnknownChoice, match=r"everyone.*states_parties"):
        idents(public, addressee="everyone")


def test_it_gives_each_recommendation_once_in_the_language_of_the_reader(shelve, public):
    shelve(ENGLISH_REPORT)
    shelve(ARABIC_REPORT, "ar.txt")

    for language in ("ar", "en"):
        rows, count = queries.index(reader=public, choice=queries.Choice(), language=language)
        assert count == 3
        assert {row.language for row in rows} == {language}


def test_it_groups_by_theme_and_by_meeting(shelve, public):
    shelve(ENGLISH_REPORT)
    shelve(LATER, "later.txt")

    by_meeting = queries.compilation(
        reader=public,
        choice=queries.Choice(group_by="meeting"),
        language="en",
        on=date(2026, 11, 22),
    )
    by_theme = queries.compilation(
        reader=public, choice=queries.Choice(group_by="theme"), language="en", on=date(2026, 11, 22)
    )

    assert [len(group.rows) for group in by_meeting.groups] == [3, 3]
    assert by_meeting.count == by_theme.count == 6
    assert {row.pk for group in by_theme.groups for row in group.rows} == {
        row.pk for group in by_meeting.groups for row in group.rows
    }


# ── the same idea across meetings ────────────────────────────────────────────────────────────────
@pytest.fixture
def pair(shelve):
    """Recommendation 1 of 2023, and the one of 2024 that says much the same."""
    first, second = shelve(ENGLISH_REPORT), shelve(LATER, "later.txt")
    return first.recommendations.get(ident="1"), second.recommendations.get(ident="1")


def states_seen(reader, pk):
    return {
        (other.row.document_symbol, other.row.ident): other.state
        for other in queries.alike(reader=reader, pk=pk, language="en")
    }


def test_it_suggests_the_same_idea_of_another_meeting(pair, public):
    first, second = pair

    assert states_seen(public, first.pk)["TEST/COP/WG.9/2024/4", "1"] == LikenessState.SUGGESTED
    assert states_seen(public, second.pk)["TEST/COP/WG.9/2023/4", "1"] == LikenessState.SUGGESTED


def test_it_keeps_what_a_person_decided(pair, amal, public, shelve):
    first, second = pair

    likeness.decide(
        first=second.pk, second=first.pk, state=LikenessState.CONFIRMED, by=amal, at=NOON
    )
    shelve(ENGLISH_REPORT.replace("2023", "2022"), "earlier.txt")

    seen = states_seen(public, first.pk)
    assert seen["TEST/COP/WG.9/2024/4", "1"] == LikenessState.CONFIRMED


def test_it_takes_a_rejected_suggestion_away_for_good(pair, amal, public):
    first, second = pair

    likeness.decide(
        first=first.pk, second=second.pk, state=LikenessState.REJECTED, by=amal, at=NOON
    )
    likeness.suggest_for(document_id=first.document_id)

    assert ("TEST/COP/WG.9/2024/4", "1") not in states_seen(public, first.pk)
    assert Likeness.objects.filter(state=LikenessState.REJECTED).count() == 1


def test_it_lets_only_curators_decide(pair, reem):
    first, second = pair

    with pytest.raises(problems.NotALibrarian):
        likeness.decide(
            first=first.pk, second=second.pk, state=LikenessState.CONFIRMED, by=reem, at=NOON
        )


# ── themes ───────────────────────────────────────────────────────────────────────────────────────
def save(code="recruitment", *, by, is_new=True, **changed):
    said = {
        "label_ar": "الاستقدام",
        "label_en": "Recruitment of workers",
        "label_fr": "",
        "keywords": {"en": ["recruitment agency"], "ar": []},
        "provisions": [{"instrument": "TIP Protocol", "article": "9"}],
        **changed,
    }
    return theme_actions.save_theme(code=code, by=by, at=NOON, is_new=is_new, **said)


def test_it_classifies_anew_when_a_theme_is_added(shelve, amal, public):
    shelve(ENGLISH_REPORT)

    save("recruitment-of-workers", by=amal)

    assert [ident for _year, ident in idents(public, theme="recruitment-of-workers")] == ["1"]


def test_it_refuses_a_theme_whose_code_is_taken(reference_data, amal):
    save("mine", by=amal)

    with pytest.raises(problems.ThemeCodeTaken):
        save("mine", by=amal)


def test_it_leaves_what_a_person_classified(shelve, amal):
    document = shelve(ENGLISH_REPORT)
    recommendation = document.recommendations.get(ident="1")
    save("mine", by=amal, keywords={"en": ["nothing of the kind"]})

    theme_actions.set_themes(recommendation=recommendation.pk, codes=["mine"], by=amal, at=NOON)
    theme_actions.classify_anew()

    assert [link.theme_id for link in recommendation.theme_links.all()] == ["mine"]


def test_it_refuses_a_theme_that_is_not_on_the_list(shelve, amal):
    recommendation = shelve(ENGLISH_REPORT).recommendations.get(ident="1")
    before = recommendation.theme_links.count()

    with pytest.raises(problems.UnknownTheme):
        theme_actions.set_themes(recommendation=recommendation.pk, codes=["x"], by=amal, at=NOON)
    assert recommendation.theme_links.count() == before


def test_it_keeps_that_a_person_found_no_theme_fitting(shelve, amal):
    recommendation = shelve(ENGLISH_REPORT).recommendations.get(ident="2")
    assert recommendation.theme_links.exists()

    theme_actions.set_themes(recommendation=recommendation.pk, codes=[], by=amal, at=NOON)
    theme_actions.classify_anew()

    assert not recommendation.theme_links.exists()


def test_it_lets_provisions_follow_the_themes(shelve, amal):
    recommendation = shelve(ENGLISH_REPORT).recommendations.get(ident="1")
    save("mine", by=amal, provisions=[{"instrument": "Other", "article": "77"}])

    theme_actions.set_themes(recommendation=recommendation.pk, codes=["mine"], by=amal, at=NOON)

    recommendation.refresh_from_db()
    assert {"instrument": "Other", "article": "77", "basis": "theme"} in recommendation.provisions

    save("mine", by=amal, is_new=False, provisions=[{"instrument": "Other", "article": "78"}])
    recommendation.refresh_from_db()
    assert [each["article"] for each in recommendation.provisions] == ["78"]


def test_it_refuses_a_theme_whose_code_is_an_address(reference_data, amal):
    with pytest.raises(problems.ThemeCodeTaken):
        save("new", by=amal)


# ── what the index says is what the version shown says ───────────────────────────────────────────
WEAKER = ENGLISH_REPORT.replace(
    "States parties should register every", "States may register every"
).replace("Recommendation 3", "Remark 3")


@pytest.fixture
def two_wordings(shelve):
    shelve(WEAKER, "weaker.txt")
    return shelve(ENGLISH_REPORT, "report.txt")


def test_it_takes_addressee_and_strength_from_the_version_shown(two_wordings, amal, public):
    for name, strength, addressees, count in [
        ("report.txt", "should", ["states_parties"], 3),
        ("weaker.txt", "may", ["states"], 2),
    ]:
        version = two_wordings.versions.get(file_name=name)
        documents.show(document=two_wordings.key, version=version.key, by=amal, at=NOON)

        rows, found = queries.index(reader=public, choice=queries.Choice(), language="en")
        assert (found, rows[0].strength, list(rows[0].addressees)) == (count, strength, addressees)


def test_it_hands_on_what_people_decided_when_documents_are_joined(shelve, amal, public):
    english, later = shelve(ENGLISH_REPORT), shelve(LATER, "later.txt")
    copy = shelve(ARABIC_REPORT.replace("TEST/COP/WG.9/2023/4\n", ""), "ar.txt")
    mine, other = copy.recommendations.get(ident="2"), later.recommendations.get(ident="2")
    save("mine", by=amal)
    theme_actions.set_themes(recommendation=mine.pk, codes=["mine"], by=amal, at=NOON)
    likeness.decide(first=mine.pk, second=other.pk, state=LikenessState.CONFIRMED, by=amal, at=NOON)

    documents.join(document=copy.key, into=english.key, by=amal, at=NOON)

    home = english.recommendations.get(ident="2")
    assert [link.theme_id for link in home.theme_links.all()] == ["mine"]
    assert states_seen(public, home.pk)["TEST/COP/WG.9/2024/4", "2"] == LikenessState.CONFIRMED
