"""The records as plain lists and dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

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


def structure_from_json(data: Mapping[str, Any]) -> Structure:
    """The structure that `structure_as_json` said, nothing read anew.

    >>> from marsad.undocs import read_structure
    >>> structure = read_structure("1. The Working Group met in Vienna.")
    >>> structure_from_json(structure.as_json()) == structure
    True
    """
    built: Structure = _built(Structure, data)
    return built


@lru_cache(maxsize=64)
def _shapes(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _built(shape: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(shape, UnionType):
        return _built(next(each for each in get_args(shape) if each is not type(None)), value)
    if get_origin(shape) is tuple:
        inner = get_args(shape)
        return tuple(
            _built(inner[0] if inner[-1] is Ellipsis else inner[place], each)
            for place, each in enumerate(value)
        )
    if isinstance(shape, type) and is_dataclass(shape):
        said = dict(value)
        if shape is Section:  # addresses of people go by number, and the records by id
            said["paragraphs"] = said.get("paragraph_ids", said.get("paragraphs", ()))
        known = _shapes(shape)
        return shape(**{name: _built(known[name], said[name]) for name in known if name in said})
    return value
