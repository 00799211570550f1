"""Bytes of a plain text in, characters out; refused where the encoding cannot be told safely.

UTF-8 and the byte order marks prove themselves. The old one-byte encodings prove nothing: any
bytes can be read in any of them. So each is tried, and one is taken only when what comes out is
spelled like a language of the United Nations and no other encoding comes near it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from marsad.problems import _
from marsad.reading import errors

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: How much of a text is looked at to tell its encoding.
_SAMPLE = 200_000
#: The share of words that must be spelled as the language spells them.
_WELL_FORMED = 0.9
#: How far the best encoding must be ahead of the second.
_AHEAD = 1.5

SOME_BYTES_LOST = _("Some bytes of the file are not text; each is shown as the sign \ufffd.")
END_CUT = _("The last character of the file is cut in half and was left out.")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """The characters of a text and how they were written."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, name: str) -> Decoded:
    """The characters written in `data`.

    >>> decode("الاتجار بالأشخاص".encode("cp1256"), name="a.txt").encoding
    'windows-1256'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, encoding, name)
    if b"\0" in data[:_SAMPLE]:
        return _with_zero_bytes(data, name)
    return _utf8(data) or _one_byte(data, name)


def _marked(data: bytes, mark: bytes, encoding: str, name: str) -> Decoded:
    if encoding == "utf-8-sig":
        found = _utf8(data[len(mark) :])
        if found is None:
            raise errors.Damaged(name=name, format="UTF-8")
        return Decoded(text=found.text, encoding=encoding, notes=found.notes)
    notes: tuple[str, ...] = ()
    width = 4 if encoding == "utf-32" else 2
    if len(data) % width:
        data, notes = data[: -(len(data) % width)], (END_CUT,)
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding, notes=notes)
    except UnicodeDecodeError as error:
        raise errors.Damaged(name=name, format=encoding.upper()) from error


def _with_zero_bytes(data: bytes, name: str) -> Decoded:
    """UTF-16 without its mark (spaces and line ends are half zero), stray zeros, or no text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data[: len(data) & ~1], encoding)
        if text is not None and _reads_as_text(text):
            return Decoded(text=text, encoding=encoding)
    zeros = data.count(b"\0")
    without = _utf8(data.replace(b"\0", b""))
    if without is None or zeros * 100 > len(data):
        raise errors.NotText(name=name)
    return Decoded(text=without.text, encoding=without.encoding, notes=(SOME_BYTES_LOST,))


def _reads_as_text(text: str) -> bool:
    if not text.strip("\0 \n"):
        return False
    usual = sum(c in "\n\r\t\f" or " " <= c <= "\u024f" or "\u0600" <= c <= "\u06ff" for c in text)
    return "\0" not in text and usual >= 0.95 * len(text)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes) -> Decoded | None:
    text = _try(data, "utf-8")
    if text is not None:
        return Decoded(text=text, encoding="utf-8")
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    sound = sum(c > "\x7f" for c in text) - lost
    if lost == 1 and text.endswith("\ufffd") and sound:
        return Decoded(text=text[:-1], encoding="utf-8", notes=(END_CUT,))
    # Bytes that spell sound UTF-8 twenty times for each that does not were written as UTF-8.
    if sound < 20 * lost:
        return None
    return Decoded(text=text, encoding="utf-8", notes=(SOME_BYTES_LOST,))


def _one_byte(data: bytes, name: str) -> Decoded:
    sample = data[:_SAMPLE]
    if _control_share(sample) > 0.01:
        raise errors.NotText(name=name)
    scores = sorted(((_score(sample, e, judge), e) for e, judge in _JUDGES.items()), reverse=True)
    (best, encoding), (second, _other) = scores[0], scores[1]
    text = _try(data, encoding)
    if text is None or best == 0 or best < _AHEAD * second:
        raise errors.UnknownEncoding(name=name)
    return Decoded(text=text, encoding=encoding)


def _control_share(data: bytes) -> float:
    controls = sum(data.count(bytes([code])) for code in range(32) if code not in b"\t\n\f\r")
    return controls / max(1, len(data))


def _score(sample: bytes, encoding: str, judge: Callable[[str], float]) -> float:
    text = _try(sample, encoding)
    if text is None and len(sample) == _SAMPLE:
        text = _try(sample[:-1], encoding)  # the sample may end inside a character of two bytes
    return 0.0 if text is None else judge(text)


