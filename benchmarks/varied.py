"""A large library made of a small one: the passages on the shelf, each varied many times.

A copy of the same 600 passages would flatter the index: every word would stand in the same share of
passages. So each copy loses some of its words to others, drawn from all the words of the library
(the common ones often, as in the language) and from made-up ones that stand in a handful of
passages, as names and places do.
"""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from marsad.library.models import Document, Original, Passage, Version
from marsad.library.terms import vector

#: Passages of one made document: about as many as a report has.
PER_DOCUMENT = 125
#: The share of words that change, and of these the share that are made up.
CHANGED, MADE_UP = 0.2, 0.05
#: The rare word that a search looks for: put into one passage of so many.
RARE, ONE_IN = "نيلوفر", 5_000

_WORD = re.compile(r"[^\W\d_]{3,}")
_ARABIC = re.compile("[ء-ي]")
_COLUMNS = "version_id, ordinal, kind, anchor, number, section, text, terms"


def make(total: int, *, seed: int = 2026) -> int:
    """Fill the shelf with varied passages until it holds `total`; return how many were made."""
    kept = list(
        Passage.objects.filter(version__is_shown=True).values_list(
            "version__language", "kind", "number", "section", "text"
        )
    )
    wanted = max(0, total - Passage.objects.count())
    vary = _Variation(kept, seed=seed)
    documents = (wanted + PER_DOCUMENT - 1) // PER_DOCUMENT
    with transaction.atomic():
        for index in range(documents):
            count = min(PER_DOCUMENT, wanted - index * PER_DOCUMENT)
            _put(_version(index), rows=vary.rows(count, first=index * PER_DOCUMENT))
    with connection.cursor() as cursor:
        # What autovacuum does within a minute of so many rows.
        cursor.execute("VACUUM ANALYZE")
    return wanted


class _Variation:
    """Draws passages and words, the same for the same seed."""

    def __init__(self, kept: Sequence[Sequence[Any]], *, seed: int) -> None:
        self.kept = kept
        self.random = random.Random(seed)
        words = [word for row in kept for word in _WORD.findall(row[4])]
        self.words = {
            True: [word for word in words if _ARABIC.match(word)],
            False: [word for word in words if not _ARABIC.match(word)],
        }
        self.letters = {True: "ابتجحدرسشعفقكلمنهوي", False: "abcdeghilmnoprstuvz"}

    def rows(self, count: int, *, first: int) -> Iterator[tuple[str, ...]]:
        """Kind, anchor, number, section, text and terms of so many passages."""
        for number in range(first, first + count):
            _language, kind, printed, section, text = self.random.choice(self.kept)
            varied = _WORD.sub(self._changed, text)
            if number % ONE_IN == 0:
                varied = f"{varied} {RARE}"
            anchor = f"para-{number % PER_DOCUMENT + 1}"
            yield kind, anchor, printed, section, varied, vector(varied, heading=section)

    def _changed(self, match: re.Match[str]) -> str:
        if self.random.random() > CHANGED:
            return match.group()
        is_arabic = bool(_ARABIC.match(match.group()))
        if self.random.random() < MADE_UP:
            letters = self.letters[is_arabic]
            # Zipf's tail: the shorter the made-up word, the more often it comes again.
            return "".join(self.random.choices(letters, k=self.random.choice((3, 4, 5, 6))))
        return self.random.choice(self.words[is_arabic])


def _version(index: int) -> int:
    """A document of a made year with one version to hang passages on."""
    named = f"MADE/COP/WG.{index % 9 + 1}/{2000 + index % 25}/{index}"
    document = Document.objects.create(
        key=secrets.token_hex(8),
        symbol=named,
        body=f"Working Group {index % 9 + 1}",
        year=2000 + index % 25,
        accepted_at=timezone.now(),
    )
    original = Original.objects.create(sha256=f"{index:064d}", data=b"", size=0)
    version = Version.objects.create(
        key=secrets.token_hex(8),
        document=document,
        original=original,
        file_name=f"{index}.txt",
        language="ar" if index % 4 else "en",
        title=f"Report {index}",
        kind="txt",
        media_type="text/plain",
        layer="plain",
        source_text="",
        text="",
        soundness=1.0,
        is_shown=True,
        added_at=timezone.now(),
    )
    return int(version.pk)


def _put(version: int, *, rows: Iterator[tuple[str, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY library_passage ({_COLUMNS}) FROM STDIN") as copy,
    ):
        for ordinal, row in enumerate(rows):
            copy.write_row((version, ordinal, *row))


__all__ = ["ONE_IN", "PER_DOCUMENT", "RARE", "make"]
