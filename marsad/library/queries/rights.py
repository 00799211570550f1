"""Who may see what. Every other query starts from `visible_documents`."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from marsad.directory import queries as directory
from marsad.directory.types import Operator, Person, Reader, Role
from marsad.library import problems
from marsad.library.models import Document
from marsad.library.words import Access

#: Who may add, join, withdraw, restrict and classify.
CURATORS = frozenset({Role.LIBRARIAN, Role.SECRETARIAT_OFFICER, Role.ADMINISTRATOR})


def may_curate(reader: Reader) -> bool:
    """Whether the reader may change the library."""
    return isinstance(reader, Operator) or bool(CURATORS & directory.roles_of(reader))


def person_of(reader: Reader) -> Person | None:
    """The person to name in the journal; none for the operator of the machine."""
    return reader if isinstance(reader, Person) else None


def require_curator(reader: Reader) -> None:
    """:raises NotALibrarian: if the reader may not change the library."""
    if not may_curate(reader):
        raise problems.NotALibrarian


def visible_documents(reader: Reader) -> QuerySet[Document]:
    """The documents whose existence the reader may know of.

    Public ones for all; restricted ones for the roles they name, and for those who restrict them.
    """
    if may_curate(reader):
        return Document.objects.filter(withdrawn_at__isnull=True)
    open_to_reader = Q(access=Access.PUBLIC)
    roles = [role.value for role in directory.roles_of(reader)]
    if roles:
        open_to_reader |= Q(access=Access.RESTRICTED, open_to_roles__overlap=roles)
    return Document.objects.filter(open_to_reader, withdrawn_at__isnull=True)


def document_for(reader: Reader, *, key: str) -> Document:
    """One document by its public key or its symbol.

    :raises NoSuchDocument: if there is none, or the reader may not know of it.
    """
    # A restricted edition may state the symbol of a public one: the public comes first.
    found = visible_documents(reader).filter(Q(key=key) | Q(symbol=key)).order_by("access").first()
    if found is None:
        raise problems.NoSuchDocument(document=key)
    return found


def withdrawn_document(reader: Reader, *, key: str) -> Document:
    """A document that was taken off the shelf, for those who may put it back."""
    require_curator(reader)
    found = Document.objects.filter(key=key, withdrawn_at__isnull=False).first()
    if found is None:
        raise problems.NoSuchDocument(document=key)
    return found
