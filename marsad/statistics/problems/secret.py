"""What can go wrong with the secret that people in records are known again by."""

from __future__ import annotations

from marsad.problems import Refused, _

__all__ = ["AnotherSecret", "ReleasedByAnotherSecret", "SecretsDiffer"]


class AnotherSecret(Refused):
    code = "statistics.records.another-secret"
    says = _(
        "The records of this State were read with another secret, so that whoever is in them would "
        "be counted twice. Put the secret ({name}) back from the backup; where it is lost, bring "
        "all records of each body in again, in place of those that are there."
    )


class SecretsDiffer(Refused):
    code = "statistics.records.secrets-differ"
    says = _(
        "The records of this State were read with more than one secret, so that whoever is in "
        "several would be counted more than once. Nothing is released. Bring all records of each "
        "body in again with one secret, in place of those that are there."
    )


class ReleasedByAnotherSecret(Refused):
    code = "statistics.records.released-by-another-secret"
    says = _(
        "Figures of these years were released from records that were read with another secret: "
        "{years}. Nobody can see any more how few people came or went since, so these years cannot "
        "be released again. Leave them out, or put the secret ({name}) back from the backup and "
        "bring the records in again, in place of those that are there."
    )
