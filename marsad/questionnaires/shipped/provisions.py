"""The articles a question may name, and how the column `bind::marsad:provision` names them.

>>> [str(each) for each in parse_provisions("TIP 6(2)(a); UNTOC 25(3)")]
['TIP 6(2)(a)', 'UNTOC 25(3)']
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

#: `TIP 6(2)(a)`: instrument, article, and what stands in brackets after it.
WRITTEN = re.compile(r"(?P<instrument>[A-Z]+) (?P<article>\d+)(?P<parts>(?:\([0-9a-z]+\))*)")


@dataclass(frozen=True, kw_only=True)
class Provision:
    """An article, or a part of it."""

    #: "TIP" or "UNTOC".
    instrument: str
    #: "6".
    article: str
    #: What the article is divided into, outermost first: ("2", "a"); empty for all of it.
    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.instrument} {self.article}" + "".join(f"({part})" for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Article:
    """What an article is called and how it is divided."""

    instrument: str
    number: str
    #: By language.
    titles: Mapping[str, str]
    #: How many numbered paragraphs it has; 0 where they are not numbered.
    paragraphs: int
    #: Its lettered points, by paragraph ("0" where it has no numbered ones): {"2": "abc"}.
    points: Mapping[str, str]

    def has(self, provision: Provision) -> bool:
        """Whether there is such a paragraph or point in it."""
        if not provision.parts:
            return True
        first, *rest = provision.parts
        if not self.paragraphs:
            return not rest and first in self.points.get("0", "")
        if not first.isdigit() or not 1 <= int(first) <= self.paragraphs:
            return False
        return not rest or (len(rest) == 1 and rest[0] in self.points.get(first, ""))


def parse_provisions(written: str) -> tuple[Provision, ...]:
    """What one cell of the column names; ValueError for what is not written so."""
    return tuple(_parse(part.strip()) for part in written.split(";") if part.strip())


def _parse(written: str) -> Provision:
    match = WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(written)
    return Provision(
        instrument=match["instrument"],
        article=match["article"],
        parts=tuple(re.findall(r"\(([^)]+)\)", match["parts"])),
    )


@lru_cache(maxsize=1)
def articles() -> Mapping[tuple[str, str], Article]:
    """Every article of the Protocol and of the Convention, by instrument and number."""
    text = (files(__package__) / "articles.csv").read_text(encoding="utf-8")
    return {
        (row["instrument"], row["article"]): Article(
            instrument=row["instrument"],
            number=row["article"],
            titles={"ar": row["title_ar"], "en": row["title_en"]},
            paragraphs=int(row["paragraphs"]),
            points=dict(part.split(":") for part in row["points"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    }
