"""Reports: who sees which, what their blocks stand on, and what their words have wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from marsad import countries
from marsad.design.formatting import Digits, Formatter, for_reader, reading_as
from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR, Reader, UnGroup
from marsad.problems import Problem
from marsad.review import composing, problems, prose
from marsad.review.composing import Choices, Material, Piece, Quote, Speech
from marsad.review.counting import UNKNOWN
from marsad.review.drafting import LANGUAGES
from marsad.review.models import Block, Report, Round, Theme
from marsad.review.queries import figure as figures
from marsad.review.queries import rights
from marsad.review.queries.quoting import Passage, quotable, quotes_of
from marsad.review.types.figure import Among, Figure, Query
from marsad.review.types.report import (
    BlockView,
    Caution,
    Changed,
    Composed,
    Doubt,
    Front,
    Place,
    ReportCard,
    Unquotable,
)
from marsad.review.words import BlockKind

#: Kinds whose words nobody needs to write: they come from the answers.
_SPEAKS_FOR_ITSELF = frozenset({BlockKind.EXTRACT, BlockKind.CHART})


# ── which there are ──────────────────────────────────────────────────────────────────────────────
def visible(reader: Reader, round_: Round) -> QuerySet[Report]:
    """The reports of a round that a reader may know of.

    Drafts are for its analysts, and so is what was withdrawn from the library.
    """
    found = Report.objects.filter(round=round_).select_related("round", "document")
    if rights.analyses(reader, round_):
        return found
    # Withdrawn from the library, it is read nowhere: that is how an extract is taken back.
    return found.filter(published_at__isnull=False, document__withdrawn_at__isnull=True)


def report_for(reader: Reader, *, round_key: str, key: str) -> Report:
    """:raises NoSuchReport: if there is none, or it is not open to the reader."""
    round_ = rights.round_for(reader, key=round_key)
    found = visible(reader, round_).filter(key=key).first()
    if found is None:
        raise problems.NoSuchReport
    return found


def newest_for(reader: Reader, *, round_key: str) -> Report:
    """The newest report of a round: what commands speak of where no key is given.

    :raises NothingPublishedYet: if there is none that is open to the reader.
    """
    round_ = rights.round_for(reader, key=round_key)
    found = visible(reader, round_).order_by("-made_at", "-id").first()
    if found is None:
        raise problems.NothingPublishedYet
    return found


def listed(*, reader: Reader, round_: Round, language: str) -> list[ReportCard]:
    """The reports of a round, the newest first."""
    found = visible(reader, round_).order_by("-made_at", "-id")
    return [card(reader=reader, report=report, language=language) for report in found]


def card(*, reader: Reader, report: Report, language: str) -> ReportCard:
    """A report as a list shows it."""
    is_draft = report.published_at is None
    return ReportCard(
        key=report.key,
        round_key=report.round.key,
        title=title_of(report, language=language),
        symbol=report.symbol,
        as_at=report.as_at,
        made_at=report.made_at,
        revision=report.revision,
        published_at=report.published_at,
        document_key=report.document.key if report.document else "",
        languages=languages_of(report),
        is_invented=report.round.is_invented,
        may_edit=is_draft and rights.analyses(reader, report.round),
        may_publish=is_draft and rights.is_secretariat(reader),
    )


def title_of(report: Report, *, language: str) -> str:
    """Its title in a language, or in the one it has."""
    titles: Mapping[str, str] = report.titles
    return titles.get(language.split("-")[0]) or next(iter(titles.values()), "")


def languages_of(report: Report) -> list[str]:
    """The languages it is written in: those of its round that reports are drafted in."""
    return languages_for(report.round)


def languages_for(round_: Round) -> list[str]:
    return [code for code in LANGUAGES if code in round_.languages] or list(LANGUAGES)


def checked_language(report: Report, language: str) -> str:
    """:raises UnknownReportLanguage: if the report is not written in it."""
    known = languages_of(report)
    if language not in known:
        raise problems.UnknownReportLanguage(given=language, choices=", ".join(known))
    return language


def blocks_of(report: Report) -> QuerySet[Block]:
    """Its blocks in order, without those that were taken out."""
    return report.blocks.filter(removed_at__isnull=True).order_by("ordinal", "id")


# ── what blocks stand on ─────────────────────────────────────────────────────────────────────────
def figure_of(data: Mapping[str, Any]) -> Figure:
    """The figure that `Figure.as_data` wrote."""
    return Figure(
        query=Query.of(data["query"]),
        n=data["n"],
        of=data["of"],
        otherwise=data["otherwise"],
        not_known=data["not_known"],
        withheld=data["withheld"],
        states=tuple(data["states"]),
        unnamed=data["unnamed"],
        at=datetime.fromisoformat(data["at"]),
    )


def pieces(report: Report, *, reader: Reader) -> list[Piece]:
    """Its blocks with what they stand on: counted now for a draft, as frozen once published."""
    blocks = list(blocks_of(report))
    if report.published_at is not None:
        return [_piece(block, thawed(block.frozen)) for block in blocks]
    return [
        _piece(block, material)
        for block, material in zip(
            blocks, materials(blocks, report=report, reader=reader), strict=True
        )
    ]


def _piece(block: Block, material: Material) -> Piece:
    return Piece(
        key=block.key,
        kind=block.kind,
        words=block.words,
        about=block.about,
        notes=block.notes,
        material=material,
    )


def materials(
    blocks: Sequence[Block],
    *,
    report: Report,
    reader: Reader,
    at: datetime | None = None,
) -> list[Material]:
    """What each block stands on, all figures counted in one pass over the answers.

    Only what is public enters: an answer for the Secretariat only is withheld, and a State is named
    only where its reply is public.

    :param at: another moment than that of the report.
    """
    moment = at or report.as_at
    named = [
        (place, name, query_of(data))
        for place, block in enumerate(blocks)
        for name, data in block.figures.items()
    ]
    wanted = [query for _place, _name, query in named] + [Query()]
    layouts = _layouts(blocks, round_=report.round)
    drawn = [query for layout in layouts for query in layout.queries]
    counter = figures.counter_for(
        reader=reader, round_=report.round, queries=[*wanted, *drawn], at=moment, public=True
    )
    counted = [counter.figure(query, to=None) for query in wanted]
    by_block: dict[int, dict[str, Figure]] = {}
    for (place, name, _query), figure in zip(named, counted, strict=False):
        by_block.setdefault(place, {})[name] = figure
    charts = _charts(layouts, counter=counter, round_=report.round)
    quotes = _quotes(blocks, report=report, at=moment)
    themes = _themes(report.round)
    return [
        Material(
            figures=by_block.get(place, {}),
            themes={
                each.query.theme: themes[each.query.theme]
                for each in by_block.get(place, {}).values()
                if each.query.theme in themes
            },
            choices=charts.get((block.about.get("path", ""), _among(block)))
            if block.kind == BlockKind.CHART
            else None,
            states=counted[-1].states if block.kind == BlockKind.STATES else (),
            quote=quotes.get(block.pk),
        )
        for place, block in enumerate(blocks)
    ]


def query_of(data: Mapping[str, Any]) -> Query:
    """A stored query; one that cannot be read counts nothing that anybody asked for."""
    return Query.of(data)


def _among(block: Block) -> Among:
    given = block.about.get("among")
    return given if given in ("invited", "replied") else "asked"


def _layouts(blocks: Sequence[Block], *, round_: Round) -> list[figures.Layout]:
    """The tables of the questions that charts are of, by whom they are taken of."""
    wanted: dict[Among, list[str]] = {}
    for block in blocks:
        if block.kind == BlockKind.CHART and block.about.get("path"):
            wanted.setdefault(_among(block), []).append(str(block.about["path"]))
    return [
        figures.layout(round_=round_, language="en", paths=paths, among=among)
        for among, paths in wanted.items()
    ]


def _charts(
    layouts: Sequence[figures.Layout], *, counter: figures.Counter, round_: Round
) -> dict[tuple[str, str], Choices]:
    """What charts show, by path and by whom they are taken of."""
    found: dict[tuple[str, str], Choices] = {}
    for layout in layouts:
        for table in layout.tables(counter, to=None):
            said = _labels(round_, table.path)
            found[table.path, table.among] = Choices(
                labels=said[""],
                rows=[
                    (said.get(row.value, {}), row.value in UNKNOWN, row.figure)
                    for row in table.rows
                ],
                of=table.of,
                no_answer=table.no_answer,
                withheld=table.withheld,
            )
    return found


def _labels(round_: Round, path: str) -> dict[str, dict[str, str]]:
    """The words of a question (under no value) and of its choices, each by language code."""
    said: dict[str, dict[str, str]] = {"": {}}
    for language in LANGUAGES:
        label, choices = _by_path(round_, language).get(path, ("", {}))
        said[""] |= {language: label} if label else {}
        for value, words in choices.items():
            said.setdefault(value, {})[language] = words
    return said


def _quotes(blocks: Sequence[Block], *, report: Report, at: datetime) -> dict[int, Quote]:
    """What extracts quote, by the block; nothing for those that may not be quoted."""
    wanted = {
        block.pk: Passage(
            answer=str(block.about.get("answer", "")),
            start=int(block.about.get("start", 0)),
            end=int(block.about.get("end", 0)),
        )
        for block in blocks
        if block.kind == BlockKind.EXTRACT
    }
    found = quotes_of(report.round, wanted.values(), at=at, languages=LANGUAGES)
    return {pk: found[passage] for pk, passage in wanted.items() if passage in found}


# ── freezing ─────────────────────────────────────────────────────────────────────────────────────
def frozen(material: Material) -> dict[str, Any]:
    """What a block stood on, as data: kept with it when the report is published."""
    data: dict[str, Any] = {
        "figures": {name: each.as_data() for name, each in material.figures.items()}
    }
    if material.themes:
        data["themes"] = {code: dict(labels) for code, labels in material.themes.items()}
    if material.states:
        data["states"] = list(material.states)
    if material.choices:
        chart = material.choices
        data["choices"] = {
            "labels": dict(chart.labels),
            "rows": [
                {"labels": dict(labels), "is_unknown": is_unknown, "figure": figure.as_data()}
                for labels, is_unknown, figure in chart.rows
            ],
            "of": chart.of,
            "no_answer": chart.no_answer,
            "withheld": chart.withheld,
        }
    if material.quote:
        quote = material.quote
        data["quote"] = {
            "answer": quote.answer,
            "text": quote.text,
            "language": quote.language,
            "state": quote.state,
            "question": dict(quote.question),
            "on": quote.on.isoformat(),
        }
    return data


def thawed(data: Mapping[str, Any]) -> Material:
    """What `frozen` wrote."""
    chart, quote = data.get("choices"), data.get("quote")
    return Material(
        figures={name: figure_of(each) for name, each in data.get("figures", {}).items()},
        themes=data.get("themes", {}),
        states=tuple(data.get("states", ())),
        choices=Choices(
            labels=chart["labels"],
            rows=[
                (row["labels"], row["is_unknown"], figure_of(row["figure"]))
                for row in chart["rows"]
            ],
            of=chart["of"],
            no_answer=chart["no_answer"],
            withheld=chart["withheld"],
        )
        if chart
        else None,
        quote=Quote(
            answer=quote["answer"],
            text=quote["text"],
            language=quote["language"],
            state=quote["state"],
            question=quote["question"],
            on=datetime.fromisoformat(quote["on"]).date(),
        )
        if quote
        else None,
    )


# ── composing ────────────────────────────────────────────────────────────────────────────────────
def composed(*, reader: Reader, report: Report, language: str) -> Composed:
    """The report in one language, with the digits of that language.

    :raises UnknownReportLanguage: if it is not written in it.
    """
    return compose(report, pieces(report, reader=reader), language=language)


def compose(
    report: Report, blocks: Sequence[Piece], *, language: str, digits: Digits | None = None
) -> Composed:
    """Blocks that were read already, in one language."""
    checked_language(report, language)
    called = {code: said for each in blocks for code, said in each.material.themes.items()}
    with reading_as(language=language, digits=digits) as formatter:
        return composing.compose(
            blocks,
            speech=speech(report.round, formatter=formatter, called=called),
            key=report.key,
            round_key=report.round.key,
            title=title_of(report, language=language),
            symbol=report.symbol,
            front=Front.of(report.front),
            # A draft tells what is known today, whatever day it is to speak of.
            as_at=min(report.as_at, timezone.now()),
            published_at=report.published_at,
            is_invented=report.round.is_invented,
        )


def speech(
    round_: Round,
    *,
    formatter: Formatter,
    called: Mapping[str, Mapping[str, str]] | None = None,
) -> Speech:
    """How things of a round are called in a language; call it in that language.

    :param called: what themes were called when a report was published, by code and language.
    """
    language = formatter.language.split("-")[0]
    names = directory.state_names(language=language)
    labels = _by_path(round_, language)
    themes = {
        code: said.get(language) or next(iter(said.values()), code)
        for code, said in {**_themes(round_), **(called or {})}.items()
    }

    def name(iso2: str) -> str:
        return names.get(iso2, iso2)

    def naming(codes: Sequence[str]) -> list[str]:
        return sorted(map(name, codes), key=lambda said: countries.sort_key(said, language))

    def question(query: Query) -> str:
        with override(language):
            return _question(query, labels=labels, themes=themes)

    def answers(query: Query) -> str:
        with override(language):
            return _answers(query, labels=labels)

    return Speech(
        formatter=formatter,
        naming=naming,
        name=name,
        question=question,
        answers=answers,
        author=_("Report of the Secretariat"),
    )


def _themes(round_: Round) -> dict[str, Mapping[str, str]]:
    """What its themes are called today, by code, each by language code."""
    return dict(Theme.objects.filter(round=round_).values_list("code", "labels"))


_Labels = Mapping[str, tuple[str, Mapping[str, str]]]


def _by_path(round_: Round, language: str) -> _Labels:
    """Each question's words and those of its choices."""
    return _labels_of(round_.form_key, language) if round_.form_key else {}


