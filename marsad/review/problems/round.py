"""Rounds and notes verbales."""

from __future__ import annotations

from marsad.problems import NotAllowed, NotFound, _


class NoSuchRound(NotFound):
    code = "review.round.not-found"
    says = _("There is no such round, or it is not open to you.")


class NotTheSecretariat(NotAllowed):
    code = "review.not-the-secretariat"
    says = _("Only officers of the Secretariat and administrators may do this in a round.")


__all__ = ["NoSuchRound", "NotTheSecretariat"]
