"""The small parts by themselves: symbols, dates, citations, numbers, themes, forces, roles."""

from __future__ import annotations

import pytest

from marsad import undocs
from marsad.undocs import themes
from marsad.undocs.citations import find_decisions, find_treaty_series, in_order
from marsad.undocs.dates import find_dates
from marsad.undocs.digits import from_chinese, from_roman, to_latin
from marsad.undocs.fold import fold
from marsad.undocs.forces import read_force
from marsad.undocs.markers import item_places
from marsad.undocs.roles import read_roles
from marsad.undocs.symbols import find_symbols


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("ctoc/cop/wg.4/2019/6", "CTOC/COP/WG.4/2019/6"),
        ("(E/CN.15/2008/10).", "E/CN.15/2008/10"),
        ("A/٦٣/٩٠", "A/63/90"),
        ("CTOC/COP/2012/ 1", "CTOC/COP/2012/1"),
        ("A/C.3/66/l.5/rev.1", "A/C.3/66/L.5/Rev.1"),
    ],
)
def test_it_writes_a_symbol_in_one_form(printed: str, canonical: str) -> None:
    assert undocs.normalise_symbol(printed) == canonical


def test_it_takes_a_symbol_apart() -> None:
    symbol = undocs.parse_symbol("CTOC/COP/WG.4/2019/L.1/Add.3")
    assert symbol is not None
    assert (symbol.organ, symbol.bodies, symbol.session) == ("CTOC", ("COP", "WG.4"), "2019")
    assert (symbol.kind, symbol.modifiers) == ("L.1", ("Add.3",))
    assert symbol.base == "CTOC/COP/WG.4/2019/L.1"


@pytest.mark.parametrize(
    "text", ["", "and/or", "HIV/AIDS", "I/2", "12/07", "https://x.org/A/63/90"]
)
def test_what_is_no_symbol_is_none(text: str) -> None:
    assert undocs.parse_symbol(text) is None or find_symbols(text) == []


def test_it_finds_symbols_glued_to_arabic() -> None:
    assert find_symbols("(الوثيقتان A/63/90، وCTOC/COP/2008/1/Corr.1)") == [
        "A/63/90",
        "CTOC/COP/2008/1/Corr.1",
    ]


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("ar", "يومي ١٤ و ١٥ نيسان/أبريل ٢٠٠٩", "2009-04-14", "2009-04-15"),
        ("ar", "من ٩ إلى ١١ أيلول/ سبتمبر ٢٠١٩", "2019-09-09", "2019-09-11"),
        ("ar", "في كانون الثاني/يناير ٢٠١٠", "2010-01", "2010-01"),
        ("ar", "في ٤ نيسان/أبريل", "--04-04", "--04-04"),
        ("en", "from 30 September to 2 October 2019", "2019-09-30", "2019-10-02"),
        ("en", "8-17 October 2008", "2008-10-08", "2008-10-17"),
        ("fr", "du 1er au 3 février 2010", "2010-02-01", "2010-02-03"),
        ("es", "14 y 15 de abril de 2009", "2009-04-14", "2009-04-15"),
        ("ru", "с 9 по 11 сентября 2019 года", "2019-09-09", "2019-09-11"),
        ("zh", "2009年4月14日至15日", "2009-04-14", "2009-04-15"),
        ("en", "15-13 February 2008", "2008-02-13", "2008-02-15"),
        ("ar", "من ١٥ إلى ١٣ ونظم شباط/فبراير ٢٠٠٨", "2008-02-13", "2008-02-15"),
        ("ar", "من ٣ إلى ٥ أعوام في شباط/فبراير ٢٠٠٨", "2008-02", "2008-02"),
    ],
)
def test_it_reads_a_date(language: str, text: str, start: str, end: str) -> None:
    assert [(one.start, one.end) for one in find_dates(fold(text), language)] == [(start, end)]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert list(find_dates("31 february 2010", "en")) == []


