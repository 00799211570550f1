"""Replies and their answers."""

from __future__ import annotations

from marsad.problems import NotFound, _


class NoSuchReply(NotFound):
    code = "review.reply.not-found"
    says = _("There is no such reply, or it is not open to you.")


__all__ = ["NoSuchReply"]
