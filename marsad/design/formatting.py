"""The one formatter: numbers, dates, lists and sizes as the reader wants to see them.

Language and digits are two choices, not one: a reader of Arabic may want Latin digits, and a
reader of English may be copying into an Arabic table. All four combinations are drawn here.

>>> arabic = Formatter(language="ar", digits=Digits.ARABIC_INDIC)
>>> arabic.number(1234567)
'١٬٢٣٤٬٥٦٧'
>>> arabic.date(datetime.date(2019, 9, 3))
'٣ أيلول/سبتمبر ٢٠١٩'
>>> Formatter(language="en", digits=Digits.LATIN).date(datetime.date(2019, 9, 3))
'3 September 2019'
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, override

#: Where the choice rests: the name of the cookie, and of the field that sets it.
PREFERENCE = "marsad_digits"

#: The dual names that United Nations documents in Arabic give to the months, January first.
UN_MONTHS_AR = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)

#: Languages written from right to left, of those that content or interface may be in.
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "dv", "syr", "yi", "ug", "sd"})

#: Shares below it, and those that lack less to all, are written finer; but never finer than this.
_A_HUNDREDTH = 0.01
_FINEST = 3

_ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_LATIN = "0123456789"
_TO_ASCII = str.maketrans(_ARABIC_INDIC + _PERSIAN, _LATIN * 2)
_TO_ARABIC_INDIC = str.maketrans(_LATIN + _PERSIAN, _ARABIC_INDIC * 2)

# A word that holds a Latin letter is a symbol or a name and keeps its own digits:
# «CTOC/COP/2019/4», "A4". Slashes, hyphens and dots inside it belong to it.
_SYMBOL_OR_DIGITS = re.compile(
    r"(?P<symbol>[\w/.\-]*[A-Za-z][\w/.\-]*)|(?P<digits>[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*)"
)
_SEPARATORS_TO_LATIN = str.maketrans({"٬": ",", "٫": "."})


class Digits(enum.Enum):
    """Which digits the reader wants to see."""

    #: ٠١٢٣٤٥٦٧٨٩
    ARABIC_INDIC = "arab"
    #: 0123456789
    LATIN = "latn"

    @classmethod
    def default_for(cls, language: str) -> Digits:
        """What a reader of `language` sees until they choose.

        >>> Digits.default_for("ar")
        <Digits.ARABIC_INDIC: 'arab'>
        """
        return cls.ARABIC_INDIC if language.split("-")[0] == "ar" else cls.LATIN

    @classmethod
    def chosen(cls, value: str | None) -> Digits | None:
        """The member a cookie or a form names, or None if it names none."""
        try:
            return cls(value)
        except ValueError:
            return None

    @property
    def other(self) -> Digits:
        """The one that is not this."""
        return Digits.LATIN if self is Digits.ARABIC_INDIC else Digits.ARABIC_INDIC


_chosen: ContextVar[Digits | None] = ContextVar("marsad_digits", default=None)


@contextmanager
def using(digits: Digits | None) -> Iterator[None]:
    """Write with these digits inside the block; None means the language's own."""
    token = _chosen.set(digits)
    try:
        yield
    finally:
        _chosen.reset(token)


def to_ascii_digits(text: str) -> str:
    """Typed digits of either kind as ASCII, so that every form accepts both.

    >>> to_ascii_digits("٢٠١٩")
    '2019'
    """
    return text.translate(_TO_ASCII)


def lang_dir(code: str | None) -> str:
    """The direction of a language: `rtl` or `ltr`, from the language alone.

    >>> lang_dir("ar"), lang_dir("en-GB")
    ('rtl', 'ltr')
    """
    return "rtl" if (code or "").replace("_", "-").split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def isolated(text: str, *, language: str | None = None) -> SafeString:
    """A symbol or a name that must not disturb the line it stands in, wrapped in `<bdi>`.

    >>> isolated("CTOC/COP/2019/4", language="en")
    '<bdi lang="en" dir="ltr">CTOC/COP/2019/4</bdi>'
    """
    if language is None:
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, lang_dir(language), text)


