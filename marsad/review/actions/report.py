"""Reports: begun from their round, written block by block, published once and for all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from marsad.directory.types import Reader, UnGroup
from marsad.journal import actions as journal
from marsad.library.actions import publishing
from marsad.library.actions.publishing import Edition
from marsad.review import problems, prose
from marsad.review.composing import Piece
from marsad.review.drafting import Draft, chart_of, draft, of_question
from marsad.review.exports import report as exports
from marsad.review.models import Block, Reply, Report, Round
from marsad.review.queries import figure as figures
from marsad.review.queries import report as queries
from marsad.review.queries import rights
from marsad.review.queries.drafting import asked, ground
from marsad.review.structuring import structured
from marsad.review.types.figure import Query
from marsad.review.types.report import Front
from marsad.review.words import BlockKind, Standing

#: Standings that a figure without a question may count.
_STANDINGS = frozenset({Standing.ANSWERED, Standing.LATE, Standing.DECLINED})


# ── beginning ────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def begin(
    *,
    round_key: str,
    titles: Mapping[str, str],
    by: Reader,
    at: datetime,
    symbol: str = "",
    as_at: datetime | None = None,
    front: Front | None = None,
) -> Report:
    """Build the first draft of a report from its round: laid out, with live figures throughout.

    :param titles: by language code, one for each language of the report.
    :param as_at: the moment whose answers it speaks of; the cut-off of the round, where none is
        given.
    :raises NoSuchRound: if there is none, or it is not open to this person.
    :raises NotAnAnalyst: if this person may not write reports of the round.
    :raises RoundOnlyTold: if Marsad holds no answers of the round.
    :raises ReportTitleMissing: if a language has no title.
    """
    round_ = rights.round_for(by, key=round_key)
    rights.require_analyst(by, round_)
    if round_.told_by_id is not None:
        raise problems.RoundOnlyTold
    moment = as_at or figures.cut_off_of(round_) or at
    report = Report.objects.create(
        key=secrets.token_hex(8),
        round=round_,
        titles=_titles(titles, round_=round_),
        symbol=symbol.strip(),
        front=(front or Front()).as_data(),
        as_at=moment,
        made_at=at,
        made_by=rights.person_of(by),
    )
    Block.objects.bulk_create(
        _block(each, report=report, ordinal=ordinal)
        for ordinal, each in enumerate(draft(ground(round_, at=moment)), start=1)
    )
    journal.record(action="review.report.begin", on=report, by=rights.person_of(by), at=at)
    return report


def _titles(titles: Mapping[str, str], *, round_: Round) -> dict[str, str]:
    wanted = queries.languages_for(round_)
    kept = {code: titles.get(code, "").strip() for code in wanted}
    if not all(kept.values()):
        raise problems.ReportTitleMissing(languages=", ".join(wanted))
    return kept


def _block(each: Draft, *, report: Report, ordinal: int) -> Block:
    return Block(
        key=secrets.token_hex(8),
        report=report,
        ordinal=ordinal,
        kind=each.kind,
        words=dict(each.words),
        figures={name: dict(query) for name, query in each.figures.items()},
        about=dict(each.about),
    )


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def describe(
    *,
    key: str,
    titles: Mapping[str, str],
    symbol: str,
    front: Front,
    as_at: datetime,
    by: Reader,
    at: datetime,
) -> Report:
    """Say what stands on the first page, and which moment the report speaks of.

    :raises ReportTitleMissing: if a language has no title.
    """
    report = _held(key, by=by)
    report.titles = _titles(titles, round_=report.round)
    report.symbol = symbol.strip()
    report.front = front.as_data()
    report.as_at = as_at
    report.save(update_fields=["titles", "symbol", "front", "as_at"])
    _note("review.report.describe", report, by=by, at=at)
    return report


@transaction.atomic
def add(
    *,
    key: str,
    kind: str,
    by: Reader,
    at: datetime,
    after: str = "",
    words: Mapping[str, str] | None = None,
    queries_by_name: Mapping[str, Query] | None = None,
    about: Mapping[str, Any] | None = None,
) -> Block:
    """Put a new block behind another one; at the front, where none is named."""
    report = _held(key, by=by)
    made = Draft(
        kind=BlockKind(kind),
        words=dict(words or {}),
        figures={name: each.as_data() for name, each in (queries_by_name or {}).items()},
        about=dict(about or {}),
    )
    _check_quote(report, kind=kind, about=made.about)
    ordinal = _block_in(report, after).ordinal + 1 if after else 1
    report.blocks.filter(ordinal__gte=ordinal).update(ordinal=F("ordinal") + 1)
    block = _block(made, report=report, ordinal=ordinal)
    block.save()
    _note("review.report.block.add", report, by=by, at=at, block=block.key)
    return block


def add_question(*, key: str, path: str, kind: str, after: str, by: Reader, at: datetime) -> Block:
    """Put the answers to a question behind a block, as a paragraph of figures or as a chart.

    :raises FigureNotUnderstood: if the round asks no such question with choices.
    """
    report = _report(key, by=by)
    question = asked(report.round, path=path)
    if question is None:
        raise problems.FigureNotUnderstood
    made = chart_of(question) if kind == BlockKind.CHART else of_question(question)
    return add(
        key=key,
        kind=made.kind,
        after=after,
        words=made.words,
        queries_by_name={name: Query.of(each) for name, each in made.figures.items()},
        about=made.about,
        by=by,
        at=at,
    )


@transaction.atomic
def edit(
    *,
    key: str,
    block: str,
    words: Mapping[str, str],
    base: int,
    by: Reader,
    at: datetime,
    notes: Mapping[str, Mapping[str, str]] | None = None,
    about: Mapping[str, Any] | None = None,
) -> Block:
    """Write the words of a block, both languages together.

    :param base: the revision of the block that the writer saw.
    :raises BlockChangedMeanwhile: if somebody else's words came between.
    """
    report = _held(key, by=by)
    found = _block_in(report, block)
    if found.revision != base:
        raise problems.BlockChangedMeanwhile
    found.words = {code: _tidied(said) for code, said in words.items()}
    if notes is not None:
        found.notes = {mark: dict(said) for mark, said in notes.items() if any(said.values())}
    if about is not None:
        _check_quote(report, kind=found.kind, about=about)
        found.about = dict(about)
    _save(found)
    _note("review.report.block.edit", report, by=by, at=at, block=found.key)
    return found


def _tidied(said: str) -> str:
    """The words without blanks at the ends of lines; a line of its own is a lettered part."""
    lines = (" ".join(line.split()) for line in said.splitlines())
    return "\n".join(line for line in lines if line)


@transaction.atomic
def set_figure(*, key: str, block: str, name: str, query: Query, by: Reader, at: datetime) -> Block:
    """Give a block a live figure, or let one count something else.

    :raises FigureNotUnderstood: if the name is none, or the query counts nothing.
    :raises TooFewToTell: if it is of a regional group of which a report may not tell.
    """
    report = _held(key, by=by)
    found = _block_in(report, block)
    is_name = prose.PLACE.fullmatch(f"{{{name}}}") and name not in prose.RESERVED
    if not is_name or not _counts_something(query, report.round, by=by):
        raise problems.FigureNotUnderstood
    if query.region and queries.is_of_few(report, query, at=at):
        raise problems.TooFewToTell
    found.figures = {**found.figures, name: query.as_data()}
    _save(found)
    _note("review.report.figure.set", report, by=by, at=at, block=found.key)
    return found


@transaction.atomic
def drop_figure(*, key: str, block: str, name: str, by: Reader, at: datetime) -> Query:
    """Take a live figure from a block; returns what it counted, so that it can be put back."""
    report = _held(key, by=by)
    found = _block_in(report, block)
    if name not in found.figures:
        raise problems.FigureNotUnderstood
    taken = Query.of(found.figures[name])
    found.figures = {each: query for each, query in found.figures.items() if each != name}
    _save(found)
    _note("review.report.figure.drop", report, by=by, at=at, block=found.key)
    return taken


def _counts_something(query: Query, round_: Round, *, by: Reader) -> bool:
    if query.region and query.region not in UnGroup.values:
        return False
    since = query.changed_since
    if since and since not in figures.earlier_for(by, round_, [since]):
        return False
    if query.theme:
        return round_.themes.filter(code=query.theme).exists()
    if not query.path:
        return set(query.standings) <= _STANDINGS
    paths = {each.path for each in figures.questions_of(round_, language="en")}
    return query.path in paths


def _save(block: Block) -> None:
    block.revision += 1
    block.save(update_fields=["words", "notes", "about", "figures", "revision"])


@transaction.atomic
def move(*, key: str, block: str, by: Reader, at: datetime, earlier: bool) -> Block:
    """Put a block one place earlier, or one later; at the end of the report it stays."""
    report = _held(key, by=by)
    found = _block_in(report, block)
    order = list(queries.blocks_of(report))
    place = next(index for index, each in enumerate(order) if each.pk == found.pk)
    other = place - 1 if earlier else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for ordinal, each in enumerate(order, start=1):
            each.ordinal = ordinal
        Block.objects.bulk_update(order, ["ordinal"])
        _note("review.report.block.move", report, by=by, at=at, block=found.key)
    return found


@transaction.atomic
def remove(*, key: str, block: str, by: Reader, at: datetime) -> Block:
    """Take a block out; it can be put back."""
    report = _held(key, by=by)
    found = _block_in(report, block)
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    _note("review.report.block.remove", report, by=by, at=at, block=found.key)
    return found


@transaction.atomic
def put_back(*, key: str, block: str, by: Reader, at: datetime) -> Block:
    """Put a block that was taken out back where it stood."""
    report = _held(key, by=by)
    found = report.blocks.filter(key=block, removed_at__isnull=False).first()
    if found is None:
        raise problems.NoSuchBlock
    found.removed_at = None
    found.save(update_fields=["removed_at"])
    _note("review.report.block.put_back", report, by=by, at=at, block=found.key)
    return found


@transaction.atomic
def discard(*, key: str, revision: int, by: Reader, at: datetime) -> None:
    """Throw a draft away, with its blocks.

    :param revision: that of the report as it was seen; what others wrote since does not go unseen.
    :raises ReportChangedMeanwhile: if it was changed since.
    """
    report = _held(key, by=by)
    _require_as_read(report, revision=revision)
    journal.record(action="review.report.discard", on=report, by=rights.person_of(by), at=at)
    report.delete()


# ── publishing ───────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def publish(
    *, key: str, by: Reader, at: datetime, confirmed: bool = False, revision: int | None = None
) -> Report:
    """Freeze every figure, and put the report on the shelf of the library in all its languages.

    An answer that changes meanwhile changes nothing: figures are as at the moment of the report,
    and what the words stand on is kept with each block.

    :param confirmed: the warnings were read, and it is to be published with them.
    :param revision: that of the report as it was read; words that came later nobody has seen.
    :raises NotTheSecretariat: if this person may not publish.
    :raises ReportChangedMeanwhile: if it was changed since.
    :raises NotSeenYet: if there are warnings that nobody confirmed.
    :raises WordsMissing, NotQuotable, ReportTitleMissing: if something must be mended first.
    :raises marsad.library.problems.SymbolTaken: if another document has its symbol.
    """
    rights.require_secretariat(by)
    report = _held(key, by=by)
    _require_as_read(report, revision=revision)
    _hold_replies(report)
    report.as_at = min(report.as_at, at)  # nobody knows the answers of days to come
    pieces = queries.pieces(report, reader=by)
    hindrance = queries.hindrance(report, pieces)
    if hindrance is not None:
        raise hindrance
    warnings = len(queries.cautions_about(report, pieces))
    if warnings and not confirmed:
        raise problems.NotSeenYet(count=warnings)
    report.published_at = at
    editions = [
        _edition(report, pieces, language=language) for language in queries.languages_of(report)
    ]
    published = publishing.publish(
        editions=editions, by=by, at=at, is_sample=report.round.is_invented
    )
    blocks = list(queries.blocks_of(report))
    for block, piece in zip(blocks, pieces, strict=True):
        block.frozen = queries.frozen(piece.material)
    Block.objects.bulk_update(blocks, ["frozen"])
    report.blocks.filter(removed_at__isnull=False).delete()
    report.published_by = rights.person_of(by)
    report.document_id = published.document_id
    report.save(update_fields=["as_at", "published_at", "published_by", "document", "revision"])
    journal.record(
        action="review.report.publish",
        on=report,
        by=rights.person_of(by),
        at=at,
        details={"document": published.key, "warnings": warnings},
    )
    return report


def _hold_replies(report: Report) -> None:
    """Let no State change an answer, or what may be known of it, until the act is done.

    What is quoted is judged only afterwards: a State that makes an answer confidential comes either
    before the report, and is not quoted, or after it, and is told by its page.
    """
    replies = Reply.objects.filter(invitation__round=report.round_id).order_by("pk")
    list(replies.select_for_update(of=("self",)).values_list("pk"))


def _edition(report: Report, pieces: Sequence[Piece], *, language: str) -> Edition:
    composed = queries.compose(report, pieces, language=language)
    written = structured(composed)
    word = exports.write(composed, format="docx")
    return Edition(
        text=written.text,
        structure=written.structure,
        recommending=written.recommending,
        original=word.data,
        file_name=word.file_name,
    )


# ── what every act begins with ───────────────────────────────────────────────────────────────────
def _report(key: str, *, by: Reader) -> Report:
    """:raises NoSuchReport: if there is none, or this person may not know of it."""
    found = Report.objects.select_related("round").filter(key=key).first()
    if found is None:
        raise problems.NoSuchReport
    return queries.report_for(by, round_key=found.round.key, key=key)


def _held(key: str, *, by: Reader) -> Report:
    """A draft that this person may write, kept from others until the act is done.

    :raises NoSuchReport: if there is none, or it is not open to them.
    :raises NotAnAnalyst: if they may not write reports of the round.
    :raises ReportPublished: if it stays as it is.
    """
    seen = _report(key, by=by)
    rights.require_analyst(by, seen.round)
    report = Report.objects.select_for_update(of=("self",)).select_related("round").get(pk=seen.pk)
    if report.published_at is not None:
        raise problems.ReportPublished
    return report


def _require_as_read(report: Report, *, revision: int | None) -> None:
    """:raises ReportChangedMeanwhile: if somebody changed it since it was read."""
    if revision is not None and report.revision != revision:
        raise problems.ReportChangedMeanwhile


def _block_in(report: Report, key: str) -> Block:
    found = report.blocks.filter(key=key, removed_at__isnull=True).first()
    if found is None:
        raise problems.NoSuchBlock
    return found


def _check_quote(report: Report, *, kind: str, about: Mapping[str, Any]) -> None:
    """:raises NotQuotable: for an extract of an answer that is not everybody's to read."""
    if kind == BlockKind.EXTRACT and not queries.is_quotable(report, str(about.get("answer", ""))):
        raise problems.NotQuotable


def _note(action: str, report: Report, *, by: Reader, at: datetime, block: str = "") -> None:
    Report.objects.filter(pk=report.pk).update(revision=F("revision") + 1)
    journal.record(
        action=action,
        on=report,
        by=rights.person_of(by),
        at=at,
        details={"block": block} if block else {},
    )


__all__ = [
    "add",
    "add_question",
    "begin",
    "describe",
    "discard",
    "drop_figure",
    "edit",
    "move",
    "publish",
    "put_back",
    "remove",
    "set_figure",
]
