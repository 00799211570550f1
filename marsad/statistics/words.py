"""What collections there are, how far a file has come, how a question about one was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where a file of figures is on its way to be looked at."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    CHECKING = "checking", _("Being checked")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")


class AnswerKind(TextChoices):
    """What a State says to a question about its figures."""

    RIGHT = "right", _("The figures are right")
    WILL_CORRECT = "will_correct", _("Will be corrected")


#: Collections that are public before they come here, with the mapping their columns are read by.
COLLECTIONS: Mapping[str, Mapping[str, str]] = {
    "glotip": {
        "en": "UNODC, Global Report on Trafficking in Persons: national figures",
        "ar": "المكتب المعني بالمخدرات والجريمة، التقرير العالمي عن الاتجار بالأشخاص: أرقام وطنية",
    },
    "sdg": {
        "en": "Sustainable Development Goals, indicator 16.2.2",
        "ar": "أهداف التنمية المستدامة، المؤشر 16.2.2",
    },
}


class Level(TextChoices):
    """How grave a remark about a row is, as `tabulation` has it."""

    NOTED = "noted", _("Noted")
    DOUBTED = "doubted", _("Doubted")
    REFUSED = "refused", _("Refused")


class Severity(TextChoices):
    """How grave a question to a State is, as `tabulation` has it."""

    ASK = "ask", _("To answer")
    WARN = "warn", _("To confirm")
    NOTE = "note", _("Good to know")


#: What a remark is about, by its code, in a few words.
REMARKED: Mapping[str, Any] = {
    "thousands": _("number with separators"),
    "censored": _("count given as a limit or a range"),
    "territory": _("territory, no State"),
    "regional_group": _("group of States"),
    "other_place": _("place without an ISO code"),
    "category-country": _("country as a category"),
    "category-nationals": _("nationals of the State itself"),
    "category-whole": _("category that is the whole"),
    "category-apart": _("category that is no country"),
    "counted-again": _("same people counted again"),
    "withheld": _("confidential figure"),
    "missing-value": _("no figure"),
    "dotted": _("stop taken for a separator"),
    "empty-category": _("empty category"),
    "unread-category": _("unknown category"),
    "broken-letters": _("letters lost in another encoding"),
    "unknown-indicator": _("unknown indicator"),
    "unknown-dimension": _("unknown dimension"),
    "unknown-sex": _("unknown word for a sex"),
    "unknown-age": _("unknown word for an age"),
    "impossible-age": _("impossible age"),
    "future-year": _("year to come"),
    "lone-text": _("row without a figure"),
    "negative": _("negative count"),
    "fraction": _("count that is not whole"),
    "not-a-count": _("text where a count is due"),
    "too-many": _("count that cannot be"),
    "date": _("date in the cell"),
    "formula": _("formula in the cell"),
    "error-cell": _("error in the cell"),
    "truth": _("true or false in the cell"),
    "hidden-sheet": _("hidden sheet, left aside"),
    "hidden-row": _("hidden row"),
    "bad-year": _("no year"),
    "no-year": _("year that is missing"),
    "no-country": _("no country"),
    "unknown-country": _("unknown country"),
    "two-places": _("code and name of two places"),
    "no-indicator": _("nothing said of what is counted"),
}


class Change(TextChoices):
    """What became of a figure from one edition to the next."""

    ADDED = "added", pgettext_lazy("figure", "Added")
    CHANGED = "changed", pgettext_lazy("figure", "Changed")
    GONE = "gone", pgettext_lazy("figure", "Gone")


#: What an edition says of whom it counts and how, by the column that says it.
SAID_OF_COUNTING: Mapping[str, Any] = {
    "definition": _("the definition"),
    "counting_unit": _("the counting unit"),
    "law_article": _("the article of law"),
    "source": _("the source"),
}

#: What a column can be taken for, by what the engine calls it.
FIELD_NAMES: Mapping[str, Any] = {
    "country": pgettext_lazy("column", "Country or place"),
    "code": pgettext_lazy("column", "Code of the country (ISO 3166)"),
    "year": pgettext_lazy("column", "Year"),
    "value": pgettext_lazy("column", "Figure"),
    "indicator": pgettext_lazy("column", "Indicator: what is counted"),
    "dimension": pgettext_lazy("column", "Dimension: by what it is counted again"),
    "category": pgettext_lazy("column", "Category, or form of exploitation"),
    "sex": pgettext_lazy("column", "Sex"),
    "age": pgettext_lazy("column", "Age"),
    "citizenship": pgettext_lazy("column", "Citizenship"),
    "region": pgettext_lazy("column", "Region"),
    "subregion": pgettext_lazy("column", "Subregion"),
    "unit": pgettext_lazy("column", "Unit of measurement"),
    "status": pgettext_lazy("column", "Status: final, provisional"),
    "source": pgettext_lazy("column", "Source"),
    "definition": pgettext_lazy("column", "Definition: who is counted"),
    "counting_unit": pgettext_lazy("column", "Counting unit: persons, offences, cases"),
    "law_article": pgettext_lazy("column", "Article of law"),
    "note": pgettext_lazy("column", "Note"),
}
