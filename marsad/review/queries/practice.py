"""Good practices on their way: who proposed what, what the State said, what is published.

Analysts and the Secretariat see those of a round; a State's people see their own. The public reads
the compendium of the library, and nothing here.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from marsad import countries
from marsad.arabic.language import OTHER, language_of
from marsad.directory import queries as directory
from marsad.directory.types import Reader, Role
from marsad.library.queries import practice as compendium
from marsad.questionnaires.types import QuestionView
from marsad.review import problems
from marsad.review.models import Answer, Practice, Reply, Round
from marsad.review.queries import rights
from marsad.review.queries.figure import questions_of
from marsad.review.queries.round import in_language
from marsad.review.types.practice import PracticeView, Source
from marsad.review.words import Effect, PracticeState


def visible(reader: Reader, round_: Round) -> QuerySet[Practice]:
    """The proposed practices that a reader may know of."""
    found = Practice.objects.filter(invitation__round=round_)
    if rights.analyses(reader, round_):
        return found
    return found.filter(_of_own_states(reader, round_))


def _of_own_states(reader: Reader, round_: Round) -> Q:
    """Those taken from answers that the reader may read as one of a State's people."""
    seen = Q(pk__in=[])
    for reply in Reply.objects.filter(
        invitation__round=round_, invitation__state__in=rights.states_of(reader)
    ).select_related("invitation__round"):
        reads = rights.hand_of(reader, reply).reads
        if reads is None:
            seen |= Q(invitation=reply.invitation_id)
        for section in reads or ():
            seen |= Q(invitation=reply.invitation_id, answer__path__startswith=f"{section}/")
    return seen


def listed(*, reader: Reader, round_: Round, language: str) -> list[PracticeView]:
    """In the order of the names of States, whatever is proposed.

    :raises NoSuchPractice: if the reader has nothing to do with practices of this round.
    """
    if not rights.analyses(reader, round_) and not _is_invited(reader, round_):
        raise problems.NoSuchPractice
    return _views(visible(reader, round_), reader=reader, round_=round_, language=language)


def one(*, reader: Reader, round_: Round, key: str, language: str) -> PracticeView:
    """:raises NoSuchPractice: if there is none, or it is not open to the reader."""
    found = _views(
        visible(reader, round_).filter(key=key), reader=reader, round_=round_, language=language
    )
    if not found:
        raise problems.NoSuchPractice
    return found[0]


def _is_invited(reader: Reader, round_: Round) -> bool:
    return round_.invitations.filter(state__in=rights.states_of(reader)).exists()


def _views(
    found: QuerySet[Practice], *, reader: Reader, round_: Round, language: str
) -> list[PracticeView]:
    names = directory.state_names(language=language)
    questions = {each.path: each for each in questions_of(round_, language=language)}
    rows = list(
        found.select_related("answer__reply__invitation__round", "theme", "invitation__round")
    )
    hidden = {row.pk for row in rows if row.answer is not None and is_confidential(row.answer)}
    shown = compendium.shown(keys=[row.library_key for row in rows if row.library_key])
    is_secretariat = rights.is_secretariat(reader)
    analyses = rights.analyses(reader, round_)
    clears = {
        held.body.state_id
        for held in rights.memberships_of(reader)
        if held.role == Role.FOCAL_POINT
    }
    views = [
        _view(
            row,
            name=names.get(row.invitation.state_id, row.invitation.state_id),
            questions=questions,
            language=language,
            clears=row.invitation.state_id in clears,
            analyses=analyses,
            publishes=is_secretariat,
            is_hidden=row.pk in hidden,
            is_closed=row.pk in hidden and not _sees_confidential(reader, row),
            is_shown=row.library_key in shown,
        )
        for row in rows
    ]
    return sorted(
        views, key=lambda each: (countries.sort_key(each.state, language), each.proposed_at)
    )


def _sees_confidential(reader: Reader, row: Practice) -> bool:
    return row.answer is not None and rights.hand_of(reader, row.answer.reply).sees_confidential


