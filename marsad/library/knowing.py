"""What the shelf has taught, as the engine takes it; damage to it is said and does no harm."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from marsad import arabic
from marsad.problems import Problem

log = logging.getLogger("marsad.library")


def read(written: str) -> arabic.Knowledge | None:
    """The knowledge that was written down; none, with a line in the log, where it is damaged."""
    try:
        return arabic.Knowledge.from_json(written)
    except Problem as problem:
        log.warning("what the library had learned is not used: %s", problem)
        return None


def without_own(knowledge: arabic.Knowledge, *, own: Iterable[arabic.Repair]) -> arabic.Knowledge:
    """The same without what the document to be repaired has taught itself.

    A wrong reading of its own must not come back to it as evidence.
    """
    taught = arabic.learn(own)
    codes = {code: letters for code, letters in knowledge.codes.items() if code not in taught.codes}
    return replace(
        knowledge,
        words=less(knowledge.words, taught.words),
        pairs=less(knowledge.pairs, taught.pairs),
        codes=codes,
        confusions=less(knowledge.confusions, taught.confusions),
    )


def less(all_of_them: Mapping[str, int], own: Mapping[str, int]) -> dict[str, int]:
    """What is left of counts when others are taken from them.

    >>> less({"a": 2, "b": 1}, {"a": 1, "b": 1})
    {'a': 1}
    """
    left = Counter(all_of_them)
    left.subtract(own)
    return {what: times for what, times in left.items() if times > 0}


def repair_of(*, source: str, text: str, changes: Iterable[Mapping[str, Any]]) -> arabic.Repair:
    """A stored version as the engine's own record, with as much of it as learning needs."""
    return arabic.Repair(
        text=text,
        source=source,
        origins=(),
        changes=tuple(arabic.Change(**_known(change)) for change in changes),
        lines=(),
    )


_FIELDS = frozenset(arabic.Change.__dataclass_fields__)


def _known(change: Mapping[str, Any]) -> dict[str, Any]:
    """Stored changes may come from an older or a newer engine: only what this one knows."""
    kept = {name: value for name, value in change.items() if name in _FIELDS}
    return {**kept, "candidates": tuple(kept.get("candidates", ()))}
