"""A check ends soon and never breaks, whatever was sent to whatever form."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from marsad.questionnaires.checking import Checked, TooTangled, check
from marsad.questionnaires.compiling import compile_form
from tests.questionnaires.workbooks import AR, EN, ask, filled, workbook

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def form_of(*rows: Any, choices: Any = None, **settings: Any) -> bytes:
    return compile_form(workbook(list(rows), choices, settings or None)).xform


def judged(form: bytes, body: str, **more: Any) -> Checked:
    return check(form, filled(body), now=NOW, **more)


def codes(checked: Checked) -> list[tuple[str, str]]:
    return [(fault.path.rpartition("/")[2], fault.code) for fault in checked.faults]


# ── patterns ─────────────────────────────────────────────────────────────────────────────────────
#: A pattern, and a text that takes `re` seconds or days.
ENDLESS = [
    (r"(\w+\s?){1,10}", "a" * 60 + "!"),
    (r"(a|aa)+b", "a" * 200),
]


@pytest.mark.parametrize(("pattern", "text"), ENDLESS)
def test_it_stops_a_pattern_that_would_never_end(pattern: str, text: str) -> None:
    form = form_of(ask("text", "p"), ask("text", "q", constraint="regex(., ${p})"))

    assert judged(form, f"<p>{pattern}</p><q>{text}</q>").ok
    assert codes(judged(form, f"<p>{pattern}</p><q>?</q>")) == [("q", "constraint")]


def test_it_refuses_what_a_long_pattern_can_never_match() -> None:
    form = form_of(ask("text", "q", constraint=r"regex(., '[\w.]+[\w.-]*[\w.]*@[\w.]+')"))

    assert codes(judged(form, f"<q>{'a' * 2_000}</q>")) == [("q", "constraint")]
    assert judged(form, "<q>a.b-c@d.e</q>").ok


def test_it_lets_others_work_while_a_pattern_is_tried() -> None:
    form = form_of(ask("text", "p"), ask("text", "q", constraint="regex(., ${p})"))
    body = filled(f"<p>{ENDLESS[1][0]}</p><q>{ENDLESS[1][1]}</q>")
    judged(form, "<p>a</p><q>a</q>")
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    other = threading.Thread(target=tick)
    other.start()
    check(form, body, now=NOW)
    done.set()
    other.join()

    assert len(ticks) > 3


def test_it_does_not_try_such_a_pattern_a_thousand_times() -> None:
    form = form_of(
        ask("begin_repeat", "r"),
        ask("text", "q", constraint="regex(., '(a|aa)+b')"),
        {"type": "end_repeat"},
    )

    with pytest.raises(TooTangled):
        judged(form, f"<r><q>{'a' * 200}</q></r>" * 1_000)


# ── numbers that are none ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "expression",
    [
        "round(${n}, -400) = 0",
        "round(${n}, 400) = ${n}",
        "round(${n} * number('1e300'), 300) > 0",
        "sum(${t}, ${u}) != 1",
        "sum(${t}, -1 div 0) != 1",
        "round(1 div 0, 1 div 0) > 1",
        "format-date(number('1e300'), '%Y') = ''",
        "base64-decode('=') = ''",
        "pow(10, 400) != 1",
        "int('1e400') > 1",
        "date('0001-01-01T00:00:00+14:00') != '1'",
    ],
)
def test_it_computes_with_numbers_that_are_none(expression: str) -> None:
    form = form_of(ask("decimal", "n", constraint=expression), ask("text", "t"), ask("text", "u"))

    assert judged(form, "<n>5</n><t>1e999</t><u>-1e999</u>").ok


def test_it_counts_repetitions_against_less_than_none() -> None:
    form = form_of(
        ask("text", "n"),
        ask("begin_repeat", "r", repeat_count="number(${n})"),
        ask("text", "q"),
        {"type": "end_repeat"},
    )
    checked = judged(form, "<n>-1e999</n><r><q>a</q></r>")

    assert codes(checked) == [("r", "too-often")]
    assert checked.faults[0].details["most"] == 0


# ── words that look like numbers ─────────────────────────────────────────────────────────────────
def test_it_keeps_a_name_that_looks_like_no_number() -> None:
    form = form_of(
        ask("text", "name", required="yes"),
        ask("decimal", "n"),
        ask("calculate", "half", calculation="${n} div 2"),
    )
    checked = judged(form, "<name>NaN</name><n>NaN</n>")

    assert checked.ok
    assert {answer.name: answer.value for answer in checked.answers} == {"name": "NaN", "n": ""}


# ── what time it is ──────────────────────────────────────────────────────────────────────────────
def test_it_believes_no_clock_that_is_days_ahead() -> None:
    form = form_of(
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        ask("date", "q", constraint=". <= today()"),
    )

    def on(day: str, *, end: str) -> list[tuple[str, str]]:
        return codes(judged(form, f"<end>{end}</end><q>{day}</q>"))

    assert on("2030-01-01", end="2030-01-01T10:00:00Z") == [("q", "constraint")]
    assert on("2026-11-24", end="2026-11-24T02:00:00Z") == [("q", "constraint")]
    assert on("9999-12-31", end="9999-12-31T23:59:59-14:00") == [("q", "constraint")]
    assert on("2026-11-23", end="2026-11-23T00:10:00+14:00") == []


@pytest.mark.parametrize("end", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"])
def test_it_believes_no_clock_that_cannot_be_computed_with(end: str) -> None:
    form = form_of({"type": "end", "name": "end"}, ask("dateTime", "q", constraint=". <= now()"))
    body = f"<end>{end}</end><q>2030-01-01T00:00:00Z</q>"

    assert codes(judged(form, body)) == [("q", "constraint")]


def test_it_refuses_a_moment_beyond_the_calendar_where_a_later_one_is_asked() -> None:
    form = form_of(ask("dateTime", "q", constraint=". > '2020-01-01'"))

    assert codes(judged(form, "<q>0001-01-01T00:00:00+14:00</q>")) == [("q", "constraint")]


# ── more than anybody answers ────────────────────────────────────────────────────────────────────
def test_it_compares_two_long_lists_only_so_often() -> None:
    form = form_of(
        ask("begin_repeat", "r"),
        ask("text", "a"),
        {"type": "end_repeat"},
        ask("text", "q", constraint="${a} > ${a}"),
    )

    with pytest.raises(TooTangled):
        judged(form, "<r><a>x</a></r>" * 1_000 + "<q>a</q>")


MANY = [{"list_name": "l", "name": f"n{each}", AR: "أ", EN: "A"} for each in range(1_200)]


def test_it_takes_only_so_many_choices() -> None:
    form = form_of(ask("select_multiple l", "q"), choices=MANY)

    assert judged(form, f"<q>{' '.join(row['name'] for row in MANY[:1_000])}</q>").ok
    for chosen in (" ".join(row["name"] for row in MANY), "n1 " * 40_000):
        assert codes(judged(form, f"<q>{chosen}</q>")) == [("q", "too-many-chosen")]


def test_it_tells_which_choice_is_there_twice() -> None:
    form = form_of(ask("select_multiple l", "q"), choices=MANY)
    checked = judged(form, "<q>n3 n4 n5 n4 n3</q>")

    assert [fault.details["value"] for fault in checked.faults] == ["n3"]


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<r><q>{each}</q></r>" for each in range(1_000)),
        "".join(f"<unknown{each}>1</unknown{each}>" for each in range(1_000)),
        "<r><x/><q>1<y/></q></r>" * 1_000,
    ],
)
def test_it_tells_of_only_so_much_that_is_wrong(body: str) -> None:
    form = form_of(
        ask("begin_repeat", "r"), ask("text", "q", constraint=". = 'z'"), {"type": "end_repeat"}
    )
    checked = judged(form, body)

    assert [fault.code for fault in checked.faults].index("more") == len(checked.faults) - 1 == 200
    assert "200" in checked.faults[-1].says


# ── texts that grow ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "calculation",
    ["concat({0}, {0})", "join({0}, 'a', 'b', {0})", "concat('a', join('', {0}, {0}))"],
)
def test_it_lets_no_text_grow_without_end(calculation: str) -> None:
    form = form_of(
        ask("text", "c0"),
        *(
            ask("calculate", f"c{each}", calculation=calculation.format(f"${{c{each - 1}}}"))
            for each in range(1, 21)
        ),
    )

    with pytest.raises(TooTangled):
        judged(form, "<c0>abc</c0>")


def test_it_writes_no_long_text_again_and_again() -> None:
    form = form_of(
        ask("text", "c0"),
        ask("begin_repeat", "r"),
        ask("text", "a"),
        ask("calculate", "c", calculation="translate(${c0}, 'a', ${a})"),
        {"type": "end_repeat"},
    )
    body = f"<c0>{'a' * 150_000}</c0>"

    assert judged(form, body + "<r><a>b</a></r>" * 10).ok
    with pytest.raises(TooTangled):
        judged(form, body + "<r><a>b</a></r>" * 500)


def test_it_says_which_answer_is_too_long_before_it_computes_with_it() -> None:
    form = form_of(
        ask("text", "q"), ask("calculate", "c", calculation="concat(${q}, ${q})"), ask("text", "p")
    )

    assert codes(judged(form, f"<q>{'a' * 200_001}</q>")) == [("q", "too-long")]
