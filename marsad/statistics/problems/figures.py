"""What can go wrong with a file of figures, and where there are none."""

from __future__ import annotations

from marsad.problems import Invalid, NotAllowed, NotFound, Refused, _

__all__ = [
    "AlreadyDecided",
    "AlreadyVerified",
    "ColumnsWanting",
    "DataMissing",
    "FieldTwice",
    "GivenUp",
    "NoFile",
    "NoSuchArrival",
    "NoSuchEdition",
    "NoSuchQuestion",
    "NoSuchSource",
    "NotForThem",
    "NotReadYet",
    "NotTheNewest",
    "NoteMissing",
    "NoteTooLong",
    "NothingInForce",
    "OfOtherPlaces",
    "RowsRefused",
    "StandsAlready",
    "TooLargeToSend",
    "UnknownAnswer",
    "Unreadable",
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


class NotForThem(NotAllowed):
    code = "statistics.figures.not-for-you"
    says = _(
        "This page is for those who bring figures in: the Secretariat, and those who act for a "
        "State. What is published stands under Trends and Tables, for everybody."
    )


class NoSuchQuestion(NotFound):
    code = "statistics.question.not-found"
    says = _("There is no such question about figures, or it is not open to you.")


class NothingInForce(NotFound):
    code = "statistics.nothing-in-force"
    says = _("No figures are published yet. Bring some in: `marsad statistics import FILE`.")


class RowsRefused(Refused):
    code = "statistics.rows-refused"
    says = _(
        "{count} of the rows of “{name}” cannot be understood, so nothing of it is taken; the "
        "earlier figures stay in force. First: {first}"
    )


class AlreadyDecided(Refused):
    code = "statistics.arrival.already-decided"
    says = _("This file was taken in or put aside already.")


class AlreadyVerified(AlreadyDecided):
    code = "statistics.edition.already-verified"
    says = _("This edition was verified already.")


class NotReadYet(Refused):
    code = "statistics.arrival.not-read"
    says = _(
        "“{name}” has not been read, so nothing of it can be taken. Wait until it is read; if it "
        "could not be, mend what its page says and read it anew."
    )


class NotTheNewest(Refused):
    code = "statistics.edition.not-the-newest"
    says = _(
        "A newer edition has taken the place of this one, or it was withdrawn. Open the newest, or "
        "make this one stand again."
    )


class StandsAlready(Refused):
    code = "statistics.edition.stands-already"
    says = _("The figures of this edition are those of the newest one already.")


class GivenUp(Refused):
    code = "statistics.arrival.given-up"
    says = _(
        "“{name}” stopped its reading {times} times and was given up. Save it anew in your "
        "spreadsheet program, or send it in parts."
    )


class Unreadable(Refused):
    code = "statistics.arrival.unreadable"
    says = _(
        "Reading “{name}” failed in a way that nobody foresaw; it is written down for those who "
        "keep this house. Save the file anew, as CSV (UTF-8), and send that."
    )


class OfOtherPlaces(Refused):
    code = "statistics.arrival.of-other-places"
    says = _(
        "“{name}” holds figures of {others} (first in row {row}). A State brings in its own "
        "figures only: take those rows out and send the file again."
    )


class TooLargeToSend(Refused):
    code = "statistics.arrival.too-large"
    says = _(
        "The file is larger than {most} MB. Send it as Parquet, which is a tenth as large, or in "
        "parts, one file a year."
    )


class NoFile(Invalid):
    code = "statistics.arrival.no-file"
    says = _("Choose a file: a workbook (.xlsx), CSV, Parquet or SDMX-CSV.")


class FieldTwice(Invalid):
    code = "statistics.mapping.field-twice"
    says = _(
        "The columns {first} and {second} are both read as “{field}”. Read one of them as "
        "something else, or leave it aside."
    )


class ColumnsWanting(Invalid):
    code = "statistics.mapping.columns-wanting"
    says = _("No column is read as: {fields}. Say which it is, or what is the same in every row.")


class UnknownAnswer(Invalid):
    code = "statistics.question.unknown-answer"
    says = _("“{given}” is no answer. Choose one of: {choices}.")


class NoteMissing(Invalid):
    code = "statistics.question.note-missing"
    says = _("Say in a sentence why the figures are right, so that whoever uses them knows.")


class NoteTooLong(Invalid):
    code = "statistics.question.note-too-long"
    says = _("The note is longer than {most} characters. Shorten it.")


class DataMissing(Refused):
    code = "statistics.data-missing"
    says = _(
        "The figures {digest} are in the catalogue, and their file is gone from the data root. Put "
        "the data root back from a backup."
    )
