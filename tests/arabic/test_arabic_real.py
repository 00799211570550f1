"""The five real reports and the hand-made pairs, where they lie beside the repository."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marsad import arabic
from marsad.arabic.letters import is_private, without_marks

SHARED = Path(os.environ.get("MARSAD_SHARED", Path(__file__).parents[2].parent / "shared"))
DOCUMENTS = SHARED / "documents"
PAIRS = SHARED / "data" / "repair_pairs.json"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DOCUMENTS.exists(), reason="the real reports are not here"),
]


@cache
def repaired(number: str) -> arabic.Repair:
    (path,) = DOCUMENTS.glob(f"{number}_*.txt")
    return arabic.repair(path.read_text(encoding="utf-8"))


def compared(text: str) -> str:
    """Return a text as the pairs are to be compared."""
    plain = without_marks(unicodedata.normalize("NFC", text))
    digits = "".join(
        str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in plain
    )
    return re.sub(r"\s*([^\w\s])\s*", r"\1", re.sub(r"\s+", " ", digits)).strip()


@pytest.mark.parametrize(("number", "last"), [("000", 25), ("001", 37), ("004", 69)])
def test_it_finds_every_paragraph_number_at_the_start_of_a_line(number: str, last: int) -> None:
    found = [
        int(match.group(1))
        for line in repaired(number).lines
        if (match := re.match(r"([٠-٩]{1,3})- ", line.text))
    ]
    body = iter(found)
    assert all(wanted in body for wanted in range(1, last + 1))


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_it_leaves_no_tatweel_and_no_private_code(number: str) -> None:
    text = repaired(number).text
    assert "ـ" not in text
    assert not any(map(is_private, text))


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_it_throws_no_change_away(number: str) -> None:
    assert repaired(number).discarded == ()


@pytest.mark.parametrize("number", ["002", "003"])
def test_it_mends_only_misread_words_of_a_text_that_was_read_by_ocr(number: str) -> None:
    repair = repaired(number)
    stages = {change.stage for change in repair.changes if change.applied}
    assert stages <= {"ocr", "markup"}


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_it_gives_back_the_source_of_a_report(number: str) -> None:
    repair = repaired(number)
    assert arabic.undo(repair, *range(len(repair.changes))).text == repair.source


def pairs(*, controls: bool) -> list[dict[str, Any]]:
    if not PAIRS.exists():
        return []
    found = json.loads(PAIRS.read_text(encoding="utf-8"))["pairs"]
    return [
        pair
        for pair in found
        if pair["corruption"].startswith("control") == controls
        and not pair["corruption"].startswith("ocr")
    ]


def mended(pair: dict[str, Any]) -> bool:
    first, last = pair["line"], pair.get("line_to", pair["line"])
    lines = repaired(pair["source"][:3]).lines
    got = "\n".join(line.text for line in lines if first <= line.source_line <= last)
    wanted = compared(pair["correct"])
    # a pair of one word is looked for in its line; page furniture is not this engine's work
    if len(pair["correct"].split()) == 1 or "furniture" in pair["corruption"]:
        return wanted in compared(got)
    return wanted == compared(got)


def test_it_mends_the_hand_made_pairs_of_the_text_layers() -> None:
    found = pairs(controls=False)
    assert sum(map(mended, found)) >= 0.60 * len(found)


def test_it_leaves_the_clean_controls_alone() -> None:
    for pair in pairs(controls=True):
        assert arabic.repair(pair["corrupted"]).text == pair["corrupted"]
