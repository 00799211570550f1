"""A person settles a place of a text, and may take that back. The machine never overrules them."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from marsad import arabic
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems, spots
from marsad.library.actions import doubting, shelf
from marsad.library.models import Doubt, Ruling, Version
from marsad.library.queries import rights
from marsad.library.words import Verdict

#: What is typed may be so much longer than the line it is typed for.
_MUCH_LONGER = 200
#: As many words on either side tell a place from others.
_WORDS_AROUND = 3


@transaction.atomic
def settle(
    *,
    document: str,
    version: str,
    start: int,
    end: int,
    verdict: str,
    words: str | None = None,
    sign: str = "",
    by: Reader,
    at: datetime,
) -> Ruling:
    """Rule how a place of a text reads; a worker makes the text anew.

    :param start: offset in the version's source text of the first character; `end` one past it.
    :param verdict: accepted (as it reads, or the candidate in `words`, which may be nothing),
        rejected (as it came) or corrected (as typed in `words`).
    :param sign: `spots.sign_of` the characters of the source that the person saw there.
    :raises NotALibrarian: if the person may not settle it.
    :raises NoSuchPlace: if the text has no such place, or the file reads otherwise since.
    :raises NothingTyped, TooMuchTyped: for a correction that cannot be one.
    """
    rights.require_curator(by)
    shelf.hold()
    found = _version(document=document, version=version, by=by)
    if verdict not in Verdict.values:
        raise problems.UnknownChoice(
            given=verdict, what="verdict", choices=", ".join(Verdict.values)
        )
    text = doubting.text_of(found)
    spot = text.spot(start, end)
    if spot is None or sign not in ("", spots.sign_of(found.source_text[start:end])):
        raise problems.NoSuchPlace
    doubt = found.doubts.filter(start=spot.start, end=spot.end).first()
    ruling = Ruling.objects.create(
        key=secrets.token_hex(8),
        version=found,
        start=spot.start,
        end=spot.end,
        source=found.source_text[spot.start : spot.end],
        before=spot.reads,
        after=_after(spot, verdict=verdict, words=words, doubt=doubt, version=found),
        kind=doubt.kind if doubt is not None else "",
        verdict=verdict,
        by=rights.person_of(by),
        at=at,
        **around(text, spot),
    )
    _follow(ruling, action="library.ruling.settle", by=by, at=at)
    return ruling


def _after(
    spot: spots.Spot, *, verdict: str, words: str | None, doubt: Doubt | None, version: Version
) -> str:
    typed = " ".join((words or "").split())
    if verdict == Verdict.REJECTED:
        return _as_it_came(spot, doubt=doubt, version=version)
    if verdict == Verdict.ACCEPTED:
        is_offered = words is not None and doubt is not None and words in doubt.candidates
        return typed if typed or is_offered else spot.reads
    if not typed:
        raise problems.NothingTyped
    if len(typed) > len(spot.reads) + _MUCH_LONGER:
        raise problems.TooMuchTyped(most=len(spot.reads) + _MUCH_LONGER)
    return typed


def _as_it_came(spot: spots.Spot, *, doubt: Doubt | None, version: Version) -> str:
    if doubt is not None:
        return doubt.as_it_came
    text = doubting.text_of(version)
    for change in version.changes:
        here = text.of_change(change) if change["line"] == spot.line + 1 else None
        if here is not None and (here.start, here.end) == (spot.start, spot.end):
            return here.as_it_came
    return spot.as_it_came


def around(text: spots.Text, spot: spots.Spot) -> dict[str, str]:
    """A few words on either side of a spot, by which it is known in another copy."""
    line = text.lines[spot.line]
    return {
        "words_before": " ".join(line[: spot.first].split()[-_WORDS_AROUND:])[-100:],
        "words_after": " ".join(line[spot.last :].split()[:_WORDS_AROUND])[:100],
    }


@transaction.atomic
def take_back(*, ruling: str, by: Reader, at: datetime) -> Ruling:
    """Undo a ruling: the place is as the machine has it, or as an earlier ruling said.

    :raises NotALibrarian: if the person may not.
    :raises NoSuchRuling: if there is none that stands, or its document is not open to the person.
    """
    rights.require_curator(by)
    shelf.hold()
    found = (
        Ruling.objects.select_related("version__document")
        .filter(
            key=ruling,
            taken_back_at__isnull=True,
            version__document__in=rights.visible_documents(by),
        )
        .first()
    )
    if found is None:
        raise problems.NoSuchRuling
    taken = Ruling.objects.filter(Q(pk=found.pk) | Q(carried_from=found))
    taken.update(taken_back_at=at, taken_back_by=rights.person_of(by))
    found.refresh_from_db()
    for each in taken.select_related("version"):
        doubting.settle(each.version)
        shelf.want_anew(Version.objects.filter(pk=each.version_id), at=at)
    _follow(found, action="library.ruling.take_back", by=by, at=at)
    return found


def _follow(ruling: Ruling, *, action: str, by: Reader, at: datetime) -> None:
    """Say what is settled now, ask for the text anew, and write it down, without the words."""
    doubting.settle(ruling.version)
    shelf.want_anew(Version.objects.filter(pk=ruling.version_id), at=at)
    journal.record(
        action=action,
        on=ruling.version.document,
        by=rights.person_of(by),
        at=at,
        details={
            "ruling": ruling.key,
            "version": ruling.version.key,
            "verdict": ruling.verdict,
            "start": ruling.start,
            "end": ruling.end,
        },
    )


def _version(*, document: str, version: str, by: Reader) -> Version:
    home = rights.document_for(by, key=document)
    found = home.versions.select_related("document").filter(key=version).first()
    if found is None:
        raise problems.NoSuchDocument(document=version)
    return found


# ── what the engine is told, and what other copies are told ──────────────────────────────────────
def decisions(version: Version, *, source: str) -> list[arabic.Decision]:
    """What people ruled about a version, as the engine takes it.

    :param source: what the file reads as now; nothing is stored of where the rulings are in it.
    """
    return [
        arabic.Decision(
            start=start, end=start + len(each.source), before=each.source, after=each.after
        )
        for each in doubting.standing(version)
        if (start := _place_in(source, each, was=version.source_text)) is not None
    ]


def carry(version: Version) -> int:
    """Repeat here what people ruled about other copies in the same language, where it fits.

    Only where this copy reads, at one place and between the same words, just what the person
    read: a copy that has it right already needs no ruling. Returns how many were carried.

    :param version: as it is stored, its text made of its source: the caller holds the shelf.
    """
    carried = set(version.rulings.filter(carried_from__isnull=False).values_list("carried_from"))
    others = Ruling.objects.filter(
        version__document=version.document_id,
        version__language=version.language,
        taken_back_at__isnull=True,
        carried_from__isnull=True,
    ).exclude(version=version)
    text = doubting.text_of(version)
    made = 0
    for ruling in others:
        spot = None
        if (ruling.pk,) not in carried and ruling.before != ruling.after:
            spot = _found(ruling, text=text)
        if spot is None:
            continue
        Ruling.objects.create(
            key=secrets.token_hex(8),
            version=version,
            start=spot.start,
            end=spot.end,
            source=version.source_text[spot.start : spot.end],
            before=spot.reads,
            after=ruling.after,
            words_before=ruling.words_before,
            words_after=ruling.words_after,
            kind=ruling.kind,
            verdict=ruling.verdict,
            by_id=ruling.by_id,
            at=ruling.at,
            carried_from=ruling,
        )
        made += 1
    return made


def forget_strangers() -> None:
    """Drop what was carried from a copy that has become another document."""
    Ruling.objects.filter(carried_from__isnull=False).exclude(
        carried_from__version__document=F("version__document")
    ).delete()


def _found(ruling: Ruling, *, text: spots.Text) -> spots.Spot | None:
    """The one spot that reads as the ruling's did, between the same words."""
    if not ruling.before.split():
        return None
    before, after = _spaced(ruling.words_before), _spaced(ruling.words_after)
    here = f"({_spaced(ruling.before)})"
    # Whole words, as often as they stand there: «ab» is in «abc» too, and a line may say it twice.
    wanted = re.compile(r"(?<!\S)" + r"\s+".join(filter(None, (before, here, after))) + r"(?!\S)")
    found = [
        (number, match) for number, line in enumerate(text.lines) for match in wanted.finditer(line)
    ]
    if len(found) != 1:
        return None
    number, match = found[0]
    return text.found(number, match.start(1), match.end(1))


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


