"""Words of a form without their mark-up: what lists, prints and searches show."""

from __future__ import annotations

import re

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_MARKS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{1,500}\)")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_SHOWN = re.compile(r"\$\{[^{}]{1,200}\}")


def plain(text: str) -> str:
    """The words alone.

    >>> plain("**How many** <span style='color:red'>victims</span> of ${place}?")
    'How many victims of …?'
    """
    text = _HEADING.sub("", _TAG.sub("", text))
    text = _LINK.sub(r"\1", text)
    text = _SHOWN.sub("…", text)
    for _again in range(2):
        text = _MARKS.sub(r"\2", text)
    return " ".join(text.split())
