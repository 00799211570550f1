"""What every room relies on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import arabic

WORDS = ["العمل", "الدول", "الأطراف", "\ue814", "CTOC/COP", "\uf02a", "تِّجار", "الا", " -٣", "\r\n"]
LETTERS = [*"ابتمنلوي", "ـ", "ــ", " ", "    ", "\n", "\f", ".", "،", "(", ")", "-", "٤", "12", "/"]
PIECES = st.sampled_from([*WORDS, *LETTERS])
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@settings(max_examples=40)
@given(TEXTS)
def test_it_gives_every_character_an_origin_in_the_source(text: str) -> None:
    repair = arabic.repair(text)
    assert repair.source == text
    assert len(repair.origins) == len(repair.text)
    assert all(-1 <= origin < max(1, len(text)) for origin in repair.origins)


@settings(max_examples=40)
@given(TEXTS)
def test_it_gives_back_the_source_when_everything_is_undone(text: str) -> None:
    repair = arabic.repair(text)
    assert arabic.undo(repair, *range(len(repair.changes))).text == text


@settings(max_examples=40)
@given(TEXTS)
def test_it_records_every_character_it_adds_or_takes_away(text: str) -> None:
    repair = arabic.repair(text)
    recorded = {
        place
        for change in repair.changes
        if change.applied
        for place in range(change.source_start, change.source_end)
    }
    assert set(range(len(text))) - set(repair.origins) <= recorded
    if -1 in repair.origins:
        assert repair.changes


@settings(max_examples=40)
@given(TEXTS)
def test_it_does_the_same_thing_twice(text: str) -> None:
    assert arabic.repair(text) == arabic.repair(text)


def test_it_keeps_line_and_page_breaks() -> None:
    repair = arabic.repair("العمـل\nالدولـية\f\r\nوطنـية")
    assert repair.text == "العمل\nالدولية\f\r\nوطنية"
    assert [line.source_line for line in repair.lines] == [1, 2, 3, 4]


def test_it_tells_how_far_it_is() -> None:
    seen: list[tuple[int, int]] = []
    arabic.repair("العمـل\n" * 50, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (51, 51)
    assert seen == sorted(seen)


def test_it_leaves_clean_text_alone_byte_for_byte() -> None:
    text = "أولا- مقدمة\n\n١- تشارك الدول  الأطراف في الدورة الـ ١٢٠.\n"
    assert arabic.repair(text).text == text
    assert arabic.repair(text).changes == ()
