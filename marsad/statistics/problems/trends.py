"""What can go wrong where somebody looks at the figures."""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, _

__all__ = ["MomentNotRead", "NoSuchFormat", "NothingReported", "PlaceNotKnown", "WordNotKnown"]


class WordNotKnown(Invalid):
    code = "statistics.choice.word-not-known"
    says = _("“{given}” means nothing here as “{name}”. Choose one of: {known}.")


class PlaceNotKnown(Invalid):
    code = "statistics.choice.place-not-known"
    says = _(
        "No State or place has the code “{given}”. Codes have three letters, as JOR has; write "
        "several with commas between them."
    )


class MomentNotRead(Invalid):
    code = "statistics.choice.moment-not-read"
    says = _("“{given}” is no date. Write it as 2026-11-22, or with a time as 2026-11-22T16:30Z.")


class NoSuchFormat(NotFound):
    code = "statistics.picture.no-such-format"
    says = _("Pictures are not made as “{given}”. Choose one of: {known}.")


class NothingReported(NotFound):
    code = "statistics.picture.nothing-reported"
    says = _("There is no picture, for no figure was reported: {why}")
