"""Live figures in words: places that a figure fills, and numbers that somebody typed instead.

A place is a name in braces: `{law}` writes how many States, `{law.of}` of how many, `{law.words}`
the whole phrase, `{law.states}` and `{law.of_states}` the numbers with their noun, `{law.list}` the
States by name where the public may know them. The words keep the place, never the number, so that a
figure cannot grow old in a sentence. No database here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from marsad import arabic
from marsad.design.formatting import Formatter, to_ascii_digits
from marsad.directory.types import UnGroup
from marsad.review.types.figure import Figure
from marsad.review.types.report import Doubt, Span

#: `{law}`, `{law.of}`; a brace that opens no such name is a brace.
PLACE = re.compile(r"\{(?P<name>[a-z][a-z0-9_]{0,59})(?:\.(?P<part>[a-z_]{1,20}))?\}")
#: What can stand behind the point.
PARTS = (
    *("of", "words", "states", "of_states", "list"),
    *("otherwise", "not_known", "not_known_states", "withheld"),
)
#: Behind these a sentence begins, and with it a capital where the script has them.
_BEGINS = re.compile(r"(?:^|[.?!]\s|\n)\s*$")
#: Names that write something of the report itself and are no figures: `{as_at}`, its last day.
RESERVED = frozenset({"as_at"})
#: The name of a State in the language of the words, by its ISO code, in the order of the language.
Naming = Callable[[Sequence[str]], list[str]]


# ── writing figures ──────────────────────────────────────────────────────────────────────────────
def render(
    words: str, figures: Mapping[str, Figure], *, formatter: Formatter, naming: Naming
) -> list[Span]:
    """The words with their places filled. A place that names no figure stays as it was typed.

    >>> from marsad.design.formatting import Digits
    >>> english = Formatter(language="en", digits=Digits.LATIN)
    >>> [span.text for span in render("So did {law}.", {}, formatter=english, naming=list)]
    ['So did {law}.']
    """
    spans: list[Span] = []
    done = 0
    for place in PLACE.finditer(words):
        figure = figures.get(place["name"])
        part = place["part"] or ""
        if figure is None or (part and part not in PARTS):
            continue
        if place.start() > done:
            spans.append(Span(text=words[done : place.start()]))
        text = part_of(figure, part, formatter=formatter, naming=naming)
        if _BEGINS.search(words, 0, place.start()):
            text = f"{text[:1].upper()}{text[1:]}"
        spans.append(Span(text=text, name=place["name"], figure=figure))
        done = place.end()
    if done < len(words) or not spans:
        spans.append(Span(text=words[done:]))
    return spans


def part_of(figure: Figure, part: str, *, formatter: Formatter, naming: Naming) -> str:
    """One part of a figure as the language writes it; no part stands for the count itself."""
    numbers = {
        "": figure.n,
        "of": figure.of,
        "otherwise": figure.otherwise,
        "not_known": figure.not_known,
        "withheld": figure.withheld,
    }
    if part in numbers:
        return formatter.number(numbers[part])
    if part == "states":
        return states(figure.n, formatter=formatter)
    counted = {"of_states": figure.of, "not_known_states": figure.not_known}
    if part in counted:
        return states(counted[part], formatter=formatter)
    if part == "list":
        return listed(figure, formatter=formatter, naming=naming)
    return phrase(figure, formatter=formatter)


def _is_arabic(formatter: Formatter) -> bool:
    return formatter.language.split("-")[0] == "ar"


#: Which States a share is taken of: one, two, and the word after a number, in each language.
_AMONG_AR = {
    "invited": ("دولة مدعوة واحدة", "دولتين مدعوتين", "مدعوة", "الدول المدعوة"),
    "replied": ("دولة مجيبة واحدة", "دولتين مجيبتين", "مجيبة", "الدول المجيبة"),
    "asked": (
        "دولة واحدة طُرح عليها السؤال",
        "دولتين طُرح عليهما السؤال",
        "طُرح عليها السؤال",
        "الدول التي طُرح عليها السؤال",
    ),
}
_AMONG_EN = {
    "invited": ("invited", "invited"),
    "replied": ("that replied", "that replied"),
    "asked": ("that was asked", "that were asked"),
}


def phrase(figure: Figure, *, formatter: Formatter) -> str:
    """The whole of it: “7 of the 33 States that replied”, «٧ دول من أصل ٣٣ دولة مجيبة».

    A figure of one regional group says of which: “… (African States)”.
    """
    said = bare(figure, formatter=formatter)
    group = group_of(figure, language=formatter.language)
    return f"{said} ({group})" if group else said


def bare(figure: Figure, *, formatter: Formatter) -> str:
    """The same without the regional group: how a figure is said, here and everywhere."""
    return (_bare_ar if _is_arabic(formatter) else _bare_en)(figure, formatter=formatter)


def those(figure: Figure, *, formatter: Formatter) -> str:
    """The States that a share is taken of: “the 33 States that replied”, «٣٣ دولة مجيبة»."""
    of = figure.of
    if _is_arabic(formatter):
        one, two, many, whole = _AMONG_AR[figure.query.among]
        said = {0: whole, 1: one, 2: two}.get(of)
        return said or f"{states(of, formatter=formatter)} {many}"
    single, many = _AMONG_EN[figure.query.among]
    if of == 1:
        return f"the one State {single}"
    return f"the {formatter.number(of)} States {many}" if of else f"the States {many}"


def group_of(figure: Figure, *, language: str) -> str:
    """The name of the regional group that a figure is limited to; empty where it is of all."""
    region = figure.query.region
    if region not in UnGroup.values:
        return region
    with override(language):
        return str(UnGroup(region).label)


def _bare_en(figure: Figure, *, formatter: Formatter) -> str:
    among = those(figure, formatter=formatter)
    if figure.n == figure.of == 1:
        return among
    if figure.n == figure.of != 0:
        return f"all {among.removeprefix('the ')}"
    return f"{formatter.number(figure.n) if figure.n else 'none'} of {among}"


def _bare_ar(figure: Figure, *, formatter: Formatter) -> str:
    among = those(figure, formatter=formatter)
    if figure.of == 0:
        return f"لا دولة من {among}"
    if figure.n == figure.of > 2:
        whole = _AMONG_AR[figure.query.among][-1]
        return f"جميع {whole} ({formatter.number(figure.of)})"
    n = "لا دولة" if figure.n == 0 else states(figure.n, formatter=formatter)
    return f"{n} من أصل {among}"


def states(count: int, *, formatter: Formatter) -> str:
    """So many States, the noun agreeing with the number.

    >>> from marsad.design.formatting import Digits
    >>> arabic = Formatter(language="ar", digits=Digits.ARABIC_INDIC)
    >>> [states(count, formatter=arabic) for count in (1, 2, 7, 33)]
    ['دولة واحدة', 'دولتان', '٧ دول', '٣٣ دولة']
    """
    number = formatter.number(count)
    if not _is_arabic(formatter):
        return "no State" if count == 0 else f"{number} State{'' if count == 1 else 's'}"
    if count == 0:
        return "لا دولة"
    if count in (1, 2):
        return "دولة واحدة" if count == 1 else "دولتان"
    return f"{number} {'دول' if 3 <= count % 100 <= 10 else 'دولة'}"


def listed(figure: Figure, *, formatter: Formatter, naming: Naming) -> str:
    """The States by name, where the public may know them, and how many others there are."""
    named = naming(figure.states)
    if not figure.unnamed:
        return formatter.listed(named) if named else states(0, formatter=formatter)
    if not named:
        others = states(figure.unnamed, formatter=formatter)
        unnamed = "غير مسماتين" if figure.unnamed == 2 else "غير مسماة"
        return f"{others} {unnamed}" if _is_arabic(formatter) else f"{others} not named"
    return formatter.listed([*named, _others(figure.unnamed, formatter=formatter)])


def _others(count: int, *, formatter: Formatter) -> str:
    if _is_arabic(formatter):
        other = "أخريان غير مسماتين" if count == 2 else "أخرى غير مسماة"
        return f"{states(count, formatter=formatter)} {other}"
    return f"{formatter.number(count)} other{'' if count == 1 else 's'} not named"


# ── reading what was typed ───────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Typed:
    """A number that somebody typed."""

    value: int
    #: As typed: "twelve", «١٢».
    text: str
    start: int
    end: int
    is_percent: bool = False


def doubts(words: str, figures: Mapping[str, Figure]) -> list[Doubt]:
    """What the words of a block say that its live figures do not carry.

    A block without figures promises nothing: of its numbers only those are told that count States.
    """
    found = list(_doubtful_places(words, figures))
    if not figures:
        found += _typed_counts(words)
    if figures:
        found += _doubtful_numbers(words, figures)
        used = {place["name"] for place in PLACE.finditer(words)}
        found += [Doubt(kind="unused", said=name) for name in figures if name not in used]
    return found


def _doubtful_places(words: str, figures: Mapping[str, Figure]) -> Iterator[Doubt]:
    for place in PLACE.finditer(words):
        kind = ""
        if place["name"] in RESERVED and not place["part"]:
            continue
        if place["name"] not in figures:
            kind = "unknown"
        elif place["part"] and place["part"] not in PARTS:
            kind = "part"
        if kind:
            yield Doubt(kind=kind, said=place.group(), start=place.start(), end=place.end())


def _doubtful_numbers(words: str, figures: Mapping[str, Figure]) -> Iterator[Doubt]:
    counts = {value for figure in figures.values() for value in _values(figure)}
    shares = {round(100 * each.n / each.of) for each in figures.values() if each.of}
    told = list(dict.fromkeys(figure.n for figure in figures.values()))
    for typed in numbers(words):
        if typed.value in (shares if typed.is_percent else counts):
            continue
        known = sorted(shares if typed.is_percent else told, key=lambda n: abs(n - typed.value))
        yield Doubt(
            kind="number", said=typed.text, start=typed.start, end=typed.end, values=tuple(known)
        )


#: What makes a number before it a count of States: "41 States", «٤١ دولة».
_OF_STATES = re.compile(r"\s+(?:of\s+the\s+)?(?:States?\b|دولة|دول(?!\w))")


def _typed_counts(words: str) -> Iterator[Doubt]:
    for typed in numbers(words):
        if _OF_STATES.match(words, typed.end):
            yield Doubt(kind="typed", said=typed.text, start=typed.start, end=typed.end)


def _values(figure: Figure) -> tuple[int, ...]:
    """What a figure says; how many answered otherwise is said by another one, or by its place."""
    return (figure.n, figure.of, figure.not_known, figure.withheld)


_DIGITS = re.compile(r"[0-9٠-٩۰-۹]+(?:[,.٬٫][0-9٠-٩۰-۹]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0640\u064b-\u0652]+[^\W\d_]*)*")
_PERCENT = re.compile(r"\s*(?:%|٪|per\s?cent\b|percent\b|في المائة|بالمائة|في المئة)")
#: Behind these a number is a name: "paragraph 12", «المادة ٩».
_NAMING_BEFORE = re.compile(
    r"(?:\b(?:articles?|arts?\.?|paragraphs?|paras?\.?|sections?|chapters?|sessions?|resolutions?|"
    r"decisions?|annex|figures?|tables?|no\.?|number|recommendations?|items?|rounds?|questions?)|"
    r"(?:و|ب|ل|ف|ك)?(?:لل?|ال)?(?:مادة|مادتين|مواد|فقرة|فقرات|فقرتان|فقرتين|فصل|دورة|قرار|مقرر|مرفق|"
    r"شكل|جدول|رقم|بند|توصية|سؤال|جولة))\s*[\(\[]?\s*$",
    re.IGNORECASE,
)
_MONTHS_EN = (
    r"january|february|march|april|may|june|july|august|september|october|november|december"
)
_MONTHS_AR = (
    "كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|يناير|فبراير|مارس|أبريل|مايو|يونيه|يونيو|يوليه|"
    "يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)
#: "1 May", «١ أيار/مايو», "1 and 2 May", "1-3 May".
_DAY_AFTER = re.compile(
    rf"(?:\s*(?:[-–]|and|to|و|إلى)\s*[0-9٠-٩]{{1,2}})?\s+(?:{_MONTHS_EN}|{_MONTHS_AR})\b",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(rf"\b(?:{_MONTHS_EN})\s+$", re.IGNORECASE)
_YEARS = range(1900, 2101)


def numbers(words: str) -> list[Typed]:
    """The counts that somebody typed, in digits of either script or in words of either language.

    Years, days, symbols, and numbers that name something (“paragraph 12”) are no counts; what
    stands in braces is no number.

    >>> [(typed.value, typed.text) for typed in numbers("Twelve States, of 33, by 1 May 2026")]
    [(12, 'Twelve'), (33, '33')]
    """
    bare = PLACE.sub(lambda place: "\ufffc" * len(place.group()), words)
    found = [*_in_digits(bare), *_in_english(bare), *_in_arabic(bare)]
    return sorted(found, key=lambda typed: typed.start)


def _in_digits(words: str) -> Iterator[Typed]:
    for found in _DIGITS.finditer(words):
        plain = re.sub(r"[,٬](?=\d{3}\b)", "", to_ascii_digits(found.group()))
        if not plain.isdigit() or _is_a_name(words, found.start(), found.end()):
            continue
        value = int(plain)
        if value in _YEARS and len(plain) == len(found.group()):
            continue
        yield Typed(
            value=value,
            text=found.group(),
            start=found.start(),
            end=found.end(),
            is_percent=_PERCENT.match(words, found.end()) is not None,
        )


def _is_a_name(words: str, start: int, end: int) -> bool:
    """Whether a number is part of a symbol, a day, or the name of an article."""
    before, after = words[:start], words[end:]
    beside = (before[-1:], after[:1])
    if any(sign and (sign in "/_" or (sign.isascii() and sign.isalpha())) for sign in beside):
        return True
    if re.match(r":\d", after) or re.search(r"\d:$", before):  # a time of day
        return True
    if re.search(r"[A-Za-z]\.$", before) or re.match(r"\.[A-Za-z0-9]", after):
        return True
    return bool(
        _NAMING_BEFORE.search(before) or _DAY_AFTER.match(after) or _DAY_BEFORE.search(before)
    )


_UNITS_EN = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
}
_TENS_EN = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}


def _below_a_hundred(mark: str) -> str:
    units = "|".join(list(_UNITS_EN)[:9])
    small = "|".join(sorted(_UNITS_EN, key=len, reverse=True))
    return (
        rf"(?:(?P<tens{mark}>{'|'.join(_TENS_EN)})(?:[-\s](?P<unit{mark}>{units}))?"
        rf"|(?P<small{mark}>{small}))"
    )


#: "twelve", "thirty-three", "one hundred and twelve".
_NUMBER_EN = re.compile(
    rf"\b(?:(?P<hundreds>a|{'|'.join(list(_UNITS_EN)[:9])})[-\s]hundred"
    rf"(?:(?:\s+and)?\s+{_below_a_hundred('_more')})?|{_below_a_hundred('')})\b"
    r"(?![-\s](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)",
    re.IGNORECASE,
)
#: "one" counts where it counts something that reports count.
_ONE_COUNTS = re.compile(r"\s+(?:states?|countr(?:y|ies)|repl(?:y|ies))\b", re.IGNORECASE)


def _in_english(words: str) -> Iterator[Typed]:
    for found in _NUMBER_EN.finditer(words):
        said = {name: (each or "").lower() for name, each in found.groupdict().items()}
        if said["small"] == "one" and not _ONE_COUNTS.match(words, found.end()):
            continue
        if _NAMING_BEFORE.search(words[: found.start()]):
            continue
        value = 100 * (1 if said["hundreds"] == "a" else _UNITS_EN.get(said["hundreds"], 0))
        for mark in ("", "_more"):
            value += _TENS_EN.get(said[f"tens{mark}"], 0)
            value += sum(_UNITS_EN.get(said[f"{part}{mark}"], 0) for part in ("unit", "small"))
        yield Typed(
            value=value,
            text=found.group(),
            start=found.start(),
            end=found.end(),
            is_percent=_PERCENT.match(words, found.end()) is not None,
        )


#: Folded: without marks, hamza seats and taa marbuta.
_UNITS_AR = {
    arabic.fold(word): value
    for value, forms in {
        1: "واحد واحدة أحد إحدى",
        2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
        3: "ثلاث ثلاثة",
        4: "أربع أربعة",
        5: "خمس خمسة",
        6: "ست ستة",
        7: "سبع سبعة",
        8: "ثمان ثماني ثمانية",
        9: "تسع تسعة",
    }.items()
    for word in forms.split()
}
_TEN_AR = frozenset(map(arabic.fold, ("عشر", "عشرة")))
_TENS_AR = {
    arabic.fold(stem + ending): value
    for value, stem in {
        20: "عشر", 30: "ثلاث", 40: "أربع", 50: "خمس", 60: "ست", 70: "سبع", 80: "ثمان", 90: "تسع"
    }.items()
    for ending in ("ون", "ين")
}  # fmt: skip
#: «مئة», «مئتان», «ثلاثمئة», each in both spellings.
_HUNDRED_AR = frozenset(map(arabic.fold, ("مئة", "مائة")))
_HUNDREDS_AR = {
    **dict.fromkeys(_HUNDRED_AR, 100),
    **{arabic.fold(m + end): 200 for m in ("مئت", "مائت") for end in ("ان", "ين", "ا", "ي")},
    **{
        arabic.fold(unit + hundred): 100 * value
        for value, unit in enumerate(["ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"], start=3)
        for hundred in ("مئة", "مائة")
    },
}
#: Words that hold the number two in their ending.
_DUALS_AR = frozenset(map(arabic.fold, ("دولتان", "دولتين", "بلدين")))
#: One is said as a number only behind what it counts; before it, it is "somebody" or "any".
_COUNTED_BY_ONE = frozenset(map(arabic.fold, ("دولة", "بلد", "رد")))
_ORDINALS_AR = frozenset(
    arabic.fold(word)
    for stem in ["حادي", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع"]
    for word in (stem, f"{stem}ة")
)
_KNOWN_AR = frozenset(
    {*_UNITS_AR, *_TENS_AR, *_TEN_AR, *_DUALS_AR, *_ORDINALS_AR, *_COUNTED_BY_ONE, *_HUNDREDS_AR}
)
#: "And", "then", "by", "as", "for", written onto the word behind.
_LETTERS_BEFORE = frozenset("وفبكل")
_LED = re.compile(r"^(?:و|ف)?(?:(?:ب|ك|ل)?ال|لل|ب|ل|ك)?")


@dataclass(frozen=True, kw_only=True)
class _Word:
    folded: str
    #: Without what Arabic writes onto the front of a word: «والعشرين» is «عشرين».
    bare: str
    start: int
    end: int

    @property
    def is_joined(self) -> bool:
        """Whether it begins with "and"."""
        return self.folded.startswith("و") and self.bare != self.folded


def _in_arabic(words: str) -> Iterator[Typed]:
    line = [_word(found) for found in _WORD.finditer(words)]
    place = 0
    while place < len(line):
        value, length = _arabic_at(line, place)
        if value and not _NAMING_BEFORE.search(words[: line[place].start]):
            start, end = line[place].start, line[place + length - 1].end
            yield Typed(
                value=value,
                text=words[start:end],
                start=start,
                end=end,
                is_percent=_PERCENT.match(words, end) is not None,
            )
        place += max(length, 1)


def _word(found: re.Match[str]) -> _Word:
    folded = arabic.fold(found.group())
    known = _KNOWN_AR
    bare = folded
    if folded not in known:
        # One letter at most, and only of those: «حماية» is no «ماية» (مائة) led by anything.
        one_letter = folded[1:] if folded[:1] in _LETTERS_BEFORE else folded
        leads = (one_letter, _LED.sub("", folded, count=1))
        bare = next((rest for rest in leads if rest in known), folded)
    return _Word(folded=folded, bare=bare, start=found.start(), end=found.end())


def _arabic_at(line: Sequence[_Word], place: int) -> tuple[int, int]:
    """The number that begins at a word, and how many words it takes; nothing for none."""
    value, length = _hundreds_at(line, place)
    if not value:
        return _below_a_hundred_at(line, place)
    if place + length < len(line) and line[place + length].is_joined:
        more, words = _below_a_hundred_at(line, place + length)
        if more:
            return value + more, length + words
    return value, length


def _hundreds_at(line: Sequence[_Word], place: int) -> tuple[int, int]:
    """«مئة», «ثلاثمئة», «ثلاث مئة»; that of «في المئة» is no number."""
    word = line[place]
    lead = word.folded.removesuffix(word.bare)
    if word.bare in _HUNDREDS_AR:
        return (0, 0) if "ل" in lead else (_HUNDREDS_AR[word.bare], 1)
    unit = _UNITS_AR.get(word.bare, 0)
    if unit > 2 and place + 1 < len(line) and line[place + 1].folded in _HUNDRED_AR:
        return 100 * unit, 2
    return 0, 0


def _below_a_hundred_at(line: Sequence[_Word], place: int) -> tuple[int, int]:
    word = line[place]
    after = line[place + 1] if place + 1 < len(line) else None
    if word.bare in _ORDINALS_AR:  # «الثالثة عشرة», «الخامسة والعشرون» name a place in an order
        follows = after is not None and (after.bare in _TEN_AR or after.bare in _TENS_AR)
        return 0, 2 if follows else 1
    if word.bare in _DUALS_AR:
        return 2, 1
    unit = _UNITS_AR.get(word.bare, 0)
    if unit and after is not None:
        if after.bare in _TEN_AR and not after.is_joined:
            return unit + 10, 2
        if after.bare in _TENS_AR and after.is_joined:
            return unit + _TENS_AR[after.bare], 2
    if unit == 1:
        before = line[place - 1].bare if place else ""
        return (1 if before in _COUNTED_BY_ONE else 0), 1
    if word.bare in _TEN_AR:
        return 10, 1
    return unit or _TENS_AR.get(word.bare, 0), 1


def used_names(texts: Iterable[str]) -> list[str]:
    """The names of figures that some words have places for, each once, in order."""
    return list(dict.fromkeys(place["name"] for text in texts for place in PLACE.finditer(text)))


__all__ = [
    "PARTS",
    "PLACE",
    "RESERVED",
    "Typed",
    "bare",
    "doubts",
    "group_of",
    "listed",
    "numbers",
    "part_of",
    "phrase",
    "render",
    "states",
    "those",
    "used_names",
]
