"""What can keep a file from being printed.

* Refused
  x NoArabicFont    the PDF has Arabic in it and no face that can draw it was found
  x NoChineseFont   the same for Chinese
"""

from __future__ import annotations

from marsad.problems import Refused, _


class NoArabicFont(Refused):
    """Nothing here can draw Arabic letters."""

    code = "printing.no-arabic-font"
    says = _(
        "The PDF cannot be made: no font with Arabic letters was found in {folder}. "
        "Run `make setup`, which fetches them, or export to Word instead."
    )


class NoChineseFont(Refused):
    """Nothing here can draw Chinese characters."""

    code = "printing.no-chinese-font"
    says = _(
        "The PDF cannot be made: no font with Chinese characters is installed. "
        "Install one (Noto Serif CJK, for example) or export to Word instead."
    )
