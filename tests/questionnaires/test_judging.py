"""Answers kept one by one are judged as a whole form would be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.directory.types import OPERATOR
from marsad.questionnaires import problems, shipped
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.checking import Form, check, judge_given, load_form
from marsad.questionnaires.checking.given import asked_in, looked_at
from marsad.questionnaires.compiling import compile_form
from marsad.questionnaires.queries import judging
from marsad.questionnaires.queries.judging import Given, Judged
from marsad.questionnaires.queries.outline import is_withdrawn, outline
from tests.questionnaires.workbooks import ask, workbook
from tests.review import rounds
from tests.review.rounds import (
    LAW,
    LAW_EFFECT,
    LAW_HELP,
    LAW_WHICH,
    SECTION_A,
    SECTION_B,
    SHELTER,
    VICTIMS,
    YEAR,
)

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
LAWS = load_form(compile_form(rounds.workbook()).xform)


def at(path: str, value: str, *position: int) -> Given:
    return Given(path=path, value=value, position=position)


def judged(*answers: Given | tuple[str, str]) -> Judged:
    given = [each if isinstance(each, Given) else at(*each) for each in answers]
    return judge_given(LAWS, given, now=NOW, language="en")


def test_a_follow_up_is_asked_once_its_question_is_answered_so() -> None:
    assert (LAW_WHICH, ()) not in judged().asked
    assert (LAW_WHICH, ()) not in judged((LAW, "no")).asked
    assert {(LAW_WHICH, ()), (LAW_EFFECT, ())} <= judged((LAW, "in_part")).asked


def test_what_is_missing_is_told_apart_from_what_is_wrong() -> None:
    found = judged(at(YEAR, "1999", 1))
    assert found.missing == [(LAW, ())]
    assert [(fault.path, fault.position, fault.code) for fault in found.faults] == [
        (YEAR, (1,), "constraint")
    ]


def test_digits_of_every_script_are_understood() -> None:
    assert judged(at(YEAR, "٢٠٢٤", 1), at(VICTIMS, "۱۲", 1)).faults == []


def test_an_entry_that_was_taken_away_leaves_its_number_behind() -> None:
    found = judged(at(YEAR, "2024", 1), at(YEAR, "", 2), at(YEAR, "20245", 3))
    assert [fault.position for fault in found.faults] == [(3,)]
    assert (VICTIMS, (3,)) in found.asked
    assert (VICTIMS, (2,)) not in found.asked


def test_an_open_entry_is_shown_and_misses_nothing() -> None:
    form = load_form(
        compile_form(
            workbook(
                [
                    ask("begin_repeat", "child"),
                    ask("integer", "age", required="yes"),
                    ask("end_repeat", ""),
                ]
            )
        ).xform
    )
    found = judge_given(form, [], entries=[("/data/child", (1,))], now=NOW)
    assert ("/data/child/age", (1,)) in found.asked
    assert found.missing == []


def test_places_that_the_form_does_not_have_count_for_nothing() -> None:
    found = judged(("/data/a/law/x", "yes"), at(LAW, "yes", 1), (SECTION_A, "yes"))
    assert len(found.unknown) == 3
    assert found.missing == [(LAW, ())]


def test_what_cannot_be_chosen_is_a_fault() -> None:
    assert [fault.code for fault in judged((LAW, "perhaps")).faults] == ["unknown-choice"]


_VALUES = st.sampled_from(
    ["yes", "no", "in_part", "", "perhaps", "2024", "-4", "٣", "none drafting"]
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([LAW, LAW_WHICH, LAW_EFFECT, LAW_HELP, SHELTER]), _VALUES))
def test_it_finds_what_a_whole_submission_would_be_told(answers: dict[str, str]) -> None:
    found = judged(*answers.items())
    inner = {"a": "", "b": ""}
    for path, value in answers.items():
        group, name = path.split("/")[2:]
        inner[group] += f"<{name}>{value}</{name}>"
    xml = (
        f'<data id="{LAWS.id}" version="{LAWS.version}"><a>{inner["a"]}</a><b>{inner["b"]}</b>'
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    )
    whole = check(compile_form(rounds.workbook()).xform, xml.encode(), now=NOW)
    told = {(fault.path, fault.code) for fault in whole.faults}
    assert told == {(fault.path, fault.code) for fault in found.faults} | {
        (path, "required") for path, _position in found.missing
    }
    assert {(each.path, each.position) for each in whole.answers} == set(found.asked)


def test_of_whom_a_question_is_asked_follows_from_each_reply() -> None:
    replies = {
        "XA": [Given(path=LAW, value="yes")],
        "XB": [Given(path=LAW, value="no")],
        "XC": [],
    }
    found = asked_in(LAWS, replies, [LAW, LAW_WHICH, VICTIMS, "/data/none"], now=NOW)
    assert found == {LAW: {"XA", "XB", "XC"}, LAW_WHICH: {"XA"}, VICTIMS: {"XA", "XB", "XC"}}


@pytest.mark.parametrize("name", shipped.names())
def test_asking_by_question_agrees_with_judging_the_whole(name: str) -> None:
    form: Form = load_form(compile_form(shipped.workbook(name)).xform)
    questions = [each for each in form.questions() if each.is_asked and not each.repeat_path]
    for turn in range(4):
        answers = [
            Given(path=each.path, value=each.choices.items[turn % len(each.choices.items)].value)
            for each in questions
            if each.kind == "select_one" and each.choices and each.choices.items
        ]
        whole = judge_given(form, answers, now=NOW)
        by_question = asked_in(form, {"XA": answers}, [each.path for each in questions], now=NOW)
        assert {path for path, of in by_question.items() if of} == {
            path for path, position in whole.shown if not position and path in by_question
        }


def test_it_says_which_answers_decide_whom_a_question_is_put_to() -> None:
    assert looked_at(LAWS, [LAW]) == frozenset()
    found = looked_at(LAWS, [LAW, LAW_EFFECT])
    assert found is not None
    assert LAW in found
    assert LAW_HELP not in found


@pytest.mark.django_db
def test_a_version_is_laid_out_section_by_section() -> None:
    version = rounds.form()
    laid = outline(form_key=version.key, language="en")
    assert [(each.path, each.label) for each in laid.sections] == [
        (SECTION_A, "A: Law"),
        (SECTION_B, "B: Victims"),
    ]
    law, which = laid.items[LAW], laid.items[LAW_WHICH]
    assert (law.is_required, law.kind, law.provisions[0].article) == (True, "select_one", "5")
    assert law.words_of("in_part") == ["In part"]
    assert which.rules["relevant"]
    assert laid.items[YEAR].repeat == "/data/b/figures"
    section = laid.section_of(YEAR)
    assert section is not None
    assert section.path == SECTION_B
    assert outline(form_key=version.key, language="ar").items[LAW].label == "هل صدر قانون؟"


@pytest.mark.django_db
def test_a_version_that_was_withdrawn_stays_readable() -> None:
    version = rounds.form()
    assert not is_withdrawn(form_key=version.key)
    actions.withdraw(key=version.key, by=OPERATOR, at=NOW)
    assert is_withdrawn(form_key=version.key)
    assert outline(form_key=version.key, language="en").sections
    assert judging.judge(form_key=version.key, answers=[], language="en", at=NOW).missing


@pytest.mark.django_db
def test_there_is_no_outline_of_a_draft() -> None:
    version = actions.upload(data=rounds.workbook(), file_name="law.xlsx", by=OPERATOR, at=NOW)
    with pytest.raises(problems.NoSuchVersion):
        outline(form_key=version.key, language="en")
    with pytest.raises(problems.NoSuchVersion):
        judging.judge(form_key=version.key, answers=[], language="en", at=NOW)
