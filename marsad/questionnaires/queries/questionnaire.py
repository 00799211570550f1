"""What there is to fill in, its versions, their questions, and the bytes of its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Body, Reader
from marsad.problems import spoken
from marsad.questionnaires import comparing, problems
from marsad.questionnaires.checking import KINDS, in_language
from marsad.questionnaires.compiling import Fault
from marsad.questionnaires.models import (
    MediaFile,
    Question,
    Questionnaire,
    QuestionnaireVersion,
)
from marsad.questionnaires.plain_words import plain
from marsad.questionnaires.queries import rights
from marsad.questionnaires.types import (
    FormContent,
    Media,
    Provision,
    QuestionnaireCard,
    QuestionView,
    VersionCard,
)
from marsad.questionnaires.words import State

#: Kinds that nobody answers.
SILENT = ("note", "calculate", "metadata", "hidden")


# ── lists ────────────────────────────────────────────────────────────────────────────────────────
def listed(*, reader: Reader, language: str, words: str = "") -> list[QuestionnaireCard]:
    """The questionnaires a reader may know of, by title."""
    versions = _by_questionnaire(reader)
    cards = [
        _card(questionnaire, versions.get(questionnaire.pk, []), reader=reader, language=language)
        for questionnaire in rights.visible(reader).select_related("body")
    ]
    wanted = words.casefold().split()
    cards = [
        card
        for card in cards
        if all(word in f"{card.title} {card.form_id} {card.body}".casefold() for word in wanted)
    ]
    return sorted(cards, key=lambda card: card.title.casefold())


def card(*, reader: Reader, key: str, language: str) -> QuestionnaireCard:
    """One questionnaire, by its key or its form id.

    :raises NoSuchQuestionnaire: if there is none, or it is not open to the reader.
    """
    found = _one(reader, key)
    versions = list(_light(rights.visible_versions(reader).filter(questionnaire=found)))
    return _card(found, versions, reader=reader, language=language)


def one(*, reader: Reader, key: str) -> Questionnaire:
    """The questionnaire itself, for forms of this room that change it."""
    return _one(reader, key)


def may_edit(*, reader: Reader, key: str) -> bool:
    """Whether the reader may change a questionnaire they may see."""
    return rights.may_edit(reader, _one(reader, key))


def bodies_to_write_for(*, reader: Reader, language: str) -> list[tuple[int, str]]:
    """The bodies that a reader may write questionnaires for, by name."""
    wanted = None if rights.edits_all(reader) else set(rights.bodies_written_for(reader))
    return [
        (body.pk, directory.body_name(body, language=language))
        for body in directory.bodies()
        if wanted is None or body.pk in wanted
    ]


def body_to_write_for(*, reader: Reader, body_id: int | None) -> Body | None:
    """A body chosen from `bodies_to_write_for`; None where none was chosen."""
    if body_id is None:
        return None
    return next((body for body in directory.bodies() if body.pk == body_id), None)


def _one(reader: Reader, key: str) -> Questionnaire:
    found = (
        rights.visible(reader).select_related("body").filter(Q(key=key) | Q(form_id=key)).first()
    )
    if found is None:
        raise problems.NoSuchQuestionnaire(questionnaire=key)
    return found


def _light(versions: QuerySet[QuestionnaireVersion]) -> QuerySet[QuestionnaireVersion]:
    """Without what is large."""
    return versions.defer("workbook", "xform", "tree", "warnings").order_by("-number")


def _by_questionnaire(reader: Reader) -> dict[int, list[QuestionnaireVersion]]:
    found: dict[int, list[QuestionnaireVersion]] = {}
    for version in _light(rights.visible_versions(reader)):
        found.setdefault(version.questionnaire_id, []).append(version)
    return found


def _card(
    found: Questionnaire,
    versions: Sequence[QuestionnaireVersion],
    *,
    reader: Reader,
    language: str,
) -> QuestionnaireCard:
    published = next((each for each in versions if each.state == State.PUBLISHED), None)
    draft = next((each for each in versions if each.state == State.DRAFT), None)
    shown = published or (versions[0] if versions else None)
    titles = shown.titles if shown else found.titles
    spoken_in = _language_of(titles, language)
    state = State(shown.state) if shown else State.DRAFT
    return QuestionnaireCard(
        key=found.key,
        form_id=found.form_id,
        title=in_language(titles, language) or found.form_id,
        language=spoken_in,
        languages=tuple(shown.languages) if shown else (),
        question_count=shown.question_count if shown else 0,
        state=state,
        state_label=str(state.label),
        version=published.version if published else "",
        version_key=published.key if published else "",
        published_at=published.published_at if published else None,
        draft_key=draft.key if draft else "",
        body=directory.body_name(found.body, language=language) if found.body else "",
        access=found.access,
        is_shipped=found.is_shipped,
    )


def _language_of(words: Mapping[str, str], language: str) -> str:
    short = language.partition("-")[0]
    if words.get(short):
        return short
    return next((code for code, text in words.items() if text), short)


# ── versions ─────────────────────────────────────────────────────────────────────────────────────
def versions(*, reader: Reader, key: str, language: str) -> list[VersionCard]:
    """The versions of a questionnaire that a reader may know of, newest first."""
    found = rights.visible_versions(reader).filter(questionnaire=_one(reader, key))
    return [_version_card(each, language=language) for each in _light(found)]


def version(*, reader: Reader, key: str, language: str) -> VersionCard:
    """One version by its key.

    :raises NoSuchVersion: if there is none, or it is not open to the reader.
    """
    return _version_card(_version(reader, key), language=language)


def _version_card(found: QuestionnaireVersion, *, language: str) -> VersionCard:
    state = State(found.state)
    return VersionCard(
        key=found.key,
        version=found.version,
        number=found.number,
        state=state,
        state_label=str(state.label),
        title=in_language(found.titles, language) or found.questionnaire.form_id,
        language=_language_of(found.titles, language),
        languages=tuple(found.languages),
        question_count=found.question_count,
        file_name=found.file_name,
        uploaded_at=found.uploaded_at,
        published_at=found.published_at,
        withdrawn_at=found.withdrawn_at,
        questionnaire_key=found.questionnaire.key,
        form_id=found.questionnaire.form_id,
    )


def _version(reader: Reader, key: str) -> QuestionnaireVersion:
    found = rights.visible_versions(reader).filter(key=key).first()
    if found is None:
        raise problems.NoSuchVersion(version=key)
    return found


def warnings(*, reader: Reader, key: str) -> list[Fault]:
    """What an author should know about a version; authors only."""
    found = _version(reader, key)
    if not rights.may_edit(reader, found.questionnaire):
        return []
    return [Fault.of(kept) for kept in found.warnings]


def workbook(*, reader: Reader, key: str) -> tuple[bytes, str]:
    """The XLSForm of a version, byte for byte as it came, and its file name."""
    found = _version(reader, key)
    return bytes(found.workbook), found.file_name


def tree(*, reader: Reader, key: str) -> dict[str, Any]:
    """A version as data: groups, questions, words and rules."""
    found: dict[str, Any] = _version(reader, key).tree
    return found


def choice_lists(*, reader: Reader, key: str) -> dict[str, list[dict[str, Any]]]:
    """The lists of a version by name: values and words."""
    return {each.name: each.choices for each in _version(reader, key).choice_lists.all()}


# ── forms, for those who serve, show or check them ───────────────────────────────────────────────
def form(*, reader: Reader, key: str) -> FormContent:
    """A version by its key: one that was published, or a draft that the reader may see.

    :raises NoSuchVersion: if there is none, or it is not open to the reader.
    """
    return _content(_version(reader, key))


def current(*, reader: Reader, key: str) -> FormContent:
    """The version of a questionnaire that is filled in now, by key or form id.

    :raises NoSuchQuestionnaire, NotPublished:
    """
    found = _one(reader, key)
    newest = (
        found.versions.select_related("questionnaire")
        .filter(state=State.PUBLISHED)
        .order_by("-number")
        .first()
    )
    if newest is None:
        last = found.versions.order_by("-number").first()
        raise problems.NotPublished(version=last.version if last else "")
    return _content(newest)


def media(*, reader: Reader, key: str, name: str) -> tuple[bytes, str]:
    """A file that goes with a version, and its media type.

    :raises NoSuchMedia: if it has none of that name.
    """
    found = MediaFile.objects.filter(version=_version(reader, key), name=name).first()
    if found is None:
        raise problems.NoSuchMedia(name=name)
    return bytes(found.data), found.media_type


def _content(found: QuestionnaireVersion) -> FormContent:
    return FormContent(
        key=found.key,
        questionnaire_key=found.questionnaire.key,
        version_id=found.pk,
        form_id=found.questionnaire.form_id,
        version=found.version,
        state=State(found.state),
        titles=found.titles,
        languages=tuple(found.languages),
        xform=bytes(found.xform),
        md5=found.xform_md5,
        media=tuple(
            Media(name=each.name, media_type=each.media_type, md5=each.md5, size=each.size)
            for each in found.media.defer("data")
        ),
        is_shipped=found.questionnaire.is_shipped,
    )


# ── questions ────────────────────────────────────────────────────────────────────────────────────
def questions(*, reader: Reader, key: str, language: str) -> list[QuestionView]:
    """The questions of a version, in order; what nobody answers is left out."""
    found = _version(reader, key).questions.exclude(kind__in=SILENT)
    return [question_view(each, language=language) for each in found.select_related("choice_list")]


def question_view(found: Question, *, language: str) -> QuestionView:
    """A question in the reader's language, its words without mark-up."""
    choices = found.choice_list.choices if found.choice_list else []
    return QuestionView(
        path=found.path,
        name=found.name,
        kind=found.kind,
        kind_label=kind_label(found.kind),
        label=plain(in_language(found.labels, language)) or found.name,
        hint=plain(in_language(found.hints, language)),
        language=_language_of(found.labels, language),
        is_required=found.is_required,
        repeat=found.repeat,
        choices=tuple(
            (one["value"], plain(in_language(one["labels"], language)) or one["value"])
            for one in choices
        ),
        provisions=tuple(Provision(**served) for served in found.provisions),
        obligation=found.obligation,
        themes=tuple(found.themes),
        concept=found.concept,
    )