@dataclass(frozen=True, kw_only=True)
class Formatter:
    """Numbers, dates and lists in one language with one kind of digits."""

    #: The language of the words around the number, e.g. "ar".
    language: str
    #: The digits to write.
    digits: Digits

    @property
    def _locale(self) -> Locale:
        return _locale(self.language)

    def text(self, text: str) -> str:
        """The same text with its digits in the reader's kind; symbols keep theirs.

        >>> arabic = Formatter(language="ar", digits=Digits.ARABIC_INDIC)
        >>> arabic.text("الفقرة 13 من CTOC/COP/2009/2")
        'الفقرة ١٣ من CTOC/COP/2009/2'
        """
        return _SYMBOL_OR_DIGITS.sub(
            lambda found: found["symbol"] or self._convert(found["digits"]), text
        )

    def number(self, value: int | float | Decimal, *, decimals: int | None = None) -> str:
        """A number, grouped in thousands.

        >>> Formatter(language="ar", digits=Digits.LATIN).number(12345.5)
        '12,345.5'
        """
        pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        # Babel chooses the separators of the numbering system and leaves the digits to us.
        written = format_decimal(
            value, format=pattern, locale=self._locale, numbering_system=self.digits.value
        )
        return written.translate(_TO_ARABIC_INDIC) if self._writes_arabic_indic else written

    def percent(self, share: float | Decimal, *, decimals: int = 0) -> str:
        """A share of one as per cent.

        >>> Formatter(language="ar", digits=Digits.ARABIC_INDIC).percent(0.25)
        '٢٥٪'
        """
        sign = "٪" if self._writes_arabic_indic else "%"
        return self.number(share * 100, decimals=decimals) + sign

    def percents(self, low: float, high: float) -> tuple[str, str]:
        """The two shares that one lies between, no finer than what they say needs.

        In tenths of a per cent or finer where whole ones would hide that it is a range, leave
        nothing of the few, or make all of nearly all.

        >>> Formatter(language="en", digits=Digits.LATIN).percents(0.346, 0.348)
        ('34.6%', '34.8%')
        """
        few = 0 < abs(low) < _A_HUNDREDTH or 1 - _A_HUNDREDTH < abs(high) < 1
        one = other = ""
        for decimals in range(1 if few else 0, _FINEST + 1):
            one, other = (self.percent(each, decimals=decimals) for each in (low, high))
            least, nothing = (self.percent(each, decimals=decimals) for each in (abs(low), 0))
            if (one != other or low == high) and (least != nothing or low == 0):
                break
        return one, other

    def date(self, day: datetime.date) -> str:
        """A day as a United Nations document writes it: no comma, no weekday.

        Of a moment, the day that `moment` names: the one of the current time zone.

        >>> Formatter(language="fr", digits=Digits.LATIN).date(datetime.date(2019, 9, 3))
        '3 septembre 2019'
        """
        if isinstance(day, datetime.datetime):
            day = _local(day).date()
        if self._locale.language == "ar":
            return self._convert(f"{day.day} ") + self.month(day)
        form = "long" if self._locale.language in ("es", "ru", "zh") else "d MMMM y"
        return self._convert(format_date(day, form, locale=self._locale))

    def month(self, day: datetime.date) -> str:
        """A month with its year: «أيلول/سبتمبر ٢٠١٩», "September 2019"."""
        if self._locale.language == "ar":
            return f"{UN_MONTHS_AR[day.month - 1]} {self._convert(str(day.year))}"
        return self._convert(format_date(day, "MMMM y", locale=self._locale))

    def moment(self, moment: datetime.datetime) -> str:
        """A day with its time of day, in the current time zone."""
        local = _local(moment)
        return gettext("{date}, {time}").format(
            date=self.date(local.date()), time=self._convert(f"{local:%H:%M}")
        )

    def date_range(self, start: datetime.date, end: datetime.date) -> str:
        """The days of a meeting, saying month and year once where they are the same.

        >>> first, last = datetime.date(2011, 10, 10), datetime.date(2011, 10, 12)
        >>> Formatter(language="ar", digits=Digits.ARABIC_INDIC).date_range(first, last)
        '١٠-١٢ تشرين الأول/أكتوبر ٢٠١١'
        """
        if start == end:
            return self.date(start)
        if (start.year, start.month) == (end.year, end.month) and self.language != "zh":
            return self._convert(f"{start.day}-") + self.date(end)
        return f"{self.date(start)} – {self.date(end)}"

    def listed(self, things: Iterable[str]) -> str:
        """Several things in a sentence: «أ وب وج», "A, B and C"."""
        listed = format_list(list(map(str, things)), locale=self._locale)
        # United Nations editorial style has no comma before the last "and".
        return listed.replace(", and ", " and ") if self._locale.language == "en" else listed

    def file_size(self, size: int) -> str:
        """The size of a file in the largest unit that leaves a number above one."""
        amount, unit = float(size), 0
        units = (
            gettext("{size} B"),
            gettext("{size} kB"),
            gettext("{size} MB"),
            gettext("{size} GB"),
        )
        while amount >= 1000 and unit < len(units) - 1:
            amount, unit = amount / 1000, unit + 1
        decimals = 1 if unit and amount < 10 else 0
        return units[unit].format(size=self.number(round(amount, decimals), decimals=decimals))

    def counted(self, singular: str, plural: str, count: int) -> str:
        """A translated count, the number written in the reader's digits.

        The messages hold `{count}`: `counted("{count} document", "{count} documents", 3)`.
        `tools/messages.py` finds them in calls of this name.
        """
        return ngettext(singular, plural, count).format(count=self.number(count))

    def _convert(self, written: str) -> str:
        if self._writes_arabic_indic:
            return written.translate(_TO_ARABIC_INDIC)
        return written.translate(_TO_ASCII).translate(_SEPARATORS_TO_LATIN)

    @property
    def _writes_arabic_indic(self) -> bool:
        return self.digits is Digits.ARABIC_INDIC


def _local(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.split("-")[0]) if "-" in language else Locale.parse("en")


def for_reader() -> Formatter:
    """The formatter of whoever is reading now: the active language, and the digits they chose."""
    language = get_language() or "en"
    return Formatter(language=language, digits=_chosen.get() or Digits.default_for(language))


@contextmanager
def reading_as(*, language: str, digits: Digits | None = None) -> Iterator[Formatter]:
    """Write for a named language outside a page: exports, letters, commands."""
    with override(language), using(digits):
        yield for_reader()
