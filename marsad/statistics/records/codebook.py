"""The code lists, a version at a time: what a record can hold, in Arabic and English.

A version is data: a folder of `data/` for ours, JSON for one that was uploaded. A record keeps the
version it was read by.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib.resources import files
from itertools import groupby
from typing import Any

from marsad.statistics.records.errors import BadCodebook
from marsad.tabulation.words import folded

KINDS = ("event", "victim", "perpetrator", "entity")
TYPES = (
    "id",
    "year",
    "month",
    "one",
    "multi",
    "age",
    "country",
    "countries",
    "languages",
    "number",
    "reference",
)
#: What identifies a record of a kind; no record is without it.
KEYS = {
    "event": "event_id",
    "victim": "victim_key",
    "perpetrator": "perp_key",
    "entity": "entity_id",
}
#: Standards that codes are mapped to.
STANDARDS = ("htcds", "ctdc", "glotip", "sdg", "eurostat")
#: Every list ends with these two.
UNKNOWN, NOT_RECORDED = "unknown", "not_recorded"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]{0,39}")
#: No list of the world is longer.
_MOST_CODES = 20_000


@dataclass(frozen=True, kw_only=True)
class Variable:
    """Something a record of a kind can hold."""

    kind: str
    name: str
    #: The list its codes are of; "" where it has none.
    list: str
    #: One of `TYPES`.
    type: str
    en: str
    ar: str
    #: "verified" where the wording was read in a source, else "inferred".
    status: str
    #: Where it comes from.
    origin: str
    #: Other names it may have above a column, with | between.
    aliases: str
    htcds: str
    ctdc: str
    glotip: str

    def label(self, language: str) -> str:
        """What it is called in a language."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, kw_only=True)
class Code:
    """One of the things a variable can be."""

    list: str
    code: str
    en: str
    ar: str
    status: str
    #: What the same is called elsewhere, with | between; "" where it has no counterpart.
    htcds: str
    ctdc: str
    glotip: str
    sdg: str
    eurostat: str

    def label(self, language: str) -> str:
        """What it is called in a language."""
        return self.ar if language == "ar" else self.en


