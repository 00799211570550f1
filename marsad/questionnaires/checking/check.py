"""A submission against its form: types, choices, required, constraints, relevance, calculations.

Nothing that a client says is believed. What is not asked is left out; what the form computes is
computed again; every other answer must be one that the form accepts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from marsad.questionnaires.checking import functions, kinds, submission, values, xpath
from marsad.questionnaires.checking.evaluate import (
    LONGEST,
    CannotCompute,
    Compiled,
    Run,
    Scope,
    Value,
    compiled,
    to_boolean,
    to_number,
    to_text,
)
from marsad.questionnaires.checking.form import Field, Form, load_form
from marsad.questionnaires.checking.instance import Element
from marsad.questionnaires.checking.result import MOST_FAULTS, Answer, AnswerFault, Checked

#: Choices in one answer.
MOST_CHOSEN = 1_000
#: Kinds whose answer may be the number that is none.
_NUMBERS = frozenset({"integer", "decimal", "range"})
#: A phone may be a day ahead of the server or have been offline: «not after today» is tried at
#: these distances too.
_OTHER_CLOCKS = (timedelta(hours=14), timedelta(hours=-12))


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file that came with a submission."""

    #: In bytes.
    size: int
    #: As its bytes or its sender tell; empty where nobody knows.
    media_type: str = ""


def check(
    xform: bytes,
    data: bytes,
    *,
    media: Mapping[str, bytes] | None = None,
    files: Mapping[str, Sent] | None = None,
    now: datetime | None = None,
    language: str = "",
) -> Checked:
    """Judge a submission.

    :param media: the files of the form, by name: lists of choices are looked up in them.
    :param files: those that came, by name; None where they come later and only their names count.
    :param now: what `today()` and `now()` mean.
    :param language: the reader's: the form's own words in faults follow it.
    :raises NotASubmission, HasDoctype, TooLarge, TooMany, WrongForm, NoInstanceId: where nothing of
        it can be used.
    """
    return check_with(load_form(xform, media), data, files=files, now=now, language=language)


def check_with(
    form: Form,
    data: bytes,
    *,
    files: Mapping[str, Sent] | None = None,
    now: datetime | None = None,
    language: str = "",
) -> Checked:
    """Judge a submission against a form that was read before."""
    laid = submission.lay(form, data)
    judge = _Judge(form, laid, files=files, now=now or datetime.now(tz=UTC))
    try:
        judge.refuse_long_texts(laid.root)
        judge.look_ahead(laid.root)
        judge.judge(laid.root)
    except _Enough:
        pass
    return Checked(
        form_id=form.id,
        version=form.version,
        instance_id=laid.instance_id,
        deprecated_id=laid.deprecated_id,
        answers=judge.answers,
        faults=[replace(fault, language=language) for fault in judge.faults],
        files=judge.files_named,
        dropped=judge.dropped,
    )


class _Enough(Exception):  # noqa: N818 - nobody is told
    """So much is wrong that nothing more need be looked at."""


