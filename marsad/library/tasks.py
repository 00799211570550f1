"""Work done later, by any worker on any machine."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from marsad.library.actions import arrival, likeness, remaking, teaching

#: When the database stumbles: three more times, after 10, 100 and 1,000 seconds.
_AGAIN = RetryStrategy(max_attempts=3, exponential_wait=10)


@app.task(name="library.read_arrival", queue="library", retry=_AGAIN)
def read_arrival(arrival_id: int) -> None:
    """Read a file that arrived, and put it on the shelf or refuse it with a sentence."""
    arrival.read(arrival_id=arrival_id, at=timezone.now())


@app.task(name="library.suggest_likenesses", queue="library", retry=_AGAIN)
def suggest_likenesses(document_id: int) -> None:
    """Look for the same ideas at other meetings, after a document came in or changed."""
    likeness.suggest_for(document_id=document_id)


@app.task(name="library.make_anew", queue="library", retry=_AGAIN)
def make_anew(document_id: int) -> None:
    """Make the texts of a document anew that wait for it: somebody ruled, or a copy arrived."""
    remaking.make_anew(document_id=document_id, at=timezone.now())


@app.task(name="library.learn", queue="library", retry=_AGAIN)
def learn(about_id: int) -> None:
    """Learn from the shelf as it is now; `about_id` says what changed, and is not needed."""
    teaching.learn_anew(at=timezone.now())
