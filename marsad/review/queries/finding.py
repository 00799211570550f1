"""What the answers come to: tables of every question, single figures, findings in words.

Figures are those that may be published (nothing for the Secretariat only is in them), unless an
officer of the Secretariat asks for the whole. States are always in the order of their names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marsad import countries
from marsad.design.formatting import for_reader
from marsad.design.printing.sheets import Sheet
from marsad.directory import queries as directory
from marsad.directory.types import Reader, UnGroup
from marsad.library.queries import document as documents
from marsad.library.queries import rights as library
from marsad.library.types import DocumentCard
from marsad.questionnaires.queries.outline import Item, Outline, Section, outline
from marsad.review import problems, prose, telling
from marsad.review.counting import Share
from marsad.review.models import Finding, Round
from marsad.review.queries import figure as figures
from marsad.review.queries import rights
from marsad.review.queries.round import in_language
from marsad.review.types.figure import Figure, Query
from marsad.review.types.finding import (
    EffectFigure,
    EffectLine,
    FigureLine,
    FigurePage,
    FindingDraft,
    FindingView,
    Named,
    Overview,
    SectionLink,
)
from marsad.review.words import FindingKind, Standing

#: Last part of the concept of a question that asks what came of a measure, and of those that ask
#: what shows it.
EFFECT = "effect"
EVIDENCE = ("shown", "proof", "effect_basis")
#: Answers that tell of an effect; and those that name nothing that shows it.
TOLD = ("clear", "some", "none")
SHOWS_NOTHING = frozenset({"opinion", "none", "unknown"})
#: A question for the effect of a measure, with those for what shows it.
_Measure = tuple[Item, list[Item]]
#: The path of no question: tables of nothing, where no section has any.
NO_PATH = "-"


# ── tables ───────────────────────────────────────────────────────────────────────────────────────
def overview(
    *,
    reader: Reader,
    round_: Round,
    language: str,
    section: str = "",
    at: datetime | None = None,
    by_region: bool = False,
    since: str = "",
    whole: bool = False,
) -> Overview:
    """The findings, and the tables of one section: the one of that name, else the first with any.

    Whatever the page shows is counted in one pass over the answers.

    :param whole: count what is for the Secretariat only too, in the tables, for those who may.
    :raises NoFindingsYet: if the reader may not know of figures of this round.
    """
    moment = figures.moment_for(reader, round_, at)
    is_whole = whole and rights.is_secretariat(reader)
    analyses = rights.analyses(reader, round_)
    laid = laid_out(round_, language=language)
    chosen = _chosen(laid, section)
    register = figures.Register.of(round_, moment)
    groups = _regions(register, everybody=analyses)
    before = earlier_rounds(reader=reader, round_=round_, language=language)
    wanted = figures.layout(
        round_=round_,
        language=language,
        paths=[each.path for each in _with_choices(chosen)] if chosen else [NO_PATH],
        regions=[code for code, _name in groups] if by_region else (),
        changed_since=since if since in dict(before) else "",
    )
    rows = list(_visible(reader, round_).select_related("theme"))
    measures = _measures(laid.questions if laid else ())

    def counter(queries: Sequence[Query], *, public: bool) -> figures.Counter:
        return figures.counter_for(
            reader=reader,
            round_=round_,
            queries=queries,
            at=moment,
            public=public,
            register=register,
        )

    outward = [*_queries_of(rows).values(), *_effect_queries(measures)]
    counted = counter([*outward, *(() if is_whole else wanted.queries)], public=True)
    return Overview(
        findings=_views(rows, counted, reader=reader, language=language),
        sections=[
            SectionLink(
                name=each.name,
                label=each.label,
                language=each.language,
                count=len(_with_choices(each)),
                is_current=each is chosen,
            )
            for each in (laid.sections if laid else ())
            if _with_choices(each)
        ],
        tables=wanted.tables(
            counter(wanted.queries, public=False) if is_whole else counted, to=reader
        ),
        regions=groups,
        earlier=before,
        replied=len(register.replied),
        invited=len(register.invited),
        effect=_effect(counted, measures),
        at=moment,
        is_whole=is_whole,
    )


def laid_out(round_: Round, *, language: str) -> Outline | None:
    """The form of a round; none where a report only tells of it."""
    return outline(form_key=round_.form_key, language=language) if round_.form_key else None


def _with_choices(section: Section) -> list[Item]:
    return [each for each in section.questions if each.options]


def _chosen(laid: Outline | None, name: str) -> Section | None:
    if laid is None:
        return None
    having = [each for each in laid.sections if _with_choices(each)]
    return next((each for each in having if each.name == name), having[0] if having else None)


def _regions(register: figures.Register, *, everybody: bool) -> list[tuple[str, str]]:
    """The regional groups of the States invited, in the order that the United Nations has them."""
    told = register.by_region.keys() if everybody else register.told_in_public
    return [(str(group.value), str(group.label)) for group in UnGroup if group.value in told]


def earlier_rounds(*, reader: Reader, round_: Round, language: str) -> list[tuple[str, str]]:
    """Earlier rounds that asked some of the same, and whose figures the reader may know."""
    asked = figures.concepts_of(round_)
    opened = (
        rights.visible_rounds(reader)
        .filter(opened_at__isnull=False, is_invented=round_.is_invented)
        .exclude(pk=round_.pk)
        .exclude(form_key="")
    )
    same = [
        earlier
        for earlier in opened
        if not (round_.opened_at and earlier.opened_at and earlier.opened_at > round_.opened_at)
        and (earlier.form_key == round_.form_key or asked & figures.concepts_of(earlier))
    ]
    return [
        (earlier.key, in_language(earlier.titles, language))
        for earlier in figures.countable(reader, same)
    ]


# ── evidence of effect ───────────────────────────────────────────────────────────────────────────
def effect(
    *, reader: Reader, round_: Round, language: str, at: datetime | None = None
) -> EffectFigure | None:
    """How many States gave evidence of effect; None where the form does not ask for any.

    A measure's effect and what shows it are told by the last part of the concepts of its questions.
    """
    laid = laid_out(round_, language=language)
    measures = _measures(laid.questions if laid else ())
    counter = figures.counter_for(
        reader=reader, round_=round_, queries=_effect_queries(measures), at=at, public=True
    )
    return _effect(counter, measures)


def _effect_queries(measures: Sequence[_Measure]) -> list[Query]:
    """What has to be counted to say how many gave evidence."""
    asked = [Query(path=effect.path, among="asked") for effect, _evidence in measures]
    return [*asked, *(Query(path=each.path) for _effect, shown in measures for each in shown)]


def _effect(counter: figures.Counter, measures: Sequence[_Measure]) -> EffectFigure | None:
    if not measures:
        return None
    found = [(measure, _effect_of(counter, *measure)) for measure in measures]
    shares = [share for _measure, share in found]
    of = frozenset[str]().union(*(each.everybody for each in shares))
    shown = of & frozenset[str]().union(*(each.n for each in shares))
    told = of & frozenset[str]().union(*(each.otherwise for each in shares)) - shown
    withheld = of & frozenset[str]().union(*(each.withheld for each in shares)) - shown - told
    return EffectFigure(
        of=len(of),
        shown=len(shown),
        told=len(told),
        withheld=len(withheld),
        not_known=len(of - shown - told - withheld),
        measures=[_effect_line(measure[0], share) for measure, share in found],
    )


def _measures(questions: Iterable[Item]) -> list[_Measure]:
    """Questions for an effect, each with the questions for what shows it."""
    found: dict[str, tuple[Item, list[Item]]] = {}
    asked = [(each, *each.concept.rpartition(".")[::2]) for each in questions if each.concept]
    for item, measure, last in asked:
        if last == EFFECT and item.options and not item.repeat:
            found[measure] = (item, [])
    for item, measure, last in asked:
        if last in EVIDENCE and measure in found:
            found[measure][1].append(item)
    return list(found.values())


def _effect_of(counter: figures.Counter, asked: Item, evidence: Sequence[Item]) -> Share:
    """n gave evidence, otherwise told of an effect without any."""
    told = counter.share(Query(path=asked.path, values=TOLD, among="asked"))
    of = told.everybody
    shown = frozenset[str]()
    hidden = told.withheld
    for each in evidence:
        values = tuple(o.value for o in each.options if o.value not in SHOWS_NOTHING)
        share = counter.share(Query(path=each.path, values=values))
        shown |= share.n & of
        hidden |= share.withheld & of
    withheld = hidden - shown
    otherwise = told.n - shown - withheld
    return Share(
        n=shown,
        otherwise=otherwise,
        withheld=withheld,
        not_known=of - shown - otherwise - withheld,
    )


def _effect_line(asked: Item, share: Share) -> EffectLine:
    return EffectLine(
        path=asked.path,
        label=asked.label,
        language=asked.language,
        of=share.of,
        shown=len(share.n),
        told=len(share.otherwise),
        not_known=len(share.not_known),
        withheld=len(share.withheld),
    )


# ── one figure, and what is behind it ────────────────────────────────────────────────────────────
def figure_page(
    *,
    reader: Reader,
    round_: Round,
    query: Query,
    language: str,
    at: datetime | None = None,
    whole: bool = False,
) -> FigurePage:
    """A figure with its definition and the States behind it.

    :raises NoFindingsYet: if the reader may not know of figures of this round.
    :raises UnreadableFigure: if the form has no such question, or the round no such theme.
    """
    is_whole = whole and rights.is_secretariat(reader)
    counter = figures.counter_for(
        reader=reader, round_=round_, queries=[query], at=at, public=not is_whole
    )
    check(round_, query, reader=reader)
    share = counter.share(query)
    named = counter.named(query, to=reader, share=share)
    # Beside the names of all the others, a withheld answer would tell whose it is.
    others = frozenset[str]() if share.withheld else named
    found = counter.figure(query, to=reader)
    question, answers, spoken_in = asked_by(round_, query, language=language)
    return FigurePage(
        figure=found,
        definition=definition(round_, query, language=language),
        sentence=_sentence(found, question, answers, language=language),
        question=question,
        answers=answers,
        language=spoken_in,
        states=by_name(found.states, language=language),
        not_known=by_name(share.not_known & others, language=language),
        otherwise=by_name(share.otherwise & others, language=language),
        names_nobody=bool(found.unnamed and not named),
        at=found.at,
    )


def check(round_: Round, query: Query, *, reader: Reader) -> None:
    """:raises UnreadableFigure: if the round has nothing that the query could count for a reader,
    or the earlier round that it speaks of is not open to them.
    """
    since = query.changed_since
    if since and since not in figures.earlier_for(reader, round_, [since]):
        raise problems.UnreadableFigure
    if query.path:
        asked = {each.path: each for each in figures.questions_of(round_, language="en")}
        question = asked.get(query.path)
        known = {value for value, _label in question.choices} if question else set()
        if question is None or (known and not known.issuperset(query.values)):
            raise problems.UnreadableFigure
    if query.theme and not round_.themes.filter(code=query.theme).exists():
        raise problems.UnreadableFigure
    if set(query.standings) - {figures.ANSWERED, figures.LATE, figures.DECLINED}:
        raise problems.UnreadableFigure


def by_name(codes: Iterable[str], *, language: str) -> list[Named]:
    """In the order of names in the reader's language: never in that of what they answered."""
    names = directory.state_names(language=language)
    found = [Named(iso2=iso2, name=names.get(iso2, iso2)) for iso2 in codes]
    return sorted(found, key=lambda each: countries.sort_key(each.name, language))


