"""States, bodies, people, memberships, tokens."""

from marsad.directory.models.body import Body, Membership
from marsad.directory.models.person import Person
from marsad.directory.models.state import State
from marsad.directory.models.token import Token

__all__ = ["Body", "Membership", "Person", "State", "Token"]
