"""Two States that do not exist, with figures of our own making."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from marsad.statistics.models import Edition
from tests.statistics.tables_of_ours import ROWS, bring, invent_states, written


@pytest.fixture
def house_of_ours(db: None, tmp_path: Path, settings: Any) -> None:
    """A data root of its own for every story, and two States that do not exist."""
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.DEMO = True
    invent_states()


@pytest.fixture
def figures_of_ours(house_of_ours: None, tmp_path: Path) -> Edition:
    """Their figures, in force."""
    return bring(written(tmp_path / "figures.csv", ROWS))