@lru_cache(maxsize=16)
def _labels_of(form_key: str, language: str) -> _Labels:
    # A published version never changes, so this may be kept for as long as the process lives.
    asked = Round(form_key=form_key)
    return {
        each.path: (each.label, dict(each.choices))
        for each in figures.questions_of(asked, language=language)
    }


def _question(query: Query, *, labels: _Labels, themes: Mapping[str, str]) -> str:
    if query.theme:
        said = _("Passages on “{theme}”").format(theme=themes.get(query.theme, query.theme))
    elif query.path:
        label = labels.get(query.path, (query.path, {}))[0]
        said = _("Question “{question}”").format(question=label)
    else:
        said = _("Register of the round")
    if query.region in UnGroup.values:
        said = f"{said} ({UnGroup(query.region).label})"
    if query.changed_since:
        said = _("{question}, otherwise than in the round before").format(question=said)
    return said


def _answers(query: Query, *, labels: _Labels) -> str:
    if query.theme:
        return _("States with such a passage")
    if not query.path:
        named = {
            "answered": _("replied in time"),
            "late": _("replied late"),
            "declined": _("declined"),
        }
        said = [named[each] for each in query.standings if each in named]
        return _(" or ").join(said) or _("replied")
    choices = labels.get(query.path, ("", {}))[1]
    said = [_("“{answer}”").format(answer=choices.get(each, each)) for each in query.values]
    return _(" or ").join(said) or _("any answer")


