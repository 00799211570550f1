"""Reports that list the States that replied: what a round of old can be told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.directory.types import Reader
from marsad.library.models import Document, Version
from marsad.library.queries import rights
from marsad.library.queries.document import cards
from marsad.library.types import DocumentCard
from marsad.library.words import StateRole


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a report says of itself, in each language there is a version in."""

    document: Document
    #: By language code: the title, and the structure as `undocs` found it.
    titles: Mapping[str, str]
    structures: Mapping[str, Mapping[str, Any]]
    #: Languages, the soundest text first.
    languages: tuple[str, ...]


def listing_replies(*, reader: Reader, language: str) -> list[DocumentCard]:
    """The documents on the shelf that list States as having replied, the newest first."""
    found = rights.visible_documents(reader).filter(
        versions__is_shown=True, versions__state_mentions__role=StateRole.REPLIED
    )
    return cards(found.distinct().order_by("-year", "symbol", "id"), language=language)


def told(*, reader: Reader, key: str) -> Told:
    """A document by its key or symbol, as its shown versions have it.

    :raises NoSuchDocument: if there is none, or it is not open to the reader.
    """
    document = rights.document_for(reader, key=key)
    shown = list(
        Version.objects.filter(document=document, is_shown=True)
        .only("language", "title", "structure", "soundness", "is_chosen", "document_id")
        .order_by("-is_chosen", "-soundness", "id")
    )
    return Told(
        document=document,
        titles={each.language: each.title for each in shown},
        structures={each.language: each.structure for each in shown},
        languages=tuple(each.language for each in shown),
    )
