"""The sheet survey as a tree of questions and groups; what is wrong with types and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from rapidfuzz import process

from marsad.questionnaires.compiling.faults import UNLIKE, Fault
from marsad.questionnaires.compiling.workbook import Row, Sheet

LONGEST_NAME = 150
MOST_QUESTIONS = 5_000
#: Groups inside one another.
DEEPEST = 30

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_CONTROL = re.compile(r"(?P<which>begin|end)[ _](?P<what>group|repeat|loop|lgroup|looped group)")
_SELECT = re.compile(
    r"(?P<command>select_one_from_file|select_multiple_from_file|select_one_external|select_one"
    r"|select_multiple|select one from file|select multiple from file|select one from|select one"
    r"|select all that apply from|select1|rank)"
    r"(?:\s+(?P<list>\S+))?(?P<rest>\s+(?:or specify other|or_other|or other))?"
)
_OSM = re.compile(r"osm(\s+\S+)?")
#: Types that ask people something and so need words.
_WORDLESS = frozenset(
    {
        "calculate", "hidden", "start", "end", "today", "deviceid", "username", "email",
        "phonenumber", "simserial", "subscriberid", "audit", "background-audio", "start-geopoint",
        "csv-external", "xml-external", "geojson-external",
    }
)  # fmt: skip


@dataclass(eq=False, kw_only=True)
class Asked:
    """A row of the survey that has a place in the form."""

    row: Row
    type_: str
    name: str
    parent: Asked | None
    #: `group`, `repeat` or `question`.
    what: str
    children: list[Asked] = field(default_factory=list)
    #: What a choice is made with, and from which list.
    select: str = ""
    list_name: str = ""

    @property
    def needs_words(self) -> bool:
        """Whether people are to see something of it."""
        return self.what == "question" and self.type_ not in _WORDLESS


@dataclass(kw_only=True)
class Survey:
    """What the sheet asks, as a tree and by name."""

    sheet: Sheet
    top: list[Asked] = field(default_factory=list)
    every: list[Asked] = field(default_factory=list)
    by_name: dict[str, list[Asked]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def like(self, name: str) -> str:
        """The name there is that looks most like this one."""
        return like(name, self.by_name)


def like(given: str, known: object) -> str:
    """What is known and looks most like what was given; a dash where nothing does."""
    found = process.extractOne(given, list(known), score_cutoff=55)  # type: ignore[call-overload]
    return str(found[0]) if found else UNLIKE


@lru_cache(maxsize=1)
def types() -> frozenset[str]:
    """Every type of question that needs no list."""
    return frozenset({*QUESTION_TYPE_DICT, *aliases._type_alias_map, "audit", "text"})


def read_rows(sheet: Sheet) -> Survey:
    """The tree of a sheet, with the faults of its types, names and groups."""
    survey = Survey(sheet=sheet)
    stack: list[Asked] = []
    for row in sheet.rows:
        _read_row(survey, row, stack)
    for left in stack:
        wanted = left.type_.replace("begin", "end", 1)
        survey.faults.append(
            sheet.fault(
                "group.unclosed", row=left.row, column=_type(sheet), name=left.name, wanted=wanted
            )
        )
    survey.faults += _faults_of_names(survey)
    survey.faults += _faults_of_whole(survey)
    return survey


def _type(sheet: Sheet) -> str:
    return sheet.heading("type", "command")


def _name(sheet: Sheet) -> str:
    return sheet.heading("name", "tag", "value")


def _read_row(survey: Survey, row: Row, stack: list[Asked]) -> None:
    sheet = survey.sheet
    type_ = " ".join(sheet.value(row, "type", "command").split())
    name = sheet.value(row, "name", "tag", "value")
    if not type_:
        if name or any(heading.startswith("label") for heading in map(str.casefold, row.cells)):
            survey.faults.append(sheet.fault("type.missing", row=row, column=_type(sheet)))
        return
    control = _CONTROL.fullmatch(type_.casefold())
    if control and control["which"] == "end":
        _end(survey, row, stack, given=type_, what=control["what"])
        return
    asked = _asked(survey, row, type_=type_, name=name, control=control, stack=stack)
    if asked is None:
        return
    if len(stack) == DEEPEST and asked.what != "question":
        survey.faults.append(
            sheet.fault("group.too-deep", row=row, column=_type(sheet), name=name, most=DEEPEST)
        )
    (stack[-1].children if stack else survey.top).append(asked)
    survey.every.append(asked)
    if name:
        survey.by_name.setdefault(name, []).append(asked)
    if asked.what != "question":
        stack.append(asked)


def _asked(
    survey: Survey,
    row: Row,
    *,
    type_: str,
    name: str,
    control: re.Match[str] | None,
    stack: list[Asked],
) -> Asked | None:
    sheet = survey.sheet
    parent = stack[-1] if stack else None
    if control:
        what = "group" if control["what"] == "group" else "repeat"
        return Asked(row=row, type_=type_, name=name, parent=parent, what=what)
    select = _SELECT.fullmatch(type_)
    if type_ in aliases.settings_header:
        return None
    if select is None and not _is_type(type_):
        closest = like(type_, [*types(), "select_one", "select_multiple", "begin_group"])
        survey.faults.append(
            sheet.fault("type.unknown", row=row, column=_type(sheet), given=type_, like=closest)
        )
    return Asked(
        row=row,
        type_=type_.casefold() if select is None else select["command"],
        name=name or _name_given(type_, row),
        parent=parent,
        what="question",
        select=select["command"] if select else "",
        list_name=(select["list"] or "") if select else "",
    )


def _is_type(type_: str) -> bool:
    return type_ in types() or type_.casefold() in types() or _OSM.fullmatch(type_) is not None


def _name_given(type_: str, row: Row) -> str:
    """A note may go without a name, and the log of a filling has one of its own."""
    return {"audit": "audit", "note": f"generated_note_name_{row.number}"}.get(type_, "")


def _end(survey: Survey, row: Row, stack: list[Asked], *, given: str, what: str) -> None:
    sheet = survey.sheet
    if not stack:
        survey.faults.append(
            sheet.fault("group.unopened", row=row, column=_type(sheet), given=given)
        )
        return
    last = stack.pop()
    if (what == "group") != (last.what == "group"):
        survey.faults.append(
            sheet.fault(
                "group.mismatched",
                row=row,
                column=_type(sheet),
                given=given,
                other=last.row.number,
                open=f"{last.type_} {last.name}",
            )
        )


# ── names ────────────────────────────────────────────────────────────────────────────────────────
def _faults_of_names(survey: Survey) -> Iterator[Fault]:
    sheet = survey.sheet
    for asked in survey.every:
        fault = _fault_of_name(sheet, asked)
        if fault is not None:
            yield fault
    yield from _faults_of_siblings(sheet, survey.top)
    for asked in survey.every:
        if asked.what != "question":
            yield from _faults_of_siblings(sheet, asked.children)
            if not asked.children:
                yield sheet.fault(
                    "group.empty", row=asked.row, column=_type(sheet), name=asked.name
                )


def _fault_of_name(sheet: Sheet, asked: Asked) -> Fault | None:
    column = _name(sheet)
    if not asked.name:
        return sheet.fault("name.missing", row=asked.row, column=column)
    if not _NAME.fullmatch(asked.name):
        return sheet.fault("name.invalid", row=asked.row, column=column, given=asked.name[:60])
    if len(asked.name) > LONGEST_NAME:
        return sheet.fault(
            "name.too-long", row=asked.row, column=column, count=len(asked.name), most=LONGEST_NAME
        )
    if asked.name == "meta" and asked.parent is None:
        return sheet.fault("name.reserved", row=asked.row, column=column, given=asked.name)
    return None


def _faults_of_siblings(sheet: Sheet, siblings: list[Asked]) -> Iterator[Fault]:
    seen: dict[str, Asked] = {}
    for asked in siblings:
        if not asked.name:
            continue
        other = seen.setdefault(asked.name.casefold(), asked)
        if other is not asked:
            same = other.name == asked.name
            yield sheet.fault(
                "name.duplicate" if same else "name.same-but-for-case",
                row=asked.row,
                column=_name(sheet),
                given=asked.name,
                other=other.row.number,
            )


def _faults_of_whole(survey: Survey) -> Iterator[Fault]:
    questions = [asked for asked in survey.every if asked.what == "question"]
    if survey.sheet.rows and not any(
        asked.needs_words and asked.type_ != "note" for asked in questions
    ):
        yield survey.sheet.fault("survey.nothing-asked")
    if len(questions) > MOST_QUESTIONS:
        yield survey.sheet.fault("survey.too-many", count=len(questions), most=MOST_QUESTIONS)