def asked_by(round_: Round, query: Query, *, language: str) -> tuple[str, list[str], str]:
    """The question and its answers in words, and the language of them."""
    for question in figures.questions_of(round_, language=language):
        if question.path == query.path:
            labels = dict(question.choices)
            answers = [labels.get(value, value) for value in query.values]
            return question.label, answers, question.language
    return "", [], language


def _sentence(figure: Figure, question: str, answers: Sequence[str], *, language: str) -> str:
    if question and answers and not figure.query.theme and not figure.query.changed_since:
        with override(language):
            answer = for_reader().listed(answers)
        return telling.sentence(figure, language, question=question, answer=answer)
    return telling.words(figure, language)


def definition(round_: Round, query: Query, *, language: str) -> list[str]:
    """What a query counts, in sentences: nobody should have to guess it from a number."""
    question, answers, _spoken_in = asked_by(round_, query, language=language)
    with override(language):
        said = [_what(round_, query, question, answers, language=language), _of_whom(query)]
        if query.region:
            group = str(UnGroup(query.region).label) if query.region in UnGroup else query.region
            said.append(_("Only States of this group: {group}.").format(group=group))
        if query.changed_since:
            earlier = Round.objects.filter(key=query.changed_since).first()
            title = in_language(earlier.titles, language) if earlier else ""
            said.append(
                _(
                    "Only those that answered otherwise in the round “{round}”; where it is not "
                    "known what a State answered then, it is not known whether that changed."
                ).format(round=title)
            )
        return [*said, _not_known_stays()]


