"""Search over passages: every form of a word, phrases, filters, snippets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.library import problems
from marsad.library.models import Version
from marsad.library.queries import rights
from marsad.library.terms import question, snippet
from marsad.library.types import Hit, SearchResult, Snippet
from marsad.library.words import PassageKind

#: Every match is ranked, unless PostgreSQL expects more than this many of them: a word as common
#: as «الاتجار» stands in a third of all passages, and ranking each takes 2 µs or more.
MANY = 5_000
#: Then the matches of as many of the newest documents are ranked as should hold this many, and the
#: count says "more than".
ENOUGH = 3_000
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


# Who is found: passages of the versions given, already checked against the reader's rights, that
# match every word asked for.
_FOUND = """
    FROM library_passage AS passage
    WHERE passage.terms @@ %(query)s::tsquery
      AND passage.version_id = ANY(%(versions)s)
      AND (%(kind)s = '' OR passage.kind = %(kind)s)
"""

# What PostgreSQL expects to find, from its statistics of words; it reads no passage for this.
_EXPECT = f"EXPLAIN (FORMAT JSON) SELECT {_FOUND}"

# Rank: how often and how near the words stand (ts_rank_cd), divided by the length of the passage
# (1 + log), words of the text above words of the heading it stands under; a recommendation or
# paragraph a little before a heading or a footnote.
_RANKED = f"""
WITH found AS MATERIALIZED (
    SELECT passage.id, passage.version_id, passage.ordinal,
           ts_rank_cd('{{0.1, 0.2, 0.4, 1.0}}', passage.terms, %(query)s::tsquery, 1)
             * CASE passage.kind WHEN 'recommendation' THEN 1.2 WHEN 'paragraph' THEN 1.1
                                 WHEN 'footnote' THEN 0.6 WHEN 'heading' THEN 0.9 ELSE 1 END AS rank
    {_FOUND}
)
SELECT id, rank, (SELECT count(*) FROM found)
FROM found
ORDER BY rank DESC, version_id, ordinal
LIMIT %(page)s OFFSET %(start)s
"""  # noqa: S608 - _FOUND is a constant of this file

# The planner takes `@@` for much cheaper than it is, and would try it on every passage of the
# versions rather than ask the index of words. Without plain index scans it joins both indexes and
# reads what is in both: 8 ms instead of 20. Compiling so short a query is never worth it.
_STEER = """
SELECT set_config('enable_indexscan', %(index)s, true), set_config('jit', %(jit)s, true)
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
    wanted = {"query": asked.tsquery, "kind": filters.kind, "page": most, "start": start}
    ranked, count, more = _ranked(versions, wanted=wanted)
    if start and not ranked:  # past the last hit: still say how many there are
        _first, count, more = _ranked(versions, wanted={**wanted, "page": 1, "start": 0})
    passages = {row[0]: row for row in _rows(_PASSAGES, ids=[pk for pk, _rank in ranked])}
    seconds = perf_counter() - began
    return SearchResult(
        hits=[
            _hit(passages[pk], rank=rank, asked=asked.terms)
            for pk, rank in ranked
            if pk in passages
        ],
        count=count,
        more=more,
        seconds=seconds,
    )


def _ranked(
    versions: list[int], *, wanted: dict[str, Any]
) -> tuple[list[tuple[int, float]], int, bool]:
    """Ids and ranks of one page of hits, how many there are, and whether there are more."""
    expected = _expected(versions, wanted=wanted)
    if expected <= MANY:
        return *_page(versions, wanted=wanted), False
    newest = versions[: ceil(len(versions) * ENOUGH / expected)]
    hits, count = _page(newest, wanted=wanted)
    if count < ENOUGH / 10 and len(newest) < len(versions):
        # Rarer here than elsewhere, or the statistics are old.
        return *_page(versions, wanted=wanted), False
    return hits, count, len(newest) < len(versions)


def _expected(versions: list[int], *, wanted: dict[str, Any]) -> int:
    """How many matches PostgreSQL expects in these versions."""
    [(plan,)] = _rows(_EXPECT, **wanted, versions=versions)
    return int(plan[0]["Plan"]["Plan Rows"])


def _page(versions: list[int], *, wanted: dict[str, Any]) -> tuple[list[tuple[int, float]], int]:
    """Ids and ranks of one page of the hits in these versions, and how many hits there are."""
    with transaction.atomic():
        _rows(_STEER, index="off", jit="off")
        rows = _rows(_RANKED, **wanted, versions=versions)
        _rows(_STEER, index="on", jit="on")  # for whatever else this transaction does
    return [(pk, rank) for pk, rank, _count in rows], rows[0][2] if rows else 0


def _versions_open_to(reader: Reader, *, filters: Filters) -> list[int]:
    """The versions shown of the documents the reader may see, the newest documents first."""
    documents = rights.visible_documents(reader)
    if filters.year is not None:
        documents = documents.filter(year=filters.year)
    if filters.document:
        documents = documents.filter(key=filters.document)
    shown = Version.objects.filter(is_shown=True, document__in=documents)
    if filters.language:
        shown = shown.filter(language=filters.language)
    newest_first = ("-document__year", "-pk")
    found: list[int] = shown.order_by().aggregate(
        pks=ArrayAgg("pk", order_by=newest_first, default=Value([]))
    )["pks"]
    return found


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


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