_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_WORD = re.compile("[\u0621-\u0652\u0679-\u06d3]+")
# Letters that only end a word: «اتفاقية» yes, «اةفاق» no.
_ARABIC_SPELLING = re.compile(
    "[\u0621-\u0628\u062a-\u0648\u064a-\u0652]*[\u0629\u0649]?[\u064b-\u0652]*$"
)
_ARABIC_KNOWN = re.compile(
    "[\u0648\u0641]?(?:\u0627\u0644|\u0628\u0627\u0644|\u0644\u0644|\u0643\u0627\u0644)[\u0621-\u064a]{3,}$"
    "|\u0648?(?:\u0645\u0646|\u0641\u064a|\u0639\u0644\u0649|\u0639\u0646|\u0645\u0639|\u0623\u0646"
    "|\u0625\u0644\u0649|\u0647\u0630\u0627|\u0647\u0630\u0647|\u0627\u0644\u062a\u064a|\u0623\u0648"
    "|\u0630\u0644\u0643|\u0643\u0644|\u0628\u064a\u0646|\u0645\u0627|\u0644\u0627)$"
)
_RUSSIAN_KNOWN = frozenset(
    [
        "и", "в", "на", "по", "с", "о", "для", "не", "что", "к", "из", "от", "или", "их", "его",
        "а", "также", "как", "при",
    ]
)  # fmt: skip
_CHINESE_KNOWN = frozenset("的一是在和国会议人口贩运公约缔约有关联合以及第不为与中大年月日各")
_LATIN_LETTERS = frozenset("àâäáãçéèêëíìîïñóòôöõúùûüÿœæßÀÂÄÁÃÇÉÈÊËÍÌÎÏÑÓÒÔÖÚÙÛÜŸŒÆ")

# English of word processors has no letter beyond ASCII, only "the State’s report – adopted".
_WESTERN_SIGNS = frozenset("‘’‚“”„–—…•«»‹›€£§°¹²³ªº¿¡·\u00a0\u00ad¶†‡™©®±×½¼¾´¨")


def _foreign_words(text: str) -> list[str]:
    """Words with at least one letter beyond ASCII: the others read alike in every encoding."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _arabic(text: str) -> float:
    words = _foreign_words(_MARKS_OF_VOWELS.sub("", text))
    if not words:
        return 0.0
    spelled = sum(bool(_ARABIC_SPELLING.match(w)) for w in words) / len(words)
    known = sum(bool(_ARABIC_KNOWN.match(w)) for w in words) / len(words)
    return known if spelled >= _WELL_FORMED and known >= 0.15 else 0.0


_MARKS_OF_VOWELS = re.compile("[\u064b-\u0652\u0640]")


def _russian(text: str) -> float:
    words = _foreign_words(text)
    spelled = sum(bool(re.fullmatch("[А-ЯЁ]?[а-яё]*|[А-ЯЁ]+", w)) for w in words)
    if not words or spelled < _WELL_FORMED * len(words):
        return 0.0
    known = sum(w in _RUSSIAN_KNOWN for w in words) / len(words)
    return known if known >= 0.05 else 0.0


def _western(text: str) -> float:
    words = _foreign_words(text)
    signs = {c for c in text if not c.isascii() and not c.isalpha()}
    spelled = sum(_is_western(word) for word in words)
    if signs - _WESTERN_SIGNS or spelled < _WELL_FORMED * len(words):
        return 0.0
    # Accented words are the smaller part of any Western text.
    every = _WORD.findall(text)
    return 0.5 if len(every) >= 3 and len(words) <= 0.5 * len(every) else 0.0


def _is_western(word: str) -> bool:
    accented = [c for c in word if not c.isascii()]
    cased = word.islower() or word.isupper() or word.istitle() or word[1:].islower()
    return cased and len(accented) <= max(1, len(word) // 2) and _LATIN_LETTERS.issuperset(accented)


def _chinese(text: str) -> float:
    wide = [c for c in text if c > "\u2e7f"]
    known = sum(c in _CHINESE_KNOWN for c in wide)
    return known / len(wide) * 2 if wide and known >= 0.08 * len(wide) else 0.0


_JUDGES: Mapping[str, Callable[[str], float]] = {
    "windows-1256": _arabic,
    "iso-8859-6": _arabic,
    "windows-1252": _western,
    "windows-1251": _russian,
    "koi8-r": _russian,
    "gb18030": _chinese,
}
