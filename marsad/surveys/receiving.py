"""How surveys take what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from marsad.directory.types import Reader
from marsad.questionnaires.types import Taken
from marsad.surveys.actions import response
from marsad.surveys.queries import rights


class Surveys:
    """The receiver of the kind `survey`."""

    def may_answer(self, *, reader: Reader, subject_id: str, at: datetime) -> bool:
        """Whether the survey asks this reader; that it is over is told by the asking."""
        day = timezone.localdate(at)
        return rights.asked_of(reader, on=day).filter(key=subject_id).exists()

    def subjects_for(self, *, reader: Reader, at: datetime) -> Sequence[str]:
        """The surveys that ask this reader now."""
        open_now = rights.asked_of(reader, on=timezone.localdate(at)).filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=at)
        )
        return list(open_now.values_list("key", flat=True))

    def subjects_read_by(self, *, reader: Reader) -> Sequence[str]:
        """The surveys whose answers this reader may read."""
        return list(rights.managed(reader).values_list("key", flat=True))

    def take(self, *, taken: Taken, at: datetime) -> None:
        """Count a filled form.

        :raises AnsweredBefore: where its author answered before, and this is no correction.
        """
        response.take(taken=taken, at=at)
