"""A submission is judged by the form, never by whoever sent it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.problems import Problem
from marsad.questionnaires.checking import (
    Checked,
    NoInstanceId,
    NotASubmission,
    Sent,
    TooTangled,
    WrongForm,
    check,
    envelope,
)
from marsad.questionnaires.checking.result import SAYS
from marsad.questionnaires.compiling import compile_form
from tests.questionnaires.workbooks import AR, EN, YES_NO, ask, filled, workbook

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def form_of(*rows: Any, choices: Any = None, **settings: Any) -> bytes:
    return compile_form(workbook(list(rows), choices, settings or None)).xform


def judged(form: bytes, body: str, **more: Any) -> Checked:
    return check(form, filled(body), now=NOW, **more)


def codes(checked: Checked) -> list[tuple[str, str]]:
    return [(fault.path.rpartition("/")[2], fault.code) for fault in checked.faults]


def answers(checked: Checked) -> dict[str, str]:
    return {
        answer.name + "".join(f"[{place}]" for place in answer.position): answer.value
        for answer in checked.answers
    }


VISIT = compile_form(workbook()).xform


def test_it_takes_a_form_that_is_filled_rightly() -> None:
    checked = judged(VISIT, "<visited>yes</visited><workers>12</workers>")

    assert checked.ok
    assert answers(checked) == {"visited": "yes", "workers": "12"}
    assert (checked.form_id, checked.version, checked.instance_id) == ("visits", "1", "uuid:1")


def test_it_takes_digits_of_every_script() -> None:
    assert answers(judged(VISIT, "<visited>yes</visited><workers>١٢</workers>"))["workers"] == "12"
    assert answers(judged(VISIT, "<visited>yes</visited><workers>۱۲</workers>"))["workers"] == "12"


def test_it_asks_for_what_must_be_answered() -> None:
    assert codes(judged(VISIT, "<visited>yes</visited>")) == [("workers", "required")]
    assert codes(judged(VISIT, "<visited>yes</visited><workers/>")) == [("workers", "required")]


def test_it_asks_for_nothing_that_is_not_asked() -> None:
    assert judged(VISIT, "<visited>no</visited>").ok


def test_it_leaves_out_what_was_not_asked() -> None:
    checked = judged(VISIT, "<visited>no</visited><workers>12</workers>")

    assert checked.ok
    assert answers(checked) == {"visited": "no"}
    assert checked.dropped == ["/data/workers"]


def test_it_says_a_broken_rule_in_the_forms_own_words() -> None:
    fault = judged(VISIT, "<visited>yes</visited><workers>6000</workers>", language="en").faults[0]

    assert fault.code == "constraint"
    with translation.override("en"):
        assert fault.says == "“How many workers are there?”: Too many"
    with translation.override("ar"):
        assert fault.sentence("ar") == "«كم عاملا فيه؟»: العدد كبير"


WRONG = [
    ("integer", "abc", "not-integer"),
    ("integer", "1.5", "not-integer"),
    ("integer", "9" * 30, "not-integer"),
    ("decimal", "1,5", "not-decimal"),
    ("decimal", "nan", "not-decimal"),
    ("date", "2026-02-30", "not-date"),
    ("date", "yesterday", "not-date"),
    ("time", "25:00", "not-time"),
    ("dateTime", "2026-01-01", "not-dateTime"),
    ("geopoint", "91 0", "not-geopoint"),
    ("geopoint", "here", "not-geopoint"),
    ("geotrace", "1 1", "not-geotrace"),
    ("geoshape", "0 0; 0 1; 1 1", "not-geoshape"),
    ("select_one yes_no", "maybe", "unknown-choice"),
    ("select_multiple yes_no", "yes maybe", "unknown-choice"),
    ("select_multiple yes_no", "yes yes", "chosen-twice"),
    ("rank yes_no", "yes", "rank-incomplete"),
    ("image", "../../etc/passwd", "file-name"),
]


@pytest.mark.parametrize(("type_", "value", "code"), WRONG)
def test_it_refuses_what_is_not_of_its_kind(type_: str, value: str, code: str) -> None:
    checked = judged(form_of(ask(type_, "q")), f"<q>{escape(value)}</q>")

    assert codes(checked) == [("q", code)]
    assert checked.faults[0].says


RIGHT = [
    ("integer", "٤٢", "42"),
    ("integer", "-7", "-7"),
    ("decimal", "١٢٫٥", "12.5"),
    ("decimal", "1e3", "1e3"),
    ("date", "٢٠٢٦-٠١-٣١", "2026-01-31"),
    ("date", "2026-01-31T10:00:00.000+01:00", "2026-01-31"),
    ("time", "10:30:00.000+01:00", "10:30:00.000+01:00"),
    ("dateTime", "2026-01-31T10:30:00.000+01:00", "2026-01-31T10:30:00.000+01:00"),
    ("geopoint", "33.5 36.3 690 5", "33.5 36.3 690 5"),
    ("geotrace", "0 0 0 0; 0 1 0 0;", "0 0 0 0; 0 1 0 0"),
    ("geoshape", "0 0; 0 1; 1 1; 0 0", "0 0; 0 1; 1 1; 0 0"),
    ("select_one yes_no", "yes", "yes"),
    ("select_multiple yes_no", " yes   no ", "yes no"),
    ("rank yes_no", "no yes", "no yes"),
    ("text", "  <b>نص</b> 42  ", "<b>نص</b> 42"),
    ("barcode", "٠١٢", "٠١٢"),
    ("acknowledge", "OK", "OK"),
    ("file", "تقرير.pdf", "تقرير.pdf"),
]


@pytest.mark.parametrize(("type_", "sent", "kept"), RIGHT)
def test_it_keeps_an_answer_in_one_form(type_: str, sent: str, kept: str) -> None:
    checked = judged(form_of(ask(type_, "q")), f"<q>{escape(sent)}</q>")

    assert checked.faults == []
    assert answers(checked) == {"q": kept}


@pytest.mark.parametrize(
    ("value", "fine"), [("10", True), ("15", True), ("12", False), ("99", False)]
)
def test_it_knows_the_steps_of_a_scale(value: str, fine: bool) -> None:
    form = form_of(ask("range", "q", parameters="start=0 end=20 step=5"))

    assert judged(form, f"<q>{value}</q>").ok is fine


def test_it_knows_what_a_filter_leaves() -> None:
    choices = [
        {"list_name": "city", "name": name, AR: name, EN: name, "country": country}
        for name, country in (("amman", "jo"), ("beirut", "lb"), ("irbid", "jo"))
    ]
    form = form_of(
        ask("text", "country"),
        ask("select_one city", "q", choice_filter="country = ${country}"),
        choices=choices,
    )

    assert judged(form, "<country>jo</country><q>irbid</q>").ok
    assert codes(judged(form, "<country>jo</country><q>beirut</q>")) == [("q", "unknown-choice")]


def test_it_computes_again_what_a_client_computed() -> None:
    form = form_of(
        ask("integer", "a"),
        ask("calculate", "twice", calculation="${a} * 2"),
        ask("integer", "q", constraint=". < ${twice}"),
    )

    checked = judged(form, "<a>3</a><twice>1000</twice><q>99</q>")

    assert answers(checked)["twice"] == "6"
    assert codes(checked) == [("q", "constraint")]


def test_it_keeps_what_cannot_be_computed_twice() -> None:
    form = form_of(ask("text", "a"), ask("calculate", "when", calculation="now()"))

    assert answers(judged(form, "<a>x</a><when>2020-01-01T00:00:00Z</when>"))["when"].startswith(
        "2020"
    )


REPEATED = form_of(
    ask("integer", "n"),
    ask("begin_repeat", "r", repeat_count="${n}"),
    ask("integer", "x", required="yes"),
    ask("text", "why", relevant="${x} > 10"),
    {"type": "end_repeat"},
    ask("calculate", "total", calculation="sum(${x})"),
)


def test_it_judges_every_repetition() -> None:
    checked = judged(REPEATED, "<n>2</n><r><x>5</x></r><r><x>20</x><why>ل</why></r>")

    assert checked.ok
    assert answers(checked) == {
        "n": "2", "x[1]": "5", "x[2]": "20", "why[2]": "ل", "total": "25",
    }  # fmt: skip


def test_it_says_which_repetition_is_wrong() -> None:
    fault = judged(REPEATED, "<n>2</n><r><x>5</x></r><r><x/></r>").faults[0]

    assert (fault.path, fault.position, fault.code) == ("/data/r/x", (2,), "required")


def test_it_counts_the_repetitions() -> None:
    checked = judged(REPEATED, "<n>1</n><r><x>1</x></r><r><x>2</x></r>")

    assert codes(checked) == [("r", "too-often")]


def test_it_takes_no_template_for_an_answer() -> None:
    body = (
        '<n>1</n><r xmlns:jr="http://openrosa.org/javarosa" jr:template=""><x/></r><r><x>1</x></r>'
    )

    assert judged(REPEATED, body).ok


def test_it_refuses_a_question_that_the_form_does_not_ask() -> None:
    checked = judged(VISIT, "<visited>no</visited><secret>1</secret>")

    assert [fault.code for fault in checked.faults] == ["unknown-question"]
    assert "secret" in checked.faults[0].says


def test_it_refuses_two_answers_to_one_question() -> None:
    checked = judged(VISIT, "<visited>no</visited><visited>yes</visited>")

    assert codes(checked) == [("visited", "not-repeated")]


def test_it_refuses_answers_inside_an_answer() -> None:
    assert codes(judged(VISIT, "<visited><a/></visited>")) == [("visited", "not-a-group")]


def test_it_asks_where_a_file_is() -> None:
    form = form_of(ask("image", "q"))
    body = "<q>شاهد.jpg</q>"

    assert judged(form, body).ok, "the files may come later"
    assert codes(judged(form, body, files={})) == [("q", "file-missing")]
    wrong = {"شاهد.jpg": Sent(size=9, media_type="application/pdf")}
    assert codes(judged(form, body, files=wrong)) == [("q", "file-wrong-kind")]
    right = {"شاهد.jpg": Sent(size=9, media_type="image/jpeg")}
    checked = judged(form, body, files=right)
    assert checked.ok
    assert checked.files == ["شاهد.jpg"]
    assert checked.answers[0].file == "شاهد.jpg"


def test_it_is_patient_with_clocks_that_differ() -> None:
    form = form_of(ask("date", "q", constraint=". <= today()"))

    assert judged(form, "<q>2026-11-23</q>").ok, "a phone may be in tomorrow already"
    assert codes(judged(form, "<q>2026-11-24</q>")) == [("q", "constraint")]


def test_it_takes_a_choice_from_an_earlier_repetition() -> None:
    form = form_of(
        ask("begin_repeat", "r"),
        ask("text", "name"),
        {"type": "end_repeat"},
        ask("select_one ${name}", "q"),
    )

    assert judged(form, "<r><name>a</name></r><r><name>b</name></r><q>b</q>").ok
    assert codes(judged(form, "<r><name>a</name></r><q>z</q>")) == [("q", "unknown-choice")]


def test_it_follows_a_chain_of_any_length() -> None:
    last = 600
    rows = [ask("integer", "start")] + [
        ask(
            "calculate",
            f"c{n}",
            calculation=f"${{c{n + 1}}} + 1" if n < last else "${start}",
            relevant=f"${{c{n + 1}}} > 0" if n < last else "",
        )
        for n in range(last + 1)
    ]

    checked = judged(form_of(*rows), "<start>1</start>")

    assert answers(checked)["c0"] == str(last + 1)
    assert len(checked.answers) == last + 2


def test_it_does_not_count_for_ever() -> None:
    """A rule that looks at every repetition, in each of thousands."""
    form = form_of(
        ask("begin_repeat", "r"),
        ask("integer", "x", constraint=". <= sum(/data/r[x >= 0]/x)"),
        {"type": "end_repeat"},
    )

    assert judged(form, "<r><x>1</x></r>" * 200).ok
    with pytest.raises(TooTangled):
        judged(form, "<r><x>1</x></r>" * 5_000)


def test_it_finds_a_choice_among_thousands_many_times() -> None:
    choices = [
        {"list_name": "l", "name": f"c{n}", AR: f"{n}", EN: f"{n}", "area": f"a{n % 50}"}
        for n in range(3_000)
    ]
    form = form_of(
        ask("begin_repeat", "r"),
        ask("text", "area"),
        ask("select_one l", "q", choice_filter="area = ${area}"),
        {"type": "end_repeat"},
        choices=choices,
    )

    assert judged(form, "<r><area>a7</area><q>c57</q></r>" * 2_000).ok
    assert codes(judged(form, "<r><area>a7</area><q>c58</q></r>")) == [("q", "unknown-choice")]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<data id="visits" version="1"><visited>&b;</visited></data>'
)
REFUSED = [
    (b"", "questionnaires.submission.not-xml"),
    (b"not xml", "questionnaires.submission.not-xml"),
    (b"<data", "questionnaires.submission.not-xml"),
    (b"\xff\xfe\x00", "questionnaires.submission.not-xml"),
    (BOMB, "questionnaires.submission.doctype"),
    (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><data/>", "questionnaires.submission.doctype"),
    (filled("", uuid=""), "questionnaires.submission.no-instance-id"),
    (filled("", version="2"), "questionnaires.submission.wrong-form"),
    (filled("", form_id="other"), "questionnaires.submission.wrong-form"),
    (b"<data>" + b"x" * (10 * 1024 * 1024) + b"</data>", "questionnaires.submission.too-large"),
    (
        b'<data id="visits" version="1">' + b"<r><x>1</x></r>" * 5_001
        + b"<meta><instanceID>1</instanceID></meta></data>",
        "questionnaires.submission.too-many",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=[code for _data, code in REFUSED])
def test_it_uses_nothing_of_what_is_no_submission(data: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        check(REPEATED, data, now=NOW)

    assert refused.value.code == code
    assert str(refused.value)


def test_it_reads_the_envelope_alone() -> None:
    said = envelope(
        b'<data id="f" version="9"><x/><meta xmlns="http://openrosa.org/xforms">'
        b"<instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID></meta></data>"
    )

    assert (said.form_id, said.version) == ("f", "9")
    assert (said.instance_id, said.deprecated_id) == ("uuid:2", "uuid:1")


def test_every_sentence_has_what_it_names() -> None:
    details = dict.fromkeys(
        ("question", "message", "value", "count", "most", "least", "step", "given"), "?"
    )
    for code, text in SAYS.items():
        assert text.format(**details), code


# ── any form, any answers ────────────────────────────────────────────────────────────────────────
_VALUES: dict[str, st.SearchStrategy[str]] = {
    "text": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=9),
    "integer": st.integers(-999, 999).map(str),
    "decimal": st.decimals(-99, 99, places=2).map(str),
    "date": st.dates().map(str).filter(lambda day: len(day) == 10),
    "select_one yes_no": st.sampled_from(["yes", "no"]),
    "select_multiple yes_no": st.sampled_from(["yes", "no", "yes no"]),
}


@st.composite
def forms_and_answers(draw: st.DrawFn) -> tuple[bytes, dict[str, str]]:
    """A small form, and an answer of its kind to each question."""
    kinds = draw(st.lists(st.sampled_from(sorted(_VALUES)), min_size=1, max_size=5))
    rows = []
    given_answers: dict[str, str] = {}
    for place, kind in enumerate(kinds):
        name = f"q{place}"
        earlier = draw(st.sampled_from([None, *given_answers]))
        more = {"relevant": f"${{{earlier}}} != ''"} if earlier else {}
        rows.append(ask(kind, name, **more))
        given_answers[name] = draw(_VALUES[kind])
    return form_of(*rows, choices=YES_NO), given_answers


@settings(max_examples=30)
@given(forms_and_answers())
def test_it_takes_every_answer_of_its_kind(made: tuple[bytes, dict[str, str]]) -> None:
    form, given_answers = made
    body = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in given_answers.items())

    checked = judged(form, body)

    assert checked.faults == []
    kept = answers(checked)
    for name, text in given_answers.items():
        assert kept.get(name, "") == text.strip() or f"/data/{name}" in checked.dropped
    assert not set(checked.dropped) & {answer.path for answer in checked.answers}


_XML = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8).map(escape),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["n", "r", "x", "why", "total", "meta", "z"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


@settings(max_examples=150)
@given(_XML)
def test_it_never_breaks_over_what_is_sent(body: str) -> None:
    try:
        checked = judged(REPEATED, body)
    except (NoInstanceId, NotASubmission, WrongForm):
        return
    for fault in checked.faults:
        assert fault.says
    paths = {answer.path for answer in checked.answers}
    assert paths <= {"/data/n", "/data/r/x", "/data/r/why", "/data/total"}
