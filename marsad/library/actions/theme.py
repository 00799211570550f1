"""The published list of themes is data: librarians edit it, and decide what stands under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems
from marsad.library.actions import recommending, shelf
from marsad.library.models import Recommendation, Theme, ThemeOfRecommendation
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries import rights

#: Part of an address of its own: /themes/new/.
RESERVED = "new"


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
    shelf.hold()
    theme = Theme.objects.filter(code=code).first()
    if is_new and (theme is not None or code == RESERVED):
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
    journal.record(action="library.theme.save", on=theme, by=rights.person_of(by), at=at)
    return theme


def classify_anew() -> None:
    """Let the machine classify every recommendation that no person has classified."""
    recommending.classify(Recommendation.objects.all())


@transaction.atomic
def set_themes(
    *, recommendation: int, codes: Iterable[str], by: Reader, at: datetime
) -> Recommendation:
    """Say under which themes a recommendation stands; the person's word is final.

    :raises UnknownTheme: if a code is not on the list.
    :raises NoSuchRecommendation: if it is not open to the person.
    """
    rights.require_curator(by)
    shelf.hold()
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
        ThemeOfRecommendation(recommendation=found, theme_id=code, decided_by=rights.person_of(by))
        for code in wanted
    )
    found.themes_decided_at = at
    found.save(update_fields=["themes_decided_at"])
    recommending.classify([found])
    journal.record(
        action="library.recommendation.classify",
        on=found,
        by=rights.person_of(by),
        at=at,
        details={"before": before, "after": wanted},
    )
    return found