def _not_known_stays() -> str:
    return _(
        "A State that gave no answer, or answered that it does not know, stays in the number that "
        "the share is taken of, as not known."
    )


def _what(
    round_: Round, query: Query, question: str, answers: Sequence[str], *, language: str
) -> str:
    if query.theme:
        theme = round_.themes.filter(code=query.theme).first()
        label = in_language(theme.labels, language) if theme else query.theme
        return _(
            "States in whose answers analysts marked a passage on “{theme}”, or on a theme "
            "under it."
        ).format(theme=label)
    if not query.path:
        labels = [str(Standing(each).label) for each in query.standings] or [
            str(Standing.ANSWERED.label),
            str(Standing.LATE.label),
        ]
        return _("States that stand so in the register: {standings}.").format(
            standings=for_reader().listed(labels)
        )
    if not answers:
        return _("States that answered the question “{question}”.").format(question=question)
    return _("States that answered {answers} to the question “{question}”.").format(
        answers=for_reader().listed([_("“{answer}”").format(answer=each) for each in answers]),
        question=question,
    )


def _of_whom(query: Query) -> str:
    if query.among == "invited":
        return _("The share is taken of all States that were invited.")
    if query.among == "asked" and query.path:
        return _(
            "The share is taken of the States that replied and that the questionnaire put this "
            "question to, by their earlier answers."
        )
    return _(
        "The share is taken of the States that replied; late replies count until the cut-off date."
    )


