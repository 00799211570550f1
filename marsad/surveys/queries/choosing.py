"""What one chooses from when asking, and what one is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from marsad.directory import queries as directory
from marsad.directory.types import Body, Reader
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.questionnaires.types import AskingView
from marsad.surveys.queries import rights
from marsad.surveys.queries.asking import KIND


def bodies(*, reader: Reader, language: str) -> Sequence[tuple[Body, str]]:
    """The bodies whose people the reader may ask, and what they are called."""
    ids = set(rights.bodies_surveyed_by(reader))
    return [
        (body, directory.body_name(body, language=language))
        for body in directory.bodies()
        if body.pk in ids
    ]


def questionnaires_to_ask(*, reader: Reader, language: str) -> Sequence[tuple[str, str]]:
    """The published questionnaires the reader may ask with: key of the version, and title."""
    return [
        (card.version_key, f"{card.title} ({card.version})")
        for card in questionnaires.listed(reader=reader, language=language)
        if card.version_key
    ]


def asked_of(*, reader: Reader, language: str, at: datetime) -> Sequence[AskingView]:
    """The surveys the reader may answer now."""
    open_now = askings.open_to(reader=reader, language=language, at=at)
    return [asking for asking in open_now if asking.kind == KIND]
