"""A check ends soon and never breaks, whatever was sent to whatever form."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from marsad.questionnaires.checking import Checked, TooTangled, check
from marsad.questionnaires.compiling import compile_form
from tests.questionnaires.workbooks import ask, filled, workbook

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
