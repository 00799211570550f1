"""Expressions of forms are read and computed as ODK does."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.questionnaires.checking import load_form, slow, xpath
from marsad.questionnaires.checking.evaluate import CannotCompute, Run, Scope, compiled, to_text
from marsad.questionnaires.checking.form import Form
from marsad.questionnaires.checking.instance import Element
from marsad.questionnaires.checking.submission import lay
from marsad.questionnaires.compiling import compile_form
from tests.questionnaires.workbooks import AR, EN, YES_NO, ask, filled, workbook

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)

FORM = compile_form(
    workbook(
        [
            ask("integer", "n"),
            ask("text", "t"),
            ask("date", "d"),
            ask("select_multiple yes_no", "s"),
            ask("begin_repeat", "r"),
            ask("integer", "x"),
            ask("begin_repeat", "inner"),
            ask("text", "y"),
            {"type": "end_repeat"},
            {"type": "end_repeat"},
        ],
        [*YES_NO, {"list_name": "yes_no", "name": "perhaps", AR: "ربما", EN: "Perhaps"}],
    )
).xform
BODY = (
    "<n>7</n><t>one two</t><d>2026-01-10</d><s>yes perhaps</s>"
    "<r><x>1</x><inner><y>a</y></inner><inner><y>b</y></inner></r><r><x>20</x></r>"
)


def root_of(body: str = BODY) -> tuple[Form, Element]:
    form = load_form(FORM)
    return form, lay(form, filled(body)).root


def value(expression: str, *, at: str = "", body: str = BODY) -> Any:
    """What an expression gives, asked from the root or from the first element of a path."""
    form, root = root_of(body)
    run = Run(form=form, root=root, now=NOW)
    element = root
    for name in filter(None, at.split("/")):
        name, _bracket, place = name.partition("[")
        element = element.children[name][int(place.rstrip("]") or 1) - 1]
    found = compiled(expression)(Scope(run, element, element))
    return to_text(found, run) if isinstance(found, list) else found


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("-2 + 5", 3.0),
        ("7 mod 4", 3.0),
        ("7 div 2", 3.5),
        ("1 = 1 and 2 = 3", False),
        ("1 = 1 or 2 = 3", True),
        ("not(1 = 2)", True),
        ("if(1 = 2, 'a', 'b')", "b"),
        ("coalesce('', 'x')", "x"),
        ("/data/n", "7"),
        ("/data/n > 6", True),
        ("/data/n = '7'", True),
        ("/data/missing = ''", True),
        ("/data/missing > 3", False),
        ("concat('a', /data/n, 'b')", "a7b"),
        ("join(', ', /data/r/x)", "1, 20"),
        ("string-length(/data/t)", 7.0),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("contains(/data/t, 'two')", True),
        ("starts-with(/data/t, 'one')", True),
        ("ends-with(/data/t, 'one')", False),
        ("translate('abc', 'ab', 'x')", "xc"),
        ("normalize-space('  a   b ')", "a b"),
        ("regex('٠١٢', '[0-9]+')", True),
        (r"regex('أمل علي', '[\p{L} ]+')", True),
        (r"regex('أمل', '\p{IsArabic}+')", True),
        (r"regex('Amal', '\p{IsArabic}+')", False),
        ("regex('abc', '[a-z]+')", True),
        ("regex('abc1', '[a-z]+')", False),
        ("int(7.9)", 7.0),
        ("int(-7.9)", -7.0),
        ("round(2.5)", 3.0),
        ("round(1.234, 2)", 1.23),
        ("floor(1.9)", 1.0),
        ("ceiling(1.1)", 2.0),
        ("pow(2, 10)", 1024.0),
        ("abs(-3)", 3.0),
        ("sqrt(9)", 3.0),
        ("number('12')", 12.0),
        ("sum(/data/r/x)", 21.0),
        ("count(/data/r)", 2.0),
        ("count(/data/r/inner)", 2.0),
        ("count-non-empty(/data/r/x)", 2.0),
        ("min(/data/r/x)", 1.0),
        ("max(/data/r/x, 5)", 20.0),
        ("/data/r[2]/x", "20"),
        ("/data/r[position() = 2]/x", "20"),
        ("/data/r[x = 20]/x", "20"),
        ("/data/r[last()]/x", "20"),
        ("indexed-repeat(/data/r/x, /data/r, 2)", "20"),
        ("indexed-repeat(/data/r/inner/y, /data/r, 1, /data/r/inner, 2)", "b"),
        ("selected(/data/s, 'perhaps')", True),
        ("selected(/data/s, 'per')", False),
        ("count-selected(/data/s)", 2.0),
        ("selected-at(/data/s, 1)", "perhaps"),
        ("jr:choice-name('yes', '/data/s')", "نعم"),
        ("instance('yes_no')/root/item[name = 'no']/name", "no"),
        ("count(instance('yes_no')/root/item)", 3.0),
        ("today()", "2026-11-22"),
        ("/data/d < today()", True),
        ("decimal-date-time('1970-01-02')", 1.0),
        ("date('2026-01-10') = /data/d", True),
        ("date(1)", "1970-01-02"),
        ("today() - /data/d", 316.0),
        ("format-date(/data/d, '%Y/%n/%e')", "2026/1/10"),
        ("format-date-time(now(), '%H:%M')", "10:30"),
        ("decimal-time('12:00')", 0.5),
        ("boolean-from-string('true')", True),
        ("checklist(1, 2, true(), false())", True),
        ("weighted-checklist(5, 9, true(), 6, false(), 4)", True),
        ("true() and not(false())", True),
        ("round(distance('0 0; 0 1'))", 111319.0),
        ("digest('a', 'MD5', 'hex')", "0cc175b9c0f1b6a831c399e269772661"),
        ("//x[. = 20]", "20"),
        ("/data/n | /data/t", "7"),
    ],
)
def test_it_computes(expression: str, wanted: Any) -> None:
    assert value(expression) == wanted


@pytest.mark.parametrize(
    ("expression", "at", "wanted"),
    [
        ("../n", "t", "7"),
        (".", "n", "7"),
        (". + 1", "n", 8.0),
        ("position(..)", "r[2]/x", 2.0),
        ("/data/r/x", "r[2]/x", "20"),
        ("../x * 2", "r[2]/x", 40.0),
        ("count(/data/r)", "r[2]/x", 2.0),
        ("/data/r[position() = position(current()/..) - 1]/x", "r[2]/x", "1"),
        ("instance('yes_no')/root/item[name = current()/../s]/name", "n", ""),
    ],
)
def test_it_knows_where_it_is_asked(expression: str, at: str, wanted: Any) -> None:
    assert value(expression, at=at) == wanted


def test_it_has_no_number_where_there_is_none() -> None:
    assert math.isnan(value("number('abc')"))
    assert math.isnan(value("sum(/data/t)"))
    assert math.isnan(value("0 div 0"))
    assert value("1 div 0") == math.inf


@pytest.mark.parametrize(
    "text", ["", "1 +", "(1", "foo(", "a b", "'open", "/data/", "1 2", "#", "${a}"]
)
def test_it_says_where_it_cannot_read_on(text: str) -> None:
    with pytest.raises(xpath.Unreadable) as unreadable:
        xpath.parse(text)

    assert 0 <= unreadable.value.at <= len(text)


def test_it_does_not_follow_parentheses_for_ever() -> None:
    with pytest.raises(xpath.Unreadable):
        xpath.parse("(" * 5_000 + "1" + ")" * 5_000)


def test_it_joins_hundreds_of_conditions_and_no_thousands() -> None:
    assert value(" and ".join(["1 = 1"] * 250)) is True
    with pytest.raises(xpath.Unreadable):
        xpath.parse(" and ".join(["1 = 1"] * 1_000))


def test_it_knows_which_functions_it_lacks() -> None:
    with pytest.raises(CannotCompute):
        compiled("made-up(1)")


@pytest.mark.parametrize("pattern", ["(a+)+", "(a*)*b", "(x+x+)+y", "([a-z]+)*", "((ab)*c*)*"])
def test_it_knows_a_pattern_that_could_take_for_ever(pattern: str) -> None:
    assert slow.is_slow(pattern)


@pytest.mark.parametrize("pattern", ["[0-9]{10}", "[a-z]+@[a-z]+", "(ab){2}", r"\d+(,\d{3}){0,9}"])
def test_it_lets_other_patterns_be(pattern: str) -> None:
    assert not slow.is_slow(pattern)


@given(st.text(max_size=40))
def test_it_reads_anything_or_says_where_not(text: str) -> None:
    found: int | None = None
    try:
        xpath.parse(text)
    except xpath.Unreadable as unreadable:
        found = unreadable.at

    assert found is None or 0 <= found <= len(text)


_NUMBERS = st.integers(-1000, 1000)


@given(_NUMBERS, _NUMBERS, _NUMBERS)
def test_it_counts_as_python_does(first: int, second: int, third: int) -> None:
    assert value(f"{first} + {second} * {third}") == first + second * third
    assert value(f"({first} - {second}) < {third}") == (first - second < third)
