"""What was in force once and was withdrawn since: it stays reproducible, and it is said."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter
from marsad.statistics.models import Standing


def withdrawn_since(
    stands: Standing, *, write: Formatter, of_places: Collection[str] = ()
) -> list[str]:
    """A sentence for each edition in force then that was withdrawn; call it inside `reading_as`.

    :param of_places: codes of the places that are shown; none for all.
    """
    editions = stands.editions.filter(withdrawn_at__isnull=False).select_related("source__state")
    return [
        write.text(
            _(
                "Withdrawn since, on {day}: {source}. Its figures are shown here as they were "
                "published then."
            ).format(
                day=write.date(timezone.localdate(each.withdrawn_at)),
                source=each.source.names.get(write.language)
                or each.source.names.get("en")
                or each.source.code,
            )
        )
        for each in editions.order_by("source__code")
        if not of_places or each.source.state is None or each.source.state.iso3 in of_places
    ]
