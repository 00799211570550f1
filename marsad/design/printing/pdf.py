"""PDF by Typst: the templates are fixed, the content is data and never markup."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any

import typst

import marsad
from marsad.design.formatting import Digits, Formatter
from marsad.design.printing import palette
from marsad.design.printing.direction import is_rtl, stretches
from marsad.design.printing.fonts import fonts_for
from marsad.design.printing.made import clean, moment

#: Characters that fit above a page.
_HEAD = 95
#: What templates may read: their own room's, and `/design/printing/templates/house.typ`.
_ROOT = Path(marsad.__file__).parent


def typeset(
    template: Path,
    content: dict[str, Any],
    *,
    language: str,
    title: str,
    head: str,
    page_words: str,
    day: date | None,
    formatter: Formatter,
) -> bytes:
    """Set `content` by a template; it reaches Typst as JSON, so nothing in it can run.

    :param template: path of a `.typ` file that begins with
        `#import "/design/printing/templates/house.typ": *`.
    :param page_words: words with `{page}` and `{pages}` in them.
    """
    house = {
        "language": language,
        "direction": direction(is_rtl(language)),
        "title": clean(title),
        "title_line": line(title, rtl=is_rtl(language)),
        "head": line(shorten(head, _HEAD, placeholder=" …"), rtl=is_rtl(language)),
        "page_words": re.split(r"(\{pages?\})", page_words),
        "colours": {
            "ink": palette.INK,
            "quiet": palette.QUIET,
            "accent": palette.ACCENT,
            "rule": palette.RULE,
            "warning": palette.WARNING,
        },
        "arabic_indic": formatter.digits is Digits.ARABIC_INDIC,
        "day": [day.year, day.month, day.day] if day else None,
    }
    data = json.dumps(house | content, ensure_ascii=False)
    made = typst.compile(
        str(template),
        root=str(_ROOT),
        font_paths=fonts_for(data),
        format="pdf",
        sys_inputs={"data": data},
        timestamp=moment(day),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst answers one PDF with bytes.")
    return made


def line(text: str, *, rtl: bool) -> list[dict[str, str]]:
    """A line for the template: cut where its direction changes."""
    return [
        {"text": piece.text, "dir": direction(piece.rtl)}
        for piece in stretches(clean(text), rtl=rtl)
    ]


def direction(rtl: bool) -> str:
    """As Typst's templates call it.

    >>> direction(True)
    'rtl'
    """
    return "rtl" if rtl else "ltr"
