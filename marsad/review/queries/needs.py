"""Gaps and help needed: by State for that State and the Secretariat, for all States as counts.

Nothing here is an order of States: no count of gaps is made of a State, and States are listed by
name. Counts over all States leave out what is for the Secretariat only, which says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from marsad.design.formatting import for_reader
from marsad.design.printing.sheets import Sheet
from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.library.queries import theme as themes_of_the_library
from marsad.questionnaires.types import QuestionView
from marsad.questionnaires.words import provision_name
from marsad.review import measures, problems
from marsad.review.counting import Share
from marsad.review.models import Round
from marsad.review.queries import figure as figures
from marsad.review.queries import rights
from marsad.review.queries.finding import by_name
from marsad.review.queries.holding import held
from marsad.review.queries.round import in_language
from marsad.review.types.answer import Held
from marsad.review.types.figure import Query
from marsad.review.types.finding import Named
from marsad.review.types.needs import Gap, KindNeeded, Needs, StateNeeds, ThemeNeeds

#: Answers that say that a provision is not carried out, or not in full.
GAPS = frozenset({"no", "in_part", "not_considered"})
#: What is chosen where no help is needed, or where that is not known.
NONE, UNKNOWN = "none", "unknown"
#: A theme that every question about help has, and that says nothing of what it is for.
_ANY = "technical-assistance"


# ── the form ─────────────────────────────────────────────────────────────────────────────────────
def _questions_for_help(questions: Iterable[QuestionView]) -> list[QuestionView]:
    return [
        each
        for each in questions
        if each.kind == "select_multiple"
        and (each.concept.endswith(".help") or each.concept == "assistance.need.form")
    ]


def _questions_of_provisions(questions: Iterable[QuestionView]) -> list[QuestionView]:
    """Those that ask whether something is done: yes, in part, no."""
    return [
        each
        for each in questions
        if each.kind == "select_one"
        and not each.repeat
        and {"yes", *GAPS} - {"not_considered"} <= {value for value, _label in each.choices}
    ]


def _themes_of(question: QuestionView) -> list[str]:
    return [theme for theme in question.themes if theme != _ANY] or list(question.themes)


# ── one State ────────────────────────────────────────────────────────────────────────────────────
def of_state(
    *, reader: Reader, round_: Round, iso2: str, language: str, at: datetime | None = None
) -> StateNeeds:
    """What one State says it lacks and asks for, provision by provision.

    :raises NoSuchReply: unless the reader acts for the State, or is of the Secretariat.
    """
    may_know = rights.is_secretariat(reader) or iso2 in rights.states_of(reader)
    if not may_know or not round_.invitations.filter(state=iso2).exists():
        raise problems.NoSuchReply
    questions = figures.questions_of(round_, language=language)
    said: dict[str, Held] = {}
    for answer in held(reader=reader, round_=round_, at=at):
        if answer.state == iso2 and answer.value:
            said.setdefault(answer.path, answer)
    helped = {each.concept: each for each in _questions_for_help(questions)}
    with override(language):
        gaps = _gaps(questions, helped, said)
    asked_apart = {f"{each.concept}.help" for each in _questions_of_provisions(questions)}
    return StateNeeds(
        iso2=iso2,
        state=directory.state_names(language=language).get(iso2, iso2),
        gaps=gaps,
        other_help=[
            (each.label, kinds)
            for concept, each in helped.items()
            if concept not in asked_apart and (kinds := _labels(each, said.get(each.path)))
        ],
        has_answered=bool(said),
        at=at or timezone.now(),
    )


def _gaps(
    questions: Sequence[QuestionView],
    helped: Mapping[str, QuestionView],
    said: Mapping[str, Held],
) -> list[Gap]:
    return [
        _gap(question, said[question.path], helped.get(f"{question.concept}.help"), said)
        for question in _questions_of_provisions(questions)
        if question.path in said and said[question.path].value in GAPS
    ]


def _gap(
    question: QuestionView,
    answer: Held,
    asked: QuestionView | None,
    said: Mapping[str, Held],
) -> Gap:
    given = said.get(asked.path) if asked else None
    chosen = given.value.split() if given else []
    kinds = [value for value in chosen if value not in (NONE, UNKNOWN)]
    return Gap(
        path=question.path,
        label=question.label,
        language=question.language,
        provisions=[
            provision_name(each.instrument, each.article, each.paragraph)
            for each in question.provisions
        ],
        answer=answer.value,
        answer_label=dict(question.choices).get(answer.value, answer.value),
        was_asked=asked is not None,
        help=_labels(asked, given) if asked else [],
        needs_none=NONE in chosen,
        is_confidential=answer.is_confidential or bool(given and given.is_confidential),
        measures=[]
        if NONE in chosen
        else measures.fitting(themes=_themes_of(question), kinds=kinds),
    )


def _labels(question: QuestionView, answer: Held | None) -> list[str]:
    """Kinds of help in words, in the order of the form."""
    chosen = set(answer.value.split()) if answer else set()
    return [label for value, label in question.choices if value in chosen - {NONE, UNKNOWN}]


# ── all States ───────────────────────────────────────────────────────────────────────────────────
def overview(*, reader: Reader, round_: Round, language: str, at: datetime | None = None) -> Needs:
    """How many States ask for what, theme by theme.

    Counts for those who may know figures of the round; States by name for the Secretariat only; the
    page of one State for that State and the Secretariat.

    :raises NoFindingsYet: if the reader may know neither.
    """
    is_secretariat = rights.is_secretariat(reader)
    invited = set(round_.invitations.values_list("state_id", flat=True))
    own = invited if is_secretariat else invited & rights.states_of(reader)
    shows_all = figures.may_count(reader, round_)
    if not shows_all and not own:
        raise problems.NoFindingsYet
    asked = _questions_for_help(figures.questions_of(round_, language=language))
    themes: list[ThemeNeeds] = []
    kinds: list[KindNeeded] = []
    moment = at or timezone.now()
    if shows_all:
        moment = figures.moment_for(reader, round_, at)
        counter = figures.counter_for(
            reader=reader,
            round_=round_,
            queries=[Query(path=each.path, among="asked") for each in asked],
            at=moment,
            public=not is_secretariat,
        )
        # Nobody is named to others: they see counts.
        everybody = by_name(invited, language=language) if is_secretariat else []
        themes = _by_theme(counter, asked, named=everybody, language=language)
        kinds = _kinds(counter, asked, named=everybody)
    return Needs(
        themes=themes,
        kinds=kinds,
        states=by_name(own, language=language),
        at=moment,
        shows_all=shows_all,
        names_states=is_secretariat,
    )


def _by_theme(
    counter: figures.Counter,
    asked: Sequence[QuestionView],
    *,
    named: Sequence[Named],
    language: str,
) -> list[ThemeNeeds]:
    """In the order of the library's list of themes."""
    by_theme: defaultdict[str, list[QuestionView]] = defaultdict(list)
    for question in asked:
        for theme in _themes_of(question):
            by_theme[theme].append(question)
    return [
        _theme(counter, each.code, each.label, by_theme[each.code], named=named)
        for each in themes_of_the_library.labels(language=language)
        if each.code in by_theme
    ]


