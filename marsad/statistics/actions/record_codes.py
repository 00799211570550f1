"""Another version of the code lists takes the place of the one in use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.statistics import problems
from marsad.statistics.models import CodeLists
from marsad.statistics.queries import record_codes, rights
from marsad.statistics.records import codebook


@transaction.atomic
def upload(*, data: bytes, name: str, by: Reader, at: datetime) -> CodeLists:
    """Use another version for what is brought from now on; records that are here keep theirs.

    :raises NoSuchCodes: if the reader does not keep the collections.
    :raises marsad.statistics.records.errors.BadCodebook: if it cannot be used.
    :raises CodesThere: if there is one of its name.
    """
    if not rights.is_secretariat(by):
        raise problems.NoSuchCodes(given=name, known=", ".join(record_codes.versions()))
    book = codebook.from_bytes(data, name=name)
    if book.version in record_codes.versions():
        raise problems.CodesThere(version=book.version)
    kept = CodeLists.objects.create(
        version=book.version, content=book.as_json(), from_at=at, by=rights.person_of(by)
    )
    journal.record(
        action="statistics.codes.upload",
        on=kept,
        by=rights.person_of(by),
        at=at,
        details={"version": book.version, "codes": len(book.codes)},
    )
    return kept