# ── warnings ─────────────────────────────────────────────────────────────────────────────────────
def cautions(report: Report, *, reader: Reader) -> list[Caution]:
    """Every warning about a draft, in order; a published report has none."""
    if report.published_at is not None:
        return []
    return cautions_about(report, pieces(report, reader=reader))


def cautions_about(report: Report, blocks: Sequence[Piece]) -> list[Caution]:
    """The same, for blocks that were read already."""
    numbers = paragraph_numbers(blocks)
    return [
        replace(caution, paragraph=numbers.get(piece.key, ""))
        for piece in blocks
        for caution in _cautions(piece, languages=languages_of(report))
    ]


def paragraph_numbers(blocks: Sequence[Piece]) -> dict[str, str]:
    """The number of each numbered block, in the reader's digits."""
    numbered = [piece.key for piece in blocks if piece.kind in composing.NUMBERED]
    reading = for_reader()
    return {key: reading.number(place) for place, key in enumerate(numbered, start=1)}


def _cautions(piece: Piece, *, languages: Sequence[str]) -> Iterator[Caution]:
    for language in languages:
        words = piece.words.get(language, "")
        if not words.strip() and piece.kind not in _SPEAKS_FOR_ITSELF:
            name = _language_name(language)
            said = _("There are no words in {language}.").format(language=name)
            yield Caution(block=piece.key, language=language, kind="missing", says=said)
            continue
        for doubt in prose.doubts(words, piece.material.figures) if words.strip() else ():
            yield Caution(block=piece.key, language=language, kind=doubt.kind, says=says(doubt))
    if any(_is_of_few(figure) for figure in piece.material.figures.values()):
        yield Caution(block=piece.key, language="", kind="few", says=str(problems.TooFewToTell()))
    if piece.kind == BlockKind.EXTRACT and piece.material.quote is None:
        said = str(problems.NotQuotable())
        yield Caution(block=piece.key, language="", kind="quote", says=said)
    if piece.kind == BlockKind.CHART and piece.material.choices is None:
        said = _("The questionnaire of this round has no such question with choices.")
        yield Caution(block=piece.key, language="", kind="chart", says=said)


