"""A compilation as it is printed: every word chosen, in the reader's language, nothing drawn yet.

Word, PDF and plain text print this one layout, so that they say the same. A recommendation keeps
one running number however many headings it stands under, and the index at the end goes by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter
from marsad.design.printing.made import clean, lines_of
from marsad.library.types import Compilation, ProvisionServed, RecommendationRow
from marsad.library.words import instrument_name


@dataclass(frozen=True, kw_only=True)
class Note:
    """One fact under a recommendation."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A recommendation as printed."""

    #: Running number, in the reader's digits.
    number: str
    #: Its text, one line for each lettered part.
    lines: Sequence[str]
    #: Language of that text.
    language: str
    citation: str
    #: What the document is called and where in it this stands.
    source: str
    notes: Sequence[Note]
    #: A word that marks it as a sample; empty for a real one.
    sample: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Recommendations under one heading; the heading is empty for one undivided list."""

    heading: str
    count: str
    entries: Sequence[Entry]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The whole compilation as printed."""

    language: str
    title: str
    #: Day and count, one line.
    subtitle: str
    #: What made it, and that the issued documents remain authentic.
    colophon: str
    #: A sentence that says some or all are samples; empty where none is.
    sample_notice: str
    chosen_heading: str
    chosen: Sequence[Note]
    groups: Sequence[Group]
    #: A sentence where nothing was found; empty otherwise.
    nothing: str
    #: What stands at the foot of a page, with `{page}` and `{pages}`.
    page_words: str
    index_heading: str
    index_header: Sequence[str]
    index_rows: Sequence[Sequence[str]]


def unique_rows(compilation: Compilation) -> list[RecommendationRow]:
    """Each recommendation once, in the order it first appears."""
    first = {row.pk: row for group in reversed(compilation.groups) for row in reversed(group.rows)}
    return [
        first.pop(row.pk) for group in compilation.groups for row in group.rows if row.pk in first
    ]


def lay_out(compilation: Compilation, *, formatter: Formatter) -> Layout:
    """Choose every word of the printed compilation."""
    rows = unique_rows(compilation)
    numbers = {row.pk: formatter.number(place) for place, row in enumerate(rows, start=1)}
    return Layout(
        language=compilation.language,
        title=clean(compilation.title),
        subtitle=subtitle(compilation, formatter=formatter),
        colophon=colophon(),
        sample_notice=sample_notice(rows),
        chosen_heading=_("How these were chosen"),
        chosen=chosen(compilation),
        groups=list(_groups(compilation, numbers=numbers, formatter=formatter)),
        nothing="" if rows else nothing_found(),
        page_words=page_words(),
        index_heading=_("Index"),
        index_header=[_("No."), _("Citation"), _("Addressed to"), _("Strength"), _("Themes")],
        index_rows=[_index_row(row, numbers=numbers, formatter=formatter) for row in rows],
    )


def page_words() -> str:
    """What stands at the foot of a page: `{page}` and `{pages}` are filled in by the writer."""
    return _("Page {page} of {pages}")


def nothing_found() -> str:
    """The sentence of an empty compilation."""
    return _("No recommendation answers to what was chosen.")


def colophon() -> str:
    """What this file is, said in every export that has room for it."""
    return _(
        "Compiled with Marsad from the documents cited. "
        "The documents as issued by the United Nations remain the authentic text."
    )


def subtitle(compilation: Compilation, *, formatter: Formatter) -> str:
    """When it was made and how many there are."""
    count = formatter.counted(
        "{count} recommendation", "{count} recommendations", compilation.count
    )
    return f"{formatter.date(compilation.made_on)} · {count}"


def chosen(compilation: Compilation) -> list[Note]:
    """The filters in words, or that there were none."""
    if not compilation.chosen:
        return [Note(label=_("Chosen"), value=_("All recommendations open to the reader"))]
    return [
        Note(label=clean(label), value=clean(value)) for label, value in compilation.chosen.items()
    ]


def sample_notice(rows: Sequence[RecommendationRow]) -> str:
    """A warning where samples of our own writing are among them."""
    if not any(row.is_sample for row in rows):
        return ""
    if all(row.is_sample for row in rows):
        return _("Every recommendation here is from a sample document written for demonstration.")
    return _(
        "Recommendations marked “Sample” are from documents written for demonstration "
        "and were never adopted by any body."
    )


