"""The register of a round: who was asked, and what became of it. States stand by name, unranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from marsad import countries
from marsad.design.formatting import for_reader
from marsad.directory.types import Reader, State, UnGroup
from marsad.review import problems
from marsad.review.models import Invitation, Note, Round
from marsad.review.queries import rights
from marsad.review.types.round import Register, RegisterLine, StandingCount
from marsad.review.words import Standing


def standing_of(invitation: Invitation) -> Standing:
    """How far a State has come."""
    if invitation.declined_at is not None:
        return Standing.DECLINED
    if invitation.answered_at is not None:
        return Standing.LATE if invitation.is_late else Standing.ANSWERED
    moments = (
        (invitation.started_at, Standing.STARTED),
        (invitation.seen_at, Standing.SEEN),
        (invitation.sent_at, Standing.SENT),
    )
    return next((standing for at, standing in moments if at is not None), Standing.INVITED)


#: How far a State may be said to have come to those who are told the outcome alone.
_OUTWARD = frozenset({Standing.INVITED, Standing.ANSWERED, Standing.LATE, Standing.DECLINED})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader chose to see of the register; empty means all."""

    standing: str = ""
    #: Code of a regional group.
    region: str = ""
    words: str = ""
    #: By name the other way round.
    is_reversed: bool = False


def register(
    *, reader: Reader, round_: Round, language: str, choice: Choice | None = None
) -> Register:
    """The lines of a round's register that the reader may see.

    :raises UnknownStanding: if lines of a standing are chosen that there is not.
    """
    wanted = choice or Choice()
    if wanted.standing and wanted.standing not in Standing.values:
        raise problems.UnknownStanding(given=wanted.standing, choices=", ".join(Standing.values))
    is_inner = rights.analyses(reader, round_)
    lines = _lines(reader=reader, round_=round_, language=language)
    counted = Counter(line.standing for line in lines)
    return Register(
        lines=sorted(
            (line for line in lines if _is_chosen(line, wanted)),
            key=lambda line: by_name(line.iso2, line.name, language, is_invented=line.is_invented),
            reverse=wanted.is_reversed,
        ),
        counts=[
            StandingCount(
                standing=each.value,
                words=_words(each, is_inner=is_inner),
                count=counted[each.value],
            )
            for each in Standing
            if is_inner or each in _OUTWARD or counted[each.value]
        ],
        of=len(lines),
        replied=counted[Standing.ANSWERED] + counted[Standing.LATE],
        is_whole=rights.sees_register(reader, round_),
    )


def by_name(iso2: str, name: str, language: str, *, is_invented: bool = False) -> Any:
    """What States are sorted by: their names, as the alphabet of the language has them."""
    short = language[:2]
    if is_invented:
        return countries.sort_key(name, short)
    return countries.get(iso2).sort_keys[short]


def _is_chosen(line: RegisterLine, choice: Choice) -> bool:
    return (
        choice.standing in ("", line.standing)
        and choice.region in ("", line.region)
        and choice.words.strip().casefold() in f"{line.name} {line.iso2} {line.iso3}".casefold()
    )


def _lines(*, reader: Reader, round_: Round, language: str) -> list[RegisterLine]:
    found = rights.visible_invitations(reader, round_).select_related("state")
    inner = rights.states_of(reader)
    sees_all = rights.is_secretariat(reader)
    sees_progress = rights.analyses(reader, round_)
    notes: dict[int, list[str]] = {}
    for invitation, number in (
        Note.objects.filter(round=round_)
        .order_by("ordinal", "language")
        .values_list("invitation_id", "number")
    ):
        notes.setdefault(invitation, []).append(number)
    return [
        _line(
            each,
            language=language,
            notes=notes.get(each.pk, []),
            is_inner=sees_all or each.state_id in inner,
            sees_progress=sees_progress or each.state_id in inner,
        )
        for each in found
    ]


