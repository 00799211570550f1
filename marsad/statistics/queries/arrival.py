"""A file that is looked through before it counts: its rows, its remarks, its columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from marsad.directory.types import Reader
from marsad.statistics import places, problems, store
from marsad.statistics.models import Arrival
from marsad.statistics.queries import board, parquet, rights
from marsad.statistics.queries.left_out import left_out
from marsad.statistics.types.board import (
    ArrivalView,
    ColumnLine,
    RemarkCount,
    RemarkLine,
    RowLine,
)
from marsad.statistics.words import REMARKED, Level, Stage
from marsad.tabulation import labels
from marsad.tabulation.checks import sentence
from marsad.tabulation.errors import WrongEncoding
from marsad.tabulation.remarks import Remark, level_of

PARQUET, JSON = ".parquet", ".json"
WRONG_ENCODING = WrongEncoding.code
#: Questions that are shown before a file is taken.
_SHOWN = 10


def view(*, reader: Reader, key: str, language: str) -> ArrivalView:
    """A file that came in, as those see it who may take it.

    :raises NoSuchArrival: if there is none, or the reader may not see it.
    """
    found = _visible(reader, key)
    doubts = _doubts(found)
    counts: Mapping[str, int] = found.remarks.get("counts", {})
    may_be_taken = bool(
        found.stage == Stage.READ
        and found.digest
        and found.taken_at is None
        and found.dropped_at is None
        and rights.may_bring(reader, found.source)
    )
    return ArrivalView(
        card=board.arrival_card(found, language=language),
        counts=_counts(counts),
        columns=[
            ColumnLine(
                index=index,
                letter=each["letter"],
                header=each["header"],
                field=each["field"],
                samples=each["samples"],
            )
            for index, each in enumerate(found.columns)
        ],
        mapping=found.mapping,
        left_aside=found.remarks.get("left_aside", []),
        doubts=sum(each["severity"] in board.ASKED for each in doubts),
        first_doubts=_first(doubts),
        may_be_taken=may_be_taken,
        encoding=found.problem_details.get("guess", "")
        if found.problem_code == WRONG_ENCODING
        else "",
        left_out=left_out(found, language=language) if may_be_taken else None,
    )


def _visible(reader: Reader, key: str) -> Arrival:
    found = (
        rights.visible_arrivals(reader)
        .select_related("source", "by")
        .prefetch_related("editions")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise problems.NoSuchArrival
    return found


def _counts(counts: Mapping[str, int]) -> list[RemarkCount]:
    order = [level.value for level in (Level.REFUSED, Level.DOUBTED, Level.NOTED)]
    found = [
        RemarkCount(code=code, level=level_of(code), label=label_of(code), count=count)
        for code, count in counts.items()
    ]
    return sorted(found, key=lambda each: (order.index(each.level), -each.count))


def _doubts(found: Arrival) -> Sequence[Mapping[str, Any]]:
    return _read(store.get(found.doubts_digest, suffix=JSON)) if found.doubts_digest else []


@lru_cache(maxsize=2)
def _read(path: Path) -> Sequence[Mapping[str, Any]]:
    """What never changes, since its name is its content."""
    told: Sequence[Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _first(doubts: Sequence[Mapping[str, Any]]) -> list[str]:
    named = places.names()
    return [
        sentence(
            each["code"],
            place=each["place"],
            indicator=each["indicator"],
            year=each["year"],
            details=each["details"],
            named=named,
        )
        for each in doubts
        if each["severity"] in board.ASKED
    ][:_SHOWN]


# ── remarks ──────────────────────────────────────────────────────────────────────────────────────
_MANY = "SELECT count(*) AS many FROM told WHERE (? = '' OR level = ?) AND (? = '' OR code = ?)"
_ALL = "SELECT * FROM told WHERE (? = '' OR level = ?) AND (? = '' OR code = ?) ORDER BY sheet, row"


def remarks(
    *, reader: Reader, key: str, level: str, code: str, start: int, most: int
) -> tuple[list[RemarkLine], int]:
    """Some of the remarks about a file, in the order of its rows; and how many there are.

    :raises NoSuchArrival: if there is none, or the reader may not see it.
    """
    path = _remarks_of(_visible(reader, key))
    if path is None:
        return [], 0
    narrowed = [level, level, code, code]
    many = parquet.rows(path, _MANY, narrowed)
    found = parquet.rows(
        path,
        _ALL + " LIMIT ? OFFSET ?",
        [*narrowed, most, start],
    )
    return [_remark_line(each) for each in found], int(many[0]["many"])


def all_remarks(*, reader: Reader, key: str, level: str, code: str) -> Iterator[RemarkLine]:
    """Every remark about a file, as a download takes them.

    :raises NoSuchArrival: if there is none, or the reader may not see it.
    """
    path = _remarks_of(_visible(reader, key))
    return _lines(path, [level, level, code, code])


def _lines(path: Path | None, narrowed: Sequence[object]) -> Iterator[RemarkLine]:
    if path is not None:
        for each in parquet.stream(path, _ALL, narrowed):
            yield _remark_line(each)


def _remarks_of(found: Arrival) -> Path | None:
    return store.get(found.remarks_digest, suffix=PARQUET) if found.remarks_digest else None


def first_refused(found: Arrival) -> str:
    """What is to be said of the first row that was refused; "" where none was."""
    path = _remarks_of(found)
    told = parquet.rows(path, _ALL + " LIMIT 1", ["refused", "refused", "", ""]) if path else []
    return _remark(told[0]).sentence if told else ""


def _remark(told: Mapping[str, Any]) -> Remark:
    return Remark(
        code=told["code"],
        level=told["level"],
        sheet=told["sheet"],
        row=told["row"],
        column=told["column"],
        header=told["header"],
        value=told["value"],
        details=json.loads(told["details"]),
    )


def _remark_line(told: Mapping[str, Any]) -> RemarkLine:
    remark = _remark(told)
    return RemarkLine(
        code=remark.code,
        level=remark.level,
        level_label=str(Level(remark.level).label),
        sheet=remark.sheet,
        row=remark.row,
        column=remark.column,
        header=remark.header,
        value=remark.value,
        sentence=_in_their_direction(remark).sentence,
    )


def _in_their_direction(remark: Remark) -> Remark:
    """What stands in a cell and where it does, each in a direction of its own.

    «<5» must not turn into «5>» in Arabic, nor «2023!C4» into «C4!2023».
    """
    where = f"\u2068{remark.where}\u2069"
    return replace(
        remark, value=f"\u2068{remark.value}\u2069", details={**remark.details, "where": where}
    )


#: Sorting a million rows whole to show fifty of them takes six times as long.
_SOME_ROWS = """
    SELECT * FROM told WHERE (file, sheet, row) IN (
        SELECT (file, sheet, row) FROM told
        ORDER BY file = ? DESC, file, sheet, row LIMIT ? OFFSET ?
    ) ORDER BY file = ? DESC, file, sheet, row
