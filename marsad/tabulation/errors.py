"""What a person can be told when figures cannot be read, kept or counted.

* NotFound
  x NoSuchFile          there is no such file
  x UnknownMapping      no mapping of columns has this name
  x UnknownTable        no named table has this name
* CannotTabulate (Invalid)  the file as a whole is not a table of figures
  x EmptyFile           no bytes in it
  x NotATable           bytes of another kind of file
  x DamagedWorkbook     a workbook that is broken inside
  x DamagedParquet      Parquet of which a part cannot be read
  x NotText             a row that holds a sign no text has (of Parquet: NotTextAt)
  x FarAside            a workbook with a cell far beside any table
  x OldWorkbook         a workbook of before 2007, or one locked with a password
  x WrongEncoding       a text file in another encoding than said
  x NoHeader            no line in it names the columns (of text: NoHeaderInText, and so on)
  x MissingColumn       the line of names lacks one that is needed
  x OnlyHidden          no sheet but hidden ones names columns
  x ColumnTwice         one name stands over two columns
  x MergedCells         cells of the table are merged
  x OtherFlow           SDMX of a flow that is not read here
  x MixedFlows          SDMX of several flows in one file
  x NotKept             Parquet that was not written here, and says no columns we know
  x BadMapping          a mapping that cannot be understood
  x BadPopulations      a file of populations that cannot be read
* Invalid
  x UnknownEncoding     no text of figures is written in this
  x UnknownIndicator    what was asked for is not in the figures
  x UnknownBreakdown    figures cannot be laid out by this
  x BadYears            years that are no years
  x UnevenSpans         years that cannot be compared
* Refused
  x MacroWorkbook       a workbook that carries a program
  x TooLarge            more lines than will be read
  x Unpacks             few bytes that unpack into very many
  x RowsRefused         some rows cannot be understood, so nothing is kept

Every sentence names the file and the place in it, and says what to do. What is wrong with one row
only is no exception: it is a `Remark` in the preview (`remarks.py`).
"""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, Refused, _


class NoSuchFile(NotFound):
    """There is no file by this name, or it may not be read."""

    code = "tabulation.no-such-file"
    says = _("“{name}” is not there or may not be read. Check the name of the file.")


class UnknownMapping(NotFound):
    """No mapping of columns has this name."""

    code = "tabulation.unknown-mapping"
    says = _(
        "There is no mapping of columns called “{given}”. Use one of: {known}; or a JSON file."
    )


class UnknownTable(NotFound):
    """No named table has this name."""

    code = "tabulation.unknown-table"
    says = _("There is no table called “{given}”. Choose one of: {known}.")


class CannotTabulate(Invalid):
    """The file as a whole is not a table of figures."""

    code = "tabulation.cannot-tabulate"
    says = _("“{name}” holds no table of figures that can be read here.")


class EmptyFile(CannotTabulate):
    """No bytes."""

    code = "tabulation.empty-file"
    says = _("“{name}” is empty. Check the file and send the full one.")


class NotATable(CannotTabulate):
    """Bytes of another kind of file."""

    code = "tabulation.not-a-table"
    says = _(
        "“{name}” is not a workbook, CSV, Parquet or SDMX-CSV file. Save the figures as .xlsx or"
        " as CSV (UTF-8), and send that file."
    )


class DamagedWorkbook(CannotTabulate):
    """A workbook that is broken inside."""

    code = "tabulation.damaged-workbook"
    says = _(
        "“{name}” is damaged: a part of the workbook cannot be unpacked ({part}). Open it in your"
        " spreadsheet program, save it again as .xlsx, and send that file."
    )


class CutWorkbook(DamagedWorkbook):
    """The same of one that cannot be unpacked at all."""

    says = _(
        "“{name}” is damaged, or a part of it was lost on the way: it cannot be unpacked. Open it"
        " in your spreadsheet program, save it again as .xlsx, and send that file."
    )


class DamagedParquet(CannotTabulate):
    """Parquet of which a part cannot be read."""

    code = "tabulation.damaged-parquet"
    says = _(
        "“{name}” is damaged: nothing can be read of it from about row {row} on. Write it anew from"
        " where it was made, and send that file."
    )


class NotText(CannotTabulate):
    """A row that holds a sign no text has."""

    code = "tabulation.not-text"
    says = _(
        "“{name}”, row {row}, holds a sign that no text has (NUL). Correct the row, or export the"
        " figures anew, and send that file."
    )


class NotTextAt(NotText):
    """The same where the column is known, and of bytes that are no text at all."""

    says = _(
        "“{name}”, row {row}, column {column}: what stands there is no text (NUL, or bytes that are"
        " not UTF-8). Correct it, or export the figures anew, and send that file."
    )


class FarAside(CannotTabulate):
    """A cell far beside any table."""

    code = "tabulation.far-aside"
    says = _(
        "“{name}” has a cell at {cell}; no more than {most} columns are read. Delete what stands "
        "far beside the table, and send the file again."
    )


class OldWorkbook(CannotTabulate):
    """A workbook of before 2007, or one locked with a password: both look alike from outside."""

    code = "tabulation.old-workbook"
    says = _(
        "“{name}” is a workbook in the old .xls form, or one locked with a password. Take the"
        " password off, save it as .xlsx, and send that file."
    )


class WrongEncoding(CannotTabulate):
    """A text file in another encoding than said."""

    code = "tabulation.wrong-encoding"
    says = _(
        "“{name}” is not written in {encoding}: line {row} holds bytes that this encoding does not"
        " have. Save it as “CSV UTF-8”, or say its encoding ({guess} would read it)."
    )


