"""The last step of every reader: characters that no reader of text expects are taken out."""

from __future__ import annotations

import re
import unicodedata

# Line ends of all systems; U+2028, U+2029 and U+0085 come out of word processors.
_LINE_END = re.compile("\r\n|[\r\u0085\u2028\u2029\v]")
# "CTOC\0/COP": control characters other than line feed and form feed say nothing in a text.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# "\u202b٢٠٠٨\u202c": marks of direction. The text is in logical order, which needs none of them,
# and they tear words apart for whoever searches. Joiners (U+200C, U+200D) are spelling and stay.
_DIRECTION = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
# Half a character, as a broken UTF-16 file leaves it: no encoding can write it again.
_SURROGATE = re.compile("[\ud800-\udfff]")
_TRAILING = re.compile("[ \u00a0]+(?=\n|\f|$)")


def tidy(text: str) -> str:
    """Text in NFC, with `\\n` for line ends, `\\f` for page ends and no other control character.

    >>> tidy("A/RES/55/25\\x00\\r\\nPage\\t2 ")
    'A/RES/55/25\\nPage 2'
    """
    text = _LINE_END.sub("\n", text).replace("\t", " ").replace("\u00a0", " ")
    text = _DIRECTION.sub("", _CONTROL.sub("", text))
    text = _SURROGATE.sub("\ufffd", text)
    return _TRAILING.sub("", unicodedata.normalize("NFC", text))


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in it."""
    return not text.strip(" \n\f\u3000\ufffd\u200c\u200d")