_VARIABLE_FIELDS = tuple(each.name for each in fields(Variable))
_CODE_FIELDS = tuple(each.name for each in fields(Code))
_AT_THE_END = (
    Code(
        list="", code=UNKNOWN, en="Unknown", ar="غير معروف", status="verified",
        htcds="NotSpecified", ctdc="", glotip="Unknown", sdg="", eurostat="UNK",
    ),
    Code(
        list="", code=NOT_RECORDED, en="Not recorded", ar="غير مسجل", status="inferred",
        htcds="", ctdc="", glotip="", sdg="", eurostat="",
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """One version of the code lists."""

    version: str
    #: By language: what it is called, and where it comes from.
    title: Mapping[str, str]
    says: Mapping[str, str]
    variables: Sequence[Variable]
    codes: Sequence[Code]

    def of_kind(self, kind: str) -> Sequence[Variable]:
        """The variables of a kind of record."""
        return [each for each in self.variables if each.kind == kind]

    @cached_property
    def lists(self) -> Mapping[str, Sequence[Code]]:
        """By list: its codes in their order, «unknown» and «not recorded» at the end."""
        found: dict[str, list[Code]] = {}
        for code in self.codes:
            found.setdefault(code.list, []).append(code)
        for name, codes in found.items():
            there = {code.code for code in codes}
            codes.extend(_of_list(each, name) for each in _AT_THE_END if each.code not in there)
        return found

    def variable(self, kind: str, name: str) -> Variable | None:
        """The variable of this name, if the kind has it."""
        return next((each for each in self.of_kind(kind) if each.name == name), None)

    def code(self, list_: str, code: str) -> Code | None:
        """The code of a list, if it is there."""
        return next((each for each in self.lists.get(list_, ()) if each.code == code), None)

    def meant(self, list_: str, printed: str) -> str:
        """The code that a printed word means; "" where nobody has said."""
        return self._meanings.get(list_, {}).get(folded(printed), "")

    @cached_property
    def _meanings(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, codes in self.lists.items():
            known = found.setdefault(name, {})
            # What is exact goes before what is called so elsewhere.
            for spell in (_own_spellings, _other_spellings):
                for code in codes:
                    for spelling in spell(code):
                        known.setdefault(folded(spelling), code.code)
        return found

    def as_json(self) -> dict[str, Any]:
        """Everything of it, in the shape in which a version is uploaded."""
        return {
            "version": self.version,
            "title": dict(self.title),
            "says": dict(self.says),
            "variables": [
                {name: getattr(each, name) for name in _VARIABLE_FIELDS} for each in self.variables
            ],
            "codes": [{name: getattr(each, name) for name in _CODE_FIELDS} for each in self.codes],
        }

    def as_rows(self) -> list[dict[str, str]]:
        """The codes of every variable as one table, for spreadsheets."""
        rows = []
        for variable in self.variables:
            head = {
                "version": self.version,
                "kind": variable.kind,
                "variable": variable.name,
                "type": variable.type,
                "variable_en": variable.en,
                "variable_ar": variable.ar,
                "origin": variable.origin,
            }
            codes: Sequence[Code | None] = self.lists.get(variable.list) or [None]
            for code in codes:
                told = {name: getattr(code, name) if code else "" for name in _CODE_FIELDS[1:]}
                if code is None:
                    told["status"] = variable.status
                rows.append({**head, **told})
        return rows


def _of_list(code: Code, name: str) -> Code:
    return Code(**{**{each: getattr(code, each) for each in _CODE_FIELDS}, "list": name})


def _own_spellings(code: Code) -> Sequence[str]:
    return (code.code, code.en, code.ar)


def _other_spellings(code: Code) -> Sequence[str]:
    told = (getattr(code, standard) for standard in ("htcds", "ctdc"))
    return [one for each in told for one in each.split("|") if one]


# ── where versions come from ─────────────────────────────────────────────────────────────────────
def _data() -> Any:
    return files("marsad.statistics.records") / "data"


@cache
def shipped() -> tuple[str, ...]:
    """The versions that come with Marsad, the oldest first."""
    found = [entry.name for entry in _data().iterdir() if (entry / "about.json").is_file()]
    return tuple(sorted(found))


@cache
def load(version: str) -> Codebook:
    """A version that comes with Marsad; another one is a KeyError."""
    if version not in shipped():
        raise KeyError(version)
    folder = _data() / version
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return from_json(
        {**about, "variables": _table(folder, "variables"), "codes": _table(folder, "codes")}
    )


def _table(folder: Any, name: str) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def from_bytes(data: bytes, *, name: str) -> Codebook:
    """A version from a file of JSON.

    :raises BadCodebook: where something in it cannot be used; the sentence says what and where.
    """
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadCodebook(where=name, why="it is no JSON in UTF-8") from error
    return from_json(told)


def from_json(told: Any) -> Codebook:
    """A version from its JSON.

    :raises BadCodebook: where something in it cannot be used.
    """
    if not isinstance(told, dict):
        raise BadCodebook(where="the file", why="it is no JSON object")
    version = str(told.get("version", ""))
    if not _VERSION.fullmatch(version):
        raise BadCodebook(where="“version”", why="it must be a short name such as 2026-2")
    book = Codebook(
        version=version,
        title=_by_language(told, "title"),
        says=_by_language(told, "says"),
        variables=[
            Variable(**row) for row in _rows(told, "variables", _VARIABLE_FIELDS, optional=5)
        ],
        codes=[Code(**row) for row in _rows(told, "codes", _CODE_FIELDS, optional=6)],
    )
    _check(book)
    return book


def _by_language(told: Mapping[str, Any], name: str) -> Mapping[str, str]:
    found = told.get(name)
    if not isinstance(found, dict) or not all(str(found.get(each, "")) for each in ("ar", "en")):
        raise BadCodebook(where=f"“{name}”", why="it must say something in ar and in en")
    return {language: str(found[language]) for language in ("en", "ar")}


def _rows(
    told: Mapping[str, Any], name: str, wanted: Sequence[str], *, optional: int
) -> list[dict[str, str]]:
    found = told.get(name)
    if not isinstance(found, list) or not found or len(found) > _MOST_CODES:
        raise BadCodebook(where=f"“{name}”", why=f"it must be a list of 1 to {_MOST_CODES} entries")
    rows = []
    for number, row in enumerate(found, start=1):
        where = f"“{name}”, no. {number}"
        if not isinstance(row, dict) or not all(isinstance(each, str) for each in row.values()):
            raise BadCodebook(where=where, why="it must be an object of texts")
        needed = set(wanted[: len(wanted) - optional]) - {"list", "status"}
        if lacking := sorted(each for each in needed if not row.get(each, "").strip()):
            raise BadCodebook(where=where, why=f"“{lacking[0]}” is empty")
        rows.append({each: row.get(each, "").strip() for each in wanted})
    return rows


def _check(book: Codebook) -> None:
    for variable in book.variables:
        if wrong := _wrong_with(variable, book):
            raise BadCodebook(where=f"the variable “{variable.name}”", why=wrong)
    for code in book.codes:
        if not _CODE.fullmatch(code.code):
            where = f"the code “{code.code}” of “{code.list}”"
            raise BadCodebook(where=where, why="codes are Latin letters, digits, _, + and -")
    _check_once([(each.kind, each.name) for each in book.variables])
    _check_once([(each.list, each.code) for each in book.codes])
    for kind, key in KEYS.items():
        for name, type_ in ((key, "id"), ("year", "year")):
            found = book.variable(kind, name)
            if found is None or found.type != type_:
                why = f"records of this kind need “{name}” of type {type_}"
                raise BadCodebook(where=f"the kind “{kind}”", why=why)


def _wrong_with(variable: Variable, book: Codebook) -> str:
    if variable.kind not in KINDS:
        return f"its kind must be one of {', '.join(KINDS)}"
    if variable.type not in TYPES:
        return f"its type must be one of {', '.join(TYPES)}"
    if not _NAME.fullmatch(variable.name):
        return "names are small Latin letters, digits and _"
    if variable.type in ("one", "multi", "age") and variable.list not in book.lists:
        return f"there are no codes of the list “{variable.list}”"
    return ""


def _check_once(names: Sequence[tuple[str, str]]) -> None:
    for (kind, name), same in groupby(sorted(names)):
        if len(list(same)) > 1:
            raise BadCodebook(where=f"“{name}” of “{kind}”", why="it stands twice")


# ── one version beside another ───────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Moved:
    """What became of a code in another version."""

    list: str
    code: str
    en: str
    ar: str
    #: The code in the other version; "" where it has no counterpart.
    becomes: str

    def label(self, language: str) -> str:
        """What it is called in a language."""
        return self.ar if language == "ar" else self.en


def moved(old: Codebook, new: Codebook) -> Sequence[Moved]:
    """The codes of one version that are called otherwise in another, or are not in it."""
    found = []
    for name, codes in old.lists.items():
        for code in codes:
            if new.code(name, code.code) is None:
                becomes = new.meant(name, code.code) or new.meant(name, code.en)
                found.append(
                    Moved(list=name, code=code.code, en=code.en, ar=code.ar, becomes=becomes)
                )
    return found