def _is_of_few(figure: Figure) -> bool:
    """Whether a figure is of a regional group so small that it tells of each State in it."""
    return bool(figure.query.region) and figure.of < figures.FEWEST_IN_PUBLIC


def is_of_few(report: Report, query: Query, *, at: datetime) -> bool:
    """Whether a figure of a regional group could not be published, as the answers stand."""
    moment = min(report.as_at, at)
    counter = figures.counter_for(
        reader=OPERATOR, round_=report.round, queries=[query], at=moment, public=True
    )
    if query.region not in counter.register.told_in_public:
        return True
    return _is_of_few(counter.figure(query, to=None))


def regions_of(report: Report) -> list[tuple[str, str]]:
    """The regional groups of the States invited, in the order that the United Nations has them."""
    invited = figures.Register.of(report.round, timezone.now()).by_region
    return [(str(each.value), str(each.label)) for each in UnGroup if each.value in invited]


def _language_name(code: str) -> str:
    return {"ar": _("Arabic"), "en": _("English")}.get(code, code)


def says(doubt: Doubt) -> str:
    """A doubt as a sentence, in the reader's language."""
    reading = for_reader()
    if doubt.kind == "number":
        values = _(" or ").join(reading.number(value) for value in doubt.values[:4])
        return _("The text says “{said}”; the answers say {values}.").format(
            said=doubt.said, values=values
        )
    if doubt.kind == "typed":
        return _("“{said}” counts States and was typed: a live figure would stay right.").format(
            said=doubt.said
        )
    if doubt.kind == "unknown":
        return _("{place} names no figure of this block.").format(place=doubt.said)
    if doubt.kind == "part":
        return _("{place} asks for a part that a figure does not have.").format(place=doubt.said)
    return _("The figure “{name}” stands nowhere in the words.").format(name=doubt.said)


