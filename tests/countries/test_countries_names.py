"""Every name of every country is recognised, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import countries
from marsad.countries.names import Name, all_names
from marsad.countries.tables import read_data

EVERYONE = countries.all()
MARKS = "\u064b\u064e\u064f\u0650\u0652\u0640"

country_names = st.sampled_from(
    [(country, language) for country in EVERYONE for language in countries.LANGUAGES]
)
wordless = st.text(st.characters(categories=["Nd", "Po", "Zs", "So"]), max_size=5)
arabic_countries = st.sampled_from(EVERYONE)
texts = st.text() | st.lists(
    st.sampled_from(
        [name.text for name in all_names()]
        + ["،", ",", ".", ":", "و", "\n\n", "\n", " ", "(", ")", "-", "ـ", "ب", "of", "مالي", "US"]
    )
).map(" ".join)


@pytest.mark.parametrize("language", countries.LANGUAGES)
def test_it_finds_every_country_by_its_name_in_each_language(language: str) -> None:
    for country in EVERYONE:
        name = country.names[language]
        found = countries.find(name, language, strict=False)
        assert [one.iso2 for one in found] == [country.iso2], name
        assert found[0].matched == name


@pytest.mark.parametrize("language", countries.LANGUAGES)
def test_it_matches_every_name_with_its_country(language: str) -> None:
    for country in EVERYONE:
        assert countries.match(country.names[language]) is country
        assert countries.match(f"  {country.names[language].upper()} ") is country


def test_it_finds_every_other_name_too() -> None:
    for name in all_names():
        found = countries.find(name.text, strict=False)
        assert [one.iso2 for one in found] == ([name.iso2] if name.iso2 else []), name


def test_it_knows_when_a_former_name_ended() -> None:
    for text, iso2, until in (
        ("زائير", "CD", 1997),
        ("الجماهيرية العربية الليبية", "LY", 2011),
        ("سوازيلند", "SZ", 2018),
        ("Turkey", "TR", 2022),
        ("الرأس الأخضر", "CV", 2013),
    ):
        (found,) = countries.find(text)
        assert (found.iso2, found.until) == (iso2, until)
        assert found.confidence < 1


@pytest.mark.parametrize(
    ("written", "iso2"),
    [
        ("إيران (جمهورية – الإسلامية)", "IR"),
        ("إيران )جمهورية - الإسلامية(", "IR"),
        ("الإسلامية) - (جمهورية إيران", "IR"),
        ("(-جمهوريةالإسلامية) إيران", "IR"),
        ("فنزويلا (جمهورية- البوليفارية)", "VE"),
        ("فن -زويلا (جمهوريةالبوليفارية)", "VE"),
        ("فنزويلا (جمهورية البوليفارية)", "VE"),
        ("بوليفيـا (دولـة -المتعــددة القوميات)", "BO"),
        ("المملكة المتحدة لبريطانيا العظمى وإيرلندا الشمالية", "GB"),
        ("لبريطانيا العظمى وأيرلندا الشمالية المملكة المتحدة", "GB"),
        ("الأمريكية الولايات المتحدة", "US"),
        ("فادورالـسل", "SV"),
        ("المملكة العربية سعودية", "SA"),
        ("سريلانكا", "LK"),
        ("بوركينافاسو", "BF"),
        ("ترينيداد و توباغو", "TT"),
        ("Venezuela, Bolivarian Republic of", "VE"),
        ("VENEZUELA (BOLIVARIAN REPUBLIC OF)", "VE"),
        ("Bosnia & Herzegovina", "BA"),
        ("St. Kitts and Nevis", "KN"),
        ("Cote d’Ivoire", "CI"),
    ],
)
def test_it_reads_inverted_and_broken_forms_in_a_list(written: str, iso2: str) -> None:
    first, last = ("الأردن", "اليمن") if iso2 and written[0] > "z" else ("Jordan", "Yemen")
    listed = countries.read_list(f"{first}، {written}، {last}")
    assert listed.iso2 == ["JO", iso2, "YE"]
    assert listed.unknown == []


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        ("للأردن", "لأردن"),
        ("وللأردن", "لأردن"),
        ("بالأردن", "الأردن"),
        ("والأردن", "الأردن"),
        ("فبالأردن", "الأردن"),
        ("كالأردن", "الأردن"),
        ("وَالأُردُنّ", "الأُردُنّ"),
        ("والاردن", "الاردن"),
    ],
)
def test_it_reads_names_with_what_is_attached_to_them(written: str, matched: str) -> None:
    (found,) = countries.find(f"زيارة {written} اليوم")
    assert (found.iso2, found.matched) == ("JO", matched)


def test_it_keeps_names_that_begin_like_an_attached_word() -> None:
    assert [one.iso2 for one in countries.find("لبنان ولبنان وللبنان وبلبنان")] == ["LB"] * 4
    assert [one.iso2 for one in countries.find("بالاو وكندا ووفد فرنسا وبلجيكا")] == [
        "PW",
        "CA",
        "FR",
        "BE",
    ]


def test_it_takes_the_longest_name() -> None:
    text = (
        "غينيا، غينيا - بيساو، غينيا الاستوائية، بابوا غينيا الجديدة، النيجر، نيجيريا، الكونغو، "
        "جمهورية الكونغو الديمقراطية، السودان، جنوب السودان، دومينيكا، الجمهورية الدومينيكية، "
        "ساموا، ساموا الأمريكية، جمهورية كوريا، جمهورية كوريا الشعبية الديمقراطية، الهند، هندوراس"
    )
    wanted = "GN GW GQ PG NE NG CG CD SD SS DM DO WS AS KR KP IN HN"
    assert countries.read_list(text).iso2 == wanted.split()


def test_it_reads_two_states_where_a_comma_name_would_make_one() -> None:
    text = "Congo, Democratic Republic of the Congo, Iran, Islamic Republic of, Iraq"
    assert countries.read_list(text).iso2 == ["CG", "CD", "IR", "IQ"]


def test_it_reads_russian_names_in_the_genitive() -> None:
    text = (
        "представители Австрии, Алжира, Боливии (Многонациональное Государство), Китая, Российской "
        "Федерации, Соединенных Штатов Америки, Республики Корея, Филиппин, Нидерландов, "
        "Объединенных Арабских Эмиратов и Кот-д'Ивуара"
    )
    wanted = "AT DZ BO CN RU US KR PH NL AE CI"
    assert [one.iso2 for one in countries.find(text)] == wanted.split()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("الارجنين", "AR"),
        ("Jordann", "JO"),
        ("Germny", "DE"),
        ("Росия", "RU"),
        ("كوريا", "KR"),
        ("Guinée-Bissaou", "GW"),
        ("فن زويلا", "VE"),
    ],
)
def test_it_proposes_and_does_not_accept_a_near_miss(written: str, meant: str) -> None:
    assert countries.match(written) is None
    assert meant in [candidate.country.iso2 for candidate in countries.suggest(written)]


@pytest.mark.parametrize("written", ["", " ", "،", "123", "أطلنطس", "منظمة فرسان مالطة", "the"])
def test_it_matches_nothing_with_nothing(written: str) -> None:
    assert countries.match(written) is None


@given(texts)
def test_it_never_fails_and_points_into_the_text(text: str) -> None:
    for strict in (True, False):
        end = 0
        for found in countries.find(text, strict=strict):
            assert text[found.start : found.end] == found.matched
            assert found.start >= end
            assert found.end > found.start
            assert 0 < found.confidence <= 1
            countries.get(found.iso2)
            end = found.end
    listed = countries.read_list(text)
    for unknown in listed.unknown:
        assert text[unknown.start : unknown.end] == unknown.text
    countries.match(text)
    countries.suggest(text)


@given(arabic_countries, st.data())
def test_it_does_not_mind_marks_and_stretching(
    country: countries.Country, data: st.DataObject
) -> None:
    letters = [
        letter + (data.draw(st.sampled_from(["", *MARKS])) if letter.isalpha() else "")
        for letter in country.names["ar"]
    ]
    found = countries.find("".join(letters), strict=False)
    assert [one.iso2 for one in found] == [country.iso2]


@given(st.sampled_from([name for name in all_names() if name.iso2]), wordless)
def test_it_finds_the_same_name_wherever_it_stands(name: Name, before: str) -> None:
    lead = f"{before}. "
    alone = countries.find(name.text, strict=False)
    moved = countries.find(lead + name.text, strict=False)[-1:]
    assert [one.matched for one in alone] == [one.matched for one in moved]
    assert [one.start + len(lead) for one in alone] == [one.start for one in moved]


def test_it_reports_nothing_as_a_state_that_our_table_says_is_none() -> None:
    for row in read_data("not_states.csv"):
        assert countries.find(row["name"], row["language"]) == [], row
