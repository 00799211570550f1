"""The published list of themes is data: librarians edit it, and decide what stands under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from marsad import undocs
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems
from marsad.library.actions.arrival import person_or_none
from marsad.library.models import (
    Recommendation,
    RecommendationText,
    Theme,
    ThemeOfRecommendation,
)
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries import rights
from marsad.library.queries.theme import published_themes


@transaction.atomic
def save_theme(
    *,
    code: str,
    label_ar: str,
    label_en: str,
    label_fr: str,
    keywords: Mapping[str, Sequence[str]],
    provisions: Sequence[Mapping[str, str]],
    by: Reader,
    at: datetime,
    is_new: bool,
) -> Theme:
    """Add a theme to the list, or change one; what the machine classified is classified anew.

    :raises ThemeCodeTaken: if a new theme takes a code of the list.
    :raises UnknownTheme: if a theme to be changed is not on it.
    """
    rights.require_curator(by)
    theme = Theme.objects.filter(code=code).first()
    if is_new and theme is not None:
        raise problems.ThemeCodeTaken(theme=code)
    if not is_new and theme is None:
        raise problems.UnknownTheme(theme=code)
    if theme is None:
        last = Theme.objects.aggregate(last=Max("position"))["last"] or 0
        theme = Theme(code=code, position=last + 1)
    theme.label_ar, theme.label_en, theme.label_fr = label_ar, label_en, label_fr
    theme.keywords = {language: list(words) for language, words in keywords.items()}
    theme.provisions = [dict(provision) for provision in provisions]
    theme.save()
    classify_anew()
    journal.record(action="library.theme.save", on=theme, by=person_or_none(by), at=at)
    return theme


def classify_anew() -> None:
    """Let the machine classify every recommendation that no person has classified."""
    themes = published_themes()
    decided = set(
        ThemeOfRecommendation.objects.filter(decided_by__isnull=False).values_list(
            "recommendation_id", flat=True
        )
    )
    texts = RecommendationText.objects.exclude(recommendation_id__in=decided)
    found = {
        (text.recommendation_id, code)
        for text in texts.select_related("version").iterator()
        for code in undocs.themes.classify(text.text, text.version.language, themes)
    }
    ThemeOfRecommendation.objects.filter(decided_by__isnull=True).delete()
    ThemeOfRecommendation.objects.bulk_create(
        (ThemeOfRecommendation(recommendation_id=pk, theme_id=code) for pk, code in sorted(found)),
        ignore_conflicts=True,
    )


@transaction.atomic
def set_themes(
    *, recommendation: int, codes: Iterable[str], by: Reader, at: datetime
) -> Recommendation:
    """Say under which themes a recommendation stands; the person's word is final.

    :raises UnknownTheme: if a code is not on the list.
    :raises NoSuchRecommendation: if it is not open to the person.
    """
    rights.require_curator(by)
    found = recommendations.visible(by).filter(pk=recommendation).first()
    if found is None:
        raise problems.NoSuchRecommendation
    wanted = sorted(set(codes))
    known = set(Theme.objects.filter(code__in=wanted).values_list("code", flat=True))
    for code in wanted:
        if code not in known:
            raise problems.UnknownTheme(theme=code)
    before = sorted(found.theme_links.values_list("theme_id", flat=True))
    found.theme_links.all().delete()
    ThemeOfRecommendation.objects.bulk_create(
        ThemeOfRecommendation(recommendation=found, theme_id=code, decided_by=person_or_none(by))
        for code in wanted
    )
    journal.record(
        action="library.recommendation.classify",
        on=found,
        by=person_or_none(by),
        at=at,
        details={"before": before, "after": wanted},
    )
    return found
