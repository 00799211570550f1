"""The same idea across meetings: suggested by likeness of words, settled by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from math import log, sqrt

from django.db import transaction

from marsad import arabic
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import problems
from marsad.library.models import Document, Likeness, Recommendation, RecommendationText
from marsad.library.queries import rights
from marsad.library.words import LikenessState

#: Cosine from which two recommendations are shown together as perhaps the same. Chosen by reading
#: the forty nearest pairs of the 2009 and 2019 reports: from here up (a dozen) about two in three
#: share an idea (joint investigation teams, training of front-line officials, coordination bodies,
#: awareness campaigns); of those below, few share more than a topic.
SUGGESTED_FROM = 0.16
#: How many suggestions one recommendation gets at most.
MOST_SUGGESTIONS = 3

Weights = Mapping[str, float]


@transaction.atomic
def suggest_for(*, document_id: int) -> int:
    """Suggest likenesses between a document's recommendations and those of all others.

    What a person decided stays; only suggestions are made anew. Returns how many were made; none
    for a document that is gone or withdrawn.
    """
    document = Document.objects.filter(pk=document_id, withdrawn_at__isnull=True).first()
    if document is None:
        return 0
    own = set(document.recommendations.values_list("pk", flat=True))
    Likeness.objects.filter(state=LikenessState.SUGGESTED, first_id__in=own).delete()
    Likeness.objects.filter(state=LikenessState.SUGGESTED, second_id__in=own).delete()
    if not own:
        return 0
    decided = set(Likeness.objects.values_list("first_id", "second_id"))
    made: dict[tuple[int, int], float] = {}
    for language in document.versions.filter(is_shown=True).values_list("language", flat=True):
        for pair, similarity in _alike(own, document=document, language=language):
            if pair not in decided:
                made[pair] = max(similarity, made.get(pair, 0.0))
    Likeness.objects.bulk_create(
        Likeness(first_id=first, second_id=second, similarity=similarity)
        for (first, second), similarity in made.items()
    )
    return len(made)


def _alike(
    own: set[int], *, document: Document, language: str
) -> Iterable[tuple[tuple[int, int], float]]:
    rows = list(
        RecommendationText.objects.filter(
            version__is_shown=True,
            version__language=language,
            recommendation__document__withdrawn_at__isnull=True,
            # A restricted text never surfaces beside a public one.
            recommendation__document__access=document.access,
            recommendation__document__open_to_roles=document.open_to_roles,
            recommendation__document__is_sample=document.is_sample,
        ).values_list("recommendation_id", "text")
    )
    weighed = dict(zip((pk for pk, _ in rows), weights(text for _, text in rows), strict=True))
    for mine in own & weighed.keys():
        scored = sorted(
            ((_cosine(weighed[mine], weighed[other]), other) for other in weighed.keys() - own),
            reverse=True,
        )
        for similarity, other in scored[:MOST_SUGGESTIONS]:
            if similarity >= SUGGESTED_FROM:
                yield (min(mine, other), max(mine, other)), similarity


def weights(texts: Iterable[str]) -> list[Weights]:
    """Term weights of each text by tf-idf over all of them, scaled to length one.

    Logarithmic term frequency, inverse document frequency, cosine normalisation (Salton and
    Buckley 1988).
    """
    counted = [Counter(term.term for term in arabic.terms(text)) for text in texts]
    found_in = Counter(term for counts in counted for term in counts)
    return [_scaled(counts, found_in=found_in, total=len(counted)) for counts in counted]


def _scaled(counts: Counter[str], *, found_in: Counter[str], total: int) -> Weights:
    raw = {
        term: (1 + log(times)) * log((1 + total) / found_in[term]) for term, times in counts.items()
    }
    length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {term: weight / length for term, weight in raw.items()}


def _cosine(first: Weights, second: Weights) -> float:
    shorter, longer = sorted((first, second), key=len)
    return sum(weight * longer.get(term, 0.0) for term, weight in shorter.items())


@transaction.atomic
def decide(*, first: int, second: int, state: LikenessState, by: Reader, at: datetime) -> Likeness:
    """Say that two recommendations are the same idea, or that they are not, or leave it open.

    :raises NotALibrarian: if the person may not settle it.
    :raises NoSuchRecommendation: if either is not open to the person.
    """
    rights.require_curator(by)
    low, high = sorted((first, second))
    visible = Recommendation.objects.filter(
        pk__in=[low, high], document__in=rights.visible_documents(by)
    )
    if low == high or visible.count() != 2:
        raise problems.NoSuchRecommendation
    likeness, _made = Likeness.objects.get_or_create(
        first_id=low, second_id=high, defaults={"similarity": 0.0}
    )
    before = likeness.state
    likeness.state = state
    likeness.decided_by = None if state == LikenessState.SUGGESTED else rights.person_of(by)
    likeness.decided_at = None if state == LikenessState.SUGGESTED else at
    likeness.save()
    journal.record(
        action="library.likeness.decide",
        on=likeness,
        by=rights.person_of(by),
        at=at,
        details={"before": before, "after": state, "first": low, "second": high},
    )
    return likeness