# ── the editor ───────────────────────────────────────────────────────────────────────────────────
def block_views(
    *, report: Report, blocks: Sequence[Piece], language: str, composed: Composed
) -> list[BlockView]:
    """The blocks as the editor shows them, with their figures and warnings.

    :param composed: what the blocks became, in the language whose numbers are shown.
    """
    found = {block.key: block for block in blocks_of(report)}
    told: dict[str, list[Caution]] = {}
    for caution in cautions_about(report, blocks):
        told.setdefault(caution.block, []).append(caution)
    printed = {passage.block: passage.printed for passage in composed.passages}
    with reading_as(language=language, digits=for_reader().digits) as formatter:
        said = speech(report.round, formatter=formatter)
        places = {piece.key: list(_places(piece, speech=said)) for piece in blocks}
    last = len(blocks) - 1
    return [
        BlockView(
            key=piece.key,
            kind=piece.kind,
            kind_label=str(BlockKind(piece.kind).label),
            revision=found[piece.key].revision,
            printed=printed.get(piece.key, ""),
            words=piece.words,
            about=piece.about,
            notes=piece.notes,
            places=places[piece.key],
            cautions=told.get(piece.key, []),
            is_first=place == 0,
            is_last=place == last,
        )
        for place, piece in enumerate(blocks)
    ]


def _places(piece: Piece, *, speech: Speech) -> Iterator[Place]:
    known = piece.material.figures
    order = [name for name in prose.used_names(piece.words.values()) if name in known]
    for name in dict.fromkeys([*order, *known]):
        figure = known[name]
        yield Place(
            name=name,
            words=prose.phrase(figure, formatter=speech.formatter),
            asks=f"{speech.question(figure.query)}: {speech.answers(figure.query)}",
            figure=figure,
        )


