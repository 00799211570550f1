"""The compendium of good practices: searched in Arabic and English, narrowed by theme and effect.

Practices stand in the order of the names of their States; there is no best one, and no order by
effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from marsad import countries
from marsad.design.formatting import for_reader
from marsad.design.printing.made import INVENTED_PREFIX
from marsad.design.printing.sheets import Sheet
from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.library import problems
from marsad.library.models import Practice, Theme
from marsad.library.queries import rights
from marsad.library.queries.theme import label
from marsad.library.terms import question
from marsad.library.types import PracticeCard, ThemeLabel
from marsad.library.words import PracticeEffect


@dataclass(frozen=True, kw_only=True)
class PracticeChoice:
    """What narrows the compendium; empty means all."""

    words: str = ""
    #: Code of a theme of the published list.
    theme: str = ""
    #: A code of `PracticeEffect`.
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What occurs, to choose from: code, words, how many practices."""

    themes: Sequence[tuple[str, str, int]]
    effects: Sequence[tuple[str, str, int]]


def visible(reader: Reader) -> QuerySet[Practice]:
    """The practices that a reader may read: those not taken out."""
    return _here().filter(withdrawn_at__isnull=True)


def _here() -> QuerySet[Practice]:
    """What is invented is there in a demonstration only."""
    return Practice.objects.all() if settings.DEMO else Practice.objects.filter(is_invented=False)


def listed(*, reader: Reader, choice: PracticeChoice, language: str) -> list[PracticeCard]:
    """The practices chosen, in the order of the names of their States."""
    found = visible(reader)
    asked = question(choice.words)
    if choice.words.strip() and not asked.tsquery:
        return []
    if asked.tsquery:
        found = found.extra(where=["library_practice.terms @@ %s::tsquery"], params=[asked.tsquery])
    if choice.theme:
        found = found.filter(themes=choice.theme)
    if choice.effect:
        found = found.filter(effect=choice.effect)
    return _cards(found, language=language)


def one(*, reader: Reader, key: str, language: str) -> PracticeCard:
    """:raises NoSuchPractice: if there is none, or it was taken out."""
    found = _cards(visible(reader).filter(key=key), language=language)
    if not found:
        raise problems.NoSuchPractice
    return found[0]


def shown(*, keys: Collection[str]) -> frozenset[str]:
    """Those of them that are in the compendium now: a curator may have taken some out."""
    found = _here().filter(key__in=keys, withdrawn_at__isnull=True)
    return frozenset(found.values_list("key", flat=True))


def withdrawn(*, reader: Reader, language: str) -> list[PracticeCard]:
    """Those that a curator took out, for those who may put them back."""
    if not rights.may_curate(reader):
        return []
    found = _here().filter(withdrawn_at__isnull=False, is_taken_back=False)
    return _cards(found, language=language)


def offered(*, reader: Reader, language: str) -> Offered:
    """What one can narrow by, in the order of the published lists."""
    themes: Counter[str] = Counter()
    effects: Counter[str] = Counter(visible(reader).values_list("effect", flat=True))
    for practice in visible(reader).prefetch_related("themes"):
        themes.update(theme.code for theme in practice.themes.all())
    return Offered(
        themes=[
            (theme.code, label(theme, language=language), themes[theme.code])
            for theme in Theme.objects.filter(code__in=list(themes))
        ],
        effects=[
            (str(each.value), str(each.label), effects[each.value])
            for each in PracticeEffect
            if effects[each.value]
        ],
    )


def _cards(found: QuerySet[Practice], *, language: str) -> list[PracticeCard]:
    names = directory.state_names(language=language)
    cards = [
        _card(row, state=names.get(row.state_id, row.state_id), language=language)
        for row in found.prefetch_related("themes")
    ]
    return sorted(cards, key=lambda card: (countries.sort_key(card.state, language), card.title))


def _card(row: Practice, *, state: str, language: str) -> PracticeCard:
    spoken_in = language if row.texts.get(language) else next(iter(row.texts), language)
    return PracticeCard(
        key=row.key,
        iso2=row.state_id,
        state=state,
        title=_said(row.titles, spoken_in),
        text=_said(row.texts, spoken_in),
        language=spoken_in,
        others=[code for code in row.texts if code != spoken_in],
        effect=row.effect,
        effect_label=str(PracticeEffect(row.effect).label),
        evidence=_said(row.evidence, spoken_in),
        themes=[
            ThemeLabel(code=theme.code, label=label(theme, language=language))
            for theme in row.themes.all()
        ],
        source=_said(row.source_titles, language),
        source_address=row.source_address,
        verified_at=row.verified_at,
        published_at=row.published_at,
        is_invented=row.is_invented,
    )


def _said(words: Mapping[str, str], language: str) -> str:
    return str(words.get(language) or next(iter(words.values()), ""))


def sheet(*, reader: Reader, choice: PracticeChoice, language: str, at: datetime) -> Sheet:
    """The practices chosen as a table, ready to be written."""
    found = listed(reader=reader, choice=choice, language=language)
    is_invented = any(card.is_invented for card in found)
    with override(language):
        return Sheet(
            name=f"{INVENTED_PREFIX if is_invented else ''}practices",
            title=_("Good practices"),
            language=language,
            headings=[
                pgettext("country", "State"),
                _("Good practice"),
                _("What is done"),
                _("Evidence of effect"),
                _("What shows the effect"),
                _("Themes"),
                _("Source"),
                _("Verified by the State on"),
                _("State of a demonstration"),
            ],
            lines=[
                [
                    card.state,
                    card.title,
                    card.text,
                    card.effect_label,
                    card.evidence,
                    "; ".join(theme.label for theme in card.themes),
                    card.source,
                    timezone.localdate(card.verified_at).isoformat(),
                    _("invented") if card.is_invented else "",
                ]
                for card in found
            ],
            notes=[
                _("Each was verified by the State it comes from."),
                _("As at {moment}.").format(moment=for_reader().moment(at)),
            ],
            marks=[invented_sentence()] if is_invented else [],
            # Each line says of itself, in its last column, whether its own State is invented.
            mark=_("Demonstration") if is_invented else "",
            at=at,
            data={"practices": [card.as_data() for card in found]},
        )


def invented_sentence() -> str:
    """What stands wherever practices of invented States do."""
    return _("Some of these practices are made up for a demonstration: their States do not exist.")
