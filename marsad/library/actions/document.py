"""What librarians do with documents on the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems
from marsad.library.actions import recommending, ruling, shelf
from marsad.library.actions.arrival import checked_roles
from marsad.library.models import Document, Version
from marsad.library.queries import rights


@transaction.atomic
def show(*, document: str, version: str, by: Reader, at: datetime) -> Version:
    """Choose which of the copies in one language readers see.

    :raises NoSuchDocument: if there is no such document or version.
    """
    rights.require_curator(by)
    shelf.hold()
    chosen = _version(document=document, version=version, by=by)
    chosen.document.versions.filter(language=chosen.language).update(is_chosen=False)
    chosen.is_chosen = True
    chosen.save(update_fields=["is_chosen"])
    shelf.settle(chosen.document)
    _journal("library.version.show", chosen.document, by=by, at=at, version=chosen.key)
    chosen.refresh_from_db()
    return chosen


@transaction.atomic
def restrict(
    *, document: str, access: str, open_to_roles: Iterable[str], by: Reader, at: datetime
) -> Document:
    """Open a document to everyone, or to named roles only.

    :raises RestrictedToNobody: if restricted without a role that may read it.
    :raises SymbolTaken: if those readers have another document with its symbol.
    """
    rights.require_curator(by)
    shelf.hold()
    roles = checked_roles(access=access, open_to_roles=open_to_roles)
    found = rights.document_for(by, key=document)
    before = found.access
    found.access, found.open_to_roles = access, roles
    _refuse_a_symbol_taken(found)
    found.save(update_fields=["access", "open_to_roles"])
    shelf.settle(found)
    _journal("library.document.restrict", found, by=by, at=at, before=before, after=access)
    return found


@transaction.atomic
def join(*, document: str, into: str, by: Reader, at: datetime) -> Document:
    """Say that a document is another copy or language of a second one, and put them together.

    :raises SameDocument: if both are one.
    :raises ReadersDiffer: if not exactly the same people may see both.
    :raises SymbolsDiffer: if each states a symbol of its own.
    """
    rights.require_curator(by)
    shelf.hold()
    source = rights.document_for(by, key=document)
    target = rights.document_for(by, key=into)
    if source.pk == target.pk:
        raise problems.SameDocument
    if (source.access, source.open_to_roles) != (target.access, target.open_to_roles):
        raise problems.ReadersDiffer
    if source.symbol and target.symbol and source.symbol != target.symbol:
        raise problems.SymbolsDiffer(first=source.symbol, second=target.symbol)
    symbol, source.symbol = source.symbol, None
    source.save(update_fields=["symbol"])
    for version in source.versions.all():
        _move(version, to=target)
    if symbol and not target.symbol:
        target.symbol = symbol
        target.save(update_fields=["symbol"])
    gone = source.key
    source.delete()
    shelf.settle(target)
    _want_copies_anew(target, at=at)
    _journal("library.document.join", target, by=by, at=at, joined=gone)
    return target


@transaction.atomic
def separate(*, document: str, version: str, by: Reader, at: datetime) -> Document:
    """Take a version out and give it a document of its own: undoes a join made in error.

    :raises LastVersion: if it is the only version there is.
    """
    rights.require_curator(by)
    shelf.hold()
    taken = _version(document=document, version=version, by=by)
    home = taken.document
    if home.versions.count() < 2:
        raise problems.LastVersion
    own = shelf.new_document_like(home, at=at)
    _move(taken, to=own)
    if home.symbol and not home.versions.filter(structure__symbol=home.symbol).exists():
        home.symbol = None
        home.save(update_fields=["symbol"])
    # Neither may keep what it took from the other.
    ruling.forget_strangers()
    copies = Version.objects.filter(document__in=[home, own], language=taken.language)
    shelf.want_anew(copies, at=at)
    for each in (home, own):
        shelf.settle(each)
    _journal("library.document.lose_version", home, by=by, at=at, version=taken.key)
    _journal("library.version.separate", own, by=by, at=at, version=taken.key)
    return own


@transaction.atomic
def withdraw(*, document: str, by: Reader, at: datetime) -> Document:
    """Take a document off the shelf; it can be put back."""
    rights.require_curator(by)
    shelf.hold()
    found = rights.document_for(by, key=document)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    _journal("library.document.withdraw", found, by=by, at=at)
    return found


@transaction.atomic
def put_back(*, document: str, by: Reader, at: datetime) -> Document:
    """Put a withdrawn document back on the shelf.

    :raises SymbolTaken: if another took its place meanwhile.
    """
    shelf.hold()
    found = rights.withdrawn_document(by, key=document)
    found.withdrawn_at = None
    _refuse_a_symbol_taken(found)
    found.save(update_fields=["withdrawn_at"])
    shelf.settle(found)
    _journal("library.document.put_back", found, by=by, at=at)
    return found


def _want_copies_anew(document: Document, *, at: datetime) -> None:
    for language in set(document.versions.values_list("language", flat=True)):
        shelf.want_copies_anew(document, language=language, at=at)


def _refuse_a_symbol_taken(document: Document) -> None:
    other = shelf.of_the_same_readers(document).filter(symbol=document.symbol).first()
    if document.symbol and other is not None:
        title = other.versions.filter(is_shown=True).values_list("title", flat=True).first()
        raise problems.SymbolTaken(symbol=document.symbol, title=title or other.key)


def _version(*, document: str, version: str, by: Reader) -> Version:
    home = rights.document_for(by, key=document)
    found = home.versions.select_related("document").filter(key=version).first()
    if found is None:
        raise problems.NoSuchDocument(document=version)
    return found


def _move(version: Version, *, to: Document) -> None:
    """Bring a version, and its words of each recommendation, under another document."""
    texts = list(version.recommendation_texts.select_related("recommendation"))
    version.document = to
    version.is_shown = version.is_chosen = False
    version.save(update_fields=["document", "is_shown", "is_chosen"])
    recommending.rehome(texts, to=to)


def _journal(action: str, on: Document, *, by: Reader, at: datetime, **details: str) -> None:
    journal.record(action=action, on=on, by=rights.person_of(by), at=at, details=details)
