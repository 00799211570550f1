"""The kinds of questions, told from an XForm's controls and types."""

from __future__ import annotations

from marsad.problems import _

#: What people call each kind; the codes are those that `Field.kind` holds.
KINDS: dict[str, str] = {
    "text": _("Free text"),
    "integer": _("Whole number"),
    "decimal": _("Number"),
    "range": _("Number on a scale"),
    "select_one": _("One choice"),
    "select_multiple": _("Several choices"),
    "rank": _("Ranking"),
    "date": _("Date"),
    "time": _("Time"),
    "dateTime": _("Date and time"),
    "geopoint": _("Place"),
    "geotrace": _("Line on a map"),
    "geoshape": _("Area on a map"),
    "barcode": _("Barcode"),
    "image": _("Picture"),
    "audio": _("Sound"),
    "video": _("Film"),
    "file": _("File"),
    "acknowledge": _("Confirmation"),
    "boolean": _("Yes or no"),
    "note": _("Note"),
    "calculate": _("Calculated"),
    "metadata": _("About the filling"),
    "hidden": _("Hidden"),
    "group": _("Group"),
    "repeat": _("Repeated group"),
}
#: Kinds whose answer is a file.
FILES = frozenset({"image", "audio", "video", "file"})
#: Kinds whose answer is chosen.
CHOICES = frozenset({"select_one", "select_multiple", "rank"})
#: Kinds that nobody is asked.
UNASKED = frozenset({"note", "calculate", "metadata", "hidden", "group", "repeat"})

_BY_TYPE = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
    "boolean": "boolean",
}
_BY_MEDIA = {"image": "image", "audio": "audio", "video": "video"}
_BY_CONTROL = {
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "trigger": "acknowledge",
    "range": "range",
}


def kind_of(*, control: str, type_: str, media: str, is_readonly: bool) -> str:
    """The kind of a question that is asked."""
    if control == "upload":
        return _BY_MEDIA.get(media.partition("/")[0], "file")
    if control in _BY_CONTROL:
        return _BY_CONTROL[control]
    return _BY_TYPE.get(type_, "note" if is_readonly else "text")


def kind_unasked(*, is_calculated: bool, is_preloaded: bool) -> str:
    """The kind of what has a place in the form and no control."""
    if is_preloaded:
        return "metadata"
    return "calculate" if is_calculated else "hidden"


#: How what nobody is asked is read: by its type.
def value_kind(*, kind: str, type_: str) -> str:
    """By which rule an answer is read: the kind itself, or the type of a calculation."""
    return _BY_TYPE.get(type_, "") if kind in UNASKED or kind == "range" else kind
