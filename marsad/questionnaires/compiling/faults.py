"""What can be wrong with a workbook: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from marsad.problems import Invalid, _, spoken


class Kind(NamedTuple):
    """One kind of fault."""

    #: What is wrong.
    says: str
    #: What to do.
    remedy: str
    #: Does not keep the form from being published.
    is_warning: bool = False
    #: What to do where nothing is known that looks like what was written.
    otherwise: str = ""


#: Nothing is known that looks like what was written.
UNLIKE = "–"

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

KINDS: dict[str, Kind] = {
    # the file
    "file.not-xlsx": Kind(
        _("This is no Excel workbook (.xlsx)."),
        _("Open it in a spreadsheet program and save it as .xlsx."),
    ),
    "file.too-large": Kind(
        _("The workbook takes {size} MB unpacked, and {most} MB are taken."),
        _("Remove pictures and sheets that are not part of the form."),
    ),
    "file.unreadable": Kind(
        _("The workbook is damaged: {reason}."),
        _("Open it in a spreadsheet program, save it again as .xlsx, and upload that."),
    ),
    # sheets and their headings
    "sheet.missing": Kind(
        _("There is no sheet “{name}”."),
        _("Add a sheet of that name, or rename the one that is meant: {found}."),
    ),
    "sheet.empty": Kind(
        _("The sheet “{name}” has no rows."), _("Write at least one question on it.")
    ),
    "sheet.too-long": Kind(
        _("The sheet has {count} rows, and {most} are taken."),
        _("Divide the questionnaire, or keep long lists in a file of their own."),
    ),
    "header.missing": Kind(
        _("The sheet has no column “{name}”."), _("Add the column and fill it in.")
    ),
    "header.duplicate": Kind(
        _("Two columns are called “{name}”."), _("Rename one of them, or take it away.")
    ),
    "header.unknown": Kind(
        _("No form knows a column “{name}”; it is left out."),
        _("Did you mean “{like}”? Otherwise leave it: it does no harm."),
        is_warning=True,
    ),
    # settings
    "settings.no-id": Kind(
        _("The form has no id."),
        _("Write a short name of Latin letters and digits in the column form_id."),
    ),
    "settings.bad-id": Kind(
        _("“{given}” cannot be the id of a form."),
        _("Use Latin letters, digits, underscores, dots and dashes, 100 at most."),
    ),
    "settings.no-title": Kind(
        _("The form has no title."), _("Write it in the column form_title."), is_warning=True
    ),
    "settings.no-version": Kind(
        _("The form names no version; it is called {version}."),
        _("Write a version in the column version, and another one whenever you change the form."),
        is_warning=True,
    ),
    "settings.bad-version": Kind(
        _("“{given}” cannot name a version."),
        _("Use Latin letters, digits, dots and dashes, 60 at most, for example 2026112201."),
    ),
    "settings.no-default-language": Kind(
        _("The form has several languages and does not say which comes first; {chosen} is taken."),
        _("Write it in the column default_language, exactly as the columns name it."),
        is_warning=True,
    ),
    "settings.default-language-unknown": Kind(
        _("No column is in the default language “{given}”."),
        _("Write it exactly as the columns do, for example: {like}."),
    ),
    "settings.encrypted": Kind(
        _("The form encrypts its answers, and Marsad could not read them."),
        _("Take the columns public_key and submission_url away."),
    ),
    # rows of the survey
    "type.missing": Kind(_("This row has no type."), _("Write the type, for example text.")),
    "type.unknown": Kind(
        _("There is no type “{given}”."),
        _("Did you mean “{like}”? Correct the type."),
        otherwise=_("Correct it; types are for example text, integer, select_one yes_no."),
    ),
    "name.missing": Kind(
        _("This row has no name."),
        _("Write a short name of Latin letters, digits and underscores."),
    ),
    "name.invalid": Kind(
        _("“{given}” cannot be a name."),
        _("Begin with a letter; go on with letters, digits, underscores, dots and dashes."),
    ),
    "name.too-long": Kind(
        _("The name has {count} characters, and {most} fit."), _("Choose a shorter name.")
    ),
    "name.duplicate": Kind(
        _("Two questions are called “{given}”: here and in row {other}."),
        _("Rename one of them; every name stands once in its group."),
    ),
    "name.same-but-for-case": Kind(
        _("“{given}” differs from the name in row {other} only in capital letters."),
        _("Rename one of them: some programs cannot tell them apart."),
        is_warning=True,
    ),
    "name.reserved": Kind(
        _("The name “{given}” is kept for what a form says of itself."), _("Choose another name.")
    ),
    "group.unopened": Kind(
        _("“{given}” ends here and began nowhere."),
        _("Take the row away, or add the row that begins it."),
    ),
    "group.mismatched": Kind(
        _("“{given}” ends here, but what began in row {other} is “{open}”."),
        _("End what began last first."),
    ),
    "group.unclosed": Kind(
        _("“{name}” begins here and never ends."),
        _("Add a row “{wanted}” after its last question."),
    ),
    "group.too-deep": Kind(
        _("“{name}” stands in more than {most} groups, one inside the other."),
        _("Use fewer groups."),
    ),
    "group.empty": Kind(
        _("“{name}” holds no question."),
        _("Put questions in it, or take it away."),
        is_warning=True,
    ),
    "survey.nothing-asked": Kind(
        _("The form asks nothing."), _("Write at least one question that can be answered.")
    ),
    "survey.too-many": Kind(
        _("The form has {count} questions, and {most} fit in one."), _("Divide the questionnaire.")
    ),
    # words
    "label.missing": Kind(_("“{name}” has no words that people see."), _("Write its label.")),
    "label.language-missing": Kind(
        _("The column is empty in this row, so people who read {language} see nothing."),
        _("Translate it."),
        is_warning=True,
    ),
    "label.language-absent": Kind(
        _("The form speaks {language} elsewhere, and has no column for it here."),
        _("Add the column “{column_wanted}”."),
        is_warning=True,
    ),
    "language.unnamed": Kind(
        _("It is not said in which language the column is."),
        _("Name it as “{like}”."),
        is_warning=True,
    ),
    "language.unknown": Kind(
        _("“{given}” does not say which language it is."),
        _("Write its code behind it, for example: العربية (ar) or Français (fr)."),
        is_warning=True,
    ),
    "language.no-arabic": Kind(
        _("The form has no Arabic."),
        _("Add columns in Arabic, for example “label::العربية (ar)”."),
        is_warning=True,
    ),
    "label.script": Kind(
        _("The words hold a script or a foreign page: {found}."),
        _("Take it away. Words may be in bold or italics by * and _, nothing more."),
    ),
    # rules
    "reference.broken": Kind(
        _("“{given}” does not close, or names nothing."), _("Write ${{name}}, with both brackets.")
    ),
    "reference.unknown": Kind(
        _("No question is called “{given}”."),
        _("Did you mean “{like}”? Correct the name."),
        otherwise=_("Correct the name, or add a question of that name."),
    ),
    "reference.ambiguous": Kind(
        _("Several questions are called “{given}”, so it is not clear which is meant."),
        _("Rename all but one of them."),
    ),
    "expression.unreadable": Kind(
        _("The expression cannot be read from “{near}” on (character {at})."),
        _("Check brackets, quotation marks and commas."),
    ),
    "expression.unknown-function": Kind(
        _("There is no function “{given}”."),
        _("Did you mean “{like}”? Correct the name."),
        otherwise=_("Correct the name of the function."),
    ),
    "expression.cycle": Kind(
        _("The rules go round in a circle: {path}."),
        _("Take one of these references away: nothing can depend on itself."),
    ),
    "expression.sum-empty": Kind(
        _("The sum over “{given}” has no value as soon as one of its numbers is empty."),
        _("Add up a calculation such as coalesce(${{{given}}}, 0) instead."),
        is_warning=True,
    ),
    "expression.pattern": Kind(
        _("“{given}” is no pattern: {reason}."), _("Correct the pattern in regex().")
    ),
    "expression.pattern-slow": Kind(
        _("The pattern “{given}” repeats what repeats and could take for ever."),
        _("Write it with one repetition, as in [a-z]+ instead of ([a-z]+)+."),
    ),
    "calculation.missing": Kind(
        _("Nothing says how “{name}” is calculated."), _("Write it in the column calculation.")
    ),
    "constraint.no-message": Kind(
        _("Whoever breaks this rule is not told why."),
        _("Say it in the column constraint_message, in every language."),
        is_warning=True,
    ),
    # choices
    "choices.unknown-list": Kind(
        _("There is no list of choices “{given}”."),
        _("Did you mean “{like}”? Correct it, or add the list to the sheet choices."),
        otherwise=_("Correct the name, or add the list to the sheet choices."),
    ),
    "choices.no-list": Kind(
        _("The type does not say from which list to choose."),
        _("Write for example select_one yes_no."),
    ),
    "choices.unused": Kind(
        _("No question offers the list “{given}”."),
        _("Take it away, if it is not needed."),
        is_warning=True,
    ),
    "choices.no-value": Kind(_("This choice has no name."), _("Write it in the column name.")),
    "choices.no-list-name": Kind(
        _("This choice belongs to no list."), _("Write the list in the column list_name.")
    ),
    "choices.duplicate": Kind(
        _("The list “{list}” has “{given}” twice: here and in row {other}."),
        _("Take one away, or give it a name of its own."),
    ),
    "choices.space": Kind(
        _("“{given}” has a space in it, and several choices are kept with spaces between them."),
        _("Write an underscore instead."),
    ),
    "choices.no-label": Kind(
        _("The choice “{given}” has no words that people see."), _("Write its label.")
    ),
    "choices.many": Kind(
        _("The list “{given}” has {count} choices: nobody finds one among so many."),
        _("Add the appearance autocomplete, or filter the list with choice_filter."),
        is_warning=True,
    ),
    "choices.too-many": Kind(
        _("The list “{given}” has {count} choices, and {most} are taken."),
        _("Keep it in a file of its own and ask with select_one_from_file."),
    ),
    # our own columns
    "provision.unreadable": Kind(
        _("“{given}” names no provision."),
        _("Write instrument and article, for example TIP 6(3)(a); UNTOC 25."),
    ),
    "obligation.unknown": Kind(
        _("“{given}” is no level of obligation."), _("Write mandatory or optional.")
    ),
    "code.unreadable": Kind(
        _("“{given}” is not a code."),
        _("Use small Latin letters, digits, dots, dashes and underscores; commas between codes."),
    ),
    # from the compiler itself
    "compiler": Kind(
        _("The compiler of forms does not take this: {reason}"),
        _("Correct the cell. The sentence comes from pyxform, which speaks English."),
    ),
    "compiler.parameters": Kind(
        _("The parameters of this question are not accepted: {reason}"),
        _("Write them as name=value with spaces between them."),
    ),
    "compiler.warning": Kind(
        _("The compiler of forms notes: {reason}"),
        _("Nothing need be done, if it is meant so."),
        is_warning=True,
    ),
    "compiler.broke": Kind(
        _("The compiler of forms broke over this workbook ({reason})."),
        _("Look at the other faults first. If none is left, report it with the workbook."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something wrong with a workbook."""

    #: Stable: a name in `KINDS`.
    code: str
    #: Name of the sheet; empty for the file as a whole.
    sheet: str = ""
    #: Number of the row as the spreadsheet program shows it; None for the whole sheet.
    row: int | None = None
    #: Heading of the column; empty for the whole row.
    column: str = ""
    #: The cell as the spreadsheet program names it, e.g. `E12`; empty where there is none.
    cell: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """Whether the form can be published all the same."""
        return KINDS[self.code].is_warning

    @property
    def says(self) -> str:
        """What is wrong, in the reader's language."""
        return spoken(KINDS[self.code].says, **self.details)

    @property
    def remedy(self) -> str:
        """What to do, in the reader's language."""
        kind = KINDS[self.code]
        unlike = kind.otherwise and self.details.get("like") == UNLIKE
        return spoken(kind.otherwise if unlike else kind.remedy, **self.details)

    def as_data(self) -> dict[str, Any]:
        """For JSON, and for keeping: `Fault.of` makes a fault of it again."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "code": self.code,
            "is_warning": self.is_warning,
            "says": self.says,
            "remedy": self.remedy,
            "details": dict(self.details),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Fault:
        """The fault that `as_data` wrote down, ready to be told in another language."""
        return cls(
            **{name: kept[name] for name in ("code", "sheet", "row", "column", "cell", "details")}
        )


class BrokenForm(Invalid):
    """A workbook that cannot be made into a form; all its faults are told at once."""

    code = "questionnaires.form.broken"
    says = _("Faults in the workbook “{name}”: {count}. The first: {first}")

    def __init__(self, *, name: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = next((fault for fault in faults if not fault.is_warning), None)
        super().__init__(
            name=name,
            count=sum(not fault.is_warning for fault in faults),
            first=first.says if first else "",
            faults=[fault.as_data() for fault in faults],
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (_broken, (self.details["name"], self.faults))


def _broken(name: str, faults: Sequence[Fault]) -> BrokenForm:
    return BrokenForm(name=name, faults=faults)
