"""The one formatter, in all four combinations of language and digits."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.design.formatting import (
    UN_MONTHS_AR,
    Digits,
    Formatter,
    for_reader,
    isolated,
    lang_dir,
    reading_as,
    to_ascii_digits,
)
from marsad.design.templatetags.design import written_day

ARAB, LATN = Digits.ARABIC_INDIC, Digits.LATIN
DAY = datetime.date(2019, 9, 3)


def of(language: str, digits: Digits) -> Formatter:
    return Formatter(language=language, digits=digits)


@pytest.mark.parametrize(
    ("language", "digits", "number", "percent", "day", "meeting"),
    [
        ("ar", ARAB, "١٬٢٣٤٬٥٦٧٫٥", "٢٥٪", "٣ أيلول/سبتمبر ٢٠١٩", "٣-٥ أيلول/سبتمبر ٢٠١٩"),
        ("ar", LATN, "1,234,567.5", "25%", "3 أيلول/سبتمبر 2019", "3-5 أيلول/سبتمبر 2019"),
        ("en", ARAB, "١٬٢٣٤٬٥٦٧٫٥", "٢٥٪", "٣ September ٢٠١٩", "٣-٥ September ٢٠١٩"),
        ("en", LATN, "1,234,567.5", "25%", "3 September 2019", "3-5 September 2019"),
    ],
)
def test_it_writes_each_language_in_either_digits(
    language: str, digits: Digits, number: str, percent: str, day: str, meeting: str
) -> None:
    formatter = of(language, digits)
    assert formatter.number(1234567.5) == number
    assert formatter.percent(0.25) == percent
    assert formatter.date(DAY) == day
    assert formatter.date_range(DAY, datetime.date(2019, 9, 5)) == meeting


def test_it_says_month_and_year_twice_where_a_meeting_crosses_them() -> None:
    crossing = of("en", LATN).date_range(datetime.date(2019, 12, 30), datetime.date(2020, 1, 2))
    assert crossing == "30 December 2019 – 2 January 2020"


def test_it_says_one_day_once() -> None:
    assert of("en", LATN).date_range(DAY, DAY) == "3 September 2019"


def test_it_knows_both_names_of_every_month() -> None:
    assert len(UN_MONTHS_AR) == 12
    assert all("/" in name for name in UN_MONTHS_AR)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "3 septembre 2019"), ("es", "3 de septiembre de 2019"), ("zh", "2019年9月3日")],
)
def test_it_writes_dates_of_the_other_official_languages(language: str, expected: str) -> None:
    assert of(language, LATN).date(DAY) == expected


def test_the_day_of_a_moment_is_the_one_that_the_moment_itself_names() -> None:
    late = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)
    with reading_as(language="en") as english:
        assert english.moment(late) == "23 November 2026, 00:30"
        assert english.date(late) == "23 November 2026"


def test_it_leaves_the_digits_of_symbols_alone() -> None:
    text = "الفقرة 13 (أ) من CTOC/COP/WG.4/2011/8 والصفحتان 4 و5"
    assert of("ar", ARAB).text(text) == "الفقرة ١٣ (أ) من CTOC/COP/WG.4/2011/8 والصفحتان ٤ و٥"


def test_it_turns_arabic_digits_into_latin_where_the_reader_wants_them() -> None:
    assert of("ar", LATN).text("المادة ٢٧، الفقرة ١") == "المادة 27، الفقرة 1"


@given(st.text(alphabet="0123456789 /.-"))
def test_it_accepts_typed_digits_of_either_kind(text: str) -> None:
    assert to_ascii_digits(text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == text
    assert to_ascii_digits(text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))) == text


@given(st.text())
def test_it_changes_nothing_but_digits(text: str) -> None:
    changed = of("ar", ARAB).text(text)
    assert to_ascii_digits(changed) == to_ascii_digits(text)


def test_it_joins_things_as_each_language_does() -> None:
    assert of("ar", ARAB).listed(["أ", "ب", "ج"]) == "أ وب وج"
    assert of("en", LATN).listed(["A", "B", "C"]) == "A, B and C"
    assert of("en", LATN).listed([]) == ""


def test_it_gives_a_file_its_size_in_the_readers_words() -> None:
    with reading_as(language="en") as formatter:
        assert [formatter.file_size(size) for size in (999, 2_480_000, 52_000_000)] == [
            "999 B",
            "2.5 MB",
            "52 MB",
        ]
    with reading_as(language="ar") as formatter:
        assert formatter.file_size(2_480_000) == "٢٫٥ ميغابايت"


def test_it_starts_with_the_digits_of_the_language() -> None:
    with reading_as(language="ar"):
        assert for_reader().digits is ARAB
    with reading_as(language="en"):
        assert for_reader().digits is LATN
    with reading_as(language="ar", digits=LATN):
        assert for_reader().digits is LATN


def test_it_knows_the_direction_from_the_language_alone() -> None:
    assert [lang_dir(code) for code in ("ar", "en", "fr", "ru", "es", "zh", "ar-EG", None)] == [
        "rtl",
        *["ltr"] * 5,
        "rtl",
        "ltr",
    ]


def test_it_escapes_what_it_isolates() -> None:
    assert isolated("<b>") == "<bdi>&lt;b&gt;</bdi>"


def test_it_counts_in_the_six_forms_of_arabic() -> None:
    singular, plural = "{count} change, explained", "{count} changes, each explained"
    with reading_as(language="ar") as formatter:
        written = [formatter.counted(singular, plural, count) for count in (0, 1, 2, 3, 11, 100)]
    assert len(set(written)) == 6
    assert [("٣" in written[3]), ("١١" in written[4]), ("١٠٠" in written[5])] == [True] * 3


def test_it_writes_a_day_that_was_answered_as_a_day_and_leaves_other_answers_alone() -> None:
    with reading_as(language="ar"):
        assert written_day("2024-11-26") == "٢٦ تشرين الثاني/نوفمبر ٢٠٢٤"
        assert written_day("20241126") == "20241126"
        assert written_day("2024-13-26") == "2024-13-26"
        assert written_day("منذ 2024-11-26") == "منذ 2024-11-26"


@pytest.mark.parametrize(
    ("low", "high", "one", "other"),
    [
        (0.25, 0.25, "25%", "25%"),
        (0.3, 0.42, "30%", "42%"),
        (0.346, 0.348, "34.6%", "34.8%"),
        (0.003, 0.02, "0.3%", "2.0%"),
        # A few people of very many are not nobody.
        (0.0003, 0.0012, "0.03%", "0.12%"),
        (0.0, 0.0012, "0.0%", "0.1%"),
        # And nearly all are not all.
        (0.95, 0.997, "95.0%", "99.7%"),
        (-0.117, -0.114, "-12%", "-11%"),
        (0.0, 0.0, "0%", "0%"),
        (1.0, 1.0, "100%", "100%"),
    ],
)
def test_it_writes_two_shares_no_finer_than_they_need(
    low: float, high: float, one: str, other: str
) -> None:
    formatter = Formatter(language="en", digits=Digits.LATIN)
    assert formatter.percents(low, high) == (one, other)
