"""A file of figures looked through: what of it was understood, what was remarked, what is asked.

All that comes of it lies in the data root, under the name of its content; nothing counts yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.statistics import problems, store
from marsad.statistics.scratch import scratch
from marsad.statistics.words import Stage
from marsad.tabulation import keeping
from marsad.tabulation.checks import check
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.looking import columns_of, rows_about
from marsad.tabulation.mapping import ColumnMapping
from marsad.tabulation.places import NamedPlace
from marsad.tabulation.reader import Preview, Reading
from marsad.tabulation.remarks import Remark
from marsad.tabulation.types import Row

PARQUET, JSON = ".parquet", ".json"
#: Told how far it has come: the stage, per cent of it, and how many rows were understood so far.
Progress = Callable[[Stage, int, int], None]
#: What it is to be read for has no more rows than this between two notes of progress.
_STEP = 2_000
_PAUSE = 0.3

_REMARKS = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("header", pa.string()),
        ("code", pa.string()),
        ("level", pa.string()),
        ("value", pa.string()),
        #: JSON of what the sentence needs besides.
        ("details", pa.string()),
    ]
)
_BATCH = 8_192


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What came of looking through a file."""

    preview: Preview
    #: Of the rows as they may be kept; "" where some were refused.
    digest: str
    rows_digest: str
    remarks_digest: str
    #: Of the questions that the figures would put to their States.
    doubts_digest: str


def look(
    path: Path,
    *,
    name: str,
    mapping: ColumnMapping | None,
    places: Iterable[NamedPlace] = (),
    only: str = "",
    asks: bool = True,
    progress: Progress | None = None,
) -> Look:
    """Look through a file.

    :param only: code of the one place it may speak of; "" where it may speak of all.
    :param asks: whether to look for what does not fit, which takes about a second.
    :raises marsad.tabulation.errors.CannotTabulate: if the file is no table of figures.
    :raises OfOtherPlaces: if it holds figures of a place that are not its State's to give.
    """
    with scratch() as folder:
        with _Remarks(folder / "remarks.parquet") as remarks:
            reading = Reading(
                path, mapping=mapping, name=name, places=tuple(places), listener=remarks.take
            )
            rows = folder / f"rows{PARQUET}"
            keeping.write(_watched(reading, path, progress), rows)
        preview = reading.preview
        found = rows_from([rows])
        _check_own(found, only=only, name=name)
        if progress is not None:
            progress(Stage.CHECKING, 0, preview.understood + preview.doubted)
        rows_digest = store.put(rows, suffix=PARQUET)
        return Look(
            preview=preview,
            digest=rows_digest if preview.may_be_kept else "",
            rows_digest=rows_digest,
            remarks_digest=store.put(remarks.path, suffix=PARQUET),
            doubts_digest=doubts_of(found, places=[only] if only else [], asks=asks),
        )


def doubts_of(rows: Expression, *, places: Sequence[str], asks: bool = True) -> str:
    """Look for what does not fit in figures; the digest of the JSON that says it.

    :param places: the one place whose own figures they are; none for a collection.
    """
    found = check(rows, places=places, own=bool(places)) if asks else []
    with scratch() as folder:
        told = folder / f"doubts{JSON}"
        written = json.dumps([each.as_json() for each in found], ensure_ascii=False)
        told.write_text(written, encoding="utf-8")
        return store.put(told, suffix=JSON)


def columns(path: Path, *, name: str, mapping: ColumnMapping | None) -> list[dict[str, Any]]:
    """The columns of a file as data; none where it cannot be opened at all."""
    return [each.as_json() for each in columns_of(path, mapping=mapping, name=name)]


def _watched(reading: Reading, path: Path, progress: Progress | None) -> Iterator[Row]:
    """The rows, with a note of progress now and then."""
    if progress is None:
        yield from reading
        return
    about, noted = rows_about(path), 0.0
    for number, row in enumerate(reading):
        if number % _STEP == 0 and monotonic() - noted > _PAUSE:
            noted = monotonic()
            progress(Stage.READING, min(99, 100 * number // about) if about else 0, number)
        yield row


def _check_own(rows: Expression, *, only: str, name: str) -> None:
    if not only:
        return
    others = rows.filter(rows.place != only).group_by("country").aggregate(first=rows.row.min())
    found = others.order_by("first").to_pyarrow().to_pylist()
    if found:
        raise other_places({each["country"]: each["first"] for each in found}, name=name)


def other_places(rows: Mapping[str, int], *, name: str) -> problems.OfOtherPlaces:
    """That a file speaks of other places: of each the row where it does so first, in order."""
    some = list(rows.items())[:5]
    return problems.OfOtherPlaces(
        name=name, others=", ".join(place for place, _row in some), row=some[0][1]
    )


class _Remarks:
    """All remarks of a file, written as they come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = pq.ParquetWriter(path, _REMARKS, compression="zstd")
        self._some: list[Remark] = []

    def __enter__(self) -> _Remarks:
        return self

    def __exit__(self, *_told: object) -> None:
        self._flush()
        self._writer.close()

    def take(self, remarks: tuple[Remark, ...]) -> None:
        """Write the remarks of one row."""
        self._some.extend(remarks)
        if len(self._some) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        told = [
            {
                "sheet": each.sheet,
                "row": each.row,
                "column": each.column,
                "header": each.header,
                "code": each.code,
                "level": each.level,
                "value": each.value,
                "details": json.dumps(dict(each.details), ensure_ascii=False, default=str),
            }
            for each in self._some
        ]
        self._writer.write_table(pa.Table.from_pylist(told, schema=_REMARKS))
        self._some = []
