"""One edition of figures: what it changed against the one before, and its file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from marsad.directory.types import Reader
from marsad.statistics import places, problems, store
from marsad.statistics.models import Edition, Standing
from marsad.statistics.queries import board, rights
from marsad.statistics.queries.arrival import about
from marsad.statistics.types.board import ChangeLine, Changes, EditionCard, Redefined, Replaced
from marsad.statistics.words import SAID_OF_COUNTING, Change
from marsad.tabulation import combining, differences, labels
from marsad.tabulation.engine import rows_from

PARQUET = ".parquet"
_MOST_REDEFINED = 200


def card(*, reader: Reader, key: str, language: str) -> EditionCard:
    """:raises NoSuchEdition: if there is none, or the reader may not see it."""
    found = rights.visible_editions(reader).filter(key=key)
    cards = board.edition_cards(found, reader, language)
    if not cards:
        raise problems.NoSuchEdition
    return cards[0]


def changes(*, reader: Reader, key: str, language: str) -> Changes | None:
    """What an edition changed against the one that counted before it; None for the first.

    :raises NoSuchEdition: if there is none, or the reader may not see it.
    """
    edition = rights.edition_for(reader, key=key)
    earlier = _before(edition)
    if earlier is None:
        return None
    added, changed, gone = _counted(_file(earlier), _file(edition))
    return Changes(
        against=earlier.number,
        added=added,
        changed=changed,
        gone=gone,
        redefined=_redefined(earlier, edition, language),
    )


def _before(edition: Edition) -> Edition | None:
    """The edition that was published last before this one came; else simply the last."""
    earlier = Edition.objects.filter(source=edition.source_id, number__lt=edition.number)
    published = earlier.filter(published_at__isnull=False).order_by("-number").first()
    return published or earlier.order_by("-number").first()


def _file(edition: Edition) -> Path:
    return store.get(edition.digest, suffix=PARQUET)


@lru_cache(maxsize=64)
def _counted(before: Path, after: Path) -> tuple[int, int, int]:
    """Kept, since files go by their content and never change."""
    if before == after:
        return 0, 0, 0
    found = differences.counted(differences.differences(rows_from([before]), rows_from([after])))
    return found["added"], found["changed"], found["gone"]


def _redefined(earlier: Edition, edition: Edition, language: str) -> list[Redefined]:
    before, after = _file(earlier), _file(edition)
    if before == after:
        return []
    named = places.names()
    found = differences.redefined(rows_from([before]), rows_from([after])).limit(_MOST_REDEFINED)
    return [
        Redefined(
            place=labels.label("place", each["place"], language, named=named),
            indicator=labels.label("indicator", each["indicator"], language),
            what=str(SAID_OF_COUNTING[each["what"]]),
            before=each["said_before"],
            after=each["said"],
            first=each["first"],
            last=each["last"],
        )
        for each in found.to_pyarrow().to_pylist()
    ]


def replaced(*, reader: Reader, key: str, language: str) -> list[Replaced]:
    """What an edition that waits takes the place of, in the collections that are in force.

    :raises NoSuchEdition: if there is none, or the reader may not see it.
    """
    edition = rights.edition_for(reader, key=key)
    if edition.source.state_id is None:
        return []
    standing = Standing.objects.order_by("-from_at").first()
    there = standing.editions.filter(source__state__isnull=True) if standing else ()
    found = combining.replaced([_file(each) for each in there], _file(edition))
    return [
        Replaced(
            indicator=labels.label("indicator", each["indicator"], language),
            dimension=labels.label("dimension", each["dimension"], language),
            year=each["year"],
            figures=each["figures"],
            is_given=each["given"],
        )
        for each in found
    ]


def change_lines(
    *, reader: Reader, key: str, language: str, what: str, start: int, most: int
) -> list[ChangeLine]:
    """Some of the figures that an edition changed, with what they were before.

    :param what: "added", "changed" or "gone"; "" for all of them.
    :raises NoSuchEdition: if there is none, or the reader may not see it.
    """
    edition = rights.edition_for(reader, key=key)
    earlier = _before(edition)
    if earlier is None or earlier.digest == edition.digest:
        return []
    named = places.names()
    found = differences.differences(rows_from([_file(earlier)]), rows_from([_file(edition)]))
    told = differences.listed(found, what=what, start=start, most=most)
    return [
        ChangeLine(
            what=str(each["what"]),
            what_label=str(Change(str(each["what"])).label),
            place=labels.label("place", each["place"], language, named=named),
            indicator=labels.label("indicator", each["indicator"], language),
            about=about(each, language, named=named),
            year=int(str(each["year"])),
            before=_range(each["low_before"], each["high_before"]),
            after=_range(each["low"], each["high"]),
        )
        for each in told
    ]


def _range(low: object, high: object) -> tuple[int | None, int | None]:
    return (
        None if low is None else int(str(low)),
        None if high is None else int(str(high)),
    )


def file_of(*, reader: Reader, key: str) -> tuple[Path, str]:
    """The file of an edition as it came, and its name.

    :raises NoSuchEdition: if there is none whose file the reader may have.
    """
    edition = rights.edition_for(reader, key=key)
    if not rights.may_have_file(reader, edition.source):
        raise problems.NoSuchEdition
    arrival = edition.arrival
    suffix = store.suffix_of(arrival.file_name)
    return store.get(arrival.file_digest, suffix=suffix), arrival.file_name