def sample_word(row: RecommendationRow) -> str:
    """The mark a sample bears wherever it is printed."""
    return _("Sample") if row.is_sample else ""


def meeting(row: RecommendationRow, *, formatter: Formatter) -> str:
    """Body and session in one line."""
    comma, _semicolon = marks(formatter.language)
    return comma.join(clean(part) for part in (row.body, row.session) if part)


def theme_labels(row: RecommendationRow, *, formatter: Formatter) -> str:
    """Its themes in one line."""
    return marks(formatter.language)[1].join(clean(theme.label) for theme in row.themes)


def marks(language: str) -> tuple[str, str]:
    """Comma and semicolon as the language writes them, with their space."""
    return ("، ", "؛ ") if language.split("-")[0] == "ar" else (", ", "; ")


def provisions(row: RecommendationRow, *, basis: str, formatter: Formatter) -> str:
    """The provisions it serves on one basis (`text` or `theme`), in one line."""
    return marks(formatter.language)[1].join(
        _provision(provision, formatter=formatter)
        for provision in row.provisions
        if provision.basis == basis
    )


def language_name(code: str, *, reader: str) -> str:
    """The name of a language in the reader's: "ar" → "Arabic", «العربية»."""
    names: Mapping[str, str] = Locale.parse(reader.split("-")[0]).languages
    return names.get(code, code)


def _provision(provision: ProvisionServed, *, formatter: Formatter) -> str:
    if not provision.article:
        return instrument_name(provision.instrument)
    return _("{instrument}, art. {article}").format(
        instrument=instrument_name(provision.instrument), article=formatter.text(provision.article)
    )


def _groups(
    compilation: Compilation, *, numbers: Mapping[int, str], formatter: Formatter
) -> Iterator[Group]:
    for group in compilation.groups:
        yield Group(
            heading=clean(group.heading),
            count=formatter.number(len(group.rows)),
            entries=[
                _entry(row, compilation=compilation, number=numbers[row.pk], formatter=formatter)
                for row in group.rows
            ],
        )


def _entry(
    row: RecommendationRow, *, compilation: Compilation, number: str, formatter: Formatter
) -> Entry:
    return Entry(
        number=number,
        lines=lines_of(row.text),
        language=row.language,
        citation=clean(row.citation),
        source=_source(row, compilation=compilation, formatter=formatter),
        notes=list(_notes(row, compilation=compilation, formatter=formatter)),
        sample=sample_word(row),
    )


def _source(row: RecommendationRow, *, compilation: Compilation, formatter: Formatter) -> str:
    """Where it comes from, less what the heading above already says."""
    parts = [clean(row.document_title)]
    if compilation.grouped_by != "meeting":
        parts.append(meeting(row, formatter=formatter))
    parts.append(clean(row.section))
    return " · ".join(part for part in parts if part)


def _notes(
    row: RecommendationRow, *, compilation: Compilation, formatter: Formatter
) -> Iterator[Note]:
    named = provisions(row, basis="text", formatter=formatter)
    served = provisions(row, basis="theme", formatter=formatter)
    facts = [
        (_("Addressed to"), formatter.listed(row.addressee_labels)),
        (_("Strength"), row.strength_label),
        (_("Themes"), theme_labels(row, formatter=formatter)),
        (_("Provisions named"), named),
        (_("Provisions served, by theme"), served),
        (_("Same idea at other meetings"), _same(row, formatter=formatter)),
    ]
    if row.language != compilation.language:
        facts.append((_("Text in"), language_name(row.language, reader=compilation.language)))
    for label, value in facts:
        if value:
            yield Note(label=label, value=clean(value))


def _same(row: RecommendationRow, *, formatter: Formatter) -> str:
    """Only what a person has confirmed is printed; suggestions stay on the screen."""
    if not row.same_confirmed:
        return ""
    return formatter.counted(
        "{count} recommendation, confirmed",
        "{count} recommendations, confirmed",
        row.same_confirmed,
    )


def _index_row(
    row: RecommendationRow, *, numbers: Mapping[int, str], formatter: Formatter
) -> list[str]:
    cited = clean(row.citation)
    if row.is_sample:
        cited = f"{cited} [{sample_word(row)}]"
    return [
        numbers[row.pk],
        cited,
        formatter.listed(row.addressee_labels),
        row.strength_label,
        theme_labels(row, formatter=formatter),
    ]
