"""What can go wrong with patterns and with estimates of what is hidden."""

from __future__ import annotations

from marsad.problems import Invalid, Refused, _

__all__ = [
    "NoLists",
    "OneYearOnly",
    "TakesTooLong",
    "TooManyListsForAPage",
    "TooManyListsForVisitors",
    "YearNotKnown",
]


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


class TooManyListsForVisitors(Refused):
    code = "statistics.hidden.too-many-lists-for-visitors"
    says = _(
        "{count} lists are worked out here for whoever has signed in. Without signing in, use at "
        "most {most} lists, and {drawn} with bounds that allow for the choice of the model; or "
        "join lists that are alike."
    )


class TakesTooLong(Refused):
    code = "statistics.hidden.takes-too-long"
    says = _(
        "Drawing these lists anew took longer than {seconds} seconds and was ended. Ask without "
        "bounds that allow for the choice of the model, or join lists that are alike."
    )
