"""What a person can be told when lists cannot be read, or nothing can be estimated from them.

* Invalid
  x NotATable         no rows and columns of lists with a count
  x NotAMark          a cell of a list is neither 0 nor 1
  x NotACount         a count is no whole number from 0 on
  x OnNoList          a row says how many are on no list: that is what is asked
  x TooFewLists, TooManyLists
  x UnknownMethod
* Refused
  x NoEstimate        the counts do not determine an estimate
"""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, Refused, _


class NoSuchFile(NotFound):
    code = "estimation.no-such-file"
    says = _("“{name}” is not there or may not be read. Check the name of the file.")


class NotATable(Invalid):
    code = "estimation.not-a-table"
    says = _(
        "“{name}” is not a table of lists. Give a CSV file in UTF-8: a heading with a column for "
        "each list and a last one for the count, then a row for each combination of lists."
    )


class UnevenRow(Invalid):
    code = "estimation.uneven-row"
    says = _(
        "Row {row} of “{name}” has {count} cells, and the heading has {expected}. Fill the gap, or "
        "take the extra cells out."
    )


class NotAMark(Invalid):
    code = "estimation.not-a-mark"
    says = _(
        "Row {row}, column “{column}” of “{name}” says “{value}”. Write 1 for people on that list "
        "and 0 for people who are not."
    )


class NotACount(Invalid):
    code = "estimation.not-a-count"
    says = _(
        "Row {row} of “{name}” counts “{value}” people. Write a whole number, 0 or more; a count "
        "that was hidden (“<5”) cannot be used here."
    )


class OnNoList(Invalid):
    code = "estimation.on-no-list"
    says = _(
        "Row {row} of “{name}” counts people who are on no list. That number is what is estimated: "
        "take the row out."
    )


class TooFewLists(Invalid):
    code = "estimation.too-few-lists"
    says = _("“{name}” has {count} list. An estimate needs two at least, and three to be checked.")


class TooManyLists(Invalid):
    code = "estimation.too-many-lists"
    says = _("“{name}” has {count} lists; at most {most} can be used. Join lists that are alike.")


class UnknownMethod(Invalid):
    code = "estimation.unknown-method"
    says = _("“{given}” is not a method of estimation. Choose one of: {choices}.")


class NoEstimate(Refused):
    code = "estimation.no-estimate"
    says = _(
        "These counts determine no estimate: {reason} Nothing is shown, because any number would "
        "be a guess."
    )
