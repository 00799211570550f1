"""What can go wrong with the secret that people in records are known again by."""

from __future__ import annotations

from marsad.problems import Refused, _

__all__ = ["AnotherSecret"]


class AnotherSecret(Refused):
    code = "statistics.records.another-secret"
    says = _(
        "The records of this State were read with another secret, so that whoever is in them would "
        "be counted twice. Put the secret ({name}) back from the backup; where it is lost, bring "
        "all records of each body in again, in place of those that are there."
    )