class _Judge:
    """One submission on its way through the form."""

    def __init__(
        self,
        form: Form,
        laid: submission.Laid,
        *,
        files: Mapping[str, Sent] | None,
        now: datetime,
    ) -> None:
        self.form = form
        self.files = files
        self.answers: list[Answer] = []
        self.faults: list[AnswerFault] = list(laid.faults)
        self.dropped: list[str] = []
        self.files_named: list[str] = []
        self.run = Run(
            form=form, root=laid.root, now=now, is_relevant=self.is_relevant, text_of=self.text_of
        )
        self._texts: dict[Element, str] = {}
        self._underway: set[Element] = set()

    # ── what expressions ask ─────────────────────────────────────────────────────────────────────
    def is_relevant(self, element: Element) -> bool:
        """Whether an element is asked: its own rule, and those of the groups around it."""
        known = element._relevant
        if known is not None:
            return known
        element._relevant = True  # a rule that asks about itself gets a yes
        found = (element.parent is None or self.is_relevant(element.parent)) and self._holds(
            element, "relevant"
        )
        element._relevant = found
        return found

    def text_of(self, element: Element) -> str:
        """The answer in one form; of a calculation, what the form computes."""
        known = self._texts.get(element)
        if known is not None:
            return known
        if element in self._underway:
            return element.text.strip()
        self._underway.add(element)
        found = self._computed(element)
        self._underway.discard(element)
        self._texts[element] = found
        return found

    def _computed(self, element: Element) -> str:
        place = element.field
        assert place is not None
        rule = place.rules.get("calculate", "")
        if not rule or (place.is_asked and not place.is_readonly) or _is_unsteady(rule):
            return _normal(place, element.text)
        said = self._value(element, rule)
        text = element.text if said is None else to_text(said, self.run)
        self.run.write(len(text))
        return _normal(place, text)

    def _holds(self, element: Element, rule: str, *, text: str = "") -> bool:
        """Whether a rule of a field says yes; one that cannot be computed does not say no."""
        assert element.field is not None
        expression = text or element.field.rules.get(rule, "")
        if not expression:
            return True
        said = self._value(element, expression)
        return said is None or to_boolean(said, self.run)

    def _value(self, element: Element, expression: str) -> Value | None:
        function = _function(expression)
        if function is None:
            return None
        try:
            return function(Scope(self.run, element, element))
        except (CannotCompute, RecursionError, ArithmeticError, ValueError):
            return None

    def refuse_long_texts(self, root: Element) -> None:
        """Tell of answers that are too long, before anything is computed with them."""
        if len(self.faults) > MOST_FAULTS:
            self.faults.pop()
            self._tell_of_more()
        for element in root.descendants():
            if len(element.text) > LONGEST:
                self._fault(element, "too-long", count=len(element.text), most=LONGEST)
        if any(fault.code == "too-long" for fault in self.faults):
            raise _Enough

    def look_ahead(self, root: Element) -> None:
        """Compute what long chains of rules end in, before what they begin with."""
        if not self.form.first:
            return
        by_field: dict[Field, list[Element]] = {}
        for element in root.descendants():
            if element.field is not None:
                by_field.setdefault(element.field, []).append(element)
        for place in self.form.first:
            for element in by_field.get(place, ()):
                if self.is_relevant(element) and not place.is_group:
                    self.text_of(element)

    # ── judging ──────────────────────────────────────────────────────────────────────────────────
    def judge(self, element: Element) -> None:
        """Judge an element and everything in it, in the order of the form."""
        place = element.field
        assert place is not None
        if not self.is_relevant(element):
            self._drop(element)
            return
        if not place.is_group:
            if place.parent is None or place.parent.path != f"{self.form.root.path}/meta":
                self._judge_answer(element, place)
            return
        for child in place.children:
            same = element.children.get(child.name, [])
            if child.is_repeat:
                self._judge_count(element, child, same)
            for each in same:
                self.judge(each)

    def _drop(self, element: Element) -> None:
        for each in element.descendants():
            assert each.field is not None
            if each.text.strip() and not each.field.is_group:
                self.dropped.append(each.field.path)

    def _judge_count(self, above: Element, place: Field, same: list[Element]) -> None:
        if not place.count or not same:
            return
        said = self._value(same[0], place.count)
        most = to_number(said, self.run) if said is not None else float("nan")
        if len(same) > most:
            self._fault(same[0], "too-often", most=int(max(most, 0)), count=len(same))

    def _judge_answer(self, element: Element, place: Field) -> None:
        text = self.text_of(element)
        before = len(self.faults)
        if not text:
            self._judge_missing(element, place)
        elif place.kind in kinds.CHOICES:
            self._judge_choices(element, place, text)
        elif place.kind in kinds.FILES:
            self._judge_file(element, place, text)
        else:
            self._judge_type(element, place, text)
        if text and place.rules.get("constraint") and len(self.faults) == before:
            self._judge_constraint(element, place)
        chosen = tuple(text.split()) if place.kind in ("select_multiple", "rank") else ()
        if place.kind == "select_one" and text:
            chosen = (text,)
        if text or place.is_asked:
            self.answers.append(
                Answer(
                    path=place.path,
                    name=place.name,
                    kind=place.kind,
                    value=text,
                    position=element.position(),
                    values=chosen,
                    file=text if place.kind in kinds.FILES else "",
                )
            )

    def _judge_missing(self, element: Element, place: Field) -> None:
        asks = place.is_asked and place.kind != "note" and not place.is_readonly
        if asks and place.rules.get("required") and self._holds(element, "required"):
            self._fault(element, "required", message=place.required_messages)

    def _judge_type(self, element: Element, place: Field, text: str) -> None:
        kind = kinds.value_kind(kind=place.kind, type_=place.type_)
        read = values.READERS.get(kind)
        if read is not None and read(text) is None:
            # A calculation without a value is the form's affair, not the sender's.
            if place.is_asked:
                self._fault(element, f"not-{kind}", value=text[:80])
        elif place.kind == "range" and place.bounds is not None:
            self._judge_scale(element, place.bounds, text)

    def _judge_scale(self, element: Element, bounds: tuple[float, float, float], text: str) -> None:
        start, end, step = bounds
        number = to_number(text, self.run)
        steps = (number - start) / step if step else 0.0
        inside = min(start, end) <= number <= max(start, end)
        if not inside or abs(steps - round(steps)) > 1e-6:
            self._fault(
                element,
                "outside-scale",
                value=text[:80],
                least=_short(min(start, end)),
                most=_short(max(start, end)),
                step=_short(abs(step)),
            )

    def _judge_choices(self, element: Element, place: Field, text: str) -> None:
        choices = place.choices
        assert choices is not None
        chosen = [text] if place.kind == "select_one" else text.split()
        if len(chosen) > MOST_CHOSEN:
            self._fault(element, "too-many-chosen", count=len(chosen), most=MOST_CHOSEN)
            return
        twice = next((value for value, count in Counter(chosen).items() if count > 1), "")
        if twice:
            self._fault(element, "chosen-twice", value=twice[:80])
        offered = (
            self._offered(element, place) if choices.is_filtered or not choices.items else None
        )
        for value in dict.fromkeys(chosen):
            known = choices.has(value) if choices.is_known else True
            if not known or (offered is not None and value not in offered):
                self._fault(element, "unknown-choice", value=value[:80])
        is_whole = choices.is_known and not choices.is_filtered
        if place.kind == "rank" and is_whole and len(chosen) != len(choices.items):
            self._fault(element, "rank-incomplete", count=len(choices.items))

    def _offered(self, element: Element, place: Field) -> frozenset[str] | None:
        """What a filter leaves; None where that cannot be known here."""
        choices = place.choices
        assert choices is not None
        if not choices.nodeset:
            return None
        found = self._value(element, choices.nodeset)
        if not isinstance(found, list) or (not found and not choices.is_known):
            return None
        return frozenset(
            self.run.text_of(value) if value.field is not None else value.text
            for item in found
            for value in item.children.get(choices.value_name.rpartition("/")[2], ())
        )

    def _judge_file(self, element: Element, place: Field, text: str) -> None:
        if text == place.default:
            return  # a picture that the form itself brings along
        if "/" in text or "\\" in text or text in (".", "..") or len(text) > 255:
            self._fault(element, "file-name")
            return
        self.files_named.append(text)
        if self.files is None:
            return
        sent = self.files.get(text)
        if sent is None:
            self._fault(element, "file-missing", value=text[:255])
        elif not _fits(place.kind, sent.media_type):
            self._fault(element, "file-wrong-kind", value=text[:255], given=sent.media_type[:100])

    def _judge_constraint(self, element: Element, place: Field) -> None:
        rule = place.rules["constraint"]
        if self._holds(element, "constraint"):
            return
        if _asks_the_clock(rule) and self._holds_elsewhen(element, rule):
            return
        self._fault(element, "constraint", message=place.constraint_messages)

    def _holds_elsewhen(self, element: Element, rule: str) -> bool:
        now = self.run.now
        written = [
            values.read_moment(child.text.strip())
            for place in self.form.root.children
            if place.preload == "timestamp"
            for child in self.run.root.children.get(place.name, ())
        ]
        # Whoever sends writes these: none is believed that is no time anywhere on earth yet.
        latest = now + max(_OTHER_CLOCKS)
        moments = [at for at in written if at is not None and at.tzinfo is not None]
        moments = [at for at in moments if at <= latest]
        for at in (*(now + apart for apart in _OTHER_CLOCKS), *moments):
            self.run.now = at
            said = self._value(element, rule)
            self.run.now = now
            # What cannot be computed then says nothing: it was computed by our own clock.
            if said is not None and to_boolean(said, self.run):
                return True
        return False

    def _fault(
        self,
        element: Element,
        code: str,
        *,
        message: Mapping[str, str] | None = None,
        **details: Any,
    ) -> None:
        assert element.field is not None
        if len(self.faults) >= MOST_FAULTS:
            self._tell_of_more()
        self.faults.append(
            AnswerFault(
                path=element.field.path,
                code=code,
                position=element.position(),
                labels=element.field.labels,
                message=message or {},
                details=details,
            )
        )

    def _tell_of_more(self) -> None:
        """:raises _Enough: always."""
        path = self.form.root.path
        self.faults.append(AnswerFault(path=path, code="more", details={"count": MOST_FAULTS}))
        raise _Enough


