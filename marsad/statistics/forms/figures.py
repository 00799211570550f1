"""What is typed to bring figures in, to say what their columns are, and to answer questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marsad.statistics import problems
from marsad.statistics.types.board import ColumnLine
from marsad.statistics.words import FIELD_NAMES, AnswerKind
from marsad.tabulation import mapping as mappings
from marsad.tabulation.words import words

#: Encodings that spreadsheets of this and the last century write.
ENCODINGS = (
    ("", _("as the file says; else UTF-8")),
    ("utf-8", "UTF-8"),
    ("cp1256", _("Windows Arabic (1256)")),
    ("cp1252", _("Windows Western (1252)")),
    ("iso8859-6", _("ISO Arabic (8859-6)")),
    ("utf-16", "UTF-16"),
)
#: What may be the same in every row and have no column.
_CONSTANT = ("definition", "counting_unit", "law_article")
_NEEDED = ("indicator", "year", "value")
ACCEPTED = ".xlsx,.csv,.tsv,.txt,.parquet"


class BringForm(forms.Form):
    """A file of figures, and whose they are."""

    source = forms.ChoiceField(label=_("Whose figures they are"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A workbook (.xlsx), CSV, Parquet or SDMX-CSV; the workbook of the Global Report as it "
            "is. Up to five million rows."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        max_length=255,
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a text file"), choices=ENCODINGS, required=False
    )
    #: Key of a file that was sent before and comes again, mended.
    after = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sources: Sequence[tuple[str, str]],
        shown: str = "",
        after: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["source"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = list(sources)
        chosen.initial = shown or None
        self.fields["after"].initial = after


class ColumnsForm(forms.Form):
    """What each column of a file is taken for."""

    indicator = forms.ChoiceField(
        label=_("What is counted, where no column says it"), required=False
    )
    definition = forms.CharField(
        label=_("Definition, where no column says it"),
        help_text=_("Who is counted, in the words of the source."),
        max_length=1000,
        required=False,
    )
    counting_unit = forms.CharField(
        label=_("Counting unit, where no column says it"), max_length=200, required=False
    )
    law_article = forms.CharField(
        label=_("Article of law, where no column says it"), max_length=300, required=False
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a text file"), choices=ENCODINGS, required=False
    )

    def __init__(
        self,
        *args: Any,
        columns: Sequence[ColumnLine],
        mapping: Mapping[str, Any],
        is_arabic: bool,
        encoding: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._columns = columns
        self._before = mapping
        constants = mapping.get("constants", {})
        indicator = self.fields["indicator"]
        assert isinstance(indicator, forms.ChoiceField)
        indicator.choices = [("", _("a column says it")), *_indicators(is_arabic=is_arabic)]
        for name in ("indicator", *_CONSTANT):
            self.fields[name].initial = constants.get(name, "")
        self.fields["encoding"].initial = encoding or mapping.get("encoding") or ""
        for column in columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.header,
                choices=[("", _("leave it aside")), *FIELD_NAMES.items()],
                initial=column.field,
                required=False,
            )

    def chosen(self) -> list[tuple[ColumnLine, Any]]:
        """Each column with the field that says what it is taken for."""
        return [(column, self[f"column-{column.index}"]) for column in self._columns]

    def mapping(self, *, needs_place: bool) -> dict[str, Any]:
        """How the file is to be read now, as data.

        :param needs_place: whether a column must say which country it is.
        :raises FieldTwice: if two columns are taken for the same.
        :raises ColumnsWanting: if none is taken for something that is needed.
        """
        columns: dict[str, str] = {}
        for column in self._columns:
            field = self.cleaned_data.get(f"column-{column.index}", "")
            if not field:
                continue
            taken = next((header for header, what in columns.items() if what == field), None)
            if taken is not None:
                raise problems.FieldTwice(
                    first=taken, second=column.header, field=str(FIELD_NAMES[field])
                )
            columns[column.header] = field
        constants = self._constants()
        self._check(columns, constants, needs_place=needs_place)
        return {
            **self._before,
            "columns": columns,
            "constants": constants,
            "aside": [each.header for each in self._columns if each.header not in columns],
            "encoding": self.cleaned_data["encoding"] or None,
        }

    def as_encoded(self) -> dict[str, Any]:
        """How a file whose letters could not be read is to be read: as before, but for those."""
        before = self._before or mappings.known("plain").as_json()
        return {**before, "encoding": self.cleaned_data["encoding"] or None}

    def _constants(self) -> dict[str, str]:
        kept = dict(self._before.get("constants", {}))
        for name in ("indicator", *_CONSTANT):
            kept.pop(name, None)
            if typed := self.cleaned_data.get(name, ""):
                kept[name] = typed
        return kept

    def _check(
        self, columns: Mapping[str, str], constants: Mapping[str, str], *, needs_place: bool
    ) -> None:
        told = {*columns.values(), *constants}
        missing = [name for name in _NEEDED if name not in told]
        if needs_place and not told & {"code", "country"}:
            missing.insert(0, "country")
        if missing:
            raise problems.ColumnsWanting(
                fields=_now(", ").join(str(FIELD_NAMES[name]) for name in missing)
            )


def _indicators(*, is_arabic: bool) -> list[tuple[str, str]]:
    return [(each.word, each.ar if is_arabic else each.word) for each in words("indicator")]


class AnswerForm(forms.Form):
    """What a State says to a question about its figures."""

    kind = forms.ChoiceField(
        label=_("Answer"), choices=AnswerKind.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("If the figures are right: why, in a sentence that others may read."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        required=False,
    )


class QuestionsForm(forms.Form):
    """What narrows the list of questions."""

    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=[("open", _("open")), ("answered", _("answered")), ("all", _("all"))],
        required=False,
    )
    state = forms.ChoiceField(label=pgettext_lazy("country", "State"), required=False)
    notes = forms.BooleanField(label=_("With those that are only good to know"), required=False)

    def __init__(self, *args: Any, states: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["state"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("all States")), *states]
