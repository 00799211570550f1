"""What a first draft is built from: mandate, notes, themes with their findings and questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Min

from marsad.design.printing.direction import has_arabic
from marsad.questionnaires.queries.outline import Outline, outline
from marsad.review.drafting import LANGUAGES, Asked, Found, Ground, Sent, Subject
from marsad.review.models import Finding, Round, Theme
from marsad.review.queries import figure as figures
from marsad.review.queries.quoting import first_quotes


def ground(round_: Round, *, at: datetime) -> Ground:
    """All that the first draft of a report needs to know of its round."""
    by_theme: dict[int | None, list[Found]] = {}
    for finding in Finding.objects.filter(round=round_, removed_at__isnull=True):
        by_theme.setdefault(finding.theme_id, []).append(
            Found(kind=finding.kind, words=finding.words, figures=finding.figures)
        )
    return Ground(
        mandate=round_.mandate,
        questionnaire=_questionnaire(round_),
        due_on=round_.due_on,
        notes=_notes(round_),
        subjects=_subjects(round_, by_theme=by_theme, quotes=first_quotes(round_, at=at)),
        findings=by_theme.get(None, []),
    )


def _questionnaire(round_: Round) -> dict[str, str]:
    """Its title in each language that it has one in: a form may have a title in one language."""
    return {
        language: laid.title
        for language in LANGUAGES
        if (laid := _outline(round_, language)) is not None
        and has_arabic(laid.title) == (language == "ar")
    }


def _outline(round_: Round, language: str) -> Outline | None:
    if not round_.form_key:
        return None
    return outline(form_key=round_.form_key, language=language)


def _notes(round_: Round) -> list[Sent]:
    """Each note verbale once: the first day that a copy of it bears, and the deadline it set."""
    sent = round_.notes.values("ordinal").annotate(first=Min("dated_on"), due=Min("due_on"))
    return [Sent(dated_on=each["first"], due_on=each["due"]) for each in sent.order_by("ordinal")]


def _subjects(
    round_: Round, *, by_theme: Mapping[int | None, Sequence[Found]], quotes: Mapping[str, str]
) -> list[Subject]:
    """The themes of the round in their order, each with the questions of its section; where it has
    none yet, the sections of the questionnaire.
    """
    themes = list(Theme.objects.filter(round=round_, retired_at__isnull=True).order_by("ordinal"))
    children: dict[int, list[Theme]] = {}
    for theme in themes:
        if theme.parent_id is not None:
            children.setdefault(theme.parent_id, []).append(theme)
    asked = all_asked(round_)
    if not themes:
        return [
            Subject(
                labels=labels,
                questions=_within(asked, path),
                quote=_quote_within(quotes, path),
            )
            for path, labels in _sections(round_)
        ]
    return [
        Subject(
            labels=theme.labels,
            findings=[
                found
                for each in (theme, *children.get(theme.pk, ()))
                for found in by_theme.get(each.pk, ())
            ],
            questions=_within(asked, theme.section) if theme.section else [],
            quote=_quote_within(quotes, theme.section) if theme.section else "",
        )
        for theme in themes
        if theme.parent_id is None
    ]


def _sections(round_: Round) -> list[tuple[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        laid = _outline(round_, language)
        for section in laid.sections if laid else ():
            found.setdefault(section.path, {})[language] = section.label
    return list(found.items())


def _within(asked: Iterable[Asked], section: str) -> list[Asked]:
    return [each for each in asked if each.path.startswith(f"{section}/")]


def _quote_within(quotes: Mapping[str, str], section: str) -> str:
    return next((key for path, key in quotes.items() if path.startswith(f"{section}/")), "")


def all_asked(round_: Round) -> list[Asked]:
    """Every question with choices, in the order of the form, in the languages of reports."""
    by_language = {
        language: {each.path: each for each in figures.questions_of(round_, language=language)}
        for language in LANGUAGES
    }
    first = by_language[LANGUAGES[0]]
    return [
        Asked(
            path=path,
            takes_one=question.kind == "select_one",
            labels={language: found[path].label for language, found in by_language.items()},
            choices=[
                (
                    value,
                    {
                        language: dict(found[path].choices).get(value, value)
                        for language, found in by_language.items()
                    },
                )
                for value, _label in question.choices
            ],
        )
        for path, question in first.items()
        if question.choices
    ]


def asked(round_: Round, *, path: str) -> Asked | None:
    """One question with choices; none where the round asks no such one."""
    return next((each for each in all_asked(round_) if each.path == path), None)


__all__ = ["all_asked", "asked", "ground"]
