"""What can go wrong with records, besides what `records.errors` says of a file."""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _

__all__ = [
    "CodesThere",
    "ConsentWithdrawnSince",
    "NoReasonToRelease",
    "NoRecords",
    "NoSuchCodes",
    "NoSuchHolding",
    "NoSuchRecordArrival",
    "NoSuchRecordEdition",
    "NoSuchRelease",
    "NotYoursToRelease",
    "RecordsDecided",
    "RecordsRefused",
    "ReleaseNotInForce",
    "ReleaseOutdated",
    "SecretGone",
    "SecretTooShort",
    "TellsTogether",
    "YearsTurned",
]


class NoSuchHolding(NotFound):
    code = "statistics.records.holding-not-found"
    says = _("There are no such records, or they are not yours to bring or read.")


class NoSuchRecordArrival(NotFound):
    code = "statistics.records.arrival-not-found"
    says = _("There is no such file of records, or it is not open to you.")


class NoSuchRecordEdition(NotFound):
    code = "statistics.records.edition-not-found"
    says = _("There is no such edition of records, or it is not open to you.")


class NoSuchRelease(NotFound):
    code = "statistics.records.release-not-found"
    says = _("There is no such release, or it is not open to you.")


class NoSuchCodes(NotFound):
    code = "statistics.records.codes-not-found"
    says = _("There is no version “{given}” of the code lists. There are: {known}.")


class NotYoursToRelease(NotAllowed):
    code = "statistics.records.release-not-yours"
    says = _("Figures of records are released by the focal point of their State only.")


class RecordsRefused(Refused):
    code = "statistics.records.rows-refused"
    says = _(
        "{count} of the places of “{name}” cannot be understood, so nothing of it is taken; the "
        "earlier records stay. First: {first}"
    )


class RecordsDecided(Refused):
    code = "statistics.records.already-decided"
    says = _("These records were taken in or put aside already.")


class NoRecords(Refused):
    code = "statistics.records.none"
    says = _(
        "There are no records of these years to count. Bring records in first, or choose other "
        "years."
    )


class NoReasonToRelease(Refused):
    code = "statistics.records.nothing-wanted"
    says = _("Choose at least one thing to count.")


class YearsTurned(Invalid):
    code = "statistics.records.years-turned"
    says = _("The first year must not be after the last one.")


class ReleaseNotInForce(Refused):
    code = "statistics.records.release-not-in-force"
    says = _(
        "This release was withdrawn before, or newer figures have taken its place: there is "
        "nothing to withdraw."
    )


class ReleaseOutdated(Refused):
    code = "statistics.records.release-outdated"
    says = _(
        "Figures that are part of this release were withdrawn after it was made. Release anew: "
        "what was withdrawn is left out then."
    )


class ConsentWithdrawnSince(Refused):
    code = "statistics.records.consent-withdrawn-since"
    says = _(
        "Somebody who is counted in this release withdrew consent after it was made. Release anew: "
        "they are left out then."
    )


class TellsTogether(Refused):
    code = "statistics.records.tells-together"
    says = _(
        "Beside what was released before, these figures would tell how few people were added, "
        "changed or taken out: {years}. Release these years in fewer breakdowns or not at all, or "
        "wait until more records have come."
    )


class CodesThere(Refused):
    code = "statistics.records.codes-there"
    says = _(
        "There is a version “{version}” of the code lists already, and a version never changes. "
        "Give yours another name."
    )


class SecretTooShort(Invalid):
    code = "statistics.records.secret-too-short"
    says = _("{name} must have at least {least} characters.")


class SecretGone(Refused):
    code = "statistics.records.secret-gone"
    says = _(
        "The key that identifiers are hashed with is not on this machine, but records are held "
        "that were hashed with one: with another key the same people would count twice. Nothing "
        "was read. Set {name} to the key that the other machines use, or put the file “{file}” "
        "back from the backup. Only if the key is lost for good, set {name} to a new one, and let "
        "every body bring all its records in again, in place of those that are there."
    )