def _view(
    row: Practice,
    *,
    name: str,
    questions: dict[str, QuestionView],
    language: str,
    clears: bool,
    analyses: bool,
    publishes: bool,
    is_hidden: bool,
    is_closed: bool,
    is_shown: bool,
) -> PracticeView:
    if is_closed:
        _close(row)
    spoken_in = language if row.texts.get(language) else next(iter(row.texts), language)
    path = row.answer.path if row.answer else ""
    standing = PracticeState(row.state)
    is_published = standing == PracticeState.PUBLISHED
    return PracticeView(
        key=row.key,
        iso2=row.invitation.state_id,
        state=name,
        titles=row.titles,
        texts=row.texts,
        evidence=row.evidence,
        title=gettext("For the Secretariat only")
        if is_closed
        else in_language(row.titles, spoken_in),
        text=in_language(row.texts, spoken_in),
        language=spoken_in,
        effect=row.effect,
        effect_label="" if is_closed else str(Effect(row.effect).label),
        theme=in_language(row.theme.labels, language) if row.theme else "",
        theme_code=row.theme.code if row.theme else "",
        standing=standing.value,
        standing_label=str(standing.label),
        answer=row.answer.key if row.answer else "",
        path=path,
        question=questions[path].label if path in questions else "",
        declined_because=row.declined_because,
        proposed_at=row.proposed_at,
        decided_at=row.decided_at,
        published_at=row.published_at,
        address=reverse("library:practice", args=[row.library_key]) if is_shown else "",
        may_decide=clears and standing in (PracticeState.PROPOSED, PracticeState.VERIFIED),
        may_edit=analyses and standing == PracticeState.PROPOSED and not is_hidden,
        may_publish=publishes and standing == PracticeState.VERIFIED and not is_hidden,
        may_withdraw=is_published and (publishes or clears),
        source_is_confidential=is_hidden,
        is_taken_out=is_published and not is_shown,
    )


def _close(row: Practice) -> None:
    """Leave nothing of what was taken from an answer that the reader may not read any more."""
    row.titles, row.texts, row.evidence = {}, {}, {}
    row.theme, row.effect, row.declined_because = None, Effect.NOT_STATED, ""


def is_confidential(answer: Answer) -> bool:
    """Whether an answer is for the Secretariat only: it, or the one that holds in its place."""
    if answer.is_confidential:
        return True
    return Answer.objects.filter(
        reply=answer.reply_id,
        path=answer.path,
        position=answer.position,
        ended_at__isnull=True,
        is_confidential=True,
    ).exists()


def source(*, reader: Reader, round_: Round, key: str, language: str) -> Source:
    """The answer that a practice is to be taken from.

    :raises NotAnAnalyst:
    :raises NoSuchAnswer: if there is none that was sent, or it is not open to the reader.
    :raises ConfidentialSource: if it is for the Secretariat only.
    """
    rights.require_analyst(reader, round_)
    answers = rights.readable_answers(reader, round_).filter(reply__submitted_at__isnull=False)
    found = answers.select_related("reply__invitation").filter(key=key).first()
    if found is None:
        raise problems.NoSuchAnswer
    if is_confidential(found):
        raise problems.ConfidentialSource
    questions = {each.path: each for each in questions_of(round_, language=language)}
    iso2 = found.reply.invitation.state_id
    return Source(
        key=found.key,
        iso2=iso2,
        state=directory.state_names(language=language).get(iso2, iso2),
        path=found.path,
        question=questions[found.path].label if found.path in questions else found.path,
        text=found.value,
        language=_written_in(found.value),
    )


def _written_in(text: str) -> str:
    """The engine tells Arabic from the rest; replies are given in Arabic or English."""
    found = language_of(text)
    return "en" if found == OTHER else found


def sources(*, reader: Reader, round_: Round, language: str) -> list[Source]:
    """Answers to the questions that ask for good practices, which analysts begin from."""
    rights.require_analyst(reader, round_)
    asked = {
        each.path: each
        for each in questions_of(round_, language=language)
        if each.concept.rpartition(".")[2] in ("good_practice", "practice") and not each.choices
    }
    names = directory.state_names(language=language)
    taken = set(visible(reader, round_).values_list("answer_id", flat=True))
    rows = (
        rights.readable_answers(reader, round_)
        .filter(
            path__in=list(asked),
            ended_at__isnull=True,
            is_confidential=False,
            reply__submitted_at__isnull=False,
        )
        .exclude(value="")
        .exclude(pk__in=taken)
        .select_related("reply__invitation")
    )
    found = [
        Source(
            key=row.key,
            iso2=row.reply.invitation.state_id,
            state=names.get(row.reply.invitation.state_id, row.reply.invitation.state_id),
            path=row.path,
            question=asked[row.path].label,
            text=row.value,
            language=_written_in(row.value),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (countries.sort_key(each.state, language), each.path))
