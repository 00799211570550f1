"""What can go wrong with patterns and with estimates of what is hidden."""

from __future__ import annotations

from marsad.problems import Invalid, Refused, _

__all__ = ["NoLists", "OneYearOnly", "TooManyListsForAPage", "YearNotKnown"]


class YearNotKnown(Invalid):
    code = "statistics.patterns.year-not-known"
    says = _("There are no figures of {year}. Choose a year from {first} to {last}.")


class OneYearOnly(Refused):
    code = "statistics.patterns.one-year-only"
    says = _(
        "A change needs two years that were reported; the figures are of one. Bring in another "
        "year."
    )


class NoLists(Invalid):
    code = "statistics.hidden.no-lists"
    says = _("Choose a file of lists (CSV), or paste the table into the field.")


class TooManyListsForAPage(Refused):
    code = "statistics.hidden.too-many-lists"
    says = _(
        "Drawing {count} lists anew takes longer than a page may. With at most {most} lists it is "
        "done here; with more, run `marsad statistics estimate FILE --bootstrap`."
    )
