"""Small files of records of our own making."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def written(folder: Path, rows: Iterable[Mapping[str, str]], *, name: str = "records.csv") -> Path:
    """A CSV of records; every key of any row is a column."""
    told = list(rows)
    file = folder / name
    headings = list(dict.fromkeys(heading for row in told for heading in row))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, headings)
        writer.writeheader()
        writer.writerows(told)
    return file


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], name: str) -> Path:
    """A workbook of several sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = folder / name
    book.save(file)
    return file


def victim(key: str, **more: str) -> dict[str, str]:
    """A victim of 2024, about whom everything is known."""
    return {
        "victim_key": key,
        "year": "2024",
        "sex": "female",
        "age": "24",
        "citizenship": "SYR",
        "purpose": "forced_labour",
        "identification": "confirmed",
        "decided_by": "police",
        **more,
    }


def many(count: int, *, prefix: str, **more: str) -> list[dict[str, str]]:
    """Several alike."""
    return [victim(f"{prefix}-{number}", **more) for number in range(count)]