def _line(
    found: Invitation, *, language: str, notes: list[str], is_inner: bool, sees_progress: bool
) -> RegisterLine:
    """One line, with no more than the reader may know.

    :param is_inner: whether the reader is of the Secretariat, or of the State itself.
    :param sees_progress: the same, or an analyst. Others, to whom a report made the register
        public, are told what became of it: not when a State looked, or began and never sent it.
    """
    state = found.state
    standing = standing_of(found)
    if not sees_progress and standing not in _OUTWARD:
        standing = Standing.INVITED
    return RegisterLine(
        iso2=state.iso2,
        iso3=state.iso3,
        name=name_of(state, language),
        is_invented=state.is_invented,
        region=state.un_group,
        region_words=str(UnGroup(state.un_group).label) if state.un_group else "",
        standing=standing.value,
        standing_words=_words(standing, is_inner=sees_progress),
        sent_at=found.sent_at if sees_progress else None,
        seen_at=found.seen_at if sees_progress else None,
        started_at=found.started_at if sees_progress else None,
        answered_at=found.answered_at,
        is_late=found.is_late,
        declined_at=found.declined_at,
        declined_because=found.declined_because if is_inner else "",
        notes=notes if is_inner else [],
        told_at_anchor=found.told_at_anchor,
        told_at_words=_passage(found.told_at_anchor),
    )


def _words(standing: Standing, *, is_inner: bool) -> str:
    """Of a State that only stands on the list others are not told whether a note went out."""
    if standing == Standing.INVITED and not is_inner:
        return _("Invited, no reply")
    return str(standing.label)


def _passage(anchor: str) -> str:
    """What a reader calls a passage: `para-4` is a paragraph, anything else stays as it is."""
    number = anchor.removeprefix("para-")
    if number == anchor or not number.isdecimal():
        return anchor
    return _("paragraph {number}").format(number=for_reader().text(number))


def name_of(state: State, language: str) -> str:
    """What a State is called in a language."""
    return str(state.names.get(language[:2]) or state.names.get("en") or state.iso2)


def line_of(*, reader: Reader, round_: Round, state: str) -> Invitation:
    """A line of the register, to be looked at or acted on.

    :raises NotInvited: if the State is not on it, or its line is not open to the reader.
    """
    found = (
        rights.visible_invitations(reader, round_)
        .select_related("round", "state")
        .filter(state=state.strip().upper())
        .first()
    )
    if found is None:
        raise problems.NotInvited
    return found


# ── who is still waited for ──────────────────────────────────────────────────────────────────────
def outstanding(round_: Round) -> QuerySet[Invitation]:
    """States that have neither answered nor declined."""
    return round_.invitations.filter(answered_at__isnull=True, declined_at__isnull=True)


def to_be_sent(round_: Round, *, ordinal: int) -> QuerySet[Invitation]:
    """States that a note is still to be written to.

    The first goes to all that did not decline; the second to those that were sent the first and
    have neither answered nor declined.
    """
    written = Q(notes__ordinal=ordinal)
    found = round_.invitations.filter(declined_at__isnull=True)
    if ordinal > 1:
        found = outstanding(round_).filter(notes__ordinal=ordinal - 1)
    ids = round_.invitations.filter(written).values("pk")
    return found.exclude(pk__in=ids).distinct().order_by(F("state_id"))


# ── who may be invited ───────────────────────────────────────────────────────────────────────────
def invitable(round_: Round, *, language: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Who may be invited: by regional group (its code), each State's code, name and whether it is.

    Invented States for an invented round, and real ones for a real one.
    """
    invited = set(round_.invitations.values_list("state_id", flat=True))
    candidates = State.objects.filter(is_invented=round_.is_invented).exclude(kind="territory")
    groups: dict[str, list[tuple[str, str, bool]]] = {code: [] for code in UnGroup.values}
    groups[""] = []
    for state in sorted(
        candidates,
        key=lambda each: by_name(
            each.iso2, name_of(each, language), language, is_invented=each.is_invented
        ),
    ):
        chosen = (state.iso2, name_of(state, language), state.iso2 in invited)
        groups.setdefault(state.un_group, []).append(chosen)
    return [(code, states) for code, states in groups.items() if states]


def members(*, is_invented: bool, region: str = "") -> list[str]:
    """Codes of all member States, or of those in one regional group."""
    found = State.objects.filter(kind="member", is_invented=is_invented)
    return list((found.filter(un_group=region) if region else found).values_list("iso2", flat=True))
