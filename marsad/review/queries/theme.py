"""The themes of a round."""

from __future__ import annotations

from django.db.models import Count, Q

from marsad.directory.types import Reader
from marsad.review import problems
from marsad.review.models import Coding, Round
from marsad.review.queries import rights
from marsad.review.queries.reading import label_of
from marsad.review.types.coding import ThemeView


def may_see(reader: Reader, round_: Round) -> bool:
    """Analysts at any time; everybody once a report tells of them."""
    return (
        rights.analyses(reader, round_)
        or round_.told_by_id is not None
        or round_.reports.filter(published_at__isnull=False).exists()
    )


def listed(
    *, reader: Reader, round_: Round, language: str, with_retired: bool = False
) -> list[ThemeView]:
    """The themes of a round: each under the one it belongs to.

    :raises NotAnAnalyst: if the reader may not see them yet.
    """
    if not may_see(reader, round_):
        raise problems.NotAnAnalyst
    themes = list(round_.themes.select_related("parent"))
    counts = _counts(reader, round_) if rights.analyses(reader, round_) else {}
    views = [
        ThemeView(
            code=each.code,
            label=label_of(each.labels, language) or each.code,
            labels=each.labels,
            parent=each.parent.code if each.parent else "",
            passages=counts.get(each.pk, (0, 0))[0],
            answers=counts.get(each.pk, (0, 0))[1],
            is_retired=each.retired_at is not None,
        )
        for each in themes
    ]
    shown = [each for each in views if with_retired or not each.is_retired]
    known = {each.code for each in shown}
    tops = [each for each in shown if each.parent not in known]
    found: list[ThemeView] = []
    for top in tops:
        found += [top, *(each for each in shown if each.parent == top.code and each != top)]
    return found + [each for each in shown if each not in found]


def _counts(reader: Reader, round_: Round) -> dict[int, tuple[int, int]]:
    """Passages and answers of each theme, of answers that the reader may read."""
    codings = Coding.objects.filter(removed_at__isnull=True, theme__round=round_)
    if not rights.is_secretariat(reader):
        codings = codings.filter(answer__in=rights.readable_answers(reader, round_))
    counted = (
        codings.order_by()
        .values("theme")
        .annotate(
            passages=Count("id"),
            answers=Count("answer", distinct=True, filter=Q(answer__ended_at__isnull=True)),
        )
    )
    return {row["theme"]: (row["passages"], row["answers"]) for row in counted}
