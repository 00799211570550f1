"""Passages of answers given themes by analysts, each by their own hand."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from marsad.directory.types import Person
from marsad.journal import actions as journal
from marsad.review import problems
from marsad.review.models import Answer, Coding, Theme
from marsad.review.queries import coding as queries
from marsad.review.queries.reading import label_of


@transaction.atomic
def mark(
    *,
    answer_key: str,
    start: int,
    end: int,
    themes: Sequence[str],
    by: Person,
    at: datetime,
    was_suggested: bool = False,
) -> list[Coding]:
    """Give a passage of an answer one theme or more; what has it already keeps it.

    :param start: the first character of the answer's value, and `end` the first after the passage.
    :raises NoSuchAnswer: if there is none that this person may code.
    :raises NotAPassage, NoThemeChosen, NoSuchTheme, ThemeRetired:
    """
    answer = queries.answer_to_code(reader=by, key=answer_key)
    if answer.ended_at is not None:
        raise problems.AnswerHasChanged
    if not 0 <= start < end <= len(answer.value) or not answer.value[start:end].strip():
        raise problems.NotAPassage(start=start, end=end, length=len(answer.value))
    if not themes:
        raise problems.NoThemeChosen
    made = []
    for theme in [_theme(answer, code) for code in dict.fromkeys(themes)]:
        coding, is_new = Coding.objects.get_or_create(
            answer=answer,
            start=start,
            end=end,
            theme=theme,
            analyst=by,
            removed_at=None,
            defaults={"key": secrets.token_hex(8), "at": at, "was_suggested": was_suggested},
        )
        made.append(coding)
        if is_new:
            journal.record(
                action="review.coding.mark",
                on=coding,
                by=by,
                at=at,
                details={"theme": theme.code, "was_suggested": was_suggested},
            )
    return made


@transaction.atomic
def remove(*, key: str, by: Person, at: datetime) -> Coding:
    """Take a mark of one's own away; it can be put back."""
    coding = _own(key, by=by)
    if coding.removed_at is None:
        coding.removed_at = at
        coding.save(update_fields=["removed_at"])
        journal.record(action="review.coding.remove", on=coding, by=by, at=at)
    return coding


@transaction.atomic
def put_back(*, key: str, by: Person, at: datetime) -> Coding:
    """Undo a removal; undo that a suggestion was turned down, too: it is then suggested again."""
    coding = _own(key, by=by)
    if coding.removed_at is None:
        return coding
    journal.record(action="review.coding.put_back", on=coding, by=by, at=at)
    if queries.was_turned_down(coding):
        coding.delete()
        return coding
    same = Coding.objects.filter(
        answer=coding.answer,
        start=coding.start,
        end=coding.end,
        theme=coding.theme,
        analyst=by,
        removed_at__isnull=True,
    ).first()
    if same is not None:
        return same
    coding.removed_at = None
    coding.save(update_fields=["removed_at"])
    return coding


@transaction.atomic
def turn_down(
    *, answer_key: str, start: int, end: int, theme: str, by: Person, at: datetime
) -> Coding:
    """Say that a suggestion is wrong: it is kept, as removed in the moment it was made."""
    answer = queries.answer_to_code(reader=by, key=answer_key)
    if not 0 <= start < end <= len(answer.value):
        raise problems.NotAPassage(start=start, end=end, length=len(answer.value))
    coding = Coding.objects.create(
        key=secrets.token_hex(8),
        answer=answer,
        start=start,
        end=end,
        theme=_theme(answer, theme),
        analyst=by,
        at=at,
        removed_at=at,
        was_suggested=True,
    )
    journal.record(action="review.coding.turn_down", on=coding, by=by, at=at)
    return coding


@transaction.atomic
def carry_over(*, key: str, by: Person, at: datetime) -> Coding:
    """Mark the same words in the answer as it is now, where they stand there once.

    :raises WordsGone: where they do not.
    """
    old = _own(key, by=by)
    now = queries.holding_now(old.answer)
    words = old.answer.value[old.start : old.end]
    if now is None or now.pk == old.answer_id or now.value.count(words) != 1:
        raise problems.WordsGone
    start = now.value.index(words)
    [made] = mark(
        answer_key=now.key,
        start=start,
        end=start + len(words),
        themes=[old.theme.code],
        by=by,
        at=at,
        was_suggested=old.was_suggested,
    )
    remove(key=key, by=by, at=at)
    return made


def _own(key: str, *, by: Person) -> Coding:
    """A mark of one's own, on an answer that one may still read."""
    found = (
        Coding.objects.select_for_update(of=("self",))
        .select_related("answer__reply__invitation__round", "theme")
        .filter(key=key, analyst=by)
        .first()
    )
    if found is None or not queries.may_code(reader=by, answer=found.answer):
        raise problems.NoSuchCoding
    return found


def _theme(answer: Answer, code: str) -> Theme:
    found = Theme.objects.filter(round=answer.reply.invitation.round, code=code).first()
    if found is None:
        raise problems.NoSuchTheme
    if found.retired_at is not None:
        raise problems.ThemeRetired(name=label_of(found.labels, "ar") or found.code)
    return found
