"""The words of the field, however they are written: what a printed word means."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_HAMZA = str.maketrans("أإآٱىة", "ااااي\u0647")
_APART = re.compile(r"[^\w<>+]+|_(?![tu])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word that figures are labelled with."""

    #: Which column it stands in: "indicator", "dimension", "sex", "age", "unit", "category".
    field: str
    #: As kept: the wording of the Global Report's data set.
    word: str
    #: Short name for commands and addresses: "victims".
    code: str
    #: In Arabic.
    ar: str
    #: What is counted, where the word says so.
    counting_unit: str


def read_data(name: str) -> list[dict[str, str]]:
    """Return the rows of one of our tables."""
    table = (files("marsad.tabulation") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return a text as it is compared: no case, no marks, one space between words.

    >>> folded("  CÔTE d’Ivoire ")
    'cote d ivoire'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_HAMZA))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _APART.sub(" ", plain.casefold().replace("\u0640", "")).strip()


@cache
def words(field: str) -> tuple[Word, ...]:
    """Return the words known for one column, in the order they are shown."""
    return tuple(_word(row) for row in read_data("words.csv") if row["field"] == field)


def _word(row: dict[str, str]) -> Word:
    return Word(
        field=row["field"],
        word=row["word"],
        code=row["code"],
        ar=row["ar"],
        counting_unit=row["counting_unit"],
    )


@cache
def _spellings(field: str) -> dict[str, Word]:
    known = {}
    for row in read_data("words.csv"):
        if row["field"] == field:
            for spelling in (row["word"], row["code"], row["ar"], *row["aliases"].split("|")):
                known[folded(spelling)] = _word(row)
    return known


def known_word(field: str, printed: str) -> Word | None:
    """Return what a printed word means, or None where nobody has said.

    >>> known_word("sex", "FEMALES").word
    'Female'
    """
    return _spellings(field).get(folded(printed))
