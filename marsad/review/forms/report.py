"""What is typed to begin a report, to describe it, and to write its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import for_reader, to_ascii_digits
from marsad.library.types import Addressee, Strength
from marsad.review.composing import MARK, last_day
from marsad.review.models import Report
from marsad.review.queries.round import end_of
from marsad.review.types.report import BlockView, Front
from marsad.review.words import BlockKind

#: `law: its words` on a line of its own: a footnote by its mark.
_NOTE = re.compile(r"^\s*(?P<mark>[a-z0-9_]{1,20})\s*[:：]\s*(?P<words>.+)$")
_NOTE_WITHOUT_MARK = _(
    "Line {line} does not begin with a mark and a colon, as “a: words of the footnote” does. Give "
    "it a mark, and write the mark into the words where the footnote belongs, as in [^a]."
)
_NOTE_TWICE = _("The mark of line {line} has a footnote already. Give it another.")
_NOTE_NOWHERE = _(
    "The footnote “{mark}” stands nowhere. Write [^{mark}] into the words where it belongs."
)
_MARK_NOWHERE = _(
    "[^{mark}] leads to no footnote. Write one that begins with “{mark}:”, or take the mark out."
)


def _line(label: Any, *, language: str, required: bool = False) -> forms.CharField:
    direction = "rtl" if language == "ar" else "ltr"
    return forms.CharField(
        label=label,
        required=required,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": direction, "lang": language}),
    )


def _text(label: Any, *, language: str, rows: int, hint: Any = "") -> forms.CharField:
    direction = "rtl" if language == "ar" else "ltr"
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows, "dir": direction, "lang": language}),
    )


class ReportForm(forms.Form):
    """What stands on the first page."""

    title_ar = _line(_("Title in Arabic"), language="ar", required=True)
    title_en = _line(_("Title in English"), language="en", required=True)
    symbol = forms.CharField(
        label=_("Symbol"),
        required=False,
        max_length=60,
        help_text=_("As it is printed; leave it empty until there is one."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    as_at = forms.DateField(
        label=_("Last day whose answers count"),
        help_text=_("In Vienna. Every figure of the report is as at the end of this day."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    body_ar = _line(_("Body it is for, in Arabic"), language="ar")
    body_en = _line(_("Body it is for, in English"), language="en")
    parent_ar = _line(_("The body above it, in Arabic"), language="ar")
    parent_en = _line(_("The body above it, in English"), language="en")
    session = forms.CharField(label=_("Session, as a number"), required=False, max_length=4)
    place_ar = _line(_("Place of the meeting, in Arabic"), language="ar")
    place_en = _line(_("Place of the meeting, in English"), language="en")
    starts_on = forms.DateField(
        label=_("First day of the meeting"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    ends_on = forms.DateField(
        label=_("Last day of the meeting"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    agenda_item = forms.CharField(
        label=_("Agenda item"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    agenda_title_ar = _line(_("Title of the agenda item, in Arabic"), language="ar")
    agenda_title_en = _line(_("Title of the agenda item, in English"), language="en")
    dated_on = forms.DateField(
        label=_("Date on the report"),
        required=False,
        help_text=_("The day on which it is published, where none is given."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_session(self) -> int | None:
        typed = to_ascii_digits(str(self.cleaned_data["session"])).strip()
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) < 1000:
            raise forms.ValidationError(_("Write the session as a number, as in 14."))
        return int(typed)

    def clean(self) -> dict[str, Any]:
        """The days of a meeting are in order."""
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("starts_on"), typed.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The meeting ends before it begins."))
        return typed

    @property
    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"title_{code}"] for code in ("ar", "en")}

    @property
    def moment(self) -> datetime:
        """The end of the last day that counts."""
        return end_of(self.cleaned_data["as_at"])

    @property
    def front(self) -> Front:
        typed = self.cleaned_data
        return Front(
            body=_both(typed, "body"),
            parent_body=_both(typed, "parent"),
            session=typed["session"],
            place=_both(typed, "place"),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            agenda_item=typed["agenda_item"].strip(),
            agenda_item_title=_both(typed, "agenda_title"),
            dated_on=typed["dated_on"],
        )


def _both(typed: Mapping[str, Any], name: str) -> dict[str, str]:
    return {code: said for code in ("ar", "en") if (said := typed[f"{name}_{code}"].strip())}


def initial_of(report: Report) -> dict[str, Any]:
    """The form as the report stands."""
    front = Front.of(report.front)
    said: dict[str, Any] = {
        "symbol": report.symbol,
        "as_at": last_day(report.as_at),
        "session": front.session or "",
        "starts_on": front.starts_on,
        "ends_on": front.ends_on,
        "agenda_item": front.agenda_item,
        "dated_on": front.dated_on,
    }
    for code in ("ar", "en"):
        said |= {
            f"title_{code}": report.titles.get(code, ""),
            f"body_{code}": front.body.get(code, ""),
            f"parent_{code}": front.parent_body.get(code, ""),
            f"place_{code}": front.place.get(code, ""),
            f"agenda_title_{code}": front.agenda_item_title.get(code, ""),
        }
    return said


class BlockForm(forms.Form):
    """The words of a block, both languages side by side."""

    words_ar = _text(_("In Arabic"), language="ar", rows=7)
    words_en = _text(_("In English"), language="en", rows=7)
    notes_ar = _text(_("Footnotes in Arabic"), language="ar", rows=2)
    notes_en = _text(_("Footnotes in English"), language="en", rows=2)
    addressees = forms.MultipleChoiceField(
        label=_("Addressed to"),
        required=False,
        choices=Addressee.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where none is chosen, it is read from the words."),
    )
    strength = forms.ChoiceField(
        label=_("Strength"),
        required=False,
        choices=[("", _("As the words say")), *Strength.choices],
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: str, themes: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        themed = self.fields["themes"]
        if isinstance(themed, forms.MultipleChoiceField):
            themed.choices = list(themes)
        if kind != BlockKind.RECOMMENDATION:
            for name in ("addressees", "strength", "themes"):
                del self.fields[name]
        if kind in (BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.ANNEX, BlockKind.CHART):
            for name in ("words_ar", "words_en"):
                self.fields[name].widget.attrs["rows"] = 2
            for name in ("notes_ar", "notes_en"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse footnotes that would stand nowhere, and marks that would lead nowhere."""
        cleaned = super().clean() or self.cleaned_data
        if "notes_ar" in self.fields:
            noted = {code: self._noted(code) for code in ("ar", "en")}
            every = noted["ar"] | noted["en"]
            for code in ("ar", "en"):
                marked = set(MARK.findall(str(cleaned.get(f"words_{code}", ""))))
                for mark in sorted(noted[code] - marked):
                    self.add_error(f"notes_{code}", _NOTE_NOWHERE.format(mark=mark))
                for mark in sorted(marked - every):
                    self.add_error(f"words_{code}", _MARK_NOWHERE.format(mark=mark))
        return cleaned

    def _noted(self, code: str) -> set[str]:
        """The marks of the footnotes typed in a language; says where one cannot be read."""
        field, marks = f"notes_{code}", set()
        for number, line in enumerate(self.cleaned_data.get(field, "").splitlines(), start=1):
            typed = _NOTE.match(to_ascii_digits(line))
            if typed is not None and typed["mark"] not in marks:
                marks.add(typed["mark"])
            elif line.strip():
                says = _NOTE_TWICE if typed else _NOTE_WITHOUT_MARK
                self.add_error(field, for_reader().text(says.format(line=number)))
        return marks

    @property
    def words(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"words_{code}"] for code in ("ar", "en")}

    @property
    def notes(self) -> dict[str, dict[str, str]]:
        """Footnotes by mark, each by language code."""
        found: dict[str, dict[str, str]] = {}
        for code in ("ar", "en"):
            for line in str(self.cleaned_data.get(f"notes_{code}", "")).splitlines():
                if typed := _NOTE.match(to_ascii_digits(line)):
                    found.setdefault(typed["mark"], {})[code] = typed["words"].strip()
        return found

    def about(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What else is said of the block: kept, with what was chosen here."""
        said = dict(before)
        for name in ("addressees", "strength", "themes"):
            if name in self.cleaned_data:
                said[name] = self.cleaned_data[name]
        return said


def initial_of_block(view: BlockView) -> dict[str, Any]:
    """The form as the block stands."""
    said: dict[str, Any] = {
        "base": view.revision,
        "addressees": view.about.get("addressees", []),
        "strength": view.about.get("strength", ""),
        "themes": view.about.get("themes", []),
    }
    for code in ("ar", "en"):
        said[f"words_{code}"] = view.words.get(code, "")
        said[f"notes_{code}"] = "\n".join(
            f"{mark}: {words[code]}" for mark, words in view.notes.items() if words.get(code)
        )
    return said


class FigureForm(forms.Form):
    """A live figure: what it is called, and what it counts."""

    name = forms.RegexField(
        label=_("Name"),
        regex=r"^[a-z][a-z0-9_]{0,59}$",
        help_text=_("Small Latin letters, as in: law. It is written in braces in the words."),
        error_messages={"invalid": _("Use small Latin letters, digits and the low line only.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none"}),
    )
    counts = forms.ChoiceField(label=_("What it counts"))
    among = forms.ChoiceField(
        label=_("Of which States"),
        choices=[
            ("asked", _("Those that were asked this question")),
            ("replied", _("Those that replied")),
            ("invited", _("All that were invited")),
        ],
    )

    region = forms.ChoiceField(
        label=_("Of which regional group"),
        required=False,
        help_text=_("A group in which fewer than five replied is not told apart."),
    )

    def __init__(
        self,
        *args: Any,
        counts: Sequence[tuple[str, Any]],
        regions: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("counts", list(counts)),
            ("region", [("", _("all groups together")), *regions]),
        ):
            chosen = self.fields[name]
            if isinstance(chosen, forms.ChoiceField):
                chosen.choices = choices


__all__ = ["BlockForm", "FigureForm", "ReportForm", "initial_of", "initial_of_block"]
