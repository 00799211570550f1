"""The records as plain lists and dictionaries."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from .types import Section, Structure


def structure_as_json(structure: Structure) -> dict[str, Any]:
    """Say `structure` in plain lists and dictionaries; sections hold their paragraphs' numbers."""
    numbers = {paragraph.id: paragraph.number for paragraph in structure.paragraphs}
    said: dict[str, Any] = _plain(structure)
    said["sections"] = [_section(section, numbers) for section in structure.sections]
    return said


def _section(section: Section, numbers: dict[str, int]) -> dict[str, Any]:
    said: dict[str, Any] = _plain(section)
    said["paragraphs"] = [numbers[key] for key in section.paragraphs if key in numbers]
    said["paragraph_ids"] = list(section.paragraphs)
    said["sections"] = [_section(below, numbers) for below in section.sections]
    return said


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
