"""What a person can be told when records cannot be read or released.

* Invalid
  x BadCodebook         a version of the code lists that cannot be used
  x BadRecordMapping    a mapping of columns that cannot be understood
  x NoKind              nothing says what the records are of
  x NoRecordColumns     no line names columns of records
  x LacksColumn         a column that every record needs is not there
* NotFound
  x UnknownRecordMapping  no mapping has this name
* Refused
  x TellsWho            a column that says who somebody is
  x TellsMuch           a column of free text
"""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, Refused, _


class BadCodebook(Invalid):
    """A version of the code lists that cannot be used."""

    code = "statistics.records.bad-codebook"
    says = _(
        "These code lists cannot be used: in {where}, {why}. Take the version that is in use away"
        " as JSON, change that, and send it again."
    )


class BadRecordMapping(Invalid):
    """A mapping of columns that cannot be understood."""

    code = "statistics.records.bad-mapping"
    says = _("The mapping “{name}” cannot be used: {why}.")


class UnknownRecordMapping(NotFound):
    """No mapping has this name."""

    code = "statistics.records.unknown-mapping"
    says = _("There is no mapping called “{given}”. Use one of: {known}; or a JSON file.")


class NoKind(Invalid):
    """Nothing says what the records are of."""

    code = "statistics.records.no-kind"
    says = _(
        "Nothing says what the rows of “{name}”, sheet “{sheet}” are: victims, perpetrators, events"
        " or entities. Choose the kind, add a column “kind”, or call the sheet by it."
    )


class NoKindInText(NoKind):
    """The same of a file without sheets."""

    says = _(
        "Nothing says what the rows of “{name}” are: victims, perpetrators, events or entities."
        " Choose the kind, or add a column “kind”."
    )


class NoRecordColumns(Invalid):
    """No line names columns of records."""

    code = "statistics.records.no-columns"
    says = _(
        "No line of “{name}” names columns of records. Put names from the code lists above the"
        " columns ({needed}), in one of the first {looked} lines."
    )


class LacksColumn(Invalid):
    """A column that every record needs is not there."""

    code = "statistics.records.lacks-column"
    says = _(
        "“{name}”, sheet “{sheet}” has no column “{missing}”, and no record is without it. The"
        " columns are: {found}. Say which one it is, or add it."
    )


class LacksColumnInText(LacksColumn):
    """The same of a file without sheets."""

    says = _(
        "“{name}” has no column “{missing}”, and no record is without it. The columns are: {found}."
        " Say which one it is, or add it."
    )


class TellsWho(Refused):
    """A column that says who somebody is."""

    code = "statistics.records.tells-who"
    says = _(
        "The column “{header}” of “{name}” holds {what}{where}. Records come without anything that"
        " tells who a person is: delete the column, and send the file again. Nothing of it was"
        " kept."
    )


class TellsMuch(Refused):
    """A column of free text."""

    code = "statistics.records.tells-much"
    says = _(
        "The column “{header}” of “{name}” holds free text{where}, in which anything may be told of"
        " a person. Delete the column, or put codes in its place, and send the file again. Nothing"
        " of it was kept."
    )
