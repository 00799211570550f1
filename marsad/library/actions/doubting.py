"""The doubtful places of a version, found anew whenever its text is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from marsad.library import spots
from marsad.library.models import Doubt, Ruling, Version
from marsad.library.words import Place

#: So many States named in a row are a list, not a sentence.
_LONG_LIST = 8


def store(version: Version) -> None:
    """Keep what the engine was not sure of, and which of it a person has settled."""
    version.doubts.all().delete()
    text = text_of(version)
    places = _Places(version.structure)
    rulings = standing(version)
    found: dict[tuple[int, int], Doubt] = {}
    for change in filter(spots.is_doubtful, version.changes):
        spot = text.of_change(change)
        if spot is None:
            continue
        place, anchor = places.of(spot.line)
        doubt = Doubt(
            version=version,
            line=spot.line + 1,
            start=spot.start,
            end=spot.end,
            kind=change["kind"],
            place=place,
            anchor=anchor,
            reads=spot.reads,
            as_it_came=spot.as_it_came,
            candidates=list(spot.candidates),
            is_applied=change["applied"],
            confidence=change["confidence"],
            evidence=change["evidence"],
            ruling=settling(rulings, start=spot.start, end=spot.end),
        )
        # Of two doubts about the same characters the later stands on the earlier.
        earlier = found.get((spot.start, spot.end))
        if earlier is not None:
            doubt.as_it_came = earlier.as_it_came
        found[spot.start, spot.end] = doubt
    Doubt.objects.bulk_create(found.values())


def text_of(version: Version) -> spots.Text:
    """The version's text with the way back to its source."""
    return spots.Text(source=version.source_text, text=version.text, origins=version.origins)


def standing(version: Version) -> list[Ruling]:
    """The rulings about a version that hold, in the order they were made."""
    return list(version.rulings.filter(taken_back_at__isnull=True, is_placed=True))


def settling(rulings: Iterable[Ruling], *, start: int, end: int) -> Ruling | None:
    """The last ruling that covers these characters."""
    covering = [ruling for ruling in rulings if ruling.start <= start and end <= ruling.end]
    return covering[-1] if covering else None


def settle(version: Version) -> None:
    """Say of each doubt which ruling settles it, after one was made or taken back."""
    rulings = standing(version)
    doubts = list(version.doubts.all())
    for doubt in doubts:
        doubt.ruling = settling(rulings, start=doubt.start, end=doubt.end)
    Doubt.objects.bulk_update(doubts, ["ruling"])


class _Places:
    """Where in the document each line stands; the dearest place wins."""

    def __init__(self, structure: Mapping[str, Any]) -> None:
        self._of: dict[int, tuple[Place, str]] = {}
        # A list of States fills numbered paragraphs, but a slip in it costs less than one in them.
        lists = [each for each in structure.get("states", []) if len(each["iso2"]) >= _LONG_LIST]
        for lines in _lines_of(lists):
            for line in lines:
                self._of.setdefault(line, (Place.STATES, ""))
        named = dict(_anchors(structure))
        for place, records in (
            (Place.RECOMMENDATION, structure.get("recommendations", [])),
            (Place.HEADING, list(_flat(structure.get("sections", [])))),
            (Place.PARAGRAPH, structure.get("paragraphs", [])),
            (Place.FOOTNOTE, structure.get("footnotes", [])),
            (Place.PARAGRAPH, structure.get("loose", [])),
        ):
            self._take(place, records, named=named)

    def _take(
        self,
        place: Place,
        records: Sequence[Mapping[str, Any]],
        *,
        named: Mapping[int, str],
    ) -> None:
        for record in records:
            for first, last in _ranges(record):
                for line in range(first, last + 1):
                    known, anchor = self._of.get(line, (place, ""))
                    kept = place if place == Place.RECOMMENDATION else known
                    self._of[line] = (kept, anchor or named.get(id(record), ""))

    def of(self, line: int) -> tuple[Place, str]:
        """The place of a line, and the anchor of the passage it belongs to."""
        return self._of.get(line, (Place.FRONT, ""))


def _anchors(structure: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for record in (
        *structure.get("recommendations", []),
        *_flat(structure.get("sections", [])),
        *structure.get("paragraphs", []),
        *structure.get("loose", []),
    ):
        yield id(record), str(record.get("stable_id") or record["id"])
    for note in structure.get("footnotes", []):
        yield id(note), f"note-{note['marker']}"


def _ranges(record: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    yield from record.get("lines", [])
    for item in record.get("items", []):
        yield from item.get("lines", [])


def _lines_of(records: Iterable[Mapping[str, Any]]) -> Iterator[range]:
    for record in records:
        for first, last in record.get("lines", []):
            yield range(first, last + 1)


def _flat(sections: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for section in sections:
        yield section
        yield from _flat(section.get("sections", []))
