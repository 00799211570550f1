"""Which language a form means by «العربية (ar)», "English" or "fr"."""

from __future__ import annotations

import re

_TAG = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$")
_BARE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
#: What a form without any language says.
UNNAMED = "und"

_NAMES = {
    "arabic": "ar", "العربية": "ar", "عربي": "ar", "عربية": "ar",
    "english": "en", "الإنجليزية": "en", "الإنكليزية": "en",
    "french": "fr", "français": "fr", "francais": "fr", "الفرنسية": "fr",
    "spanish": "es", "español": "es", "الإسبانية": "es",
    "russian": "ru", "русский": "ru", "الروسية": "ru",
    "chinese": "zh", "中文": "zh", "الصينية": "zh",
    "kurdish": "ku", "persian": "fa", "farsi": "fa", "urdu": "ur", "turkish": "tr",
    "portuguese": "pt", "somali": "so", "amharic": "am", "swahili": "sw",
}  # fmt: skip


def code_of(name: str) -> str:
    """The code of a language that a form names; a name that is not known stays itself.

    >>> code_of("العربية (ar)"), code_of("English"), code_of("default")
    ('ar', 'en', 'und')
    """
    name = name.strip()
    tagged = _TAG.search(name)
    if tagged:
        return tagged[1]
    if name.casefold() in ("default", ""):
        return UNNAMED
    known = _NAMES.get(name.casefold())
    if known:
        return known
    return name if _BARE.fullmatch(name) and len(name) <= 3 else UNNAMED


def is_named(name: str) -> bool:
    """Whether a language column says which language it is."""
    return code_of(name) != UNNAMED
