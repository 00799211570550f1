"""What a new version changes, and which earlier answers carry over."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from marsad.questionnaires.comparing import Compared, compare


def question(name: str, kind: str = "text", **more: Any) -> Compared:
    return Compared(**{"path": f"/data/{name}", "name": name, "kind": kind, **more})


def test_it_says_that_nothing_changed() -> None:
    same = [question("a"), question("b", "integer")]

    found = compare(same, same)

    assert found.is_same
    assert len(found.carried) == 2
    assert found.untouched == 2


def test_it_tells_what_came_and_what_went() -> None:
    found = compare([question("a")], [question("b")])

    assert [each.name for each in found.added] == ["b"]
    assert [each.name for each in found.removed] == ["a"]
    assert [each.name for each in found.lost] == ["a"]


def test_it_follows_a_concept_through_a_new_name() -> None:
    found = compare(
        [question("a", concept="law.year")], [question("z", "text", concept="law.year")]
    )

    assert found.carried[0].by == "concept"
    assert found.lost == []


def test_it_follows_a_name_into_another_group() -> None:
    found = compare([question("a")], [question("a", path="/data/g/a")])

    assert found.carried[0].new_path == "/data/g/a"
    assert [change.what for change in found.changed] == ["place"]


def test_it_takes_two_concepts_for_two_questions() -> None:
    found = compare([question("a", concept="x")], [question("a", concept="y")])

    assert [each.name for each in found.lost] == ["a"]


def test_it_carries_no_answer_into_another_kind() -> None:
    assert compare([question("a", "text")], [question("a", "integer")]).carried == []
    assert len(compare([question("a", "integer")], [question("a", "decimal")]).carried) == 1


def test_it_carries_no_answer_into_a_repeat() -> None:
    found = compare([question("a")], [question("a", repeat="/data/r")])

    assert found.carried == []


def test_it_names_the_choices_that_are_gone() -> None:
    found = compare(
        [question("a", "select_one", choices=["x", "y"])],
        [question("a", "select_one", choices=["y", "z"])],
    )

    assert found.carried[0].except_values == ["x"]
    change = next(change for change in found.changed if change.what == "choices")
    assert (change.came, change.went) == (["z"], ["x"])


def test_it_sees_words_rules_and_duty_change() -> None:
    found = compare(
        [question("a", labels={"ar": "س"}, rules={"constraint": ". > 1"})],
        [question("a", labels={"ar": "ص"}, rules={"constraint": ". > 2"}, is_required=True)],
    )

    assert {change.what for change in found.changed} == {"words", "rules", "required"}


_QUESTIONS = st.lists(
    st.builds(
        question,
        st.sampled_from("abcde"),
        st.sampled_from(["text", "integer", "select_one", "note"]),
        concept=st.sampled_from(["", "", "x", "y"]),
    ),
    unique_by=lambda each: each.path,
)


@given(_QUESTIONS, _QUESTIONS)
def test_it_accounts_for_every_question(old: list[Compared], new: list[Compared]) -> None:
    found = compare(old, new)
    asked = [each for each in old if each.kind != "note"]

    kept = {each.old_path for each in found.carried}
    assert kept | {each.path for each in found.lost} == {each.path for each in asked}
    assert not kept & {each.path for each in found.lost}
    assert len({each.new_path for each in found.carried}) == len(found.carried)