# ── a source that reads otherwise ────────────────────────────────────────────────────────────────
#: So many characters on either side tell a place from others that read the same.
_REACHES = (0, 10, 30, 100, 300)


def place_anew(version: Version, *, source: str) -> None:
    """Tie all rulings to a source text that is about to take the place of the version's.

    Only inside the transaction that stores the source: until then the old one needs the old places.
    A ruling whose place is not found is kept, and the review list shows it as lost.
    """
    for ruling in doubting.standing(version):
        start = _place_in(source, ruling, was=version.source_text)
        ruling.is_placed = start is not None
        if start is not None:
            ruling.start, ruling.end = start, start + len(ruling.source)
        ruling.save(update_fields=["start", "end", "is_placed"])


def _place_in(source: str, ruling: Ruling, *, was: str) -> int | None:
    """Where the characters of a ruling are in a source that may read otherwise; none if unsure.

    With as little around them as tells them from all others, in the old source and in the new.
    """
    if was[ruling.start : ruling.end] != ruling.source:
        return None
    if was == source:
        return ruling.start
    for reach in _REACHES:
        begin = max(0, ruling.start - reach)
        piece = was[begin : ruling.end + reach]
        if _is_once(piece, was) and _is_once(piece, source):
            return source.find(piece) + ruling.start - begin
    return None


def _is_once(piece: str, text: str) -> bool:
    return 0 <= text.find(piece) == text.rfind(piece)
