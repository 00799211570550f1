"""Uploading, publishing, withdrawing: by whom, in which order, and what never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from marsad.directory.models import Body, Membership, Person
from marsad.directory.types import OPERATOR, BodyKind, Reader, Role
from marsad.journal.models import Entry
from marsad.questionnaires import loading, problems, shipped
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.compiling import BrokenForm
from marsad.questionnaires.models import Question, Questionnaire, QuestionnaireVersion
from marsad.questionnaires.queries import questionnaire as queries
from marsad.questionnaires.words import Access, State
from tests.questionnaires.workbooks import SMALL, ask, workbook

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def keep(by: Reader = OPERATOR, data: bytes | None = None, **more: Any) -> QuestionnaireVersion:
    return actions.upload(data=data or workbook(), file_name="visits.xlsx", by=by, at=NOON, **more)


def publish(by: Reader = OPERATOR, data: bytes | None = None, **more: Any) -> QuestionnaireVersion:
    return actions.publish(key=keep(by, data, **more).key, by=by, at=NOON)


def second() -> bytes:
    """A later version: one question more."""
    return workbook([*SMALL, ask("text", "remarks")], settings={"version": "2"})


@pytest.fixture
def ministry(db: None) -> Body:
    return Body.objects.create(kind=BodyKind.MINISTRY, name_ar="وزارة", name_en="Ministry")


@pytest.fixture
def salma(ministry: Body) -> Person:
    """Focal point of a ministry."""
    person = Person.objects.create(email="salma@marsad.test", name="Salma")
    Membership.objects.create(
        person=person, body=ministry, role=Role.FOCAL_POINT, from_date=date(2020, 1, 1)
    )
    return person


def test_it_keeps_a_draft_with_its_questions(yusuf: Person) -> None:
    version = keep(yusuf)

    assert version.state == State.DRAFT
    assert [question.name for question in version.questions.all()] == ["visited", "workers"]
    assert version.questions.get(name="workers").concept == "inspection.workers"
    assert Entry.objects.filter(action="questionnaires.version.upload").count() == 1


def test_it_puts_a_new_draft_in_place_of_the_old(yusuf: Person) -> None:
    keep(yusuf)
    keep(yusuf, second())

    assert QuestionnaireVersion.objects.get().version == "2"


def test_it_stores_nothing_of_a_broken_workbook(yusuf: Person) -> None:
    with pytest.raises(BrokenForm):
        keep(yusuf, workbook([ask("txt", "a")]))

    assert not Questionnaire.objects.exists()


def test_it_publishes_a_draft_once(yusuf: Person) -> None:
    version = publish(yusuf)

    assert (version.state, version.published_at, version.published_by) == (
        State.PUBLISHED, NOON, yusuf,
    )  # fmt: skip
    with pytest.raises(problems.NotADraft):
        actions.publish(key=version.key, by=yusuf, at=NOON)


CHANGES: list[Callable[[QuestionnaireVersion], Any]] = [
    lambda version: QuestionnaireVersion.objects.filter(pk=version.pk).update(xform=b"<x/>"),
    lambda version: QuestionnaireVersion.objects.filter(pk=version.pk).update(version="9"),
    lambda version: QuestionnaireVersion.objects.filter(pk=version.pk).update(
        state="draft", published_at=None
    ),
    lambda version: version.delete(),
    lambda version: version.questions.all().delete(),
    lambda version: version.questions.update(name="other"),
    lambda version: version.choice_lists.update(choices=[]),
    lambda version: Question.objects.create(version=version, ordinal=9, path="/x", name="x"),
    lambda version: version.media.create(name="a", media_type="b", data=b"", size=0, md5=""),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_published_version_never_changes(
    change: Callable[[QuestionnaireVersion], Any],
) -> None:
    """Also for whoever reaches the database with other hands than ours."""
    version = publish()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(version)


def test_it_refuses_the_same_version_with_other_words() -> None:
    publish()

    with pytest.raises(problems.VersionTaken):
        keep(data=workbook([*SMALL, ask("text", "more")]))


def test_it_refuses_the_same_workbook_again() -> None:
    data = workbook()
    publish(data=data)

    with pytest.raises(problems.NothingChanged):
        keep(data=data)


def test_it_refuses_another_form_in_the_place_of_this() -> None:
    first = publish()

    with pytest.raises(problems.AnotherForm):
        keep(data=workbook(settings={"form_id": "other"}), questionnaire=first.questionnaire.key)


def test_it_keeps_old_versions_beside_the_new() -> None:
    old = publish()
    new = publish(data=second())

    assert new.number == 2
    assert queries.current(reader=OPERATOR, key="visits").version == "2"
    assert queries.form(reader=OPERATOR, key=old.key).version == "1"


def test_it_withdraws_a_version_and_puts_it_back() -> None:
    version = publish()

    actions.withdraw(key=version.key, by=OPERATOR, at=NOON)
    with pytest.raises(problems.NotPublished):
        queries.current(reader=OPERATOR, key="visits")
    assert queries.form(reader=OPERATOR, key=version.key).state == State.WITHDRAWN
    actions.put_back(key=version.key, by=OPERATOR, at=NOON)

    assert queries.current(reader=OPERATOR, key="visits").state == State.PUBLISHED


def test_it_throws_a_draft_away_and_its_questionnaire_with_it() -> None:
    actions.discard(key=keep().key, by=OPERATOR, at=NOON)

    assert not Questionnaire.objects.exists()


def test_it_throws_no_published_version_away() -> None:
    with pytest.raises(problems.NotADraft):
        actions.discard(key=publish().key, by=OPERATOR, at=NOON)


def test_it_publishes_no_form_whose_pictures_are_missing() -> None:
    rows = [ask("text", "a", **{"media::image": "map.png"})]
    version = keep(data=workbook(rows))

    with pytest.raises(problems.MediaMissing):
        actions.publish(key=version.key, by=OPERATOR, at=NOON)
    actions.add_media(key=version.key, media={"map.png": b"png"}, by=OPERATOR, at=NOON)
    actions.publish(key=version.key, by=OPERATOR, at=NOON)

    data, media_type = queries.media(reader=OPERATOR, key=version.key, name="map.png")
    assert (data, media_type) == (b"png", "image/png")


@pytest.mark.parametrize("name", ["page.html", "run.exe", "../x.png", "none"])
def test_it_takes_no_other_files(name: str) -> None:
    version = keep()

    with pytest.raises(problems.UnknownMedia):
        actions.add_media(key=version.key, media={name: b"x"}, by=OPERATOR, at=NOON)


# ── who may do what ──────────────────────────────────────────────────────────────────────────────
AUTHORS = {"yusuf", "administrator", "salma"}
EVERYBODY = ["yusuf", "administrator", "salma", "amal", "reem", "basma", "nobody", "public"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_authors_upload(who: str, ministry: Body, request: pytest.FixtureRequest) -> None:
    reader = request.getfixturevalue(who)

    if who in AUTHORS:
        assert keep(reader, body=ministry).state == State.DRAFT
    else:
        with pytest.raises(problems.NotAnAuthor):
            keep(reader, body=ministry)
        assert not Questionnaire.objects.exists()


def test_a_focal_point_writes_for_their_own_body_only(
    salma: Person, yusuf: Person, ministry: Body
) -> None:
    other = Body.objects.create(kind=BodyKind.NGO, name_ar="دار", name_en="House")
    for body in (other, None):
        with pytest.raises(problems.NotAnAuthor):
            keep(salma, body=body)
    own = publish(salma, body=ministry)
    assert actions.withdraw(key=own.key, by=salma, at=NOON).state == State.WITHDRAWN

    theirs = publish(yusuf, workbook(settings={"form_id": "theirs"}), body=other)
    with pytest.raises(problems.NotAnAuthor):
        actions.withdraw(key=theirs.key, by=salma, at=NOON)
    with pytest.raises(problems.IdTaken):
        keep(salma, workbook(settings={"form_id": "theirs", "version": "2"}), body=ministry)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_draft_is_for_its_authors(
    who: str, ministry: Body, request: pytest.FixtureRequest
) -> None:
    draft = keep(body=ministry)
    reader = request.getfixturevalue(who)
    may = who in AUTHORS

    assert [card.form_id for card in queries.listed(reader=reader, language="ar")] == (
        ["visits"] if may else []
    )
    for ask_for in (queries.form, queries.warnings, queries.tree, queries.workbook):
        if may:
            ask_for(reader=reader, key=draft.key)
        else:
            with pytest.raises(problems.NoSuchVersion):
                ask_for(reader=reader, key=draft.key)
    for act in (actions.publish, actions.discard):
        if not may:
            with pytest.raises(problems.NoSuchVersion):
                act(key=draft.key, by=reader, at=NOON)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_restricted_one_is_for_whom_it_names(
    who: str, ministry: Body, request: pytest.FixtureRequest
) -> None:
    version = publish(body=ministry)
    key = version.questionnaire.key
    actions.open_to(key=key, access=Access.RESTRICTED, roles=[Role.ANALYST], by=OPERATOR, at=NOON)
    reader = request.getfixturevalue(who)

    if who in {*AUTHORS, "reem"}:
        assert queries.form(reader=reader, key=version.key).form_id == "visits"
        assert queries.card(reader=reader, key=key, language="ar").form_id == "visits"
        assert len(queries.listed(reader=reader, language="ar")) == 1
    else:
        with pytest.raises(problems.NoSuchVersion):
            queries.form(reader=reader, key=version.key)
        with pytest.raises(problems.NoSuchQuestionnaire):
            queries.card(reader=reader, key=key, language="ar")
        assert queries.listed(reader=reader, language="ar") == []
        with pytest.raises((problems.NoSuchQuestionnaire, problems.NotAnAuthor)):
            actions.open_to(key=key, access=Access.PUBLIC, roles=[], by=reader, at=NOON)


def test_absent_and_forbidden_look_alike(public: AnonymousUser) -> None:
    draft = keep()
    said = []
    for key in (draft.key, "no-such-key"):
        with pytest.raises(problems.NoSuchVersion) as refused:
            queries.version(reader=public, key=key, language="ar")
        said.append(str(refused.value))

    assert said[0] == said[1]


# ── what comes with Marsad ───────────────────────────────────────────────────────────────────────
def test_it_publishes_what_comes_with_marsad_once(public: AnonymousUser) -> None:
    first = loading.load_shipped(at=NOON)
    again = loading.load_shipped(at=NOON)

    assert (first, again) == (len(shipped.names()), 0)
    cards = queries.listed(reader=public, language="en")
    assert {card.state for card in cards} == {State.PUBLISHED}
    assert all(card.is_shipped for card in cards)


def test_it_leaves_withdrawn_what_somebody_withdrew() -> None:
    loading.load_shipped(at=NOON)
    version = QuestionnaireVersion.objects.first()
    assert version is not None
    actions.withdraw(key=version.key, by=OPERATOR, at=NOON)

    loading.load_shipped(at=NOON)

    version.refresh_from_db()
    assert version.state == State.WITHDRAWN


# ── what a new version changes ───────────────────────────────────────────────────────────────────
def test_it_says_what_a_draft_changes_against_what_is_published() -> None:
    publish()
    draft = keep(data=second())

    compared = queries.differences(reader=OPERATOR, key=draft.key)

    assert compared is not None
    earlier, found = compared
    assert earlier.version == "1"
    assert [question.name for question in found.added] == ["remarks"]
    assert len(found.carried) == 2


def test_it_compares_a_first_version_with_nothing() -> None:
    assert queries.differences(reader=OPERATOR, key=keep().key) is None
