"""Put a good practice into the compendium, take it out, put it back.

What a round takes back for its State stays out: only the round can publish it again, since only it
knows whether the State still stands by it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems, terms
from marsad.library.models import Practice, Theme
from marsad.library.queries import rights
from marsad.library.words import PracticeEffect


@transaction.atomic
def publish(
    *,
    state: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    effect: str,
    evidence: Mapping[str, str],
    themes: Iterable[str],
    source_titles: Mapping[str, str],
    source_address: str,
    verified_at: datetime | None,
    is_invented: bool,
    by: Reader,
    at: datetime,
) -> Practice:
    """Publish a practice that its State has verified.

    :param state: ISO alpha-2 code of the State it comes from.
    :param themes: codes of the published list; others are left out.
    :param source_titles: what it was reported in, by language code.
    :raises PracticeUnverified: if the State has not verified it.
    :raises PracticeEmpty:
    """
    rights.require_curator(by)
    if verified_at is None or verified_at > at:
        raise problems.PracticeUnverified
    if not any(titles.get(language) and texts.get(language) for language in titles):
        raise problems.PracticeEmpty
    made = Practice.objects.create(
        key=secrets.token_hex(8),
        state_id=state,
        titles=dict(titles),
        texts=dict(texts),
        effect=PracticeEffect(effect),
        evidence=dict(evidence),
        source_titles=dict(source_titles),
        source_address=source_address,
        verified_at=verified_at,
        published_at=at,
        published_by=rights.person_of(by),
        is_invented=is_invented,
        terms=terms.vector("\n".join([*titles.values(), *texts.values(), *evidence.values()])),
    )
    made.themes.set(Theme.objects.filter(code__in=list(themes)))
    journal.record(action="library.practice.publish", on=made, by=rights.person_of(by), at=at)
    return made


@transaction.atomic
def withdraw(*, key: str, by: Reader, at: datetime) -> Practice:
    """Take a practice out of the compendium; `put_back` reverses it."""
    rights.require_curator(by)
    found = Practice.objects.select_for_update().filter(key=key, withdrawn_at__isnull=True).first()
    if found is None:
        raise problems.NoSuchPractice
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    journal.record(action="library.practice.withdraw", on=found, by=rights.person_of(by), at=at)
    return found


@transaction.atomic
def take_back(*, key: str, by: Reader, at: datetime) -> None:
    """Take a practice out for good, whether or not a curator has taken it out before.

    Whoever calls has judged that `by` may: it is for the room that published it.
    """
    found = Practice.objects.select_for_update().filter(key=key, is_taken_back=False).first()
    if found is None:
        return
    found.withdrawn_at = found.withdrawn_at or at
    found.is_taken_back = True
    found.save(update_fields=["withdrawn_at", "is_taken_back"])
    journal.record(action="library.practice.take_back", on=found, by=rights.person_of(by), at=at)


@transaction.atomic
def put_back(*, key: str, by: Reader, at: datetime) -> Practice:
    """Put a practice back that a curator took out.

    :raises NoSuchPractice: if there is none, or it was taken back for its State.
    """
    rights.require_curator(by)
    found = (
        Practice.objects.select_for_update()
        .filter(key=key, withdrawn_at__isnull=False, is_taken_back=False)
        .first()
    )
    if found is None:
        raise problems.NoSuchPractice
    found.withdrawn_at = None
    found.save(update_fields=["withdrawn_at"])
    journal.record(action="library.practice.put_back", on=found, by=rights.person_of(by), at=at)
    return found
