"""The two copies of the 2008 report, held against the scan corrected by hand (`facts/`)."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from marsad import arabic
from marsad.arabic.letters import letters_and_digits, without_marks

HERE = Path(__file__)
SHARED = Path(os.environ.get("MARSAD_SHARED") or HERE.parents[2].parent / "shared")
SLIPS = HERE.parent / "facts" / "report_2008_slips.tsv"


def document(number: str) -> str:
    found = sorted((SHARED / "documents").glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the real reports are not here")
    return found[0].read_text(encoding="utf-8")


def plain(text: str) -> str:
    return without_marks(unicodedata.normalize("NFKC", text))


def corrected() -> str:
    """The scan with every slip of the table put right."""
    text = plain(document("003"))
    rows = [
        line.split("\t")
        for line in SLIPS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    expected: Counter[str] = Counter()
    for _, wrong, _, times in rows:
        expected[wrong] += int(times)
    for _, wrong, right, _ in rows:
        pattern = rf"(?<!\w){re.escape(wrong)}(?!\w)"
        assert len(re.findall(pattern, text)) in (expected[wrong], 0)
        text = re.sub(pattern, right, text)
    return text


def body(text: str) -> str:
    """From the first heading on, without the job number; signs and spaces in one style."""
    text = plain(text)
    text = text[text.index("تقرير الأمانة") :]
    text = re.sub(r"(?m)^.*V\.08-55589.*$", "", text)
    text = re.sub(r"[\^*<>]", "", text)
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    return re.sub(r"\s*([^\w\s])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


@pytest.fixture(scope="module", params=[("000", "003"), ("003", "000")])
def reconciled(request: pytest.FixtureRequest) -> arabic.Repair:
    text, other = request.param
    return arabic.repair(document(text), copies=[document(other)])


def test_it_makes_a_sound_text_of_either_copy_with_the_other(reconciled: arabic.Repair):
    got, want = body(reconciled.text), body(corrected())
    words, wanted = got.split(), want.split()

    assert Levenshtein.distance(got, want) / len(want) <= 0.003
    assert Levenshtein.distance(words, wanted) / len(wanted) <= 0.01
    assert letters_and_digits(got) == letters_and_digits(want)
    assert not reconciled.discarded


def test_it_tells_these_copies_from_all_other_reports():
    for number in ("001", "002", "004"):
        assert not arabic.are_copies(document("000"), document(number))
        assert not arabic.are_copies(document("003"), document(number))
    assert arabic.are_copies(document("000"), document("003"))
