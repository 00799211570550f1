"""The questionnaires that come with Marsad: kept as text, given as XLSForm workbooks.

>>> from marsad.questionnaires import shipped
>>> shipped.names()
('assistance_needs', 'demand', 'self_assessment')
>>> shipped.workbook("demand")[:2]
b'PK'
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from .provisions import Article, Provision, articles, parse_provisions
from .reading import Sheets, read_folder
from .writing import write_workbook

__all__ = [
    "Article",
    "Provision",
    "Sheets",
    "articles",
    "names",
    "parse_provisions",
    "read_folder",
    "sheets",
    "workbook",
    "write_workbook",
]


def names() -> tuple[str, ...]:
    """Every questionnaire that comes with Marsad, by the name of its folder."""
    return tuple(sorted(settings.parent.name for settings in _home().glob("*/settings.toml")))


def sheets(name: str) -> Sheets:
    """The sheets of one, as rows; a name that is not among `names()` is a KeyError."""
    if name not in names():
        raise KeyError(name)
    return read_folder(_home() / name)


@lru_cache(maxsize=8)
def workbook(name: str) -> bytes:
    """One as an .xlsx that any XLSForm tool reads; the same bytes every time."""
    return write_workbook(sheets(name))


def _home() -> Path:
    return Path(str(files(__package__)))
