"""Which languages a form speaks, as XLSForm names them: a name, and a tag in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from marsad.design.formatting import lang_dir

#: Languages that forms name without a tag, in their own words and in English and French.
_NAMED = {
    "arabic": "ar",
    "arabe": "ar",
    "العربية": "ar",
    "عربي": "ar",
    "english": "en",
    "anglais": "en",
    "الإنجليزية": "en",
    "الانكليزية": "en",
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "الفرنسية": "fr",
    "spanish": "es",
    "español": "es",
    "russian": "ru",
    "русский": "ru",
    "chinese": "zh",
    "中文": "zh",
    "kurdish": "ckb",
    "کوردی": "ckb",
    "persian": "fa",
    "فارسی": "fa",
    "urdu": "ur",
    "اردو": "ur",
    "somali": "so",
    "soomaali": "so",
}

# «العربية (ar)», "English (en-GB)"
_NAME_AND_TAG = re.compile(
    r"^\s*(?P<name>[^()]*?)\s*\(\s*(?P<tag>[A-Za-z]{2,3}(-\w{2,8})*)\s*\)\s*$"
)
# "ar", "zh-Hans"
_TAG_ALONE = re.compile(r"^[A-Za-z]{2,3}(-\w{2,8})*$")


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language of a form."""

    #: As the form itself writes it, e.g. "العربية (ar)"; empty where the form names none.
    source: str
    #: What readers choose it by, e.g. "العربية".
    name: str
    #: Its tag, e.g. "ar".
    tag: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, from the language alone."""
        return lang_dir(self.tag)


def named(source: str, *, sample: Iterable[str] = ()) -> Language:
    """The language that a form calls `source`.

    :param sample: words of the form, looked at only where it names no language.

    >>> named("العربية (ar)").tag, named("French").tag
    ('ar', 'fr')
    >>> named("", sample=["ما اسم الجهة؟"]).direction
    'rtl'
    """
    both = _NAME_AND_TAG.match(source)
    if both:
        return Language(source=source, name=both["name"] or both["tag"], tag=both["tag"].lower())
    known = _NAMED.get(source.strip().lower())
    if known is None and _TAG_ALONE.match(source.strip()):
        known = source.strip().lower()
    if known is not None:
        return Language(source=source, name=source.strip(), tag=known)
    return Language(source=source, name=source.strip(), tag=_script_of(sample))


def _script_of(sample: Iterable[str]) -> str:
    arabic = latin = 0
    for text in sample:
        for letter in text:
            if letter.isalpha():
                arabic += unicodedata.name(letter, "").startswith("ARABIC")
                latin += letter.isascii()
    return "ar" if arabic > latin else "en"
