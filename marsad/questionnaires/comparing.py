"""Two versions of a questionnaire side by side: what changed, and which earlier answers carry over.

>>> old = [Compared(path="/d/a", name="a", kind="integer")]
>>> new = [Compared(path="/d/g/a", name="a", kind="decimal")]
>>> compare(old, new).carried[0].new_path
'/d/g/a'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: An answer of the first kind is an answer of the second as well.
_WIDER = {
    "integer": {"decimal", "text"},
    "decimal": {"text"},
    "select_one": {"select_multiple"},
    "date": {"text"},
    "time": {"text"},
    "barcode": {"text"},
    "image": {"file"},
    "audio": {"file"},
    "video": {"file"},
}
#: Kinds without an answer of their own.
_SILENT = frozenset({"note", "calculate", "metadata", "hidden"})


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A question, as far as it is compared."""

    path: str
    name: str
    kind: str
    labels: Mapping[str, str] = field(default_factory=dict)
    #: Values that can be chosen.
    choices: Sequence[str] = ()
    is_required: bool = False
    concept: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)
    repeat: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that changed about a question that stays."""

    old: Compared
    new: Compared
    #: `words`, `kind`, `choices`, `required`, `rules` or `place`.
    what: str
    #: Values of choices that came or went, or languages whose words changed.
    came: Sequence[str] = ()
    went: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Carried:
    """An earlier answer that is an answer to the new version too."""

    old_path: str
    new_path: str
    #: `concept` or `name`: by what the two were recognised.
    by: str
    #: Values that cannot be chosen any more; such answers do not carry over.
    except_values: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What a new version changes."""

    added: Sequence[Compared]
    removed: Sequence[Compared]
    changed: Sequence[Change]
    carried: Sequence[Carried]
    #: Questions of the old version whose answers do not carry over.
    lost: Sequence[Compared]

    @property
    def is_same(self) -> bool:
        """Whether the two ask the same."""
        return not (self.added or self.removed or self.changed)

    @property
    def untouched(self) -> int:
        """How many questions stay as they are."""
        return len(self.carried) - len({change.new.path for change in self.changed})


def compare(old: Sequence[Compared], new: Sequence[Compared]) -> Differences:
    """What changed from the old questions to the new."""
    old = [question for question in old if question.kind not in _SILENT]
    new = [question for question in new if question.kind not in _SILENT]
    pairs = list(_pairs(old, new))
    met_old = {one.path for one, _other, _by in pairs}
    met_new = {other.path for _one, other, _by in pairs}
    carried = [_carried(one, other, by) for one, other, by in pairs if _carries(one, other)]
    kept = {each.old_path for each in carried}
    return Differences(
        added=[question for question in new if question.path not in met_new],
        removed=[question for question in old if question.path not in met_old],
        changed=[change for one, other, _by in pairs for change in _changes(one, other)],
        carried=carried,
        lost=[question for question in old if question.path not in kept],
    )


def _pairs(
    old: Sequence[Compared], new: Sequence[Compared]
) -> Iterator[tuple[Compared, Compared, str]]:
    """The same question in both: by concept, then by place, then by a name that is the only one."""
    left = {question.path: question for question in new}
    waiting: list[Compared] = []
    concepts = _only_one(new, lambda question: question.concept)
    for question in old:
        found = concepts.get(question.concept) if question.concept else None
        if found is not None and found.path in left:
            del left[found.path]
            yield question, found, "concept"
        else:
            waiting.append(question)
    names = _only_one([*left.values()], lambda question: question.name)
    for question in waiting:
        found = left.get(question.path) or names.get(question.name)
        # Two concepts are two questions, whatever they are called.
        differ = found is not None and found.concept and question.concept
        if found is not None and found.path in left and not differ:
            del left[found.path]
            yield question, found, "name"


def _only_one(questions: Sequence[Compared], key: Any) -> dict[str, Compared]:
    found: dict[str, Compared] = {}
    twice: set[str] = set()
    for question in questions:
        if key(question) in found:
            twice.add(key(question))
        found[key(question)] = question
    return {name: question for name, question in found.items() if name not in twice}


def _carries(old: Compared, new: Compared) -> bool:
    if bool(old.repeat) != bool(new.repeat):
        return False
    return old.kind == new.kind or new.kind in _WIDER.get(old.kind, ())


def _carried(old: Compared, new: Compared, by: str) -> Carried:
    gone = [value for value in old.choices if value not in set(new.choices)] if new.choices else []
    return Carried(old_path=old.path, new_path=new.path, by=by, except_values=gone)


def _changes(old: Compared, new: Compared) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change(old=old, new=new, what="kind", came=[new.kind], went=[old.kind])
    spoken = [
        language
        for language in dict.fromkeys([*old.labels, *new.labels])
        if old.labels.get(language) != new.labels.get(language)
    ]
    if spoken:
        yield Change(old=old, new=new, what="words", came=spoken)
    came = [value for value in new.choices if value not in set(old.choices)]
    went = [value for value in old.choices if value not in set(new.choices)]
    if came or went:
        yield Change(old=old, new=new, what="choices", came=came, went=went)
    if old.is_required != new.is_required:
        yield Change(old=old, new=new, what="required")
    if _written(old.rules) != _written(new.rules):
        yield Change(old=old, new=new, what="rules")
    if old.path != new.path:
        yield Change(old=old, new=new, what="place", came=[new.path], went=[old.path])


def _written(rules: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(text.split()) for name, text in rules.items() if name != "required"}
