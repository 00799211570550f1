"""A query from an address: the other way round from `queries.finding.address`."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from marsad.directory.types import UnGroup
from marsad.review import problems
from marsad.review.types.figure import Query

_AMONG = ("invited", "replied", "asked")


def query_of(fields: QueryDict) -> Query:
    """The query that the fields of an address or of a form name.

    :raises UnreadableFigure: if they name a regional group or a kind of share that there is not.
    """
    among, region = fields.get("among", "replied"), fields.get("region", "")
    if among not in _AMONG or (region and region not in UnGroup.values):
        raise problems.UnreadableFigure
    return Query.of(
        {
            "path": fields.get("path", ""),
            "values": [value for value in fields.getlist("value") if value],
            "among": among,
            "standings": [value for value in fields.getlist("standing") if value],
            "region": region,
            "theme": fields.get("theme", ""),
            "changed_since": fields.get("since", ""),
        }
    )


def moment_of(fields: QueryDict) -> datetime | None:
    """The moment that is asked for; none, or one that cannot be read, is now."""
    try:
        given = datetime.fromisoformat(fields.get("at", ""))
    except ValueError:
        return None
    return given if timezone.is_aware(given) else timezone.make_aware(given)
