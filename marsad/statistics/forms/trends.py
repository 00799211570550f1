"""The controls of the trends page: a form that asks with GET, its fields named as in addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marsad.design.formatting import Digits, Formatter
from marsad.statistics.queries.picture import LAID_OUT_BY, SHARED
from marsad.statistics.queries.picture_words import Labels, axis_of
from marsad.statistics.types.choice import FIRST, LAST, Choice, codes

#: Controls that are asked for less often: folded, unless one of them is in use.
SELDOM = ("form", "sex", "age", "numerals", "at")
#: Controls that change nothing in a kind of picture.
_IDLE = {
    "line": (),
    "bars": ("same",),
    "pyramid": ("same", "sex", "age", "by", "measure"),
    "map": ("same", "by", "measure"),
    "flows": ("same", "form", "measure"),
    "funnel": ("same", "indicator", "form", "sex", "age", "by", "measure"),
    "classes": ("same", "by", "measure"),
    "coverage": ("same", "by", "measure"),
}


class TrendsForm(forms.Form):
    """What can be chosen for one kind of picture."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    indicator = forms.ChoiceField(label=_("What is counted"))
    by = forms.ChoiceField(label=_("Laid out by"), required=False)
    measure = forms.ChoiceField(label=_("Numbers or shares"), required=False)
    since = forms.ChoiceField(label=_("From year"), required=False)
    until = forms.ChoiceField(label=_("To year"), required=False)
    same = forms.ChoiceField(label=_("States compared"), required=False)
    form = forms.ChoiceField(label=_("Form of exploitation"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False)
    numerals = forms.ChoiceField(label=_("Digits"), required=False)
    at = forms.DateField(
        label=_("As at"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The figures as they were in force on that day."),
    )

    def __init__(self, choice: Choice, *, labels: Labels, years: Sequence[int]) -> None:
        super().__init__(initial=_initial(choice, years=years))
        kind = choice.kind
        self._offer("indicator", [(code, labels.code("indicator", code)) for code in _ALL])
        self._offer_by(choice)
        self._offer("measure", _measures(kind))
        told = [(str(year), labels.year(year)) for year in years]
        self._offer("since", [("", _("Left to the picture")), *told])
        self._offer("until", [("", _("The latest")), *told])
        self._offer(
            "same",
            [
                ("yes", _("The same in every year")),
                ("no", _("All that reported, whichever the year")),
            ],
        )
        for name, field in (("form", "category"), ("sex", "sex"), ("age", "age")):
            known = [(code, labels.code(field, code)) for code in codes(field) if code != "unknown"]
            self._offer(name, [("", _("All")), *known])
        self._offer("numerals", _numerals(labels.formatter))
        for name in _IDLE[kind]:
            del self.fields[name]
        # What a picture is laid out by cannot be narrowed as well.
        if choice.by in ("form", "sex", "age"):
            self.fields.pop(choice.by, None)

    def often(self) -> list[forms.BoundField]:
        """What most readers look for first."""
        return [bound for bound in self.visible_fields() if bound.name not in SELDOM]

    def seldom(self) -> list[forms.BoundField]:
        """What narrows further."""
        return [bound for bound in self.visible_fields() if bound.name in SELDOM]

    def uses_seldom(self) -> bool:
        """Whether something of that was chosen."""
        return any(self.initial.get(name) for name in SELDOM)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _offer_by(self, choice: Choice) -> None:
        known = [(by, axis_of(by)) for by in LAID_OUT_BY.get(choice.kind, ())]
        usual = {"line": _("Nothing: one line"), "flows": _("Left to the picture")}
        if choice.kind == "bars":
            self.initial["by"] = choice.by or "form"
            self._offer("by", list(known))
        else:
            self._offer("by", [("", usual.get(choice.kind, "")), *known])


_ALL = codes("indicator")


def _initial(choice: Choice, *, years: Sequence[int]) -> dict[str, Any]:
    first, last = choice.years or (FIRST, LAST)
    return {
        "kind": choice.kind,
        "indicator": choice.indicator,
        "by": choice.by,
        "measure": choice.measure or ("share" if choice.kind == "bars" else "count"),
        "since": str(_nearest(first, years)) if first > FIRST else "",
        "until": str(_nearest(last, years)) if last < LAST else "",
        "same": "yes" if choice.same_states else "no",
        "form": choice.form,
        "sex": choice.sex,
        "age": choice.age,
        "numerals": choice.numerals,
        "at": timezone.localdate(choice.at) if choice.at else None,
    }


def _nearest(year: int, years: Sequence[int]) -> int:
    """A year of the list; one that has no figures shows as the nearest that has."""
    return min(years, key=lambda each: abs(each - year), default=year)


def _measures(kind: str) -> list[tuple[str, Any]]:
    found = [("count", _("Numbers")), ("share", _("Shares of the known cases"))]
    return found if kind in SHARED else found[:1]


def _numerals(formatter: Formatter) -> list[tuple[str, Any]]:
    return [
        ("", _("As everywhere")),
        (Digits.ARABIC_INDIC.value, "١٢٣"),
        (Digits.LATIN.value, "123"),
    ]
