"""Themes, coding, findings, practices."""

from __future__ import annotations

from marsad.problems import NotAllowed, _


class NotAnAnalyst(NotAllowed):
    code = "review.not-an-analyst"
    says = _("Only the analysts of this round and officers of the Secretariat may do this.")


__all__ = ["NotAnAnalyst"]
