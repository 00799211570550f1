"""Work done later, by any worker on any machine."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from marsad.review.actions import note, practice, remark

#: When the database stumbles: three more times, after 10, 100 and 1,000 seconds.
_AGAIN = RetryStrategy(max_attempts=3, exponential_wait=10)


@app.task(name="review.mail_notes", queue="review", retry=_AGAIN)
def mail_notes(round_id: int) -> None:
    """Mail the notes verbales of a round that wait."""
    note.mail_notes(round_id=round_id, at=timezone.now())


@app.task(name="review.tell_of_practice", queue="review", retry=_AGAIN)
def tell_of_practice(practice_id: int) -> None:
    """Write to the focal point of a State that a practice waits to be verified."""
    practice.write_to_focal_points(practice_id=practice_id, at=timezone.now())


@app.task(name="review.tell_of_clarification", queue="review", retry=_AGAIN)
def tell_of_clarification(remark_id: int) -> None:
    """Write to the focal point of a State that the Secretariat asks what an answer means."""
    remark.write_to_focal_points(remark_id=remark_id, at=timezone.now())


@app.periodic(cron="0 7 * * *")
@app.task(name="review.remind", queue="review", queueing_lock="review.remind")
def remind(timestamp: int) -> None:
    """Every morning: remind the States whose deadline is near and who have not answered."""
    note.remind(at=timezone.now())