def _normal(place: Field, text: str) -> str:
    """An answer in the one form of its kind; one that cannot be read stays, to be refused."""
    text = text.strip()
    if not text or (text == "NaN" and (place.kind in _NUMBERS or "calculate" in place.rules)):
        return ""
    kind = kinds.value_kind(kind=place.kind, type_=place.type_)
    if place.kind in kinds.CHOICES and place.kind != "select_one":
        return " ".join(text.split())
    read = values.READERS.get(kind)
    return (read(text) if read else None) or text


def _fits(kind: str, media_type: str) -> bool:
    """Whether a file is of the kind asked for, as far as its type tells."""
    if kind == "file" or media_type in ("", "application/octet-stream"):
        return True
    return media_type.startswith(f"{kind}/")


def _short(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _function(expression: str) -> Compiled | None:
    try:
        return compiled(expression)
    except (xpath.Unreadable, CannotCompute):
        return None


def _calls(expression: str) -> frozenset[str]:
    try:
        return xpath.functions_of(xpath.parse(expression))
    except xpath.Unreadable:
        return frozenset()


def _is_unsteady(expression: str) -> bool:
    return not functions.UNSTEADY.isdisjoint(_calls(expression))


def _asks_the_clock(expression: str) -> bool:
    return not functions.CLOCKS.isdisjoint(_calls(expression))