@pytest.mark.parametrize(
    ("language", "text", "kind", "printed", "body"),
    [
        ("ar", "عملا بمقرر المؤتمر ٤/٤", "decision", (4, 4), "Conference"),
        ("ar", "رحّب المؤتمر، في مقرّره ٣/٣،", "decision", (3, 3), "Conference"),
        ("ar", "قرار الجمعية العامة ٦٣/١٩٤", "resolution", (63, 194), "General Assembly"),
        ("en", "General Assembly resolution 63/194", "resolution", (63, 194), "General Assembly"),
        ("fr", "la décision 4/4 de la Conférence", "decision", (4, 4), "Conference"),
        ("es", "la resolución 64/293 de la Asamblea General", "resolution", (64, 293),
         "General Assembly"),
        ("ru", "резолюция 64/293 Генеральной Ассамблеи", "resolution", (64, 293),
         "General Assembly"),
        ("zh", "大会第64/293号决议", "resolution", (64, 293), "General Assembly"),
    ],
)  # fmt: skip
def test_it_reads_a_decision(
    language: str, text: str, kind: str, printed: tuple[int, int], body: str
) -> None:
    (found,) = find_decisions(fold(text), language)
    assert (found.kind, found.printed, found.body) == (kind, printed, body)


def test_it_finds_a_number_that_a_damaged_line_left_before_its_word() -> None:
    (found,) = find_decisions(fold("طلب المؤتمر، ٥/٢ في قراره، إلى الأمانة"), "ar")
    assert (found.kind, found.printed, found.body) == ("resolution", (5, 2), "Conference")
    assert list(find_decisions(fold("أيد ٣/٤ الدول. واتخذ المؤتمر قراره."), "ar")) == []


def test_it_puts_the_session_first_only_where_one_order_is_possible() -> None:
    assert in_order((194, 63), "General Assembly", ()) == ("63/194", False)
    assert in_order((63, 194), "General Assembly", ()) == ("63/194", False)
    assert in_order((1, 4), "Conference", {4}) == ("4/1", True)
    assert in_order((7, 1), "Conference", {4}) == ("7/1", False)


def test_it_reads_the_treaty_series() -> None:
    assert find_treaty_series(fold("مجموعة المعاهدات، المجلد ٢٢٣٧، الرقم ٣٩٥٧٤")) == [(2237, 39574)]
    assert find_treaty_series(fold("Recueil des Traités, vol. 2225, nº 39574")) == [(2225, 39574)]
    assert find_treaty_series(fold("المجلد ٢٢٤١ ٣٩٥٧٤، الرقم")) == [(2241, 39574)]
    assert find_treaty_series(fold("第2237卷，第39574号")) == [(2237, 39574)]


def test_it_reads_numerals() -> None:
    assert [from_roman(text) for text in ("I", "IV", "XIX", "IIII", "A")] == [1, 4, 19, None, None]
    assert [from_chinese(text) for text in ("三", "十", "十二", "二十一", "甲")] == [
        3,
        10,
        12,
        21,
        None,
    ]
    assert to_latin("٠١٢٣٤٥٦٧٨٩") == "0123456789"


def test_arabic_letters_have_latin_places() -> None:
    letters = ["أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي"]
    assert [item_places(letter) for letter in letters] == [(place,) for place in range(1, 11)]


