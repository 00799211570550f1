"""Search over passages: every form of a word, phrases, filters, snippets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.library import problems
from marsad.library.models import Version
from marsad.library.queries import rights
from marsad.library.terms import question, snippet
from marsad.library.types import Hit, SearchResult, Snippet
from marsad.library.words import PassageKind

#: A word as common as «الاتجار» stands in most passages. Ranking reads every match, so no more than
#: this many are ranked, those of the newest versions first; the count says "more than".
MOST_RANKED = 2_000
PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What narrows a search; empty means all."""

    language: str = ""
    kind: str = ""
    year: int | None = None
    document: str = ""

    def check(self) -> None:
        """:raises UnknownChoice: if the kind is on no list."""
        if self.kind and self.kind not in PassageKind.values:
            raise problems.UnknownChoice(
                given=self.kind, what=_("kind"), choices=", ".join(PassageKind.values)
            )


# Who is found: passages of the versions shown, of the documents the reader may see (%(versions)s,
# already checked), that match every word asked for. Rank: how often and how near the words stand
# (ts_rank_cd), divided by the length of the passage (1 + log), words of the text above words of the
# heading it stands under; a recommendation or paragraph a little before a heading or a footnote.
_SEARCH = """
WITH matched AS (
    SELECT passage.id, passage.version_id, passage.kind, passage.terms, passage.ordinal
    FROM library_passage AS passage
    WHERE passage.terms @@ %(query)s::tsquery
      AND passage.version_id = ANY(%(versions)s)
      AND (%(kind)s = '' OR passage.kind = %(kind)s)
    LIMIT %(most)s
),
ranked AS (
    SELECT id, version_id, ordinal,
           ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', terms, %(query)s::tsquery, 1)
             * CASE kind WHEN 'recommendation' THEN 1.2 WHEN 'paragraph' THEN 1.1
                         WHEN 'footnote' THEN 0.6 WHEN 'heading' THEN 0.9 ELSE 1 END AS rank
    FROM matched
)
SELECT id, rank, count(*) OVER () AS found
FROM ranked
ORDER BY rank DESC, version_id, ordinal
LIMIT %(page)s OFFSET %(start)s
"""

_PASSAGES = """
SELECT passage.id, document.key, document.symbol, version.title, version.language, document.year,
       passage.kind, passage.anchor, passage.number, passage.section, passage.text,
       document.is_sample
FROM library_passage AS passage
JOIN library_version AS version ON version.id = passage.version_id
JOIN library_document AS document ON document.id = version.document_id
WHERE passage.id = ANY(%(ids)s)
"""


def search(
    *,
    reader: Reader,
    typed: str,
    filters: Filters | None = None,
    start: int = 0,
    most: int = PAGE,
) -> SearchResult:
    """Passages with all the words typed, best first.

    :raises NothingAsked: if nothing was typed that can be searched for.
    """
    filters = filters or Filters()
    filters.check()
    asked = question(typed)
    if not asked.tsquery:
        raise problems.NothingAsked
    began = perf_counter()
    versions = _versions_open_to(reader, filters=filters)
    ranked = _rows(
        _SEARCH,
        query=asked.tsquery,
        versions=versions,
        kind=filters.kind,
        most=MOST_RANKED,
        page=most,
        start=start,
    )
    passages = {row[0]: row for row in _rows(_PASSAGES, ids=[row[0] for row in ranked])}
    seconds = perf_counter() - began
    count = ranked[0][2] if ranked else 0
    return SearchResult(
        hits=[
            _hit(passages[pk], rank=rank, asked=asked.terms)
            for pk, rank, _found in ranked
            if pk in passages
        ],
        count=count,
        more=count >= MOST_RANKED,
        seconds=seconds,
    )


def _versions_open_to(reader: Reader, *, filters: Filters) -> list[int]:
    documents = rights.visible_documents(reader)
    if filters.year is not None:
        documents = documents.filter(year=filters.year)
    if filters.document:
        documents = documents.filter(key=filters.document)
    shown = Version.objects.filter(is_shown=True, document__in=documents)
    if filters.language:
        shown = shown.filter(language=filters.language)
    return list(shown.values_list("pk", flat=True))


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _hit(row: Sequence[Any], *, rank: float, asked: frozenset[str]) -> Hit:
    (
        _pk,
        document_key,
        symbol,
        title,
        language,
        year,
        kind,
        anchor,
        number,
        section,
        text,
        is_sample,
    ) = row
    return Hit(
        document_key=document_key,
        document_symbol=symbol,
        document_title=title,
        document_language=language,
        year=year,
        kind=kind,
        anchor=anchor,
        number=number,
        section=section,
        language=language,
        snippet=Snippet(parts=snippet(text, asked=asked)),
        rank=rank,
        is_sample=is_sample,
    )