def address(round_key: str, query: Query, *, at: datetime | None = None) -> str:
    """The page of a figure: the query itself is in its address."""
    names = {"values": "value", "standings": "standing", "changed_since": "since"}
    fields: list[tuple[str, str]] = []
    for name, value in query.as_data().items():
        values = value if isinstance(value, list) else [value]
        fields += [(names.get(name, name), str(each)) for each in values]
    if at is not None:
        fields.append(("at", at.isoformat()))
    return f"{reverse('review:figure', args=[round_key])}?{urlencode(fields)}"


# ── findings in words ────────────────────────────────────────────────────────────────────────────
def listed(
    *, reader: Reader, round_: Round, language: str, at: datetime | None = None
) -> list[FindingView]:
    """The findings of a round, in the order that the analysts gave them.

    All for the analysts; for others what had been written when the newest report was published, and
    what a report tells of a round that Marsad did not hold.
    """
    rows = list(_visible(reader, round_).select_related("theme"))
    queries = list(_queries_of(rows).values())
    # A round that a report tells of has no figures, and nobody has to be allowed to count.
    counter = (
        figures.counter_for(reader=reader, round_=round_, queries=queries, at=at, public=True)
        if queries
        else None
    )
    return _views(rows, counter, reader=reader, language=language)


def _queries_of(rows: Iterable[Finding]) -> dict[tuple[int, str], Query]:
    """What findings count, by the finding and the name of the figure in it."""
    return {(row.pk, name): Query.of(data) for row in rows for name, data in row.figures.items()}