@pytest.mark.parametrize(
    ("language", "text", "strength", "addressees"),
    [
        ("ar", "ينبغي أن تعدّ الأمانة، بالتشاور مع الدول الأطراف، أوراقاً", "should",
         ("secretariat",)),
        ("ar", "ينبغي للدول التي لم تصبح بعد أطرافا أن تفعل ذلك", "should",
         ("states_not_parties",)),
        ("ar", "العقبات التي يمكن أن تواجهها الدول، ينبغي أن ينظر المؤتمر في ذلك",
         "should_consider", ("conference",)),
        ("ar", "ينبغي للدول الأطراف، قدر الإمكان، النظر في ذلك", "should_consider",
         ("states_parties",)),
        ("ar", "يتعين على الدول الأطراف أن تفعل", "shall", ("states_parties",)),
        ("en", "States parties shall report", "shall", ("states_parties",)),
        ("en", "The Conference and the Working Group should, as needed, meet", "should",
         ("conference", "working_group")),
        ("fr", "Les États parties sont encouragés à agir", "is_encouraged", ("states_parties",)),
        ("es", "Se alienta a los Estados partes a que actúen", "is_encouraged",
         ("states_parties",)),
        ("zh", "鼓励缔约国采取行动", "is_encouraged", ("states_parties",)),
    ],
)  # fmt: skip
def test_it_knows_who_is_asked_and_how_strongly(
    language: str, text: str, strength: str, addressees: tuple[str, ...]
) -> None:
    force = read_force(fold(text), language)
    assert force is not None
    assert (force.strength, force.addressees) == (strength, addressees)


def test_a_sentence_that_asks_nobody_has_no_force() -> None:
    assert read_force(fold("أشارت الدول إلى التدريب."), "ar") is None
    assert read_force("the meeting was long.", "en") is None


@pytest.mark.parametrize(
    ("language", "text", "role", "iso2"),
    [
        ("ar", "مُثّلت الدول التالية الأطراف في البروتوكول: مصر، بيرو.", "party", ("EG", "PE")),
        ("ar", "ومُثّلت بمراقبين الدول غير الأطراف وغير الموقعة: اليمن.", "observer", ("YE",)),
        ("ar", "وتكلّم أيضا المراقب عن جمهورية إيران الإسلامية.", "spoke", ("IR",)),
        ("ar", "استمع الفريق إلى بيانات من الدول التالية: تشاد، عمان.", "spoke", ("TD", "OM")),
        ("ar", "وردت ردود من الدول التالية: قطر، كندا.", "replied", ("QA", "CA")),
        ("en", "The following signatories were represented: Japan.", "signatory", ("JP",)),
        ("en", "Replies were received from the following States: Mali, Chad.", "replied",
         ("ML", "TD")),
        ("es", "Estuvieron representados los Estados parte siguientes: Perú.", "party", ("PE",)),
    ],
)  # fmt: skip
def test_it_reads_a_role(language: str, text: str, role: str, iso2: tuple[str, ...]) -> None:
    (found,) = read_roles(text, language)
    assert (found.role, found.iso2) == (role, iso2)


def test_a_known_organisation_keeps_the_comma_in_its_name() -> None:
    text = (
        "The following institutes were represented by observers: European Institute for Crime "
        "Prevention and Control, affiliated with the United Nations, League of Arab States."
    )
    (found,) = read_roles(text, "en")
    assert [code for _, code in found.organisations] == ["HEUNI", "LAS"]


def test_the_european_union_in_a_list_of_states_is_an_organisation() -> None:
    (found,) = read_roles("كانت الأطراف التالية ممثلة: الاتحاد الأوروبي، مصر.", "ar")
    assert (found.iso2, [code for _, code in found.organisations]) == (("EG",), ["EU"])


def test_a_state_named_in_prose_has_no_role() -> None:
    assert read_roles("عرضت السيدة مينغ (الصين) عمل وزارتها.", "ar") == []


def test_every_theme_has_labels_words_and_provisions() -> None:
    codes = [theme.code for theme in themes.shipped()]
    assert len(codes) == len(set(codes)) > 30
    for theme in themes.shipped():
        assert {"ar", "en", "fr"} <= set(theme.labels)
        assert {"ar", "en", "fr", "es", "ru", "zh"} <= set(theme.keywords)
        assert theme.provisions


def test_it_sorts_by_theme_through_the_particles_of_arabic() -> None:
    assert "training" in themes.classify("وبالتدريب المستمر", "ar")
    assert "compensation" in themes.classify("وللتعويضات", "ar")


