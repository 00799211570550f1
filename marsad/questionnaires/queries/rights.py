"""Who may see what, and who may write. Every other query starts from here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from marsad.directory import queries as directory
from marsad.directory.types import Membership, Operator, Person, Reader, Role
from marsad.questionnaires import problems
from marsad.questionnaires.models import Questionnaire, QuestionnaireVersion
from marsad.questionnaires.words import Access, State

#: Who may write every questionnaire.
EDITORS = frozenset({Role.SECRETARIAT_OFFICER, Role.ADMINISTRATOR})
#: Who may write those of their own body.
AUTHORS = frozenset({Role.FOCAL_POINT})


def edits_all(reader: Reader) -> bool:
    """Whether every questionnaire is the reader's to change."""
    return isinstance(reader, Operator) or bool(EDITORS & directory.roles_of(reader))


def may_author(reader: Reader) -> bool:
    """Whether the reader may write questionnaires at all."""
    return edits_all(reader) or bool(AUTHORS & directory.roles_of(reader))


def require_author(reader: Reader) -> None:
    """:raises NotAnAuthor: if the reader may not write questionnaires."""
    if not may_author(reader):
        raise problems.NotAnAuthor


def bodies_written_for(reader: Reader) -> list[int]:
    """Ids of the bodies whose questionnaires a person may write as one of their authors."""
    return _bodies(reader, roles=[role.value for role in AUTHORS])


def may_edit(reader: Reader, questionnaire: Questionnaire) -> bool:
    """Whether the reader may change this questionnaire."""
    return edits_all(reader) or questionnaire.body_id in bodies_written_for(reader)


def require_editor(reader: Reader, questionnaire: Questionnaire) -> None:
    """:raises NotAnAuthor: if the reader may not change this questionnaire."""
    if not may_edit(reader, questionnaire):
        raise problems.NotAnAuthor


def person_of(reader: Reader) -> Person | None:
    """The person to name in the journal; none for the operator of the machine."""
    return reader if isinstance(reader, Person) else None


def visible(reader: Reader) -> QuerySet[Questionnaire]:
    """The questionnaires whose existence the reader may know of."""
    if edits_all(reader):
        return Questionnaire.objects.all()
    roles = [role.value for role in directory.roles_of(reader)]
    was_published = Exists(
        QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk")).exclude(state=State.DRAFT)
    )
    open_to_reader = Q(access=Access.PUBLIC)
    if roles:
        open_to_reader |= Q(body__in=_bodies(reader)) | Q(open_to_roles__overlap=roles)
    own = Q(body__in=bodies_written_for(reader))
    return Questionnaire.objects.filter(own | (open_to_reader & was_published))


def visible_versions(reader: Reader) -> QuerySet[QuestionnaireVersion]:
    """The versions the reader may know of: drafts only for those who may change them."""
    versions = QuestionnaireVersion.objects.select_related("questionnaire")
    if edits_all(reader):
        return versions
    own = Q(questionnaire__body__in=bodies_written_for(reader))
    return versions.filter(own | ~Q(state=State.DRAFT), questionnaire__in=visible(reader))


def _bodies(reader: Reader, *, roles: list[str] | None = None) -> list[int]:
    if not isinstance(reader, Person) or not reader.is_active:
        return []
    held = Membership.objects.filter(person=reader).open_on(timezone.localdate())
    if roles is not None:
        held = held.filter(role__in=roles)
    return list(held.values_list("body_id", flat=True))
