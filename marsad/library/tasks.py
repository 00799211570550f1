"""Work done later, by any worker on any machine."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from marsad.library.actions import arrival


@app.task(name="library.read_arrival", queue="library")
def read_arrival(arrival_id: int) -> None:
    """Read a file that arrived, and put it on the shelf or refuse it with a sentence."""
    arrival.read(arrival_id=arrival_id, at=timezone.now())