def _views(
    rows: Sequence[Finding], counter: figures.Counter | None, *, reader: Reader, language: str
) -> list[FindingView]:
    counted = (
        {place: counter.figure(query, to=None) for place, query in _queries_of(rows).items()}
        if counter
        else {}
    )
    papers = _papers(rows, reader=reader, language=language)
    return [
        _view(
            row,
            {name: counted[(row.pk, name)] for name in row.figures},
            source=_source(row, papers),
            language=language,
        )
        for row in rows
    ]


def titles(round_: Round, *, language: str) -> list[tuple[str, str]]:
    """Key and words of each finding as they are kept, to choose one from: nothing is counted."""
    rows = round_.findings.filter(removed_at__isnull=True)
    return [(row.key, in_language(row.words, language)) for row in rows]


def _visible(reader: Reader, round_: Round) -> QuerySet[Finding]:
    found = Finding.objects.filter(round=round_, removed_at__isnull=True)
    if rights.analyses(reader, round_) or round_.told_by_id is not None:
        return found
    told_at = told_by_report_at(round_)
    if told_at is None:
        return found.none()
    # What its writers say since is theirs until a report tells it.
    as_told = Finding.objects.filter(
        round=round_, removed_at__gt=told_at, earlier_of__removed_at__isnull=True
    ).exclude(earlier_of=None)
    return (found | as_told).filter(made_at__lte=told_at)


def told_by_report_at(round_: Round) -> datetime | None:
    """When the newest report of a round was published."""
    published: datetime | None = round_.reports.aggregate(newest=Max("published_at"))["newest"]
    return published


def _view(
    row: Finding, counted: Mapping[str, Figure], *, source: tuple[str, str], language: str
) -> FindingView:
    spoken_in = language if row.words.get(language) else next(iter(row.words), language)
    with override(spoken_in):
        spans = prose.render(
            row.words.get(spoken_in, ""),
            counted,
            formatter=for_reader(),
            naming=lambda codes: names_of(codes, language=spoken_in),
        )
    return FindingView(
        key=row.key,
        kind=row.kind,
        kind_label=str(FindingKind(row.kind).label),
        spans=spans,
        language=spoken_in,
        theme=in_language(row.theme.labels, language) if row.theme else "",
        source=source[0],
        source_url=source[1],
        figures=counted,
        made_at=row.made_at,
    )


def _papers(rows: Iterable[Finding], *, reader: Reader, language: str) -> dict[int, DocumentCard]:
    """The reports that tell of findings, those only that the reader may see."""
    named = {row.source_document_id for row in rows if row.source_document_id}
    if not named:
        return {}
    visible = library.visible_documents(reader).filter(pk__in=named)
    keys = dict(visible.values_list("key", "pk"))
    return {keys[each.key]: each for each in documents.cards(visible, language=language)}


def _source(row: Finding, papers: Mapping[int, DocumentCard]) -> tuple[str, str]:
    """What to call the place where a report says it, and its address."""
    paper = papers.get(row.source_document_id or 0)
    if paper is None:
        return "", ""
    url = reverse("library:document", args=[paper.key])
    return paper.symbol or paper.title, f"{url}#{row.source_anchor}" if row.source_anchor else url


