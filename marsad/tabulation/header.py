"""Where the names of the columns stand, and what each column is read as."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import mapping as mappings
from .errors import (
    ColumnTwice,
    ColumnTwiceInText,
    MergedCells,
    MissingColumn,
    MissingColumnInText,
    NoHeader,
    NoHeaderInText,
    OtherFlow,
)
from .mapping import ColumnMapping
from .sources import Line, Table, column_letters
from .words import folded

#: Titles and notes may stand above the names, but no more lines of them than this.
LOOKED_AT = 40
#: A line of names is one that has at least this many names known.
_FEWEST = 3
#: A file with this share of the columns of a known source is from that source, and has lost some.
_SHARE_TO_RECOGNISE = 0.7


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """A table with its columns named."""

    #: The mapping, completed with what the names say by themselves.
    mapping: ColumnMapping
    #: Where each field stands: from field to index.
    places: dict[str, int]
    #: The names as printed.
    headers: tuple[str, ...]
    #: The row they stand in.
    row: int
    #: The lines under them.
    lines: Iterator[Line]


def find_columns(table: Table, *, name: str, mapping: ColumnMapping) -> Columns | None:
    """Return the table with its columns named, or None where no line names any.

    :raises MissingColumn: where a line names columns, and one that is needed is not among them.
    :raises MergedCells: where cells are merged in or under that line.
    """
    given = _for_flow(table, name=name, mapping=mapping)
    lines = iter(table.lines)
    seen = list(itertools.islice(lines, LOOKED_AT))
    found = line_of_names(seen, table, given)
    if found is None:
        return None
    line, given = found
    completed = mappings.guess(texts_of(line, table), beside=given)
    places = _places(line, table, completed, name=name)
    _check_complete(line, table, given, places, name=name)
    _check_unmerged(table, line.number, name=name)
    under = (later for later in seen if later.number > line.number)
    return Columns(
        mapping=completed,
        places=places,
        headers=tuple(texts_of(line, table)),
        row=line.number,
        lines=itertools.chain(under, lines),
    )


def line_of_names(
    seen: list[Line], table: Table, given: ColumnMapping
) -> tuple[Line, ColumnMapping] | None:
    """Return the line that names the columns, and the mapping they were plainly made for."""
    best: tuple[int, Line, ColumnMapping] | None = None
    for line in seen:
        texts = texts_of(line, table)
        mapping = _recognised(texts) if given.name == "plain" else _of_these(given, texts)
        completed = mappings.guess(texts, beside=mapping or given)
        known = sum(bool(completed.column_of(text)) for text in texts if text)
        if best is None or known > best[0]:
            best = (known, line, mapping or given)
    # Whoever said what two columns are need not add a third.
    fewest = min(_FEWEST, len(given.columns) or _FEWEST)
    return None if best is None or best[0] < fewest else best[1:]


def _of_these(given: ColumnMapping, texts: list[str]) -> ColumnMapping:
    """A mapping that is remembered, with the columns that are here still."""
    if not given.is_remembered:
        return given
    there = {folded(text) for text in texts}
    return replace(
        given, columns={name: what for name, what in given.columns.items() if folded(name) in there}
    )


def _recognised(texts: list[str]) -> ColumnMapping | None:
    """The mapping that came with the engine and was plainly made for these columns."""
    there = set(texts)
    for name in mappings.names():
        mapping = mappings.known(name)
        if mapping.columns and not mapping.flows:
            share = len(there & set(mapping.columns)) / len(mapping.columns)
            if share >= _SHARE_TO_RECOGNISE:
                return mapping
    return None


def no_header(sheet: str, *, name: str) -> NoHeader:
    """Return what to say of a file in which no line names the columns."""
    error = NoHeader if sheet else NoHeaderInText
    return error(name=name, sheet=sheet, looked=LOOKED_AT, needed="Country, Indicator, Year, Value")


def texts_of(line: Line, table: Table) -> list[str]:
    """Return what stands in the cells of a line that names columns."""
    texts = ["" if cell is None else str(cell).strip() for cell in line.cells]
    # SDMX with labels writes "REF_AREA: Reference area".
    return [text.split(":")[0] for text in texts] if table.flow else texts


def _for_flow(table: Table, *, name: str, mapping: ColumnMapping) -> ColumnMapping:
    if not table.flow or table.flow in mapping.flows:
        return mapping
    known = {flow: given for given in mappings.names() for flow in mappings.known(given).flows}
    if mapping.flows or table.flow not in known:
        raise OtherFlow(name=name, flow=table.flow, known=", ".join(mapping.flows or sorted(known)))
    return mappings.known(known[table.flow])


def _places(line: Line, table: Table, mapping: ColumnMapping, *, name: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, text in enumerate(texts_of(line, table)):
        field = mapping.column_of(text)
        if field is None:
            continue
        if field in places:
            raise (ColumnTwice if table.sheet else ColumnTwiceInText)(
                name=name,
                sheet=table.sheet,
                row=line.number,
                first=column_letters(places[field]),
                second=column_letters(index),
                field=field,
            )
        places[field] = index
    return places


def _check_complete(
    line: Line, table: Table, mapping: ColumnMapping, places: dict[str, int], *, name: str
) -> None:
    told = {*places, *mapping.constants}
    missing = [field for field in ("indicator", "year", "value") if field not in told]
    if not told & {"code", "country"}:
        missing.insert(0, "country")
    if not table.flow:
        # Without its column of sexes a source would still be readable, and wrong.
        missing += [what for what in mapping.columns.values() if what not in {*told, *missing}]
    if missing:
        raise (MissingColumn if table.sheet else MissingColumnInText)(
            name=name,
            sheet=table.sheet,
            row=line.number,
            missing=[_header_of(field, mapping) for field in missing],
            found=[text for text in texts_of(line, table) if text],
        )


def _header_of(field: str, mapping: ColumnMapping) -> str:
    return next((header for header, what in mapping.columns.items() if what == field), field)


def _check_unmerged(table: Table, header: int, *, name: str) -> None:
    # Titles above the names may be merged: nobody counts them.
    bad = [ranged for ranged in table.merged if _last_row(ranged) >= header]
    if bad:
        shown = ", ".join(bad[:5]) + ("…" if len(bad) > 5 else "")
        raise MergedCells(name=name, sheet=table.sheet, ranges=shown)


def _last_row(ranged: str) -> int:
    return int("".join(sign for sign in ranged.split(":")[1] if sign.isdigit()))
