"""Write down what was found, put it in order, take it out, put it back.

A finding never holds a number: where one stands its words have a place, and a query fills it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library.queries import rights as library
from marsad.review import problems, prose
from marsad.review.models import Finding, Round, Theme
from marsad.review.queries import finding as findings
from marsad.review.queries import rights
from marsad.review.types.figure import Query
from marsad.review.words import FindingKind

LONGEST = 5000


@transaction.atomic
def write(
    *,
    round_key: str,
    kind: str,
    words: Mapping[str, str],
    by: Reader,
    at: datetime,
    figures: Mapping[str, Query] | None = None,
    theme: str = "",
    source_document: int | None = None,
    source_anchor: str = "",
) -> Finding:
    """Write a finding, at the end of the list.

    :param words: by language code; `{name}` stands where the figure of that name goes.
    :param source_document: id of the document of the library that says it, where one does.
    :raises NotAnAnalyst, EmptyFinding, UnreadableFigure:
    :raises PlaceOfNothing: if the words have a place for a figure that the finding has not.
    """
    round_ = _held(round_key, by=by)
    last = round_.findings.aggregate(last=Max("ordinal"))["last"] or 0
    if source_document is not None:
        library.visible_documents(by).get(pk=source_document)
    made = Finding.objects.create(
        key=secrets.token_hex(8),
        round=round_,
        kind=FindingKind(kind),
        figures=_figures(round_, figures or {}, by=by),
        words=_words(words, figures=figures or {}),
        theme=_theme(round_, theme),
        source_document_id=source_document,
        source_anchor=source_anchor,
        ordinal=last + 1,
        made_at=at,
        made_by=rights.person_of(by),
    )
    journal.record(action="review.finding.write", on=made, by=rights.person_of(by), at=at)
    return made


@transaction.atomic
def edit(
    *,
    round_key: str,
    key: str,
    kind: str,
    words: Mapping[str, str],
    figures: Mapping[str, Query],
    theme: str,
    base: str,
    by: Reader,
    at: datetime,
) -> Finding:
    """Change what a finding says.

    :param base: `queries.finding.base_of` what the writer saw.
    :raises FindingChangedMeanwhile: if somebody else changed it since.
    :raises PlaceOfNothing: if the words have a place for a figure that the finding has not.
    """
    round_ = _held(round_key, by=by)
    found = _one(round_, key)
    if findings.base_of(found) != base:
        raise problems.FindingChangedMeanwhile
    _keep_as_told(found, at=at)
    found.kind = FindingKind(kind)
    found.figures = _figures(round_, figures, by=by)
    found.words = _words(words, figures=figures)
    found.theme = _theme(round_, theme)
    found.save()
    journal.record(action="review.finding.edit", on=found, by=rights.person_of(by), at=at)
    return found


@transaction.atomic
def add_figure(*, round_key: str, key: str, query: Query, by: Reader, at: datetime) -> str:
    """Give a finding one more figure, and return the name that its words can use.

    :raises NoSuchFinding, UnreadableFigure:
    """
    round_ = _held(round_key, by=by)
    found = _one(round_, key)
    findings.check(round_, query, reader=by)
    name = name_for(query, taken=found.figures)
    _keep_as_told(found, at=at)
    found.figures = {**found.figures, name: query.as_data()}
    found.save()
    journal.record(action="review.finding.figure", on=found, by=rights.person_of(by), at=at)
    return name


@transaction.atomic
def remove(*, round_key: str, key: str, by: Reader, at: datetime) -> Finding:
    """Take a finding out; `restore` puts it back."""
    found = _one(_held(round_key, by=by), key)
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    journal.record(action="review.finding.remove", on=found, by=rights.person_of(by), at=at)
    return found


@transaction.atomic
def restore(*, round_key: str, key: str, by: Reader, at: datetime) -> Finding:
    """Put back a finding that was taken out.

    :raises NoSuchFinding: if none of that key was.
    """
    round_ = _held(round_key, by=by)
    found = round_.findings.filter(key=key, removed_at__isnull=False, earlier_of=None).first()
    if found is None:
        raise problems.NoSuchFinding
    told_at = findings.told_by_report_at(round_)
    if told_at and found.removed_at and found.removed_at <= told_at:
        found.made_at = at  # the report did not tell it: it is new to the public
    found.removed_at = None
    found.save(update_fields=["removed_at", "made_at"])
    journal.record(action="review.finding.restore", on=found, by=rights.person_of(by), at=at)
    return found


@transaction.atomic
def move(*, round_key: str, key: str, up: bool, by: Reader, at: datetime) -> Finding:
    """Let a finding change places with the one before it, or after it; at an end it stays."""
    round_ = _held(round_key, by=by)
    found = _one(round_, key)
    kept = list(round_.findings.filter(removed_at__isnull=True))
    place = kept.index(found) + (-1 if up else 1)
    if 0 <= place < len(kept):
        kept.remove(found)
        kept.insert(place, found)
        for ordinal, each in enumerate(kept, start=1):
            each.ordinal = ordinal
        Finding.objects.bulk_update(kept, ["ordinal"])
        journal.record(action="review.finding.move", on=found, by=rights.person_of(by), at=at)
    return found


def name_for(query: Query, *, taken: Mapping[str, Any]) -> str:
    """A name for a figure, from what it counts: `law_yes`.

    >>> name_for(Query(path="/data/a/law", values=("yes",)), taken={"law_yes": {}})
    'law_yes_2'
    """
    parts = [
        query.path.rpartition("/")[2] or query.theme or "states",
        *query.values[:2],
        *query.standings[:1],
        query.region,
        "new" if query.changed_since else "",
    ]
    plain = "_".join(part for part in parts if part).lower()
    name = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in plain)
    name = (name if name[:1].isalpha() else f"figure_{name}")[:50]
    free = name
    count = 1
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    return free


def _held(round_key: str, *, by: Reader) -> Round:
    """The round, held so that two who put findings in order do not meet."""
    round_ = rights.round_for(by, key=round_key)
    rights.require_analyst(by, round_)
    return Round.objects.select_for_update().get(pk=round_.pk)


def _keep_as_told(found: Finding, *, at: datetime) -> None:
    """Before a finding that a report has told is changed, keep what it says for the public."""
    told_at = findings.told_by_report_at(found.round)
    if told_at is None or found.made_at > told_at:
        return
    kept = Finding.objects.get(pk=found.pk)
    kept.pk, kept.key, kept.removed_at = None, secrets.token_hex(8), at
    kept.earlier_of = found
    kept._state.adding = True
    kept.save()
    found.made_at = at


def _one(round_: Round, key: str) -> Finding:
    found = round_.findings.filter(key=key, removed_at__isnull=True).first()
    if found is None:
        raise problems.NoSuchFinding
    return found


def _words(words: Mapping[str, str], *, figures: Mapping[str, Query]) -> dict[str, str]:
    kept = {language: text.strip()[:LONGEST] for language, text in words.items() if text.strip()}
    if not kept:
        raise problems.EmptyFinding
    for text in kept.values():
        for place in prose.PLACE.finditer(text):
            if place["name"] not in figures or (place["part"] or "n") not in {"n", *prose.PARTS}:
                raise problems.PlaceOfNothing(
                    place=place.group(), known=", ".join(f"{{{name}}}" for name in figures) or "–"
                )
    return kept


def _figures(round_: Round, figures: Mapping[str, Query], *, by: Reader) -> dict[str, Any]:
    for name, query in figures.items():
        if not prose.PLACE.fullmatch(f"{{{name}}}"):
            raise problems.UnreadableFigure
        findings.check(round_, query, reader=by)
    return {name: query.as_data() for name, query in figures.items()}


def _theme(round_: Round, code: str) -> Theme | None:
    return round_.themes.filter(code=code).first() if code else None
