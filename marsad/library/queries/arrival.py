"""Files on their way in, as the people who add them see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from marsad.directory.types import Reader
from marsad.library import problems
from marsad.library.models import Arrival
from marsad.library.queries import rights
from marsad.library.words import Stage
from marsad.problems import said


@dataclass(frozen=True, kw_only=True)
class ArrivalCard:
    """How far a file has come, and how it ended."""

    key: str
    file_name: str
    stage: str
    stage_label: str
    #: Of the present stage.
    percent: int
    #: 0 to 100 over all stages, for the bar.
    progress: int
    is_over: bool
    #: The sentence that says what was wrong and what to do; empty unless it failed.
    problem: str
    problem_code: str
    document_key: str
    document_title: str
    paragraph_count: int
    recommendation_count: int
    #: Places nobody has settled yet, where readers see this version.
    doubt_count: int
    #: What a person should look at, though it was taken; mostly empty.
    doubt: str
    #: True when it joined a document that was here before.
    joined: bool
    arrived_at: datetime


#: Where each stage begins on the bar.
_BEGINS = {
    Stage.WAITING: 0,
    Stage.READING: 5,
    Stage.REPAIRING: 25,
    Stage.STRUCTURING: 75,
    Stage.SHELVING: 90,
    Stage.DONE: 100,
    Stage.FAILED: 100,
}


def recent(*, reader: Reader, most: int = 50) -> list[ArrivalCard]:
    """The newest arrivals, for those who may add documents; nothing for others."""
    if not rights.may_curate(reader):
        return []
    return [_card(arrival) for arrival in _with_doubts().filter(is_sample=False)[:most]]


def _with_doubts() -> QuerySet[Arrival]:
    """Arrivals with their documents, and how many places of each wait for a person."""
    is_open = Q(version__is_shown=True, version__doubts__ruling=None)
    return Arrival.objects.select_related("version__document").annotate(
        open_doubts=Count("version__doubts", filter=is_open)
    )


def one(*, reader: Reader, key: str) -> ArrivalCard:
    """:raises NoSuchArrival: if there is none, or the reader may not see it."""
    found = _with_doubts().filter(key=key).first()
    if found is None or not rights.may_curate(reader):
        raise problems.NoSuchArrival(arrival=key)
    return _card(found)


def _card(arrival: Arrival) -> ArrivalCard:
    version = arrival.version
    structure = version.structure if version else {}
    stage = Stage(arrival.stage)
    return ArrivalCard(
        key=arrival.key,
        file_name=arrival.file_name,
        stage=arrival.stage,
        stage_label=str(stage.label),
        percent=arrival.percent,
        progress=_progress(stage, percent=arrival.percent),
        is_over=arrival.ended_at is not None,
        problem=sentence(arrival),
        problem_code=arrival.problem_code,
        document_key=version.document.key if version else "",
        document_title=version.title if version else "",
        paragraph_count=len(structure.get("paragraphs", [])),
        recommendation_count=len(structure.get("recommendations", [])),
        doubt_count=getattr(arrival, "open_doubts", 0),
        doubt=_doubt(structure) if version else "",
        joined=version is not None and version.document.accepted_at < arrival.arrived_at,
        arrived_at=arrival.arrived_at,
    )


def _doubt(structure: Mapping[str, Any]) -> str:
    """What is said of a text that has no mark at all of a document of the United Nations."""
    marks = ("symbol", "symbols_cited", "body", "session", "paragraphs", "recommendations")
    if any(structure.get(mark) for mark in marks):
        return ""
    return gettext(
        "This does not look like a document of the United Nations: it states no symbol and no "
        "body, and its paragraphs have no numbers. It was kept as it is and can be searched. If "
        "it came by mistake, open it and withdraw it."
    )


def sentence(arrival: Arrival) -> str:
    """What ended it, in the reader's language; the same message the problem was raised with."""
    if not arrival.problem_says:
        return ""
    return said(arrival.problem_says, arrival.problem_details)


def _progress(stage: Stage, *, percent: int) -> int:
    order = list(_BEGINS)
    begin = _BEGINS[stage]
    if begin == 100:
        return 100
    end = _BEGINS[order[order.index(stage) + 1]]
    return begin + (end - begin) * percent // 100


def outcome(*, reader: Reader, key: str) -> dict[str, Any]:
    """What came of one file, for scripts: what was found, and what needs a person.

    :raises NoSuchArrival: if there is none, or the reader may not see it.
    """
    found = Arrival.objects.select_related("version__document").filter(key=key).first()
    if found is None or not rights.may_curate(reader):
        raise problems.NoSuchArrival(arrival=key)
    version = found.version
    if version is None:
        return {
            "file": found.file_name,
            "stage": found.stage,
            "problem": sentence(found),
            "code": found.problem_code,
        }
    structure = version.structure
    return {
        "file": found.file_name,
        "stage": found.stage,
        "problem": "",
        "id": version.document.key,
        "version": version.key,
        "title": version.title,
        "symbol": version.document.symbol,
        "language": version.language,
        "joined": version.document.accepted_at < found.arrived_at,
        "found": {
            name: len(structure.get(name, []))
            for name in ("sections", "paragraphs", "recommendations", "footnotes", "states")
        },
        "needs_a_person": [
            *filter(None, [_doubt(structure)]),
            *(doubt["says"] for doubt in structure.get("doubts", [])),
            *(f"line {each['line']}: {each['before']}" for each in _flagged(version.changes)),
        ],
    }


def _flagged(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Doubtful places that the repair engine left as they were."""
    return [change for change in changes if not change["applied"]]
