"""Work done later, by any worker on any machine."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from marsad.statistics.actions import arrival, record, standing

#: When the database stumbles: three more times, after 10, 100 and 1,000 seconds.
_AGAIN = RetryStrategy(max_attempts=3, exponential_wait=10)
#: What nobody waits for gives way to what somebody does.
_LATER = -10


@app.task(name="statistics.read_arrival", queue="statistics", retry=_AGAIN)
def read_arrival(arrival_id: int) -> None:
    """Read a file of figures that arrived, so that somebody can look through it."""
    arrival.read_waiting(arrival_id=arrival_id, at=timezone.now())


@app.task(name="statistics.fold_standing", queue="statistics", retry=_AGAIN)
def fold_standing(edition_id: int) -> None:
    """Make pictures quick of what is in force since an edition was published or withdrawn."""
    standing.fold_newest()


@app.task(name="statistics.prepare_waiting", queue="statistics", retry=_AGAIN, priority=_LATER)
def prepare_waiting(edition_id: int) -> None:
    """Put the editions that wait together with what is in force since this one came or went."""
    standing.prepare_waiting(at=timezone.now())


@app.periodic(cron="41 2 * * *")
@app.task(name="statistics.forget_left", queue="statistics", queueing_lock="statistics.forget_left")
def forget_left(timestamp: int) -> None:
    """Every night: take records out of the data root that nobody holds and that were left there."""
    record.forget_left(at=timezone.now())
