"""The sheet choices: lists that are missing, values that repeat, too many to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from marsad.questionnaires.compiling.faults import Fault
from marsad.questionnaires.compiling.rows import Asked, Survey, like
from marsad.questionnaires.compiling.workbook import Row, Sheet

#: More than this in one list and nobody finds anything by looking.
MANY = 200
MOST = 20_000
_FINDS = ("autocomplete", "minimal", "search", "map")
_SEVERAL = ("select_multiple", "select all that apply from", "rank")


@dataclass(kw_only=True)
class Offer:
    """One list and the rows of its choices."""

    name: str
    rows: list[Row] = field(default_factory=list)


def read_offers(sheet: Sheet) -> dict[str, Offer]:
    """The lists of a sheet by name."""
    found: dict[str, Offer] = {}
    for row in sheet.rows:
        name = _list_of(sheet, row)
        if name:
            found.setdefault(name, Offer(name=name)).rows.append(row)
    return found


def _list_of(sheet: Sheet, row: Row) -> str:
    return sheet.value(row, "list_name", "list")


def _value(sheet: Sheet, row: Row) -> str:
    return sheet.value(row, "name", "value")


def check_choices(survey: Survey, sheet: Sheet) -> Iterator[Fault]:
    """Every fault of the lists, and of the questions that offer them."""
    offers = read_offers(sheet)
    if sheet.rows:
        yield from _check_headings(sheet)
    for row in sheet.rows:
        if row.cells and not _list_of(sheet, row):
            yield sheet.fault("choices.no-list-name", row=row, column=sheet.heading("list_name"))
    used: dict[str, list[Asked]] = {}
    for asked in survey.every:
        if asked.select:
            yield from _check_question(survey, asked, offers)
            used.setdefault(asked.list_name, []).append(asked)
    for offer in offers.values():
        yield from _check_offer(sheet, offer, used.get(offer.name, []))


def _check_headings(sheet: Sheet) -> Iterator[Fault]:
    for names in (("list_name", "list"), ("name", "value")):
        if not sheet.heading(*names):
            yield sheet.fault("header.missing", name=names[0])


def _check_question(survey: Survey, asked: Asked, offers: dict[str, Offer]) -> Iterator[Fault]:
    column = survey.sheet.heading("type", "command")
    if not asked.list_name:
        yield survey.sheet.fault("choices.no-list", row=asked.row, column=column)
        return
    elsewhere = "file" in asked.select or "external" in asked.select or "${" in asked.list_name
    if not elsewhere and asked.list_name not in offers:
        yield survey.sheet.fault(
            "choices.unknown-list",
            row=asked.row,
            column=column,
            given=asked.list_name[:60],
            like=like(asked.list_name, offers),
        )


def _check_offer(sheet: Sheet, offer: Offer, used: list[Asked]) -> Iterator[Fault]:
    column = sheet.heading("name", "value")
    first = offer.rows[0]
    if not used:
        yield sheet.fault(
            "choices.unused", row=first, column=sheet.heading("list_name"), given=offer.name
        )
    yield from _check_size(sheet, offer, used)
    several = any(asked.select in _SEVERAL for asked in used)
    labelled = [heading for heading in sheet.headings if heading.casefold().startswith("label")]
    seen: dict[str, Row] = {}
    for row in offer.rows:
        value = _value(sheet, row)
        if not value:
            yield sheet.fault("choices.no-value", row=row, column=column)
            continue
        if value in seen:
            details = {"list": offer.name, "given": value[:60], "other": seen[value].number}
            yield sheet.fault("choices.duplicate", row=row, column=column, **details)
        seen.setdefault(value, row)
        if several and len(value.split()) > 1:
            yield sheet.fault("choices.space", row=row, column=column, given=value[:60])
        if labelled and not _says_something(row, labelled):
            yield sheet.fault("choices.no-label", row=row, column=labelled[0], given=value[:60])


def _says_something(row: Row, labelled: list[str]) -> bool:
    if any(row.cells.get(heading) for heading in labelled):
        return True
    return any(heading.casefold().startswith(("media", "image")) for heading in row.cells)


def _check_size(sheet: Sheet, offer: Offer, used: list[Asked]) -> Iterator[Fault]:
    count = len(offer.rows)
    if count > MOST:
        yield sheet.fault(
            "choices.too-many",
            row=offer.rows[0],
            column=sheet.heading("list_name"),
            given=offer.name,
            count=count,
            most=MOST,
        )
    elif count > MANY and any(not _is_findable(asked) for asked in used):
        yield sheet.fault(
            "choices.many",
            row=offer.rows[0],
            column=sheet.heading("list_name"),
            given=offer.name,
            count=count,
        )


def _is_findable(asked: Asked) -> bool:
    cells = {heading.casefold(): text for heading, text in asked.row.cells.items()}
    appearance = cells.get("appearance", "").casefold()
    return bool(cells.get("choice_filter")) or any(word in appearance for word in _FINDS)
