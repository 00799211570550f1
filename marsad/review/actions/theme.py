"""The themes of a round: begun with the sections of its form, and grown while people code."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.review import problems
from marsad.review.models import Coding, Finding, Practice, Round, Theme
from marsad.review.queries import rights
from marsad.review.queries.layout import layout
from marsad.review.queries.reading import label_of

_LONGEST = 200
#: Of a code, less a number behind it.
_LONGEST_CODE = 50
_LANGUAGES = ("ar", "en")


@transaction.atomic
def begin(*, round_key: str, by: Reader, at: datetime) -> list[Theme]:
    """Make a theme of every section of the form that has none yet.

    :raises NotAnAnalyst: if this person does not analyse the round.
    """
    round_ = _round(round_key, by=by)
    if not round_.form_key:
        return []
    known = set(round_.themes.values_list("section", flat=True))
    words = {code: layout(form_key=round_.form_key, language=code) for code in _LANGUAGES}
    made = []
    for place, section in enumerate(words["ar"].sections):
        if section.path in known or section.path.count("/") < 2:
            continue
        labels = {code: form.sections[place].label for code, form in words.items()}
        made.append(_make(round_, code=slugify(section.name), labels=labels, section=section.path))
    if made:
        journal.record(
            action="review.theme.begin",
            on=round_,
            by=rights.person_of(by),
            at=at,
            details={"themes": len(made)},
        )
    return made


@transaction.atomic
def add(
    *, round_key: str, labels: Mapping[str, str], parent: str = "", by: Reader, at: datetime
) -> Theme:
    """Let the list grow by a theme.

    :raises ThemeWithoutName, ThemeNameTooLong, ThemeNamedAlready: for its words.
    """
    round_ = _round(round_key, by=by)
    kept = _words(round_, labels)
    above = _theme(round_, parent) if parent else None
    code = slugify(kept.get("en", "")) or "theme"
    made = _make(round_, code=f"{above.code}.{code}" if above else code, labels=kept, parent=above)
    journal.record(action="review.theme.add", on=made, by=rights.person_of(by), at=at)
    return made


@transaction.atomic
def rename(
    *, round_key: str, code: str, labels: Mapping[str, str], by: Reader, at: datetime
) -> Theme:
    """Call a theme something else; its code, and what has it, stay."""
    round_ = _round(round_key, by=by)
    theme = _theme(round_, code)
    theme.labels = _words(round_, labels, besides=theme)
    theme.save(update_fields=["labels"])
    journal.record(action="review.theme.rename", on=theme, by=rights.person_of(by), at=at)
    return theme


@transaction.atomic
def retire(*, round_key: str, code: str, by: Reader, at: datetime) -> Theme:
    """Give it to no more passages; those that have it keep it."""
    theme = _theme(_round(round_key, by=by), code)
    if theme.retired_at is None:
        theme.retired_at = at
        theme.save(update_fields=["retired_at"])
        journal.record(action="review.theme.retire", on=theme, by=rights.person_of(by), at=at)
    return theme


@transaction.atomic
def bring_back(*, round_key: str, code: str, by: Reader, at: datetime) -> Theme:
    """Undo a retiring or a merging: the theme, and the passages that were moved out of it."""
    theme = _theme(_round(round_key, by=by), code)
    if theme.retired_at is None:
        return theme
    moment = theme.retired_at
    for old in theme.codings.filter(removed_at=moment).select_related("answer"):
        # What merging made out of it in the same moment goes again.
        Coding.objects.filter(
            answer=old.answer,
            start=old.start,
            end=old.end,
            analyst=old.analyst_id,
            at=moment,
            removed_at__isnull=True,
        ).exclude(theme=theme).update(removed_at=at)
        same = theme.codings.filter(
            answer=old.answer, start=old.start, end=old.end, analyst=old.analyst_id
        )
        if not same.filter(removed_at__isnull=True).exists() and not _was_turned_down(old):
            old.removed_at = None
            old.save(update_fields=["removed_at"])
    theme.retired_at = None
    theme.save(update_fields=["retired_at"])
    journal.record(action="review.theme.bring_back", on=theme, by=rights.person_of(by), at=at)
    return theme


@transaction.atomic
def merge(*, round_key: str, code: str, into: str, by: Reader, at: datetime) -> Theme:
    """Let one theme become part of another: its passages get the other one, and it is retired.

    :raises ThemeInUse: if findings or practices stand on it.
    """
    round_ = _round(round_key, by=by)
    theme, other = _theme(round_, code), _theme(round_, into)
    if theme == other:
        raise problems.ThemeIntoItself
    if other.retired_at is not None:
        raise problems.ThemeRetired(name=_name(other))
    if _stands_under(theme):
        raise problems.ThemeInUse(name=_name(theme))
    kept = {
        (each.answer_id, each.start, each.end, each.analyst_id)
        for each in other.codings.filter(removed_at__isnull=True)
    }
    moved = list(theme.codings.filter(removed_at__isnull=True).select_for_update())
    for each in moved:
        if (each.answer_id, each.start, each.end, each.analyst_id) not in kept:
            Coding.objects.create(
                key=_key(),
                answer_id=each.answer_id,
                start=each.start,
                end=each.end,
                theme=other,
                analyst_id=each.analyst_id,
                at=at,
                was_suggested=each.was_suggested,
            )
    theme.codings.filter(pk__in=[each.pk for each in moved]).update(removed_at=at)
    theme.retired_at = at
    theme.save(update_fields=["retired_at"])
    journal.record(
        action="review.theme.merge",
        on=theme,
        by=rights.person_of(by),
        at=at,
        details={"into": other.code, "passages": len(moved)},
    )
    return other


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────
def _stands_under(theme: Theme) -> bool:
    return (
        Finding.objects.filter(theme=theme, removed_at__isnull=True).exists()
        or Practice.objects.filter(theme=theme).exists()
    )


def _was_turned_down(coding: Coding) -> bool:
    return coding.was_suggested and coding.removed_at == coding.at


def _round(key: str, *, by: Reader) -> Round:
    round_ = rights.round_for(by, key=key)
    rights.require_analyst(by, round_)
    return Round.objects.select_for_update().get(pk=round_.pk)


def _theme(round_: Round, code: str) -> Theme:
    found = round_.themes.filter(code=code).first()
    if found is None:
        raise problems.NoSuchTheme
    return found


def _name(theme: Theme) -> str:
    return label_of(theme.labels, "ar") or theme.code


def _words(
    round_: Round, labels: Mapping[str, str], *, besides: Theme | None = None
) -> dict[str, str]:
    """The words of a theme, checked: some, not too long, and not those of another one."""
    kept = {code: " ".join(labels.get(code, "").split()) for code in _LANGUAGES}
    kept = {code: text for code, text in kept.items() if text}
    if not kept:
        raise problems.ThemeWithoutName
    longest = max(map(len, kept.values()))
    if longest > _LONGEST:
        raise problems.ThemeNameTooLong(count=longest, most=_LONGEST)
    for other in round_.themes.filter(retired_at__isnull=True):
        if besides is not None and other.pk == besides.pk:
            continue
        same = [t for c, t in kept.items() if other.labels.get(c, "").casefold() == t.casefold()]
        if same:
            raise problems.ThemeNamedAlready(name=same[0])
    return kept


def _make(
    round_: Round,
    *,
    code: str,
    labels: Mapping[str, str],
    parent: Theme | None = None,
    section: str = "",
) -> Theme:
    taken = set(round_.themes.values_list("code", flat=True))
    base = (code or "theme")[:_LONGEST_CODE]
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    last = round_.themes.aggregate(last=Max("ordinal"))["last"] or 0
    return Theme.objects.create(
        round=round_,
        code=name,
        labels=dict(labels),
        parent=parent,
        section=section,
        ordinal=last + 1,
    )


def _key() -> str:
    return secrets.token_hex(8)
