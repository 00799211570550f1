"""Answers that are kept one by one, judged by the version that asked them.

Whoever calls has judged who may read the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from marsad.questionnaires.checking import Given, Judged, Place, asked_in, judge_given
from marsad.questionnaires.queries.outline import form

__all__ = ["Given", "Judged", "Place", "asked", "judge"]


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
