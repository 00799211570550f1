"""The recommendations of a document: their words in each version, their facts from those shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from marsad import undocs
from marsad.library.models import (
    Document,
    Likeness,
    Recommendation,
    RecommendationText,
    ThemeOfRecommendation,
    Version,
)
from marsad.library.queries.theme import published_themes
from marsad.library.terms import vector
from marsad.library.words import Addressee, Strength
from marsad.undocs import Item, Structure
from marsad.undocs import Recommendation as Found

#: What a recommendation takes from the version shown.
FACTS = ("anchor", "paragraph", "ordinal", "addressees", "strength", "provisions")


def store(version: Version, *, structure: Structure) -> None:
    """Keep the words of each recommendation, in a few statements; `settle` adds the facts."""
    by_ident = {found.id: found for found in structure.recommendations}
    known = {each.ident: each for each in version.document.recommendations.all()}
    made = Recommendation.objects.bulk_create(
        Recommendation(
            document=version.document, ident=ident, anchor=found.stable_id, ordinal=0, addressees=[]
        )
        for ident, found in by_ident.items()
        if ident not in known
    )
    known |= {each.ident: each for each in made}
    RecommendationText.objects.bulk_create(
        _text(found, version=version, recommendation=known[ident])
        for ident, found in by_ident.items()
    )


def restock(version: Version, *, structure: Structure) -> None:
    """Keep the words of each recommendation of a text that was made anew.

    One whose name was read wrongly before hands what people decided to the one that has its words
    now. One that is gone without an heir stays, wordless and out of every list, if anybody decided
    anything about it: it may come back.
    """
    old = {each.recommendation.ident: each for each in _texts_of(version)}
    version.recommendation_texts.all().delete()
    store(version, structure=structure)
    new = {each.recommendation.ident: each for each in _texts_of(version)}
    arrived = {ident: text.text for ident, text in new.items() if ident not in old}
    for ident, text in old.items():
        left = text.recommendation
        if ident in new or left.texts.exists():
            continue
        heir_of_it = heir(text.text, among=arrived)
        if heir_of_it:
            _hand_over(left, to=new[heir_of_it].recommendation)
        if heir_of_it or not _is_decided(left):
            left.delete()


def _texts_of(version: Version) -> QuerySet[RecommendationText]:
    return version.recommendation_texts.select_related("recommendation")


#: Two texts that share this much of their words are one recommendation under another number.
_SAME_WORDS = 0.6


def heir(text: str, *, among: Mapping[str, str]) -> str:
    """The name of the text that has most of the words of `text`; empty if none has enough."""
    scored = [(likeness(text, other), ident) for ident, other in among.items()]
    best, ident = max(scored, default=(0.0, ""))
    return ident if best >= _SAME_WORDS else ""


def likeness(first: str, second: str) -> float:
    """The share of words two texts have in common, of all that either has.

    >>> likeness("a b c d", "a b c e")
    0.6
    """
    mine, other = set(first.split()), set(second.split())
    return len(mine & other) / len(mine | other) if mine or other else 0.0


def _is_decided(recommendation: Recommendation) -> bool:
    settled = Likeness.objects.filter(decided_at__isnull=False)
    return (
        recommendation.themes_decided_at is not None
        or settled.filter(Q(first=recommendation) | Q(second=recommendation)).exists()
    )


def _hand_over(left: Recommendation, *, to: Recommendation) -> None:
    if left.themes_decided_at and not to.themes_decided_at:
        _hand_over_themes(left, to=to)
    _hand_over_likenesses(left, to=to)


def _text(found: Found, *, version: Version, recommendation: Recommendation) -> RecommendationText:
    text = " ".join(filter(None, [found.lead, wording(found.text, found.items)]))
    return RecommendationText(
        recommendation=recommendation,
        version=version,
        section=(found.section_heading or "")[:500],
        text=text,
        terms=vector(text),
    )


def wording(text: str, items: Iterable[Item]) -> str:
    """The words with their lettered items, a line each."""
    return "\n".join([text, *(f"({item.printed}) {item.text}" for item in items)])


def settle(document: Document, *, shown: Sequence[Version]) -> None:
    """Take the facts of every recommendation from the best version shown that holds it.

    One that stands only in versions not shown keeps its words and is left out of the index.
    """
    facts: dict[str, dict[str, Any]] = {}
    for version in shown:
        for found in version.structure.get("recommendations", []):
            facts.setdefault(found["id"], found)
    order = {ident: place for place, ident in enumerate(facts, start=1)}
    settled = list(document.recommendations.filter(ident__in=facts))
    for recommendation in settled:
        _take_facts(recommendation, facts[recommendation.ident])
        recommendation.ordinal = order[recommendation.ident]
    Recommendation.objects.bulk_update(settled, FACTS)
    classify(settled)


def _take_facts(recommendation: Recommendation, found: dict[str, Any]) -> None:
    recommendation.anchor = found["stable_id"]
    recommendation.paragraph = "" if found["paragraph"] is None else str(found["paragraph"])
    recommendation.addressees = [
        code if code in Addressee.values else Addressee.OTHER.value for code in found["addressees"]
    ]
    recommendation.strength = found["strength"] if found["strength"] in Strength.values else ""
    recommendation.provisions = [
        {"instrument": each["instrument"], "article": each["article"], "basis": "text"}
        for each in found["provisions"]
        if each["basis"] == "text"
    ]


# ── themes, and the provisions that follow from them ─────────────────────────────────────────────
def classify(recommendations: Iterable[Recommendation]) -> None:
    """Find the themes of those that no person has classified, and the provisions of them all."""
    wanted = Recommendation.objects.filter(
        pk__in=[recommendation.pk for recommendation in recommendations]
    )
    themes = published_themes()
    undecided = wanted.filter(themes_decided_at__isnull=True)
    ThemeOfRecommendation.objects.filter(recommendation__in=undecided).delete()
    ThemeOfRecommendation.objects.bulk_create(
        ThemeOfRecommendation(recommendation=recommendation, theme_id=code)
        for recommendation in undecided.prefetch_related(_best_texts())
        for code in _themes_of(recommendation, themes=themes)
    )
    served = list(wanted.prefetch_related("theme_links"))
    for recommendation in served:
        _serve(recommendation, themes=themes)
    Recommendation.objects.bulk_update(served, ["provisions"])


def _best_texts() -> Prefetch[str]:
    texts = RecommendationText.objects.select_related("version").order_by(
        "-version__is_shown", "-version__is_chosen", "-version__soundness", "version_id"
    )
    return Prefetch("texts", queryset=texts, to_attr="best_texts")


def _themes_of(
    recommendation: Recommendation, *, themes: Sequence[undocs.themes.Theme]
) -> dict[str, None]:
    """The themes its words and the heading above them speak of, in any language it is shown in."""
    texts: list[RecommendationText] = recommendation.best_texts  # type: ignore[attr-defined]
    shown = [text for text in texts if text.version.is_shown] or texts[:1]
    return dict.fromkeys(
        code
        for text in shown
        for words in (text.text, text.section)
        for code in undocs.themes.classify(words, text.version.language, themes)
    )


def _serve(recommendation: Recommendation, *, themes: Sequence[undocs.themes.Theme]) -> None:
    """Keep the provisions its words name, and add those its themes bring."""
    named = [each for each in recommendation.provisions if each["basis"] == "text"]
    known = {(each["instrument"], each["article"]) for each in named}
    codes = [link.theme_id for link in recommendation.theme_links.all()]
    recommendation.provisions = named + [
        {"instrument": instrument, "article": article, "basis": "theme"}
        for instrument, article in undocs.themes.provisions_served(codes, themes)
        if (instrument, article) not in known
    ]


# ── under another document ───────────────────────────────────────────────────────────────────────
def rehome(texts: Iterable[RecommendationText], *, to: Document) -> None:
    """Hang the words of recommendations on those of another document; drop the emptied ones.

    What people decided (themes, likenesses) goes along.
    """
    for text in texts:
        left = text.recommendation
        found, _made = Recommendation.objects.get_or_create(
            document=to,
            ident=left.ident,
            defaults={"anchor": left.anchor, "ordinal": left.ordinal, "addressees": []},
        )
        text.recommendation = found
        text.save(update_fields=["recommendation"])
        if left.themes_decided_at and not found.themes_decided_at:
            _hand_over_themes(left, to=found)
        if not left.texts.exists():
            _hand_over_likenesses(left, to=found)
            left.delete()


def _hand_over_themes(left: Recommendation, *, to: Recommendation) -> None:
    to.theme_links.all().delete()
    ThemeOfRecommendation.objects.bulk_create(
        ThemeOfRecommendation(
            recommendation=to, theme_id=link.theme_id, decided_by_id=link.decided_by_id
        )
        for link in left.theme_links.all()
    )
    to.themes_decided_at = left.themes_decided_at
    to.save(update_fields=["themes_decided_at"])


def _hand_over_likenesses(left: Recommendation, *, to: Recommendation) -> None:
    decided = Likeness.objects.filter(decided_at__isnull=False)
    for likeness in decided.filter(Q(first=left) | Q(second=left)):
        other = likeness.second_id if likeness.first_id == left.pk else likeness.first_id
        low, high = sorted((other, to.pk))
        taken = Likeness.objects.filter(first_id=low, second_id=high)
        if low == high or taken.filter(decided_at__isnull=False).exists():
            continue
        taken.delete()
        likeness.first_id, likeness.second_id = low, high
        likeness.save(update_fields=["first", "second"])
