"""Whether a text was read optically from pictures of its pages.

Programs that read pages leave their marks: footnote numbers as «^(١)» or «⁽²⁾», addresses in
angle brackets, titles between asterisks, bullets before numbers. A text layer and a typed text
have none of them.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"\^\([0-9٠-٩*]{1,3}\)"  # «عبر الوطنية،^(١)»
    r"|[⁽][⁰¹²³⁴-⁹]+[⁾]"  # «المنظمة.⁽²⁾»
    r"|<https?://[^\s>]+>"
    r"|(?<![*\w])\*[A-Za-z][^*\n]{6,}\*(?!\*)"
    r"|^- (?:\([ء-ي]\)|[0-9٠-٩]{1,3} ?-) "  # «- ١٤- فيما يتعلق»
    r"|[\u200e\u200f\u202a-\u202e].*[\u200e\u200f\u202a-\u202e]",
    re.MULTILINE,
)
#: One such mark may have come another way.
_FEWEST = 2


def recognised(text: str) -> bool:
    """Tell whether a text bears the marks of optical reading.

    >>> recognised("عبر الوطنية،^(١) وبروتوكول\\nالمنظمة.⁽²⁾ وطلب")
    True
    >>> recognised("عبر الوطنية،(1) وبروتوكول")
    False
    """
    return sum(1 for _, _ in zip(range(_FEWEST), _SIGNS.finditer(text), strict=False)) == _FEWEST
