"""What can go wrong with a file of figures, and where there are none."""

from __future__ import annotations

from marsad.problems import NotFound, Refused, _

__all__ = [
    "AlreadyDecided",
    "DataMissing",
    "NoSuchArrival",
    "NoSuchEdition",
    "NoSuchSource",
    "NothingInForce",
    "RowsRefused",
]


class NoSuchSource(NotFound):
    code = "statistics.source.not-found"
    says = _("There is no source “{source}”, or it is not open to you.")


class NoSuchArrival(NotFound):
    code = "statistics.arrival.not-found"
    says = _("There is no such file of figures, or it is not open to you.")


class NoSuchEdition(NotFound):
    code = "statistics.edition.not-found"
    says = _("There is no such edition of figures, or it is not open to you.")


class NothingInForce(NotFound):
    code = "statistics.nothing-in-force"
    says = _("No figures are published yet. Bring some in: `marsad statistics import FILE`.")


class RowsRefused(Refused):
    code = "statistics.rows-refused"
    says = _(
        "{count} rows of “{name}” cannot be understood, so nothing of it is taken; the earlier "
        "figures stay in force. First: {first}"
    )


class AlreadyDecided(Refused):
    code = "statistics.arrival.already-decided"
    says = _("This file was taken in or put aside already.")


class DataMissing(Refused):
    code = "statistics.data-missing"
    says = _(
        "The figures {digest} are in the catalogue, and their file is gone from the data root. Put "
        "the data root back from a backup."
    )
