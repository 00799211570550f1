"""How the columns of a file of records are read: a mapping, which is data and is remembered.

{"name": "shelter",
 "kind": "victim",
 "columns": {"Numéro": "victim_key", "Nationalité": "citizenship"},
 "words": {"purpose": {"travail": "forced_labour"}},
 "aside": ["Observations"]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from marsad.statistics.records.codebook import KINDS, Codebook, Variable
from marsad.statistics.records.errors import BadRecordMapping, UnknownRecordMapping
from marsad.tabulation.words import folded

#: What a column is called that says the kind of each row.
KIND = "kind"
_KIND_COLUMN = {"kind", "record", "record type", "block", "النوع", "نوع السجل"}
_KIND_WORDS = {
    "event": "event",
    "events": "event",
    "tip event": "event",
    "واقعه": "event",
    "الوقايع": "event",
    "الوقائع": "event",
    "victim": "victim",
    "victims": "victim",
    "ضحيه": "victim",
    "الضحايا": "victim",
    "ضحايا": "victim",
    "perpetrator": "perpetrator",
    "perpetrators": "perpetrator",
    "suspects": "perpetrator",
    "مرتكب": "perpetrator",
    "مرتكبو الجرايم": "perpetrator",
    "الجناه": "perpetrator",
    "entity": "entity",
    "entities": "entity",
    "reporting entity": "entity",
    "reporting entities": "entity",
    "الجهات": "entity",
    "جهه": "entity",
}
#: What our own exports add to a form and nobody needs.
_OURS_ASIDE = ("key", "received_at", "by", "instanceID", "start", "end", "today")


@dataclass(frozen=True, kw_only=True)
class RecordMapping:
    """How the columns of one source of records are read."""

    name: str
    #: What it is called, by language, and what it says.
    title: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    #: What all rows are, where the file does not say.
    kind: str = ""
    #: From the name above a column to the variable it is read as.
    columns: Mapping[str, str] = field(default_factory=dict)
    #: By variable: from a word as printed to the code that is meant.
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: Columns that are left where they are: nothing of them is kept.
    aside: Sequence[str] = ()
    #: The standard whose columns of 0 and 1 are read as codes ("ctdc"); "" for none.
    flags: str = ""
    #: What stands in a cell with nothing in it.
    nothing: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """Everything that must be remembered to read the next file alike."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def by_header(self) -> Mapping[str, str]:
        """The columns, by their folded names."""
        return {folded(header): name for header, name in self.columns.items()}

    @cached_property
    def set_aside(self) -> frozenset[str]:
        """The folded names of what is left where it is."""
        return frozenset(folded(each) for each in (*self.aside, *_OURS_ASIDE))


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a column turned out to be."""

    #: "variable", "flag" of a code, "kind", "aside", or "unknown".
    role: str
    variable: Variable | None = None
    #: Of a flag: the code that a 1 stands for.
    code: str = ""


_ASIDE, _UNKNOWN, _KIND = (Meaning(role=role) for role in ("aside", "unknown", "kind"))


def kind_of(word: str) -> str:
    """The kind of record a word means; "" for none.

    >>> kind_of("Victims")
    'victim'
    """
    return _KIND_WORDS.get(folded(word), "")


def meaning(header: str, *, kind: str, book: Codebook, mapping: RecordMapping) -> Meaning:
    """What a column under this name is, in records of a kind ("" where rows say it themselves)."""
    name = folded(header)
    if name in mapping.set_aside:
        return _ASIDE
    if name in _KIND_COLUMN:
        return _KIND
    given = mapping.by_header.get(name)
    if given == "":
        return _ASIDE
    if given and (variable := book.variable(kind, given)):
        return Meaning(role="variable", variable=variable)
    # Forms in groups are exported as group/name, and a choice of several as name/code.
    above, _slash, last = header.rpartition("/")
    if above and (flag := _flag_under(above, last, kind=kind, book=book, mapping=mapping)):
        return flag
    found = _usual(book, kind).get(name) or _usual(book, kind).get(folded(last))
    if above and found is None and (given := mapping.by_header.get(folded(last))):
        found = book.variable(kind, given)
    if found:
        return Meaning(role="variable", variable=found)
    return _flag_of(header, kind=kind, book=book, mapping=mapping) or (
        _ASIDE if folded(last) in mapping.set_aside else _UNKNOWN
    )


def _flag_under(
    above: str, last: str, *, kind: str, book: Codebook, mapping: RecordMapping
) -> Meaning | None:
    whole = meaning(above, kind=kind, book=book, mapping=mapping).variable
    if whole is None or whole.type != "multi":
        return None
    code = book.meant(whole.list, last)
    return Meaning(role="flag", variable=whole, code=code) if code else None


def _flag_of(header: str, *, kind: str, book: Codebook, mapping: RecordMapping) -> Meaning | None:
    if not mapping.flags:
        return None
    for variable in book.of_kind(kind):
        if variable.type == "multi":
            for code in book.lists[variable.list]:
                if header in getattr(code, mapping.flags, "").split("|"):
                    return Meaning(role="flag", variable=variable, code=code.code)
    return None


def _usual(book: Codebook, kind: str) -> Mapping[str, Variable]:
    """The variables of a kind by everything they are usually called."""
    kept = book.__dict__.setdefault("_usual_names", {})
    if kind not in kept:
        kept[kind] = _names_of(book.of_kind(kind))
    found: Mapping[str, Variable] = kept[kind]
    return found


def _names_of(variables: Iterable[Variable]) -> Mapping[str, Variable]:
    found: dict[str, Variable] = {}
    told = list(variables)
    for variable in told:
        found.setdefault(folded(variable.name), variable)
        found.setdefault(variable.name, variable)
    for variable in told:
        for spelling in (variable.en, variable.ar, *variable.aliases.split("|")):
            if spelling:
                found.setdefault(folded(spelling), variable)
    return found


# ── where mappings come from ─────────────────────────────────────────────────────────────────────
def _folder() -> Any:
    return files("marsad.statistics.records") / "data" / "mappings"


@cache
def names() -> tuple[str, ...]:
    """The names of the mappings that come with Marsad, ours first."""
    found = sorted(entry.name[:-5] for entry in _folder().iterdir() if entry.name[-5:] == ".json")
    return ("ours", *(each for each in found if each != "ours"))


@cache
def known(name: str) -> RecordMapping:
    """A mapping that comes with Marsad.

    :raises UnknownRecordMapping: if there is none of this name.
    """
    if name not in names():
        raise UnknownRecordMapping(given=name, known=", ".join(names()))
    return from_json(json.loads((_folder() / f"{name}.json").read_text(encoding="utf-8")))


def load(given: str) -> RecordMapping:
    """The mapping of this name, or of this JSON file.

    :raises UnknownRecordMapping: if it is neither.
    """
    path = Path(given)
    if given in names() or path.suffix != ".json" or not path.is_file():
        return known(given)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadRecordMapping(name=path.name, why="it is no JSON in UTF-8") from error
    return from_json(told, name=path.stem)


def from_json(told: Any, *, name: str = "mapping") -> RecordMapping:
    """A mapping from its JSON.

    :raises BadRecordMapping: where it says something that means nothing here.
    """
    if not isinstance(told, dict):
        raise BadRecordMapping(name=name, why="it is no JSON object")
    there = {each.name for each in fields(RecordMapping)}
    if strange := sorted(set(told) - there):
        raise BadRecordMapping(name=name, why=f"“{strange[0]}” says nothing here")
    for part in ("columns", "words", "title"):
        if not isinstance(told.get(part, {}), dict):
            raise BadRecordMapping(name=name, why=f"“{part}” is no JSON object")
    if told.get("kind", "") not in ("", *KINDS):
        raise BadRecordMapping(name=name, why=f"the kind must be one of {', '.join(KINDS)}")
    return replace(RecordMapping(name=str(told.get("name", name))), **told)
