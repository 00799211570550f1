"""The order in which lists of States are printed, in each language."""

from __future__ import annotations

import re

from marsad.countries.folding import fold_word

# The article has a bare alef; «ألبانيا» begins with a hamza, which is a letter of the name.
_ARTICLE = re.compile(r"^ال(?=..)")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u064b-\u0652\u0640]+[^\W\d_]*)*")

#: First characters that GB 2312 does not order by sound, and a common character of that sound.
_SOUND = str.maketrans({"圭": "归", "梵": "饭", "瑙": "闹", "斐": "匪"})


def sort_key(name: str, language: str) -> str:
    """Return a string whose plain order is the order of the names.

    Arabic: the alphabet, the article and the seat of the hamza not counted, as in the lists the
    United Nations prints («الاتحاد الروسي، الأرجنتين، إسبانيا، ألمانيا، البرتغال»). Chinese: by
    sound, which for common characters is their order in GB 2312. Others: letters without accents.
    """
    if language == "zh":
        return name.translate(_SOUND).encode("gb18030").hex()
    parts: list[str] = _WORD.findall(name)
    if language == "ar":
        parts = [_ARTICLE.sub("", part) for part in parts]
    return " ".join(fold_word(part) for part in parts)