def test_the_name_of_the_protocol_says_no_theme() -> None:
    name = "بروتوكول منع وقمع ومعاقبة الاتجار بالأشخاص، وبخاصة النساء والأطفال"
    assert themes.classify(name, "ar") == []


def test_a_list_of_themes_can_be_ones_own() -> None:
    own = themes.theme_from(
        {"code": "boats", "labels": {"en": "Boats"}, "keywords": {"en": ["boat*"]}}
    )
    assert themes.classify("Small boats", "en", [own]) == ["boats"]
    text = "I. Recommendations\n\n1. States should count boats.\n\n2. End."
    (found,) = undocs.read_structure(text, "en", themes=[own]).recommendations
    assert (found.themes, found.provisions) == (("boats",), ())


def test_a_list_that_damaged_lines_shuffled_is_put_back_into_its_order() -> None:
    text = (
        "٢كانت الدول الأطراف التالية ممثلة: الأردن، الأرجنتين، إسبانيا، أستراليا، ألمانيا، بلجيكا، "
        "بيرو، تونس، الجزائر، الصين."
    )
    (found,) = read_roles(text, "ar")
    assert found.iso2 == ("AR", "JO", "ES", "AU", "DE", "BE", "PE", "TN", "DZ", "CN")
    assert found.reordered


def test_a_list_of_a_whole_sentence_is_left_as_it_stands() -> None:
    text = (
        "كانت الدول الأطراف التالية ممثلة: الأردن، الأرجنتين، إسبانيا، أستراليا، ألمانيا، بلجيكا، "
        "بيرو، تونس، الجزائر، الصين."
    )
    (found,) = read_roles(text, "ar")
    assert found.iso2[:2] == ("JO", "AR")
    assert not found.reordered


def test_a_list_in_another_order_is_left_as_it_stands() -> None:
    text = (
        "كانت الدول الأطراف التالية ممثلة: الصين، تونس، الأردن، فرنسا، إسبانيا، بيرو، أستراليا، "
        "النرويج، الجزائر، ألمانيا."
    )
    (found,) = read_roles(text, "ar")
    assert found.iso2[:3] == ("CN", "TN", "JO")
    assert not found.reordered


def test_it_counts_a_page_break_as_the_end_of_a_line() -> None:
    text = "I. Introduction\n\n1. The group met.\f2. It closed.\n\f\n3. It met again."

    structure = undocs.read_structure(text)

    lines = text.replace("\f", "\n").split("\n")
    for paragraph in structure.paragraphs:
        [(first, _last)] = paragraph.lines
        assert lines[first].startswith(f"{paragraph.number}.")


@pytest.mark.parametrize("nothing", ["ـ", "\u0301", "*", " * ", ""])
def test_it_skips_a_keyword_that_folds_to_nothing(nothing: str) -> None:
    words = {"ar": (nothing, "قارب"), "en": (nothing, "boat*")}
    own = themes.Theme(code="boats", labels={}, keywords=words, provisions=())
    assert themes.classify("Small boats", "en", [own]) == ["boats"]
    assert themes.classify("قارب", "ar", [own]) == ["boats"]
    assert themes.classify("Small ships", "en", [own]) == []


def test_it_completes_a_name_whose_first_word_went_to_the_other_end_of_its_line() -> None:
    text = (
        "١- كانت الأطراف التالية في البروتوكول ممثلة في الاجتماع: الأردن، تونس،\n"
        "كوريا، جنوب أفريقيا، جيبوتي، رومانيا، السلفادور، جمهورية\n"
        "شيلي، العراق، فرنسا، قبرص، كندا."
    )

    [listed] = undocs.read_structure(text).states

    assert "KR" in listed.iso2
    assert "KP" not in listed.iso2
    assert listed.unknown == ()
    assert len(listed.iso2) == 12
