"""Who brings figures in, who verifies them, who sees what. Every other query starts from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Min, Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Membership, Operator, Person, Reader, Role
from marsad.statistics import problems
from marsad.statistics.models import Arrival, Edition, Question, Source, Standing

#: Who brings in the figures of collections, and sees what waits for whom.
SECRETARIAT = frozenset({Role.SECRETARIAT_OFFICER, Role.ADMINISTRATOR})
#: Who brings in the figures of their own State; a focal point verifies them.
OF_A_STATE = frozenset({Role.FOCAL_POINT, Role.EXPERT})


def person_of(reader: Reader) -> Person | None:
    """The person to name in the journal; none for the operator of the machine."""
    return reader if isinstance(reader, Person) else None


def is_secretariat(reader: Reader) -> bool:
    """Whether the reader keeps the collections."""
    return isinstance(reader, Operator) or bool(SECRETARIAT & directory.roles_of(reader))


def may_bring(reader: Reader, source: Source) -> bool:
    """Whether the reader may bring in figures of a source."""
    if source.state_id is None:
        return is_secretariat(reader)
    # The operator of the machine stands in for a State that sends its file by mail.
    return isinstance(reader, Operator) or _holds(reader, state=source.state_id, roles=OF_A_STATE)


def brings_any(reader: Reader) -> bool:
    """Whether the reader brings in figures of anything: of the collections, or of a State."""
    wanted = {role.value for role in OF_A_STATE}
    return is_secretariat(reader) or any(held.role in wanted for held in _memberships(reader))


def may_verify(reader: Reader, source: Source) -> bool:
    """Whether the reader says for the State that its figures are right."""
    return source.state_id is not None and _holds(
        reader, state=source.state_id, roles=frozenset({Role.FOCAL_POINT})
    )


def may_have_file(reader: Reader, source: Source) -> bool:
    """Whether the reader may have the files of a source as they came."""
    return is_secretariat(reader) or source.state_id in states_of(reader)


def may_have_own_words(reader: Reader, source: Source) -> bool:
    """Whether the reader is told what nobody verifies: the name of a file, notes beside its rows.

    Of collections everybody is, for they were public with them. In those of a State a name may
    stand that nobody looked for.
    """
    return source.state_id is None or may_have_file(reader, source)


def without_own_words(reader: Reader, stands: Standing) -> list[str]:
    """Digests of the files in force whose notes the reader is not told."""
    editions = stands.editions.filter(source__state__isnull=False)
    return [
        each.arrival.file_digest
        for each in editions.select_related("source", "arrival")
        if not may_have_own_words(reader, each.source)
    ]


def may_answer(reader: Reader, *, state: str) -> bool:
    """Whether the reader answers for a State what it is asked about its figures."""
    return _holds(reader, state=state, roles=OF_A_STATE)


def states_brought_for(reader: Reader) -> list[str]:
    """Codes of the States whose own figures the reader brings in."""
    wanted = {role.value for role in OF_A_STATE}
    found = [str(held.body.state_id) for held in _memberships(reader) if held.role in wanted]
    return list(dict.fromkeys(found))


def source_for(reader: Reader, *, code: str) -> Source:
    """A source that the reader may bring figures in for.

    :raises NoSuchSource: if there is none, or it is none of theirs.
    """
    source = Source.objects.filter(code=code).first()
    if source is None or not may_bring(reader, source):
        raise problems.NoSuchSource(source=code)
    return source


def arrival_for(reader: Reader, *, key: str) -> Arrival:
    """:raises NoSuchArrival: if there is none, or it is none of the reader's."""
    found = Arrival.objects.select_related("source").filter(key=key).first()
    if found is None or not may_bring(reader, found.source):
        raise problems.NoSuchArrival
    return found


def visible_arrivals(reader: Reader) -> QuerySet[Arrival]:
    """Files that came in: of the reader's own State, all of them for the Secretariat."""
    if is_secretariat(reader):
        return Arrival.objects.all()
    return Arrival.objects.filter(source__state__in=states_of(reader))


def visible_questions(reader: Reader) -> QuerySet[Question]:
    """What States are asked: of the reader's own State, all of it for the Secretariat."""
    if is_secretariat(reader):
        return Question.objects.all()
    return Question.objects.filter(state__in=states_of(reader))


def edition_for(reader: Reader, *, key: str) -> Edition:
    """:raises NoSuchEdition: if there is none, or the reader may not see it."""
    found = visible_editions(reader).select_related("source", "arrival").filter(key=key).first()
    if found is None:
        raise problems.NoSuchEdition
    return found


def visible_editions(reader: Reader) -> QuerySet[Edition]:
    """What a reader may see: what is published, their own State's, all for the Secretariat."""
    if is_secretariat(reader):
        return Edition.objects.all()
    own = Q(source__state__in=states_of(reader))
    return Edition.objects.filter(Q(published_at__isnull=False) | own)


def states_of(reader: Reader) -> list[str]:
    """Codes of the States that the reader holds any role for: what they are asked is theirs."""
    return list(dict.fromkeys(str(held.body.state_id) for held in _memberships(reader)))


def _holds(reader: Reader, *, state: str, roles: frozenset[Role]) -> bool:
    wanted = {role.value for role in roles}
    return any(held.body.state_id == state and held.role in wanted for held in _memberships(reader))


def _memberships(reader: Reader) -> list[Membership]:
    return [held for held in directory.memberships_of(reader) if held.body.state_id]


def answering_since(*, on: date) -> Mapping[str, date]:
    """By State, since when there is somebody who answers for it; States without are not there."""
    roles = [role.value for role in OF_A_STATE]
    held = Membership.objects.open_on(on).filter(role__in=roles, body__state__isnull=False)
    return {
        str(state): since
        for state, since in held.values_list("body__state")
        .annotate(since=Min("from_date"))
        .values_list("body__state", "since")
    }
