"""What can go wrong with tables, origins and national reports."""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, Refused, _

__all__ = [
    "NeedsAFile",
    "NoSuchPlace",
    "OriginIsJson",
    "OriginNotUnderstood",
    "TooLongForWord",
    "UnknownFormat",
]


class UnknownFormat(Invalid):
    code = "statistics.unknown-format"
    says = _("There is no format “{given}”. Choose one of: {choices}.")


class TooLongForWord(Refused):
    code = "statistics.too-long-for-word"
    says = _(
        "The table has {count} lines, and Word files hold at most {most} here. Choose fewer years "
        "or States, or take it as Excel or CSV."
    )


class NeedsAFile(Invalid):
    code = "statistics.needs-a-file"
    says = _("A file of the kind “{format}” is not printed. Say where to write it: --output FILE.")


class OriginIsJson(Invalid):
    code = "statistics.origin-is-json"
    says = _("Where figures come from is told as JSON only: add --format json.")


class OriginNotUnderstood(Invalid):
    code = "statistics.origin-not-understood"
    says = _(
        "It cannot be understood whose origin is asked for: {why}. Follow the link of a figure in "
        "a table."
    )


class NoSuchPlace(NotFound):
    code = "statistics.place.not-found"
    says = _("There is no State or place “{given}” with figures here. Give its ISO code: MEX.")
