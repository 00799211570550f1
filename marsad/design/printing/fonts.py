"""The faces a PDF is set in, and what is said where one is missing.

Typst carries a Latin serif of its own. Arabic comes from the faces that `make setup` puts into the
design room, or from the system; without either the PDF would be a page of empty boxes, so it is
refused instead.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import typst

import marsad.design
from marsad.design.printing.direction import has_arabic
from marsad.design.printing.errors import NoArabicFont, NoChineseFont

#: Where `make setup` puts them.
FOLDER = Path(marsad.design.__file__).parent / "static" / "design" / "fonts"

_ARABIC = ("Amiri", "Noto Naskh Arabic", "IBM Plex Sans Arabic")
_CHINESE = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC",
    "SimSun", "Songti SC", "WenQuanYi Zen Hei",
)  # fmt: skip
_HAN = re.compile("[\u4e00-\u9fff]")


def fonts_for(text: str) -> typst.Fonts:
    """The faces that can draw `text`.

    :raises NoArabicFont: if it has Arabic letters and no face for them is there.
    :raises NoChineseFont: the same for Chinese characters.
    """
    fonts, families = _found(FOLDER)
    if has_arabic(text) and families.isdisjoint(_ARABIC):
        # Not remembered: the next try may come after `make setup`.
        _found.cache_clear()
        raise NoArabicFont(folder=str(FOLDER))
    if _HAN.search(text) and families.isdisjoint(_CHINESE):
        raise NoChineseFont()
    return fonts


@lru_cache(maxsize=4)
def _found(folder: Path) -> tuple[typst.Fonts, frozenset[str]]:
    fonts = typst.Fonts(font_paths=[str(folder)] if folder.is_dir() else [])
    return fonts, frozenset(fonts.families())