def draft(*, reader: Reader, round_: Round, key: str, language: str) -> FindingDraft:
    """A finding as its writers edit it.

    :raises NotAnAnalyst, NoSuchFinding:
    """
    rights.require_analyst(reader, round_)
    row = round_.findings.filter(key=key, removed_at__isnull=True).first()
    if row is None:
        raise problems.NoSuchFinding
    queries = [Query.of(data) for data in row.figures.values()]
    counted = figures.count_all(reader=reader, round_=round_, queries=queries, public=True)
    return FindingDraft(
        key=row.key,
        kind=row.kind,
        words=dict(row.words),
        theme=row.theme.code if row.theme else "",
        figures=[
            (name, figure.query, telling.words(figure, language))
            for name, figure in zip(row.figures, counted, strict=True)
        ],
        base=base_of(row),
    )


def base_of(row: Finding) -> str:
    """What a finding says, in short: another writer's change shows in it."""
    said = json.dumps([row.words, row.figures, row.kind, row.theme_id], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def themes(round_: Round, *, language: str) -> list[tuple[str, str]]:
    """Code and name of the themes of a round, to choose from."""
    return [
        (theme.code, in_language(theme.labels, language) or theme.code)
        for theme in round_.themes.filter(retired_at__isnull=True)
    ]


# ── to take away ─────────────────────────────────────────────────────────────────────────────────
def lines(
    *, reader: Reader, round_: Round, language: str, at: datetime | None = None
) -> list[FigureLine]:
    """Every figure of every question with choices, in the order of the form."""
    laid = laid_out(round_, language=language)
    if laid is None:
        figures.moment_for(reader, round_, at)
        return []
    found = figures.tables(reader=reader, round_=round_, language=language, at=at, public=True)
    sections = {path: laid.section_of(path) for path in (each.path for each in found)}
    return [
        FigureLine(
            section=section.label if (section := sections[table.path]) else "",
            path=table.path,
            question=table.label,
            value=row.value,
            answer=row.label,
            figure=row.figure,
        )
        for table in found
        for row in table.rows
    ]


def sheet(*, reader: Reader, round_: Round, language: str, at: datetime | None = None) -> Sheet:
    """Every figure as a table, ready to be written."""
    moment = figures.moment_for(reader, round_, at)
    found = lines(reader=reader, round_=round_, language=language, at=moment)
    named = [frozenset(each.figure.states) for each in found]
    states = by_name(frozenset[str]().union(*named), language=language)
    with override(language):
        reading = for_reader()
        return Sheet(
            name=f"findings-{round_.key}",
            title=_("Findings"),
            language=language,
            headings=[
                _("Section"),
                _("Question"),
                _("Answer"),
                _("States that answered so"),
                _("Of how many States"),
                _("Answered otherwise"),
                _("Not known"),
                _("For the Secretariat only"),
                _("Which States, as far as their replies are public"),
                _("Path of the question"),
                _("As the form writes it"),
            ],
            lines=[
                [
                    each.section,
                    each.question,
                    each.answer,
                    each.figure.n,
                    each.figure.of,
                    each.figure.otherwise,
                    each.figure.not_known,
                    each.figure.withheld,
                    reading.listed(state.name for state in states if state.iso2 in named[place]),
                    each.path,
                    each.value,
                ]
                for place, each in enumerate(found)
            ],
            notes=[
                in_language(round_.titles, language),
                _("As at {moment}.").format(moment=for_reader().moment(moment)),
                _of_whom(Query(path="-", among="asked")),
                _not_known_stays(),
            ],
            at=moment,
            data={"round": round_.key, "figures": [each.as_data() for each in found]},
        )


def names_of(codes: Iterable[str], *, language: str) -> list[str]:
    """States by name, in the order of names."""
    return [each.name for each in by_name(codes, language=language)]
