"""Every kind of repair has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from marsad import arabic
from marsad.library.repairs import WHY, kind_name, why

STAGES = Path(arabic.__file__).parent / "stages"
KINDS = sorted(
    {
        kind
        for stage in STAGES.glob("*.py")
        for kind in re.findall(r'kind="([a-z_]+)"', stage.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_says_why_for_every_kind_that_the_engine_records(kind, language):
    change = {"kind": kind, "confidence": 0.9, "applied": True}

    with translation.override(language):
        assert str(WHY[kind]) in why(change, line=3)


def test_it_has_no_sentence_for_a_kind_that_is_gone():
    assert set(WHY) == set(KINDS)


def test_it_says_that_a_doubtful_place_was_left_alone():
    with translation.override("en"):
        assert "left as it came" in why(
            {"kind": "run_order", "confidence": 0.3, "applied": False}, line=3
        )


def test_every_kind_of_doubt_has_a_name_of_its_own() -> None:
    names = [kind_name(kind) for kind in WHY]
    assert len(set(names)) == len(names)
