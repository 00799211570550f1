"""The shipped questionnaires filled in: what opens, what is computed, what is not accepted."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from functools import cache

import pytest
from lxml import etree

from marsad.questionnaires import shipped
from marsad.questionnaires.checking import Checked, check_with, load_form
from marsad.questionnaires.compiling import Compiled, compile_form

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
XFORMS = "{http://www.w3.org/2002/xforms}"


@cache
def compiled(name: str) -> Compiled:
    return compile_form(shipped.workbook(name))


@cache
def blank(name: str) -> etree._Element:
    form = etree.fromstring(compiled(name).xform)
    instance = next(form.iter(f"{XFORMS}instance"))
    return instance[0]


def scale(name: str) -> list[str]:
    return [
        row["name"] for row in shipped.sheets(name).survey if row["type"] == "select_one answer"
    ]


def filled(name: str, **answers: str) -> Checked:
    """Check the form with these answers and, on the scale, "no" everywhere else."""
    root = deepcopy(blank(name))
    given = dict.fromkeys(scale(name), "no") | {"responsible_body": "وزارة العدل"} | answers
    for element in root.iter():
        tag = etree.QName(element).localname
        if "template" in "".join(str(key) for key in element.attrib):
            continue
        if tag in given:
            element.text = given[tag]
        if tag == "instanceID":
            element.text = "uuid:3f1c6f3a-3b57-4bd1-9a36-9d4a4a3c2f10"
    for template in [each for each in root.iter() if any("template" in k for k in each.attrib)]:
        above = template.getparent()
        assert above is not None
        above.remove(template)
    return check_with(load_form(compiled(name).xform), etree.tostring(root), now=NOW)


def value(checked: Checked, name: str) -> str:
    return next((answer.value for answer in checked.answers if answer.name == name), "")


def faults(checked: Checked) -> list[tuple[str, str]]:
    return [(fault.path.rsplit("/", 1)[-1], fault.code) for fault in checked.faults]


@pytest.mark.parametrize("name", shipped.names())
def test_it_compiles_in_the_house_without_a_warning(name: str) -> None:
    assert [warning.as_data() for warning in compiled(name).warnings] == []


def test_it_takes_a_self_assessment_that_says_no_to_everything() -> None:
    checked = filled("self_assessment")

    assert faults(checked) == []
    assert value(checked, "a6_compensation") == "no"
    assert value(checked, "count_open") == "0"


def test_it_counts_what_is_in_place() -> None:
    checked = filled("self_assessment", a5_offence="yes", a5_attempt="in_part", a13_verify="yes")

    assert faults(checked) == []
    assert value(checked, "a5_open") == "a5_offence a5_attempt"
    assert value(checked, "count_open") == "3"


def test_it_asks_for_a_figure_of_an_obligation_that_has_a_measure() -> None:
    figure = {
        "a5_has_figures": "yes",
        "a5_what": "a5_convicted",
        "a5_unit": "person",
        "a5_standing": "final",
        "a5_value": "12",
        "a5_from": "2025-01-01",
        "a5_to": "2025-12-31",
    }

    assert faults(filled("self_assessment", a5_offence="yes", **figure)) == []
    assert ("a5_what", "unknown-choice") in faults(
        filled("self_assessment", a5_attempt="yes", **figure)
    )


def test_it_refuses_a_period_that_ends_before_it_begins() -> None:
    figure = {
        "a5_has_figures": "yes",
        "a5_what": "a5_convicted",
        "a5_unit": "person",
        "a5_standing": "unknown",
        "a5_from": "2025-12-31",
        "a5_to": "2025-01-01",
    }

    checked = filled("self_assessment", a5_offence="yes", **figure)

    assert [path for path, _ in faults(checked)] == ["a5_to"]


def test_it_refuses_a_longest_sentence_below_the_least() -> None:
    checked = filled("self_assessment", a5_offence="yes", a5_penalty_least="٥", a5_penalty_most="3")

    assert [path for path, _ in faults(checked)] == ["a5_penalty_most"]


def test_it_refuses_that_no_help_is_needed_and_some_is() -> None:
    checked = filled("self_assessment", a5_offence_help="none training")

    assert [path for path, _ in faults(checked)] == ["a5_offence_help"]


def test_it_counts_effects_apart_from_measures() -> None:
    checked = filled(
        "demand", a_use="yes", a_use_effect="none", b_units="in_part", b_units_effect="not_examined"
    )

    assert faults(checked) == []
    assert (value(checked, "count_measures"), value(checked, "count_effects")) == ("2", "1")


def test_it_sums_the_people_that_needs_would_reach() -> None:
    need = {"need_area": "data", "need_what": "سجل وطني", "need_people": "٤٠", "earlier_any": "no"}

    checked = filled("assistance_needs", articles_first="a9 a10", **need)

    assert faults(checked) == []
    assert value(checked, "people_in_all") == "40"


def test_it_asks_nothing_more_where_no_help_is_needed() -> None:
    checked = filled("assistance_needs", articles_first="none", earlier_any="unknown")

    assert faults(checked) == []
    assert value(checked, "people_in_all") == "0"