# ── what has changed since ───────────────────────────────────────────────────────────────────────
def changed_since(*, reader: Reader, report: Report, language: str) -> list[Changed]:
    """The figures of a published report that come out otherwise today; its text stays.

    For those who may count today's answers; nothing for others, and nothing for a draft.
    """
    if report.published_at is None or not rights.analyses(reader, report.round):
        return []
    blocks = list(blocks_of(report))
    was = [thawed(block.frozen) for block in blocks]
    now = _now(blocks, report=report)
    numbers = paragraph_numbers([_piece(block, Material()) for block in blocks])
    with reading_as(language=language, digits=for_reader().digits) as formatter:
        said = speech(report.round, formatter=formatter)
        return [
            Changed(
                paragraph=numbers.get(block.key, ""),
                words=f"{said.question(before.query)}: {said.answers(before.query)}",
                was=before,
                now=after,
            )
            for block, old, new in zip(blocks, was, now, strict=True)
            for before, after in _pairs(old, new)
            if _counts(before) != _counts(after)
        ]


def no_longer_quotable(*, reader: Reader, report: Report, language: str) -> list[Unquotable]:
    """The extracts of a published report that could not be quoted today; they stay in it.

    For those who may do something about it: see decision 16.
    """
    if report.published_at is None or not rights.analyses(reader, report.round):
        return []
    names = directory.state_names(language=language)
    numbers = paragraph_numbers([_piece(each, Material()) for each in blocks_of(report)])
    found, paragraph = [], ""
    for block in blocks_of(report):
        paragraph = numbers.get(block.key, paragraph)
        quote = thawed(block.frozen).quote
        if quote is None or is_quotable(report, quote.answer):
            continue
        found.append(
            Unquotable(
                paragraph=paragraph,
                state_name=names.get(quote.state, quote.state),
                question=quote.question.get(language) or next(iter(quote.question.values()), ""),
            )
        )
    return found


def _now(blocks: Sequence[Block], *, report: Report) -> list[Material]:
    """What the blocks would stand on if they were counted today, late changes included."""
    return materials(blocks, report=report, reader=OPERATOR, at=timezone.now())


def _pairs(old: Material, new: Material) -> Iterator[tuple[Figure, Figure]]:
    for name, before in old.figures.items():
        if name in new.figures:
            yield before, new.figures[name]
    if old.choices and new.choices:
        today = {figure.query: figure for _labels, _unknown, figure in new.choices.rows}
        for _labels, _unknown, before in old.choices.rows:
            if before.query in today:
                yield before, today[before.query]


def _counts(figure: Figure) -> tuple[int, ...]:
    return (figure.n, figure.of, figure.otherwise, figure.not_known, figure.withheld)


# ── what the publisher must still do ─────────────────────────────────────────────────────────────
def hindrance(report: Report, blocks: Sequence[Piece]) -> Problem | None:
    """What must be mended before the report can be published; warnings only need to be seen."""
    missing = [code for code in languages_of(report) if not report.titles.get(code, "").strip()]
    if missing:
        return problems.ReportTitleMissing(languages=", ".join(map(_language_name, missing)))
    for caution in cautions_about(report, blocks):
        if caution.kind == "missing":
            return problems.WordsMissing(
                paragraph=caution.paragraph or "–", language=_language_name(caution.language)
            )
        if caution.kind == "quote":
            return problems.NotQuotable()
        if caution.kind == "few":
            return problems.TooFewToTell()
    return None


def is_quotable(report: Report, answer: str) -> bool:
    """Whether a report may quote an answer."""
    return quotable(report.round, at=min(report.as_at, timezone.now())).filter(key=answer).exists()


__all__ = [
    "block_views",
    "blocks_of",
    "card",
    "cautions",
    "cautions_about",
    "changed_since",
    "checked_language",
    "compose",
    "composed",
    "figure_of",
    "frozen",
    "hindrance",
    "is_of_few",
    "is_quotable",
    "languages_for",
    "languages_of",
    "listed",
    "materials",
    "newest_for",
    "no_longer_quotable",
    "paragraph_numbers",
    "pieces",
    "regions_of",
    "report_for",
    "thawed",
    "title_of",
    "visible",
]
