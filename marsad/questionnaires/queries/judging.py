"""Answers that are kept one by one, judged by the version that asked them.

Whoever calls has judged who may read the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from marsad.questionnaires import checking
from marsad.questionnaires.checking import Given, Judged, Place, asked_in, judge_given
from marsad.questionnaires.checking import normal as _normal
from marsad.questionnaires.queries.outline import form

__all__ = ["Given", "Judged", "Place", "asked", "following", "judge", "looked_at", "normal"]


def judge(
    *,
    form_key: str,
    answers: Iterable[Given],
    language: str,
    at: datetime,
    entries: Iterable[Place] = (),
) -> Judged:
    """What is asked, what is missing and what is wrong, as the answers stand.

    Digits of every script are understood. What must be answered and is not stands in `missing`,
    apart from the `faults` of answers that were given; a fault speaks the reader's language.

    :param at: what `today()` means, by the clock of Vienna.
    :param entries: entries of repeats that stand open without an answer.
    :raises NoSuchVersion: if there is no such version, or it is a draft still.
    """
    return judge_given(
        form(form_key), answers, entries=entries, now=timezone.localtime(at), language=language
    )


def asked(
    *,
    form_key: str,
    replies: Mapping[str, Iterable[Given]],
    paths: Iterable[str],
    at: datetime | None = None,
) -> dict[str, set[str]]:
    """Of whom each question is asked: by path, the names of those whose answers lead to it.

    A question that stands under no condition is asked of all; one in a repeat is asked where an
    entry asks it, or where an entry could be made.
    """
    return asked_in(form(form_key), replies, paths, now=timezone.localtime(at or timezone.now()))


def normal(*, form_key: str, path: str, typed: str) -> str:
    """An answer as the form writes it: digits 0-9 in numbers, dates as 2026-11-22.

    What cannot be read as its kind stays as it was typed, and is a fault once it is judged.
    """
    place = form(form_key).fields.get(path)
    return typed.strip() if place is None else _normal(place, typed)


def looked_at(*, form_key: str, paths: Iterable[str]) -> frozenset[str] | None:
    """The paths whose answers decide whom questions are put to: all that `asked` needs to be given.

    None where that cannot be told, and every answer is needed.
    """
    return _looked_at(form_key, frozenset(paths))


@lru_cache(maxsize=256)
def _looked_at(form_key: str, paths: frozenset[str]) -> frozenset[str] | None:
    return checking.looked_at(form(form_key), paths)


def following(*, form_key: str, paths: Iterable[str]) -> frozenset[str]:
    """The questions that follow from what was answered to some: an answer to them tells of these.

    Whether the condition leads to them or away from them, and through however many others.
    """
    return _following(form_key, frozenset(paths))


@lru_cache(maxsize=256)
def _following(form_key: str, paths: frozenset[str]) -> frozenset[str]:
    return checking.following(form(form_key), paths)
