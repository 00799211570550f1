"""The figures that the tests of the engine stand on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from marsad import problems, tabulation
from marsad.tabulation.engine import Expression
from tests.tabulation.figures_of_our_own import GLOTIP, rows_of, save_workbook


@pytest.fixture(autouse=True)
def english_with_plain_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine by itself speaks English; other tests of this run may have loaded the server."""
    monkeypatch.setattr(problems, "_translate", str)
    monkeypatch.setattr(problems, "_write", str)
    monkeypatch.setattr(problems, "_language", lambda: "en")


@pytest.fixture
def figures(tmp_path: Path) -> Callable[..., Expression]:
    """Rows from lines: `figures(line("JOR", 2019, 7), …)`."""

    def make(*lines: Sequence[object]) -> Expression:
        return rows_of(save_workbook(tmp_path / "figures.xlsx", lines))

    return make


@pytest.fixture(scope="session")
def glotip_lines() -> list[tuple[object, ...]]:
    """The real workbook read with openpyxl and nothing of ours."""
    if not GLOTIP.exists():
        pytest.skip("the workbook of the Global Report is not beside the repository")
    from openpyxl import load_workbook

    book = load_workbook(GLOTIP, read_only=True)
    lines = [tuple(row) for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)]
    book.close()
    return lines


@pytest.fixture(scope="session")
def glotip_kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tabulation.Preview]:
    """The real workbook, read and kept by the engine."""
    if not GLOTIP.exists():
        pytest.skip("the workbook of the Global Report is not beside the repository")
    kept, preview = tabulation.keep(GLOTIP, tmp_path_factory.mktemp("kept"))
    return Path(kept.path), preview
