"""Expressions of the survey: can they be read, do they name what there is, do they go round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from marsad.questionnaires.checking import functions, slow, xpath
from marsad.questionnaires.checking.evaluate import CannotCompute, function_of
from marsad.questionnaires.compiling import references
from marsad.questionnaires.compiling.faults import Fault
from marsad.questionnaires.compiling.rows import Asked, Survey, like

#: Columns that hold expressions, by each of their names.
EXPRESSIONS = {
    "relevant": ("relevant", "relevance", "bind::relevant"),
    "constraint": ("constraint", "bind::constraint"),
    "calculation": ("calculation", "calculate", "bind::calculate"),
    "choice_filter": ("choice_filter",),
    "repeat_count": ("repeat_count", "jr_count", "jr:count"),
    "required": ("required", "bind::required"),
    "read_only": ("read_only", "readonly", "bind::readonly"),
}
#: Those that decide what has a value: the others cannot make a circle.
_DECIDE = ("relevant", "calculation")
_PLAIN = frozenset(
    {"yes", "no", "true", "false", "true()", "false()", "y", "n", "oui", "non", "x", "1", "0"}
)
#: What can be said in words besides: columns whose text may show an answer.
_WORDS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")

Parsed = dict[tuple[int, str], xpath.Expression]


def check_rules(survey: Survey) -> Iterator[Fault]:
    """Every fault of the expressions of a survey."""
    parsed: Parsed = {}
    for asked in survey.every:
        yield from _check_row(survey, asked, parsed)
        yield from _check_words(survey, asked)
        yield from _check_whole_row(survey, asked)
    yield from _cycles(survey, parsed)


def _check_row(survey: Survey, asked: Asked, parsed: Parsed) -> Iterator[Fault]:
    for rule, names in EXPRESSIONS.items():
        column = survey.sheet.heading(*names)
        text = asked.row.cells.get(column, "") if column else ""
        if not text or (rule in ("required", "read_only") and text.casefold() in _PLAIN):
            continue
        faults = list(_check_references(survey, asked, column, text))
        yield from faults
        if faults:
            continue
        try:
            expression = xpath.parse(references.readable(text))
        except xpath.Unreadable as unreadable:
            yield survey.sheet.fault(
                "expression.unreadable",
                row=asked.row,
                column=column,
                near=text[unreadable.at : unreadable.at + 20],
                at=unreadable.at + 1,
            )
            continue
        parsed[(asked.row.number, rule)] = expression
        yield from _check_calls(survey, asked, column, expression)


def _check_references(survey: Survey, asked: Asked, column: str, text: str) -> Iterator[Fault]:
    broken = references.broken_in(text)
    if broken:
        yield survey.sheet.fault("reference.broken", row=asked.row, column=column, given=broken)
        return
    for name in dict.fromkeys(references.names_in(text)):
        meant = survey.by_name.get(name, [])
        if not meant:
            yield survey.sheet.fault(
                "reference.unknown",
                row=asked.row,
                column=column,
                given=name[:60],
                like=survey.like(name),
            )
        elif len(meant) > 1:
            yield survey.sheet.fault(
                "reference.ambiguous", row=asked.row, column=column, given=name[:60]
            )


def _check_calls(
    survey: Survey, asked: Asked, column: str, expression: xpath.Expression
) -> Iterator[Fault]:
    sheet = survey.sheet
    known = {*functions.KNOWN, *functions.SPECIAL}
    for name in sorted(xpath.functions_of(expression) - known):
        yield sheet.fault(
            "expression.unknown-function",
            row=asked.row,
            column=column,
            given=name[:60],
            like=like(name, known),
        )
        return
    try:
        function_of(expression)
    except CannotCompute as fault:
        yield sheet.fault(
            "expression.unreadable", row=asked.row, column=column, near=str(fault)[:40], at=1
        )
    for part in xpath.walk(expression):
        if isinstance(part, xpath.Call) and part.name == "regex":
            yield from _check_pattern(survey, asked, column, part)
        if isinstance(part, xpath.Call) and part.name == "sum" and part.arguments:
            yield from _check_sum(survey, asked, column, part)


def _check_pattern(survey: Survey, asked: Asked, column: str, call: xpath.Call) -> Iterator[Fault]:
    if len(call.arguments) < 2 or not isinstance(call.arguments[1], xpath.Text):
        return
    pattern = call.arguments[1].value
    try:
        if slow.is_slow(slow.as_python(pattern)):
            yield survey.sheet.fault(
                "expression.pattern-slow", row=asked.row, column=column, given=pattern[:60]
            )
    except (re.error, OverflowError, RecursionError) as fault:
        yield survey.sheet.fault(
            "expression.pattern",
            row=asked.row,
            column=column,
            given=pattern[:60],
            reason=str(fault)[:100],
        )


def _check_sum(survey: Survey, asked: Asked, column: str, call: xpath.Call) -> Iterator[Fault]:
    name = references.name_in(call.arguments[0])
    for added in survey.by_name.get(name, []):
        if added.type_ in ("calculate",) or _is_required(survey, added):
            continue
        yield survey.sheet.fault("expression.sum-empty", row=asked.row, column=column, given=name)


def _is_required(survey: Survey, asked: Asked) -> bool:
    said = survey.sheet.value(asked.row, *EXPRESSIONS["required"]).casefold()
    return said in ("yes", "true", "true()", "y", "1")


def _check_words(survey: Survey, asked: Asked) -> Iterator[Fault]:
    """Answers shown in words must be there too."""
    for column, text in asked.row.cells.items():
        if column.partition(":")[0].strip().casefold() in _WORDS and "${" in text:
            yield from _check_references(survey, asked, column, text)


def _check_whole_row(survey: Survey, asked: Asked) -> Iterator[Fault]:
    sheet = survey.sheet
    calculation = sheet.value(asked.row, *EXPRESSIONS["calculation"])
    if asked.type_ == "calculate" and not calculation and not sheet.value(asked.row, "default"):
        yield sheet.fault(
            "calculation.missing",
            row=asked.row,
            column=sheet.heading(*EXPRESSIONS["calculation"]),
            name=asked.name,
        )
    constraint = sheet.heading(*EXPRESSIONS["constraint"])
    said = any(
        column.casefold().replace(" ", "_").startswith(("constraint_message", "constraining"))
        for column in asked.row.cells
    )
    if constraint and asked.row.cells.get(constraint) and not said:
        yield sheet.fault("constraint.no-message", row=asked.row, column=constraint)


# ── circles ──────────────────────────────────────────────────────────────────────────────────────
def _cycles(survey: Survey, parsed: Parsed) -> Iterator[Fault]:
    """Each circle once: at the first of its rows, with the way round."""
    needs = {asked: list(dict.fromkeys(_needs(survey, asked, parsed))) for asked in survey.every}
    for circle in _circles(needs):
        first = min(range(len(circle)), key=lambda place: circle[place].row.number)
        turned = circle[first:] + circle[:first]
        names = " → ".join(asked.name for asked in (*turned, turned[0]))
        # The arrows point the way the names run, also inside an Arabic sentence.
        names = f"\u2066{names}\u2069"
        rule = next(
            (rule for rule in _DECIDE if (turned[0].row.number, rule) in parsed), "relevant"
        )
        yield survey.sheet.fault(
            "expression.cycle",
            row=turned[0].row,
            column=survey.sheet.heading(*EXPRESSIONS[rule]),
            path=names,
        )


def _needs(survey: Survey, asked: Asked, parsed: Parsed) -> Iterator[Asked]:
    """What must be known before it is known whether this is asked, and what it is."""
    if asked.parent is not None:
        yield asked.parent
    for rule in _DECIDE:
        expression = parsed.get((asked.row.number, rule))
        if expression is not None:
            for name in references.dependencies(expression):
                yield from survey.by_name.get(name, [])


def _circles(needs: dict[Asked, list[Asked]]) -> Iterator[list[Asked]]:
    """Circles in the graph, by a walk that does not recurse; a place is left for good once."""
    left: set[Asked] = set()
    for start in needs:
        if start in left:
            continue
        way: list[Asked] = []
        on_way: dict[Asked, int] = {}
        ahead: list[Iterable[Asked]] = []
        _enter(start, way, on_way, ahead, needs)
        while way:
            following = next(iter(ahead[-1]), None)
            if following is None:
                ahead.pop()
                done = way.pop()
                del on_way[done]
                left.add(done)
            elif following in on_way:
                yield way[on_way[following] :]
            elif following not in left:
                _enter(following, way, on_way, ahead, needs)


def _enter(
    asked: Asked,
    way: list[Asked],
    on_way: dict[Asked, int],
    ahead: list[Iterable[Asked]],
    needs: dict[Asked, list[Asked]],
) -> None:
    on_way[asked] = len(way)
    way.append(asked)
    ahead.append(iter(needs[asked]))