def _theme(
    counter: figures.Counter,
    code: str,
    label: str,
    asked: Sequence[QuestionView],
    *,
    named: Sequence[Named],
) -> ThemeNeeds:
    shares = [_share(counter, question) for question in asked]
    asking = _union(share.n for share in shares)
    none = _union(share.otherwise for share in shares) - asking
    withheld = _union(share.withheld for share in shares) - asking - none
    of = _union(share.everybody for share in shares)
    kinds = _kinds(counter, asked, named=named)
    return ThemeNeeds(
        code=code,
        label=label,
        of=len(of),
        asking=len(asking),
        needs_none=len(none),
        withheld=len(withheld),
        not_known=len(of - asking - none - withheld),
        kinds=kinds,
        measures=measures.fitting(themes=[code], kinds=[kind.kind for kind in kinds]),
    )


def _share(counter: figures.Counter, question: QuestionView) -> Share:
    """n asks for some help; otherwise needs none."""
    values = tuple(value for value, _label in question.choices if value not in (NONE, UNKNOWN))
    return counter.share(Query(path=question.path, values=values, among="asked"))


def _kinds(
    counter: figures.Counter, asked: Sequence[QuestionView], *, named: Sequence[Named]
) -> list[KindNeeded]:
    """Each kind that somebody asks for, in the order of the form."""
    found: dict[str, tuple[str, set[str]]] = {}
    for question in asked:
        for value, label in question.choices:
            if value in (NONE, UNKNOWN):
                continue
            share = counter.share(Query(path=question.path, values=(value,), among="asked"))
            found.setdefault(value, (label, set()))[1].update(share.n)
    return [
        KindNeeded(
            kind=value,
            label=label,
            n=len(states),
            states=[state for state in named if state.iso2 in states],
        )
        for value, (label, states) in found.items()
        if states
    ]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


# ── to take away ─────────────────────────────────────────────────────────────────────────────────
def sheet(*, reader: Reader, round_: Round, language: str, at: datetime | None = None) -> Sheet:
    """How many States ask for what, as a table: counts, and no State is named in it.

    :raises NoFindingsYet: if the reader may not know figures of the round.
    """
    moment = figures.moment_for(reader, round_, at)
    asked = _questions_for_help(figures.questions_of(round_, language=language))
    counter = figures.counter_for(
        reader=reader,
        round_=round_,
        queries=[Query(path=each.path, among="asked") for each in asked],
        at=moment,
        public=True,
    )
    found = _by_theme(counter, asked, named=(), language=language)
    with override(language):
        return Sheet(
            name=f"needs-{round_.key}",
            title=_("Help needed, by theme"),
            language=language,
            headings=[
                _("Theme"),
                _("Kind of help"),
                _("States that ask for it"),
                _("Of how many States"),
                _("Need none"),
                _("Not known"),
                _("For the Secretariat only"),
            ],
            lines=[
                [
                    each.label,
                    kind.label,
                    kind.n,
                    each.of,
                    each.needs_none,
                    each.not_known,
                    each.withheld,
                ]
                for each in found
                for kind in each.kinds
            ],
            notes=[
                in_language(round_.titles, language),
                _("As at {moment}.").format(moment=for_reader().moment(moment)),
                _("Counts of States. No State is named, and none is ranked."),
            ],
            at=moment,
            data={
                "round": round_.key,
                "needs": [
                    {
                        "theme": each.code,
                        "of": each.of,
                        "asking": each.asking,
                        "needs_none": each.needs_none,
                        "not_known": each.not_known,
                        "withheld": each.withheld,
                        "kinds": {kind.kind: kind.n for kind in each.kinds},
                    }
                    for each in found
                ],
            },
        )
