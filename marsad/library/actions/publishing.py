"""A document that another room wrote goes on the shelf as it was written: nothing is read from it.

A report of a round is built of blocks; its headings, paragraphs, recommendations and footnotes are
known to whoever wrote them. So they arrive here as a structure, in every language at once, and
become passages, search terms, recommendations and citations like those of any document.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from marsad import undocs
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems
from marsad.library.actions import shelf
from marsad.library.actions.arrival import checked_roles, kept
from marsad.library.intake import Understood, sketch
from marsad.library.models import Document, Version
from marsad.library.queries import rights
from marsad.library.queries.theme import published_themes
from marsad.library.spots import lines_of
from marsad.library.words import Access
from marsad.undocs import Recommendation, Said, Structure


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A document in one language, as it was written."""

    #: Line by line; `lines` in the structure are places in it.
    text: str
    #: Its parts. Recommendations and what is cited are added here.
    structure: Structure
    #: By id of a paragraph that recommends, what its author said of it.
    recommending: Mapping[str, Said] = field(default_factory=dict)
    #: The file that readers take away as the original: a Word document.
    original: bytes
    file_name: str


@dataclass(frozen=True, kw_only=True)
class Published:
    """Where it lies now."""

    #: Id of the document, for links between rooms, and its public key.
    document_id: int
    key: str


@transaction.atomic
def publish(
    *,
    editions: Sequence[Edition],
    by: Reader,
    at: datetime,
    is_sample: bool = False,
    access: str = Access.PUBLIC,
    open_to_roles: Iterable[str] = (),
) -> Published:
    """Put a document on the shelf in all its languages at once.

    Whoever calls has judged that `by` may publish it: a room publishes its own.

    :param is_sample: it tells of what was made up, and is marked so wherever it appears.
    :raises SymbolTaken: if another document open to the same readers has its symbol.
    """
    roles = checked_roles(access=access, open_to_roles=open_to_roles)
    shelf.hold()
    document = Document.objects.create(
        key=secrets.token_hex(8),
        access=access,
        open_to_roles=roles,
        is_sample=is_sample,
        accepted_at=at,
    )
    _refuse_a_taken_symbol(document, editions)
    structures = _agreeing([_completed(edition) for edition in editions])
    versions = [
        _place(edition, structure=structure, document=document, at=at)
        for edition, structure in zip(editions, structures, strict=True)
    ]
    shelf.settle(document)
    journal.record(
        action="library.document.publish",
        on=document,
        by=rights.person_of(by),
        at=at,
        details={"versions": [version.key for version in versions]},
    )
    return Published(document_id=document.pk, key=document.key)


def _refuse_a_taken_symbol(document: Document, editions: Sequence[Edition]) -> None:
    for edition in editions:
        symbol = edition.structure.symbol
        taken = (
            shelf.of_the_same_readers(document).filter(symbol=symbol).first() if symbol else None
        )
        if taken is not None:
            titles = taken.versions.order_by("-is_shown", "id").values_list("title", flat=True)
            raise problems.SymbolTaken(symbol=symbol, title=titles.first() or taken.key)


def _completed(edition: Edition) -> Structure:
    return undocs.complete(
        edition.structure, recommending=edition.recommending, themes=published_themes()
    )


def _agreeing(structures: Sequence[Structure]) -> list[Structure]:
    """The structures, with what the words of one language say of a recommendation told by all.

    A recommendation is the same in every language; where one has no word for whom it is addressed
    to, another may have.
    """
    told: dict[str, list[Recommendation]] = {}
    for structure in structures:
        for each in structure.recommendations:
            told.setdefault(each.id, []).append(each)
    return [
        replace(
            structure,
            recommendations=tuple(
                _agreed(each, told[each.id]) for each in structure.recommendations
            ),
        )
        for structure in structures
    ]


def _agreed(one: Recommendation, said: Sequence[Recommendation]) -> Recommendation:
    return replace(
        one,
        addressees=one.addressees
        or next((each.addressees for each in said if each.addressees), ()),
        strength=one.strength or next((each.strength for each in said if each.strength), None),
        themes=one.themes or next((each.themes for each in said if each.themes), ()),
    )


def _place(edition: Edition, *, structure: Structure, document: Document, at: datetime) -> Version:
    digest = hashlib.sha256(edition.original).hexdigest()
    kept(digest, edition.original)
    understood = _understood(edition, structure=structure)
    return shelf.place(
        understood, document=document, sha256=digest, file_name=edition.file_name, at=at
    )


def _understood(edition: Edition, *, structure: Structure) -> Understood:
    """What reading a file would have told, told by whoever wrote it."""
    lines = lines_of(edition.text)
    starts, place = [], 0
    for line in lines:
        starts.append(place)
        place += len(line) + 1
    return Understood(
        kind="docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        layer=shelf.WRITTEN,
        notes=(),
        language=structure.language,
        source_text=edition.text,
        text=edition.text,
        source_lines=list(range(len(lines))),
        origins=[
            [[start, len(line)]] if line else [] for start, line in zip(starts, lines, strict=True)
        ],
        changes=(),
        remarks=(),
        quality={},
        structure=structure,
        soundness=1.0,
        sketch=sketch(edition.text),
    )


__all__ = ["Edition", "Published", "publish"]
