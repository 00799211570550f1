"""The States themselves: codes, groups, regions, names and their order."""

from __future__ import annotations

import itertools

import pytest

from marsad import countries
from marsad.countries.folding import words
from marsad.countries.names import Node, all_names, tree
from marsad.countries.tables import cldr_names, read_data

MEMBERS = 193


def test_it_knows_every_member_of_the_united_nations() -> None:
    members = [country for country in countries.all() if country.kind == "member"]
    assert len(members) == MEMBERS
    assert all(country.un_group and country.region and country.subregion for country in members)


def test_it_knows_the_size_of_the_regional_groups() -> None:
    groups = [country.un_group for country in countries.all() if country.un_group]
    assert {group: groups.count(group) for group in set(groups)} == {
        "africa": 54,
        "asia-pacific": 54,
        "eastern-europe": 23,
        "latin-america-caribbean": 33,
        "western-europe-others": 29,
    }


def test_it_knows_the_observers_and_who_else_signs_treaties() -> None:
    kinds = {country.iso2: country.kind for country in countries.all()}
    assert [iso2 for iso2, kind in kinds.items() if kind == "observer"] == ["PS", "VA"]
    assert [iso2 for iso2, kind in kinds.items() if kind == "entity"] == ["CK", "EU", "NU"]


def test_it_gives_each_code_to_one_country() -> None:
    everyone = countries.all()
    for codes in (
        [country.iso2 for country in everyone],
        [country.iso3 for country in everyone if country.iso3],
        [country.m49 for country in everyone if country.m49],
    ):
        assert len(codes) == len(set(codes))
        assert len(codes) >= 249


def test_it_finds_a_country_by_any_of_its_codes() -> None:
    for country in countries.all():
        for code in (country.iso2, country.iso3, country.m49):
            assert code is None or countries.get(code) is country
    assert countries.get(" jor ") is countries.get("400")


@pytest.mark.parametrize("code", ["", "XX", "Jordan", "4000", "٤٠٠٠"])
def test_it_says_that_a_code_is_unknown(code: str) -> None:
    with pytest.raises(countries.UnknownCode) as caught:
        countries.get(code)
    assert "ISO 3166" in str(caught.value)


def test_it_says_that_a_language_is_unknown() -> None:
    with pytest.raises(countries.UnknownLanguage):
        countries.display_name("JO", "de")
    with pytest.raises(countries.UnknownLanguage):
        countries.sorted_in("de")


def test_it_places_every_country_but_two_in_a_region_within_a_region() -> None:
    nowhere = [country.iso2 for country in countries.all() if country.region is None]
    assert nowhere == ["AQ", "EU"]
    regions = countries.regions()
    for country in countries.all():
        place = country.subregion
        while place is not None and place.parent:
            place = regions[place.parent]
        assert place is country.region


def test_it_agrees_with_cldr_on_the_names_of_regions_in_english() -> None:
    spelt_otherwise = {"014", "029", "145", "155", "151", "154", "039", "015", "011", "017", "419"}
    for m49, region in countries.regions().items():
        if m49 not in spelt_otherwise:
            common = cldr_names("en").get(m49)
            assert common is None or common.split()[0][:4] == region.names["en"].split()[0][:4]


@pytest.mark.parametrize(
    ("iso2", "language", "name"),
    [
        ("IR", "ar", "إيران (جمهورية - الإسلامية)"),
        ("VE", "ar", "فنزويلا (جمهورية - البوليفارية)"),
        ("BO", "ar", "بوليفيا (دولة - المتعددة القوميات)"),
        ("GB", "ar", "المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية"),
        ("CI", "en", "Côte d'Ivoire"),
        ("MD", "fr", "République de Moldova"),
        ("RU", "ru", "Российская Федерация"),
        ("KR", "es", "República de Corea"),
        ("LA", "zh", "老挝人民民主共和国"),
    ],
)
def test_it_writes_names_as_the_united_nations_does(iso2: str, language: str, name: str) -> None:
    assert countries.display_name(iso2, language) == name


def test_it_has_no_name_that_means_two_countries() -> None:
    def check(node: Node, path: tuple[str, ...]) -> None:
        owners = {name.iso2 for name in node.ends}
        assert len(owners) <= 1, (path, owners)
        for word, following in node.next.items():
            check(following, (*path, word))

    check(tree(), ())


def test_it_has_data_about_countries_that_exist() -> None:
    known = {country.iso2 for country in countries.all()}
    for table in ("names.csv", "aliases.csv"):
        assert {row["iso2"] for row in read_data(table)} <= known


def test_it_marks_as_ambiguous_only_names_that_exist() -> None:
    ambiguous = {(name.language, words(name.text)) for name in all_names() if name.ambiguous}
    for row in read_data("ambiguous.csv"):
        assert (row["language"], words(row["name"])) in ambiguous, row


def test_it_sorts_arabic_names_without_the_article_but_with_their_own_letters() -> None:
    order = [country.iso2 for country in countries.sorted_in("ar")]
    wanted = "RU AR ES AL DE PT BE TR DZ RO CH FR EG MX SA GB NO AT NL US JP GR"
    assert sorted(wanted.split(), key=order.index) == wanted.split()


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "AF AX AL AT CI HR SZ SE TR GB US ZW"),
        ("fr", "AF ZA DE CI EG AE EC ES EE PS US ET FI"),
        ("es", "DE ES US EE ET PE"),
        ("ru", "AU AT EG IN JO IR IS ES YE CA"),
        ("zh", "AL EG BE CN"),
    ],
)
def test_it_sorts_names_as_readers_of_each_language_do(language: str, wanted: str) -> None:
    order = [country.iso2 for country in countries.sorted_in(language)]
    assert sorted(wanted.split(), key=order.index) == wanted.split()


def test_it_sorts_everyone_in_every_language() -> None:
    for language in countries.LANGUAGES:
        ordered = countries.sorted_in(language)
        assert len(ordered) == len(countries.all())
        assert all(
            one.sort_keys[language] <= other.sort_keys[language]
            for one, other in itertools.pairwise(ordered)
        )


def test_it_offers_exactly_its_public_names() -> None:
    for name in countries.__all__:
        assert hasattr(countries, name)
