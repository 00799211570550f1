"""What printed places and categories mean."""

from __future__ import annotations

import pytest

from marsad.tabulation import place_names
from marsad.tabulation.categories import category_of
from marsad.tabulation.places import NoPlace, all_places, place_of
from marsad.tabulation.types import Place
from tests.tabulation.figures_of_our_own import CITIZENSHIP, FORM

REPATRIATION = "by country of repatriation"


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("JOR", "Jordan", "state"),
        ("", "الأردن", "state"),
        ("400", "", "state"),
        ("VAT", "Holy See", "state"),
        ("COK", "Cook Islands", "state"),
        ("HKG", "", "territory"),
        ("PRI", "Puerto Rico", "territory"),
        ("SAF", "", "regional_group"),
        ("EEU", "", "regional_group"),
        ("", "Sark", "other_place"),
        ("Aruba/Curacao", "", "other_place"),
    ],
)
def test_it_knows_a_state_from_other_places(code: str, name: str, kind: str) -> None:
    found = place_of(code, name)
    assert isinstance(found, Place)
    assert found.kind == kind
    assert place_names()[found.code]["ar"]


@pytest.mark.parametrize(
    ("code", "region", "subregion"),
    [
        ("JOR", "Asia", "Western Asia"),
        ("KEN", "Africa", "Sub-Saharan Africa"),
        ("PER", "Americas", "Latin America and the Caribbean"),
        ("ABW+CUW", "Americas", "Latin America and the Caribbean"),
        ("CAN", "Americas", "Northern America"),
    ],
)
def test_it_knows_the_subregion_of_a_place_and_not_what_that_is_divided_into(
    code: str, region: str, subregion: str
) -> None:
    (found,) = (place for place in all_places() if place.code == code)
    assert (found.region, found.subregion) == (region, subregion)


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        ("", "Atlantis", "unknown-country"),
        ("QQQ", "", "unknown-country"),
        ("QQQ", "Jordan", "unknown-country"),
        ("JOR", "Egypt", "two-places"),
        ("", " ", "no-country"),
    ],
)
def test_it_says_why_a_place_is_none(code: str, name: str, why: str) -> None:
    found = place_of(code, name)
    assert isinstance(found, NoPlace)
    assert found.why == why


def test_it_proposes_what_may_have_been_meant() -> None:
    found = place_of("", "Jordann")
    assert isinstance(found, NoPlace)
    assert found.perhaps[0] == "Jordan"


@pytest.mark.parametrize(
    ("printed", "kind", "code"),
    [
        ("Uganda", "country", "UGA"),
        ("Ugandans", "country", "UGA"),
        ("ucraniano", "country", "UKR"),
        ("Nationals", "nationals", ""),
        ("Netherlands (own country)", "nationals", ""),
        ("Abroad", "whole", ""),
        ("TOTAL", "whole", ""),
        ("Stateless", "stateless", ""),
        ("N/A", "unknown", ""),
        ("M49 Region: Asia", "region", ""),
        ("Former Yugoslavia", "past_state", ""),
        ("Rohingya", "people", ""),
        ("", "empty", ""),
        ("3 of them", "unread", ""),
        ("0", "unread", ""),
    ],
)
def test_it_knows_what_a_category_of_people_is(printed: str, kind: str, code: str) -> None:
    found = category_of(CITIZENSHIP, printed)
    assert (found.kind, found.citizenship) == (kind, code)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("CÃ´te d'Ivoire", "CIV"),
        ("TÃ¼rkiye", "TUR"),
        ("M\ufffdxico", "MEX"),
        ("PER\ufffd", "PER"),
        ("C\ufffdte d\ufffdIvoire", "CIV"),
    ],
)
def test_it_mends_lost_letters_and_says_so(printed: str, code: str) -> None:
    found = category_of(CITIZENSHIP, printed)
    assert found.citizenship == code
    assert found.labels == ("broken-letters",)


def test_it_does_not_guess_where_lost_letters_leave_two_countries() -> None:
    # Niger and Nigeria, and nobody can tell.
    assert category_of(CITIZENSHIP, "Niger\ufffd\ufffd").kind == "unread"


def test_it_knows_forms_of_exploitation_by_other_words() -> None:
    assert category_of(FORM, "Forced labor").word == "Forced labour"
    assert category_of(FORM, "dancing").kind == "unread"


def test_it_takes_the_word_total_for_a_whole_only_in_a_dimension() -> None:
    assert category_of("Total", "Total").kind == "total"
    assert category_of(REPATRIATION, "Total").kind == "whole"
