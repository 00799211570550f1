"""Take a round from a report in the library: one that was held before Marsad, as the report has it.

Everything comes from the structure that the library found in the report: which States replied, when
the notes verbales went out and until when replies were asked for, the subjects and the statements.
Nothing is typed again, and no State gets an answer: the report gives none by State.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from marsad.directory.types import Reader, State
from marsad.journal import actions as journal
from marsad.library import problems as library_problems
from marsad.library.queries import replies
from marsad.review import problems
from marsad.review.actions.round import LONGEST_TITLE
from marsad.review.models import Finding, Invitation, Round, Theme
from marsad.review.queries import rights
from marsad.review.words import FindingKind

Node = Mapping[str, Any]


@transaction.atomic
def tell(*, document: str, by: Reader, at: datetime) -> Round:
    """Make the round that a report tells of: its register, its days, its themes and findings.

    :param document: key or symbol of the report in the library.
    :raises UnknownMandate: if the library has no such document.
    :raises TellsOfNoRound: if it lists no States that replied.
    :raises ToldAlready: if its round is here.
    """
    rights.require_secretariat(by)
    try:
        report = replies.told(reader=by, key=document)
    except library_problems.NoSuchDocument as problem:
        raise problems.UnknownMandate(document=document) from problem
    name = report.document.symbol or next(iter(report.titles.values()), document)
    told = _read(report)
    if not told.replied:
        raise problems.TellsOfNoRound(document=name)
    # Two officers may take the same report at once; the second waits for the first.
    _hold(report.document.pk)
    if Round.objects.filter(told_by=report.document).exists():
        raise problems.ToldAlready(document=name)
    round_ = _round(report, told, by=by, at=at)
    _register(round_, told, at=at)
    themes, findings = _findings(round_, report, told, by=by, at=at)
    journal.record(
        action="review.round.tell",
        on=round_,
        by=rights.person_of(by),
        at=at,
        details={
            "document": report.document.key,
            "states": len(told.replied),
            "themes": themes,
            "findings": findings,
        },
    )
    return round_


def _hold(document_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x70D, document_id])


# ── what the report says ─────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class _Told:
    """What one version says of the round; the soundest is asked first."""

    #: The language of the version that the register was read from.
    language: str
    #: Code of each State that replied → anchor of the paragraph that names it.
    replied: Mapping[str, str]
    #: [{"what", "on", "anchor"}] in the order of the text.
    days: Sequence[dict[str, str]]
    #: Ids of the sections that say how the round was held, and so hold no findings.
    method: frozenset[str]


def _read(report: replies.Told) -> _Told:
    """From the first version that lists replies."""
    for language in report.languages:
        structure = report.structures[language]
        lists = [each for each in structure.get("states", []) if each["role"] == "replied"]
        if not lists:
            continue
        replied: dict[str, str] = {}
        for each in lists:
            for iso2 in each["iso2"]:
                replied.setdefault(iso2, _anchor_of(structure, each["paragraph"]))
        named = {each["paragraph"] for each in lists}
        return _Told(
            language=language,
            replied=replied,
            days=list(_days(structure, lists_in=named)),
            method=frozenset(
                str(each["section"])
                for each in structure.get("paragraphs", [])
                if each["number"] in named and each.get("section")
            ),
        )
    return _Told(language="", replied={}, days=[], method=frozenset())


def _anchor_of(structure: Node, paragraph: int | None) -> str:
    for each in structure.get("paragraphs", []):
        if each["number"] == paragraph:
            return str(each["id"])
    return ""


def _days(structure: Node, *, lists_in: set[int]) -> Iterator[dict[str, str]]:
    """The days of the round. A day told in the paragraph of the list is until when it counts."""
    for each in structure.get("dates", []):
        paragraph = each.get("paragraph")
        what = each.get("what")
        if paragraph in lists_in and what in (None, "deadline"):
            what = "replies_until"
        if what not in ("note_verbale", "deadline", "replies_until"):
            continue
        day = _whole_day(each["start"])
        if day is not None:
            anchor = _anchor_of(structure, paragraph)
            yield {"what": str(what), "on": day.isoformat(), "anchor": anchor}


def _whole_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:  # a month, or a day without its year
        return None


def _on(told: _Told, what: str) -> list[date]:
    return sorted(date.fromisoformat(each["on"]) for each in told.days if each["what"] == what)


def _deadlines(told: _Told) -> tuple[date | None, date | None]:
    """The deadlines of the first note and of the second; one that could not be read is unknown."""
    of_notes: list[date | None] = []
    for each in told.days:
        if each["what"] == "note_verbale":
            of_notes.append(None)
        elif each["what"] == "deadline" and of_notes and of_notes[-1] is None:
            of_notes[-1] = date.fromisoformat(each["on"])
    found = of_notes if of_notes else list[date | None](_on(told, "deadline"))
    first, second, *_more = [*found, None, None]
    return first, second


# ── the round and its register ───────────────────────────────────────────────────────────────────
def _round(report: replies.Told, told: _Told, *, by: Reader, at: datetime) -> Round:
    notes = _on(told, "note_verbale")
    cut_off = max([*_on(told, "deadline"), *_on(told, "replies_until")], default=None)
    first, second = _deadlines(told)
    mandate, anchor = _mandate(report, told)
    return Round.objects.create(
        key=secrets.token_hex(8),
        titles={code: title[:LONGEST_TITLE] for code, title in report.titles.items()},
        mandate=mandate,
        mandate_document=report.document,
        mandate_anchor=anchor,
        languages=[code for code in ("ar", "en") if code in report.languages],
        due_on=first,
        second_due_on=second,
        cut_off_on=cut_off,
        made_at=at,
        made_by=rights.person_of(by),
        opened_at=_noon(notes[0]) if notes else None,
        closed_at=_noon(cut_off) if cut_off else None,
        told_by=report.document,
        told_days=list(told.days),
    )


def _mandate(report: replies.Told, told: _Told) -> tuple[dict[str, str], str]:
    """The decision that the report names where it tells of the round, else its first paragraph."""
    structure = report.structures[told.language]
    numbers = {
        each["number"]
        for each in structure.get("paragraphs", [])
        if each.get("section") in told.method
    }
    for cited in structure.get("decisions_cited", []):
        where = [each for each in cited["paragraphs"] if each in numbers]
        if where:
            named = {
                code: f"{_KINDS[code][cited['kind']]} {cited['number']}"
                for code in report.languages
                if code in _KINDS and cited["kind"] in _KINDS[code]
            }
            return named, _anchor_of(structure, where[0])
    return {}, _anchor_of(structure, min(numbers, default=None))


_KINDS = {
    "ar": {"decision": "المقرر", "resolution": "القرار"},
    "en": {"decision": "decision", "resolution": "resolution"},
}


def _register(round_: Round, told: _Told, *, at: datetime) -> None:
    """A line for each State that replied. When each did, the report does not say."""
    known = set(
        State.objects.filter(iso2__in=told.replied, is_invented=False).values_list(
            "iso2", flat=True
        )
    )
    sent = round_.opened_at
    until = _on(told, "replies_until") or _on(told, "deadline")
    counted = _noon(until[-1]) if until else at
    Invitation.objects.bulk_create(
        Invitation(
            round=round_,
            state_id=iso2,
            invited_at=sent or counted,
            sent_at=sent,
            answered_at=counted,
            told_at_anchor=anchor[:60],
        )
        for iso2, anchor in told.replied.items()
        if iso2 in known
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


# ── themes and findings ──────────────────────────────────────────────────────────────────────────
def _findings(
    round_: Round, report: replies.Told, told: _Told, *, by: Reader, at: datetime
) -> tuple[int, int]:
    """A theme for each subject, a finding for each paragraph; how many there are of both."""
    structure = report.structures[told.language]
    chapters = structure.get("sections", [])
    themes = 0
    made: list[Finding] = []
    for place, chapter in enumerate(chapters):
        if chapter["id"] in told.method:
            continue
        is_last = place == len(chapters) - 1
        own = FindingKind.CONCLUSION if is_last else FindingKind.STATEMENT
        made += _statements(report, chapter["paragraphs"], kind=own, theme=None)
        for section in chapter.get("sections", []):
            themes += 1
            theme = _theme(round_, report, section, ordinal=themes)
            made += _statements(report, _below(section), kind=FindingKind.STATEMENT, theme=theme)
    for ordinal, finding in enumerate(made, start=1):
        finding.round, finding.ordinal = round_, ordinal
        finding.source_document_id = report.document.pk
        finding.made_at, finding.made_by = at, rights.person_of(by)
    Finding.objects.bulk_create(made)
    return themes, len(made)


def _theme(round_: Round, report: replies.Told, section: Node, *, ordinal: int) -> Theme:
    # The last part of the section's id says its place whatever the language: `sec-2-a` is `a`.
    code = slugify(str(section["id"]).rpartition("-")[2]) or str(ordinal)
    if round_.themes.filter(code=code).exists():
        code = slugify(str(section["id"]))[:60]
    labels = {
        language: heading
        for language in report.languages
        if (heading := _headings(report.structures[language]).get(section["id"], ""))
    }
    return Theme.objects.create(round=round_, code=code, labels=labels, ordinal=ordinal)


def _headings(structure: Node) -> dict[str, str]:
    return {str(each["id"]): str(each["heading"]) for each in _flat(structure.get("sections", []))}


def _flat(sections: Sequence[Node]) -> Iterator[Node]:
    for section in sections:
        yield section
        yield from _flat(section.get("sections", []))


def _below(section: Node) -> list[int | str]:
    """Its paragraphs and those of what stands under it, in order."""
    return [paragraph for each in _flat([section]) for paragraph in each["paragraphs"]]


def _statements(
    report: replies.Told,
    paragraphs: Sequence[int | str],
    *,
    kind: FindingKind,
    theme: Theme | None,
) -> list[Finding]:
    found = []
    for named in paragraphs:
        words = {
            language: text
            for language in report.languages
            if (text := _text_of(report.structures[language], named))
        }
        if words:
            found.append(
                Finding(
                    key=secrets.token_hex(8),
                    theme=theme,
                    kind=kind,
                    words=words,
                    source_anchor=_id_of(report, named),
                )
            )
    return found


def _paragraph(structure: Node, named: int | str) -> Node:
    """A section names its paragraphs by number or by id."""
    for each in structure.get("paragraphs", []):
        if named in (each["number"], each["id"]):
            found: Node = each
            return found
    return {}


def _text_of(structure: Node, named: int | str) -> str:
    """Its words with its lettered parts, each on a line; braces would be read as figures."""
    paragraph = _paragraph(structure, named)
    parts = [str(paragraph.get("text", ""))]
    parts += [f"({each['printed']}) {each['text']}" for each in paragraph.get("items", [])]
    return "\n".join(part for part in parts if part).replace("{", "(").replace("}", ")")


def _id_of(report: replies.Told, named: int | str) -> str:
    for language in report.languages:
        if found := _paragraph(report.structures[language], named):
            return str(found["id"])[:60]
    return ""
