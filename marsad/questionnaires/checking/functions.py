"""The functions of ODK's XPath, by name.

Those in `SPECIAL` see their arguments unread, because not every argument may be computed.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
import time
import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

import regex

from marsad.questionnaires.checking import places, slow, values, xpath
from marsad.questionnaires.checking.evaluate import (
    CannotCompute,
    Compiled,
    Scope,
    Value,
    everywhere,
    text_of,
    to_boolean,
    to_number,
    to_text,
    written,
)
from marsad.questionnaires.checking.instance import Element

_Known: TypeAlias = "Callable[[Scope, list[Value]], Value]"
_Make: TypeAlias = "Callable[[xpath.Call, Callable[[xpath.Expression], Compiled]], Compiled]"

#: What gives another answer each time: never computed again, the answer that was sent is kept.
UNSTEADY = frozenset({"now", "today", "random", "uuid", "once", "randomize"})
#: What lets time into an expression.
CLOCKS = frozenset({"now", "today"})
#: What needs files or a device that the server may not have.
ELSEWHERE = frozenset({"pulldata", "property", "extract-signed"})

#: Seconds that one pattern may take on one text, and its characters: it may come from an answer.
PATTERN_TAKES = 0.1
LONGEST_PATTERN = 1_000

KNOWN: dict[str, _Known] = {}
SPECIAL: dict[str, _Make] = {}


def _known(*names: str) -> Callable[[_Known], _Known]:
    def keep(function: _Known) -> _Known:
        KNOWN.update(dict.fromkeys(names, function))
        return function

    return keep


def _special(name: str) -> Callable[[_Make], _Make]:
    def keep(make: _Make) -> _Make:
        SPECIAL[name] = make
        return make

    return keep


def _at(arguments: Sequence[Value], place: int) -> Value:
    if place >= len(arguments):
        raise CannotCompute("too few arguments")
    return arguments[place]


# ── choosing ─────────────────────────────────────────────────────────────────────────────────────
@_special("if")
def _if(call: xpath.Call, make: Callable[[xpath.Expression], Compiled]) -> Compiled:
    if len(call.arguments) != 3:
        raise CannotCompute("if")
    test, then, otherwise = (make(argument) for argument in call.arguments)
    return lambda scope: then(scope) if to_boolean(test(scope), scope.run) else otherwise(scope)


@_special("indexed-repeat")
def _indexed_repeat(call: xpath.Call, make: Callable[[xpath.Expression], Compiled]) -> Compiled:
    wanted, *pairs = call.arguments
    if not isinstance(wanted, xpath.Path) or len(pairs) % 2:
        raise CannotCompute("indexed-repeat")
    find = everywhere(wanted) if wanted.start == "/" else make(wanted)
    limits: list[tuple[str, Compiled]] = []
    for group, index in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(group, xpath.Path) or not group.steps:
            raise CannotCompute("indexed-repeat")
        limits.append((group.steps[-1].name, make(index)))

    def chosen(scope: Scope) -> Value:
        found = find(scope)
        assert isinstance(found, list)
        for name, index in limits:
            place = to_number(index(scope), scope.run)
            found = [element for element in found if _index_in(element, name) == place]
        return found

    return chosen


def _index_in(element: Element, name: str) -> int:
    return next((each.index for each in reversed(element.chain()) if each.name == name), 0)


@_known("coalesce")
def _coalesce(scope: Scope, given: list[Value]) -> Value:
    for value in given:
        text = to_text(value, scope.run)
        if text and text != "NaN":
            return value if not isinstance(value, list) else value[:1]
    return ""


@_known("once")
def _once(scope: Scope, given: list[Value]) -> Value:
    return scope.element.text or to_text(_at(given, 0), scope.run)


# ── yes and no ───────────────────────────────────────────────────────────────────────────────────
KNOWN["true"] = lambda scope, given: True
KNOWN["false"] = lambda scope, given: False
KNOWN["not"] = lambda scope, given: not to_boolean(_at(given, 0), scope.run)
KNOWN["boolean"] = lambda scope, given: to_boolean(_at(given, 0), scope.run)
KNOWN["boolean-from-string"] = lambda scope, given: (
    to_text(_at(given, 0), scope.run).lower() in ("true", "1")
)


@_known("checklist")
def _checklist(scope: Scope, given: list[Value]) -> Value:
    least, most = (to_number(_at(given, place), scope.run) for place in (0, 1))
    yes = sum(to_boolean(value, scope.run) for value in given[2:])
    return (least < 0 or yes >= least) and (most < 0 or yes <= most)


@_known("weighted-checklist")
def _weighted_checklist(scope: Scope, given: list[Value]) -> Value:
    least, most = (to_number(_at(given, place), scope.run) for place in (0, 1))
    pairs = zip(given[2::2], given[3::2], strict=False)
    weight = sum(to_number(w, scope.run) for yes, w in pairs if to_boolean(yes, scope.run))
    return (least < 0 or weight >= least) and (most < 0 or weight <= most)


# ── text ─────────────────────────────────────────────────────────────────────────────────────────
def _texts(scope: Scope, given: Sequence[Value]) -> list[str]:
    """Every text in the arguments; a list gives one for each element."""
    found: list[str] = []
    for value in given:
        if isinstance(value, list):
            found += [text_of(element, scope.run) for element in value]
        else:
            found.append(to_text(value, scope.run))
    return found


def _text(scope: Scope, given: Sequence[Value], place: int = 0) -> str:
    return to_text(_at(given, place), scope.run)


KNOWN["string"] = lambda scope, given: _text(scope, given or [[scope.element]])
KNOWN["concat"] = lambda scope, given: _together(scope, "", _texts(scope, given))
KNOWN["join"] = lambda scope, given: _together(scope, _text(scope, given), _texts(scope, given[1:]))
KNOWN["string-length"] = lambda scope, given: float(len(_text(scope, given or [[scope.element]])))
KNOWN["contains"] = lambda scope, given: _text(scope, given, 1) in _text(scope, given)
KNOWN["starts-with"] = lambda scope, given: _text(scope, given).startswith(_text(scope, given, 1))
KNOWN["ends-with"] = lambda scope, given: _text(scope, given).endswith(_text(scope, given, 1))
KNOWN["normalize-space"] = lambda scope, given: " ".join(
    _text(scope, given or [[scope.element]]).split()
)
KNOWN["substring-before"] = lambda scope, given: (
    _text(scope, given).partition(_text(scope, given, 1))[0]
    if _text(scope, given, 1) in _text(scope, given)
    else ""
)
KNOWN["substring-after"] = lambda scope, given: (
    _text(scope, given).partition(_text(scope, given, 1))[2] if _text(scope, given, 1) else ""
)


def _together(scope: Scope, between: str, parts: Sequence[str]) -> str:
    """:raises TooTangled: before a text is made that is longer than any answer."""
    scope.run.write(sum(map(len, parts)) + len(between) * max(len(parts) - 1, 0))
    return between.join(parts)


@_known("substr")
def _substr(scope: Scope, given: list[Value]) -> Value:
    text = _text(scope, given)
    start = _whole(to_number(_at(given, 1), scope.run))
    end = _whole(to_number(given[2], scope.run)) if len(given) > 2 else len(text)
    return text[start:end]


@_known("substring")
def _substring(scope: Scope, given: list[Value]) -> Value:
    text = _text(scope, given)
    start = _whole(to_number(_at(given, 1), scope.run)) - 1
    if len(given) < 3:
        return text[max(start, 0) :]
    return text[max(start, 0) : max(start + _whole(to_number(given[2], scope.run)), 0)]


def _whole(number: float) -> int:
    return int(number) if math.isfinite(number) else 0


@_known("translate")
def _translate(scope: Scope, given: list[Value]) -> Value:
    old, new = _text(scope, given, 1), _text(scope, given, 2)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return _text(scope, given).translate(table)


@_known("regex")
def _regex(scope: Scope, given: list[Value]) -> Value:
    pattern = pattern_of(_text(scope, given, 1))
    if pattern is None:
        raise CannotCompute("regex")
    text = _text(scope, given)[: slow.LONGEST]
    # «٠٧٩» is a number like 079, whatever digits the form's author had on the keyboard.
    return any(_matches(pattern, each, scope) for each in {text, values.ascii_digits(text)})


def _matches(pattern: regex.Pattern[str], text: str, scope: Scope) -> bool:
    """Whether all of the text is as the pattern says; other threads go on meanwhile.

    :raises CannotCompute: if that takes too long: `(a|aa)+b` tries endless ways.
    """
    began = time.thread_time()
    try:
        found = pattern.fullmatch(text, timeout=PATTERN_TAKES, concurrent=True)
    except TimeoutError as fault:
        raise CannotCompute("regex") from fault
    finally:
        scope.run.match_for(time.thread_time() - began)
    return found is not None


@lru_cache(maxsize=512)
def pattern_of(text: str) -> regex.Pattern[str] | None:
    """The pattern, or None where it is none."""
    if len(text) > LONGEST_PATTERN:
        return None
    try:
        text = slow.as_python(text)
        re.compile(text)  # what `regex` knows beyond that is no pattern on a phone
        return regex.compile(text)
    except (re.error, regex.error, ValueError, OverflowError, RecursionError):
        return None


@_known("digest")
def _digest(scope: Scope, given: list[Value]) -> Value:
    name = _text(scope, given, 1).replace("-", "").lower()
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        raise CannotCompute("digest")
    data = hashlib.new(name, _text(scope, given).encode(), usedforsecurity=False).digest()
    encoding = _text(scope, given, 2) if len(given) > 2 else "base64"
    return data.hex() if encoding == "hex" else b64encode(data).decode()


@_known("base64-decode")
def _base64(scope: Scope, given: list[Value]) -> Value:
    try:
        return b64decode(_text(scope, given)).decode()
    except ValueError:
        return ""


KNOWN["uuid"] = lambda scope, given: str(uuid.uuid4())
KNOWN["name"] = KNOWN["local-name"] = lambda scope, given: (
    given[0][0].name
    if given and isinstance(given[0], list) and given[0]
    else ""
    if given
    else scope.element.name
)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────
def _numbers(scope: Scope, given: Sequence[Value]) -> list[float]:
    return [to_number(text, scope.run) for text in _texts(scope, given)]


def _number(scope: Scope, given: Sequence[Value], place: int = 0) -> float:
    return to_number(_at(given, place), scope.run)


#: Of a number, before and after its point.
_MOST_PLACES = 308


def _round(scope: Scope, given: list[Value]) -> Value:
    number = _number(scope, given)
    if not math.isfinite(number):
        return number
    places = _whole(_number(scope, given, 1)) if len(given) > 1 else 0
    if places < -_MOST_PLACES:
        return 0.0
    scaled = number * 10.0 ** min(places, _MOST_PLACES)
    if not math.isfinite(scaled):
        return number  # it has no such places
    return math.floor(scaled + 0.5) / 10.0 ** min(places, _MOST_PLACES)


def _quietly(compute: Callable[..., float]) -> _Known:
    """A function of numbers, which has no value where it has none."""

    def computed(scope: Scope, given: list[Value]) -> Value:
        try:
            return float(compute(*_numbers(scope, given)))
        except (ValueError, OverflowError, ZeroDivisionError, TypeError):
            return math.nan

    return computed


KNOWN["number"] = lambda scope, given: _number(scope, given or [[scope.element]])
KNOWN["int"] = lambda scope, given: (
    float(math.trunc(number)) if math.isfinite(number := _number(scope, given)) else number
)
KNOWN["round"] = _round
KNOWN["floor"] = _quietly(math.floor)
KNOWN["ceiling"] = _quietly(math.ceil)
KNOWN["abs"] = _quietly(abs)
KNOWN["pow"] = _quietly(math.pow)
KNOWN["sqrt"] = _quietly(math.sqrt)
KNOWN["exp"] = _quietly(math.exp)
KNOWN["exp10"] = _quietly(lambda number: 10.0**number)
KNOWN["log"] = _quietly(math.log)
KNOWN["log10"] = _quietly(math.log10)
KNOWN.update(
    {
        name: _quietly(getattr(math, name))
        for name in ("sin", "cos", "tan", "asin", "acos", "atan", "atan2")
    }
)
KNOWN["pi"] = lambda scope, given: math.pi
KNOWN["random"] = lambda scope, given: random.random()  # noqa: S311 - as the form asks
KNOWN["thousandsep"] = lambda scope, given: f"{_number(scope, given[1:]):,}"


@_known("sum")
def _sum(scope: Scope, given: list[Value]) -> Value:
    try:
        return math.fsum(_numbers(scope, given))
    except (ValueError, OverflowError):
        return math.nan


@_known("min")
def _min(scope: Scope, given: list[Value]) -> Value:
    return _extreme(min, _numbers(scope, given))


@_known("max")
def _max(scope: Scope, given: list[Value]) -> Value:
    return _extreme(max, _numbers(scope, given))


def _extreme(choose: Callable[[list[float]], float], numbers: list[float]) -> float:
    return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)


# ── lists of elements, repeats ───────────────────────────────────────────────────────────────────
def _elements(given: Sequence[Value], place: int = 0) -> list[Element]:
    value = _at(given, place)
    if not isinstance(value, list):
        raise CannotCompute("not a list of answers")
    return value


KNOWN["count"] = lambda scope, given: float(len(_elements(given)))
KNOWN["count-non-empty"] = lambda scope, given: float(
    sum(bool(each.children or text_of(each, scope.run)) for each in _elements(given))
)
KNOWN["last"] = lambda scope, given: float(scope.size)
KNOWN["current"] = lambda scope, given: [scope.current]
KNOWN["randomize"] = lambda scope, given: _elements(given)


@_known("position")
def _position(scope: Scope, given: list[Value]) -> Value:
    if not given:
        return float(scope.position)
    elements = _elements(given)
    return float(elements[0].index) if elements else math.nan


@_known("instance")
def _instance(scope: Scope, given: list[Value]) -> Value:
    found = scope.run.form.instance(_text(scope, given))
    return [] if found is None else [found]


@_known("pulldata")
def _pulldata(scope: Scope, given: list[Value]) -> Value:
    """`pulldata('file', 'wanted column', 'key column', key)`."""
    root = scope.run.form.instance(_text(scope, given))
    if root is None:
        raise CannotCompute("pulldata")
    wanted, column, key = (_text(scope, given, place) for place in (1, 2, 3))
    for row in root.every_child():
        for item in row.every_child():
            if any(cell.text == key for cell in item.children.get(column, ())):
                return "".join(cell.text for cell in item.children.get(wanted, ())[:1])
    return ""


# ── choices ──────────────────────────────────────────────────────────────────────────────────────
KNOWN["selected"] = lambda scope, given: (
    _text(scope, given, 1).strip() in _text(scope, given).split()
)
KNOWN["count-selected"] = lambda scope, given: float(len(_text(scope, given).split()))


@_known("selected-at")
def _selected_at(scope: Scope, given: list[Value]) -> Value:
    chosen = _text(scope, given).split()
    place = _whole(_number(scope, given, 1))
    return chosen[place] if 0 <= place < len(chosen) else ""


@_known("jr:choice-name")
def _choice_name(scope: Scope, given: list[Value]) -> Value:
    field = scope.run.form.fields.get(_text(scope, given, 1).strip())
    if field is None or field.choices is None:
        return ""
    return field.choices.label_of(_text(scope, given), language=scope.run.form.languages[0])


KNOWN["jr:itext"] = lambda scope, given: scope.run.form.text_by_id(_text(scope, given))


# ── dates and times ──────────────────────────────────────────────────────────────────────────────
KNOWN["today"] = lambda scope, given: scope.run.now.date().isoformat()
KNOWN["now"] = lambda scope, given: scope.run.now.isoformat(timespec="milliseconds")
KNOWN["decimal-date-time"] = lambda scope, given: _number(scope, given)


@_known("date", "date-time")
def _date(scope: Scope, given: list[Value]) -> Value:
    number = _number(scope, given)
    if math.isnan(number):
        return ""
    if number == math.floor(number):
        on = values.day_of(number)
        return on.isoformat() if on else ""
    at = values.moment_of(number, now=scope.run.now)
    return at.isoformat(timespec="milliseconds") if at else ""


@_known("decimal-time")
def _decimal_time(scope: Scope, given: list[Value]) -> Value:
    at = values.read_time(_text(scope, given))
    if at is None:
        return math.nan
    return (at.hour * 3600 + at.minute * 60 + at.second) / 86_400


@_known("format-date", "format-date-time")
def _format_date(scope: Scope, given: list[Value]) -> Value:
    number = _number(scope, given)
    at = None if math.isnan(number) else values.moment_of(number, now=scope.run.now)
    return _formatted(at, _text(scope, given, 1)) if at else ""


_DATE_SIGNS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04}",
    "y": lambda at: f"{at.year % 100:02}",
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "b": lambda at: at.strftime("%b"),
    "d": lambda at: f"{at.day:02}",
    "e": lambda at: str(at.day),
    "H": lambda at: f"{at.hour:02}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02}",
    "S": lambda at: f"{at.second:02}",
    "3": lambda at: f"{at.microsecond // 1000:03}",
    "a": lambda at: at.strftime("%a"),
    "W": lambda at: at.strftime("%V"),
    "%": lambda at: "%",
}


def _formatted(at: datetime, pattern: str) -> str:
    return re.sub(
        "%(.)",
        lambda sign: _DATE_SIGNS[sign[1]](at) if sign[1] in _DATE_SIGNS else sign[0],
        pattern,
    )


# ── places on the earth ──────────────────────────────────────────────────────────────────────────
KNOWN["area"] = lambda scope, given: places.area(_joined(scope, given))
KNOWN["distance"] = lambda scope, given: places.distance(_joined(scope, given))
KNOWN["geofence"] = lambda scope, given: places.is_inside(
    _text(scope, given), _text(scope, given, 1)
)


def _joined(scope: Scope, given: Sequence[Value]) -> str:
    return ";".join(_texts(scope, given))


__all__ = ["CLOCKS", "ELSEWHERE", "KNOWN", "SPECIAL", "UNSTEADY", "pattern_of", "written"]