"""


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────
def rows(
    *, reader: Reader, key: str, language: str, start: int, most: int
) -> tuple[list[RowLine], int]:
    """Some of the rows of a file as they were understood, in its order; and how many there are.

    :raises NoSuchArrival: if there is none, or the reader may not see it.
    """
    found = _visible(reader, key)
    if not found.rows_digest:
        return [], 0
    told = parquet.rows(
        store.get(found.rows_digest, suffix=PARQUET),
        _SOME_ROWS,
        [found.file_digest, most, start, found.file_digest],
    )
    named = places.names()
    return [_row_line(each, language, named) for each in told], found.rows


def _row_line(told: Mapping[str, Any], language: str, named: labels.Named) -> RowLine:
    return RowLine(
        sheet=told["sheet"],
        row=told["row"],
        place=labels.label("place", told["place"], language, named=named),
        indicator=labels.label("indicator", told["indicator"], language),
        about=about(told, language, named=named),
        year=told["year"],
        printed=told["value"],
        low=told["low"],
        high=told["high"],
        is_doubted=any(level_of(code) == "doubted" for code in told["labels"].split()),
    )


def about(told: Mapping[str, Any], language: str, *, named: labels.Named) -> str:
    """Whom a figure counts: dimension, category, sex and age, as far as they say anything."""
    said = [
        labels.label(name, told[name], language, named=named)
        for name in ("dimension", "category", "sex", "age")
        if told[name] not in ("", "Total")
    ]
    return _(", ").join(said) or _("all of them")


def label_of(code: str) -> str:
    """What a remark is about, in a few words."""
    return str(REMARKED.get(code, code))