class NoHeader(CannotTabulate):
    """No line names the columns."""

    code = "tabulation.no-header"
    says = _(
        "No line among the first {looked} of “{name}” (sheet “{sheet}”) names the columns. Put the"
        " names {needed} in one line above the figures, or send a mapping of your columns."
    )


class NoHeaderInText(NoHeader):
    """The same of a file without sheets."""

    says = _(
        "No line among the first {looked} of “{name}” names the columns. Put the names {needed} in"
        " one line above the figures, or send a mapping of your columns."
    )


class OnlyHidden(CannotTabulate):
    """No sheet but hidden ones names columns."""

    code = "tabulation.only-hidden"
    says = _(
        "“{name}” holds no figures but in sheets that are hidden ({sheets}). Show the sheet whose "
        "figures are to count, and send the file again."
    )


class MissingColumn(CannotTabulate):
    """The line of names lacks one that is needed."""

    code = "tabulation.missing-column"
    says = _(
        "“{name}”, sheet “{sheet}”, row {row} names the columns, but {missing} is missing. Add it,"
        " or map one of these columns to it: {found}."
    )


class MissingColumnInText(MissingColumn):
    """The same of a file without sheets."""

    says = _(
        "“{name}”, row {row} names the columns, but {missing} is missing. Add it, or map one of"
        " these columns to it: {found}."
    )


class ColumnTwice(CannotTabulate):
    """One name stands over two columns."""

    code = "tabulation.column-twice"
    says = _(
        "“{name}”, sheet “{sheet}”, row {row}: columns {first} and {second} are both read as"
        " “{field}”. Rename or remove one of them."
    )


class ColumnTwiceInText(ColumnTwice):
    """The same of a file without sheets."""

    says = _(
        "“{name}”, row {row}: columns {first} and {second} are both read as “{field}”. Rename or"
        " remove one of them."
    )


class MergedCells(CannotTabulate):
    """Cells of the table are merged."""

    code = "tabulation.merged-cells"
    says = _(
        "“{name}”, sheet “{sheet}”: cells are merged in the table ({ranges}), so it cannot be told"
        " which rows a value belongs to. Unmerge them, fill the value into every row, and send"
        " the file again."
    )


class OtherFlow(CannotTabulate):
    """SDMX of a flow that is not read here."""

    code = "tabulation.other-flow"
    says = _(
        "“{name}” is SDMX of the flow “{flow}”. Read here are: {known}. Send figures of one of"
        " these, or a mapping that names this flow."
    )


class MixedFlows(CannotTabulate):
    """SDMX of several flows in one file."""

    code = "tabulation.mixed-flows"
    says = _(
        "“{name}” holds SDMX of several flows: “{first}”, and from line {row} “{second}”. Send each"
        " flow as a file of its own."
    )


class NotKept(CannotTabulate):
    """Parquet that was not written here."""

    code = "tabulation.not-kept"
    says = _(
        "“{name}” was not written by this engine: {missing} is missing or of another type. Read it"
        " with a mapping first, and keep it."
    )


class BadMapping(CannotTabulate):
    """A mapping that cannot be understood."""

    code = "tabulation.bad-mapping"
    says = _("The mapping “{name}” cannot be understood: {why}.")


class BadPopulations(CannotTabulate):
    """A file of populations that cannot be read."""

    code = "tabulation.bad-populations"
    says = _(
        "“{name}” cannot be read as populations: {why}. It is a CSV in UTF-8 with the columns code"
        " (or country), year, population, and, where rates by sex or age are wanted, sex and age."
    )


class UnknownEncoding(Invalid):
    """No text of figures is written in this."""

    code = "tabulation.unknown-encoding"
    says = _("Figures are not read in the encoding “{given}”. Use one of: {known}.")


class UnknownIndicator(Invalid):
    """What was asked for is not in the figures."""

    code = "tabulation.unknown-indicator"
    says = _("There are no figures on “{given}”. They are on: {known}.")


class UnknownBreakdown(Invalid):
    """Figures cannot be laid out by this."""

    code = "tabulation.unknown-breakdown"
    says = _("Figures cannot be laid out by “{given}”. Choose one of: {known}.")


class BadYears(Invalid):
    """Years that are no years."""

    code = "tabulation.bad-years"
    says = _("“{given}” is not a year or a span of years. Write 2019, or 2017-2020.")


class UnevenSpans(Invalid):
    """Years that cannot be compared."""

    code = "tabulation.uneven-spans"
    says = _(
        "{since} cannot be compared with {until}: the second must come after the first, and both "
        "must be equally long. Write for example 2019 and 2020, or 2015-2017 and 2018-2020."
    )


class MacroWorkbook(Refused):
    """A workbook that carries a program."""

    code = "tabulation.macro-workbook"
    says = _(
        "“{name}” carries a program (macros), and such workbooks are not opened here. Save it as"
        " .xlsx, which leaves the program behind, and send that file."
    )


class TooLarge(Refused):
    """More lines than will be read."""

    code = "tabulation.too-large"
    says = _(
        "“{name}” has more than {most} rows. Send it in parts, or as Parquet, one file a year."
    )


class Unpacks(Refused):
    """Few bytes that unpack into very many."""

    code = "tabulation.unpacks"
    says = _(
        "“{name}” is small but unpacks to more than {most} megabytes, as only damaged or hostile"
        " files do. Save it anew in your spreadsheet program, and send that file."
    )


class RowsRefused(Refused):
    """Some rows cannot be understood, so nothing is kept."""

    code = "tabulation.rows-refused"
    says = _(
        "{refused} of {rows} rows of “{name}” cannot be understood, so nothing was stored and the"
        " earlier version stays in force. The first: {first}"
    )