def kind_label(kind: str) -> str:
    """What a kind of question is called."""
    return spoken(KINDS.get(kind, kind))


# ── what a new version changes ───────────────────────────────────────────────────────────────────
def differences(
    *, reader: Reader, key: str, earlier: str = ""
) -> tuple[VersionCard, comparing.Differences] | None:
    """What a version changes against an earlier one: the one named, else the last published.

    None where there is no earlier one.
    """
    newer = _version(reader, key)
    before = (
        rights.visible_versions(reader)
        .filter(questionnaire=newer.questionnaire, number__lt=newer.number)
        .exclude(state=State.DRAFT)
    )
    older = before.filter(key=earlier).first() if earlier else before.order_by("-number").first()
    if older is None:
        return None
    found = comparing.compare(_compared(older), _compared(newer))
    return _version_card(older, language=older.languages[0] if older.languages else ""), found


def _compared(version: QuestionnaireVersion) -> list[comparing.Compared]:
    rules = dict(_rules(version.tree.get("children", [])))
    return [
        comparing.Compared(
            path=each.path,
            name=each.name,
            kind=each.kind,
            labels=each.labels,
            choices=[one["value"] for one in each.choice_list.choices] if each.choice_list else (),
            is_required=each.is_required,
            concept=each.concept,
            rules=rules.get(each.path, {}),
            repeat=each.repeat,
        )
        for each in version.questions.select_related("choice_list")
    ]


def _rules(nodes: Sequence[Mapping[str, Any]]) -> Any:
    for node in nodes:
        yield node["path"], node.get("rules", {})
        yield from _rules(node.get("children", []))
