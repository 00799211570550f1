"""States, bodies, people, memberships."""

from marsad.directory.models.body import Body, Membership
from marsad.directory.models.person import Person
from marsad.directory.models.state import State

__all__ = ["Body", "Membership", "Person", "State"]
