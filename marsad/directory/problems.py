"""What can go wrong in the directory.

* NotFound
  x NoSuchState          no State has that code
  x NoSuchPerson         nobody signs in with that address
  x NoSuchBody           no body has that name
  x NoSuchMembership     nobody holds that role there
  x NoSuchToken          the person has no such token
* NotAllowed
  x NotAnAdministrator   only administrators make people and give roles
* Refused
  x AddressTaken         somebody signs in with that address already
  x BodyNamedAlready     a body of that State has that name already
  x RoleHeldAlready      the person holds that role there already
  x RoleEndedAlready     the role was ended before
  x LastAdministrator    nobody would be left to give roles
  x OnlyInADemonstration an invented State is wanted among real ones
* Invalid
  x NotAnAddress         it is not an e-mail address
  x NotLeftToUsers       the code of an invented State is, or may become, that of a real one
  x NameMissing          a name is empty
  x NameTooLong          a name is longer than the directory keeps
  x UnknownChoice        a role, a kind of body or a language that does not exist
"""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _


class NoSuchState(NotFound):
    code = "directory.state.not-found"
    says = _("No State or territory has the code {code}.")


class NoSuchPerson(NotFound):
    code = "directory.person.not-found"
    says = _("Nobody signs in with the address {email}.")


class NoSuchBody(NotFound):
    code = "directory.body.not-found"
    says = _("No body is called “{name}”. Give its name as it stands in the directory.")


class NoSuchMembership(NotFound):
    code = "directory.role.not-found"
    says = _("Nobody holds that role there.")


class NoSuchToken(NotFound):
    code = "directory.token.not-found"
    says = _("You have no such token.")


class NotAnAdministrator(NotAllowed):
    code = "directory.not-an-administrator"
    says = _("Only administrators see the people of this installation and give them roles.")


class AddressTaken(Refused):
    code = "directory.person.address-taken"
    says = _("Somebody already signs in with the address {email}.")


class BodyNamedAlready(Refused):
    code = "directory.body.named-already"
    says = _("A body called “{name}” is already in the directory.")


class RoleHeldAlready(Refused):
    code = "directory.role.held-already"
    says = _("This person already holds the role “{role}” there.")


class RoleEndedAlready(Refused):
    code = "directory.role.ended-already"
    says = _("This role was ended before.")


class LastAdministrator(Refused):
    code = "directory.role.last-administrator"
    says = _("Nobody else is an administrator. Make somebody an administrator first.")


class OnlyInADemonstration(Refused):
    code = "directory.only-in-a-demonstration"
    says = _("Invented States can be added in a demonstration only.")


class NotLeftToUsers(Invalid):
    code = "directory.state.not-left-to-users"
    says = _("{code} is not a code that ISO 3166 leaves to its users: XA to XZ, QM to QZ.")


class NotAnAddress(Invalid):
    code = "directory.person.not-an-address"
    says = _("“{email}” is not an e-mail address.")


class NameMissing(Invalid):
    code = "directory.name-missing"
    says = _("A name is missing.")


class NameTooLong(Invalid):
    code = "directory.name-too-long"
    says = _("A name may have at most {most} letters. Shorten it.")


class UnknownChoice(Invalid):
    code = "directory.unknown-choice"
    says = _("“{given}” is not known here. Choose one of: {choices}.")
