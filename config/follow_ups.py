"""What happens next, on one page.

A room never calls a later one and never starts slow work by itself: it journals what was done, and
this page says which tasks follow. A task is a row in the job queue written in the transaction of
the act, so it exists exactly when the act does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from marsad.journal.types import Line


class FollowUp(NamedTuple):
    """One task that follows an act."""

    #: The name of the task, as its room registered it.
    task: str
    #: What the task calls the id of the thing that was acted on.
    subject: str


#: After this action, defer these tasks, each with the id of what was acted on.
FOLLOW_UPS: Mapping[str, tuple[FollowUp, ...]] = {
    # A file arrived: read it in the background, whichever door it came through.
    "library.arrival.receive": (FollowUp("library.read_arrival", "arrival_id"),),
    # A document came in, or its copies changed: make the texts anew that lean on one another, look
    # for the same ideas at other meetings, and learn from the shelf as it is now.
    **dict.fromkeys(
        (
            "library.document.accept",
            "library.document.join",
            "library.document.publish",
            "library.version.accept",
            "library.version.separate",
        ),
        (
            FollowUp("library.make_anew", "document_id"),
            FollowUp("library.suggest_likenesses", "document_id"),
            FollowUp("library.learn", "about_id"),
        ),
    ),
    **dict.fromkeys(
        (
            "library.document.made_anew",
            "library.document.put_back",
            "library.document.restrict",
            "library.version.show",
        ),
        (
            FollowUp("library.suggest_likenesses", "document_id"),
            FollowUp("library.learn", "about_id"),
        ),
    ),
    "library.document.withdraw": (FollowUp("library.learn", "about_id"),),
    # A person ruled how a place reads, or asked for a better reading: make the text anew.
    **dict.fromkeys(
        (
            "library.document.ask_again",
            "library.document.lose_version",
            "library.ruling.settle",
            "library.ruling.take_back",
        ),
        (FollowUp("library.make_anew", "document_id"),),
    ),
    # A lesson is not to be used any more, or again.
    **dict.fromkeys(
        ("library.lesson.forget", "library.lesson.remember"),
        (FollowUp("library.learn", "about_id"),),
    ),
    # Notes verbales were written, or are to be tried again: mail them in the background.
    **dict.fromkeys(
        ("review.note.send", "review.note.try_again"),
        (FollowUp("review.mail_notes", "round_id"),),
    ),
    # A file of figures came, or somebody said how its columns are read: read it in the background.
    **dict.fromkeys(
        ("statistics.arrival.receive", "statistics.arrival.map"),
        (FollowUp("statistics.read_arrival", "arrival_id"),),
    ),
    # Other figures may be in force: lay down what pictures ask of them, and put what waits to be
    # verified together with them, so that verifying takes no longer than saying so.
    **dict.fromkeys(
        (
            "statistics.edition.take",
            "statistics.edition.verify",
            "statistics.edition.restore",
            "statistics.edition.withdraw",
        ),
        (
            FollowUp("statistics.fold_standing", "edition_id"),
            FollowUp("statistics.prepare_waiting", "edition_id"),
        ),
    ),
    # The Secretariat asks what an answer means: write to the focal point of the State.
    "review.clarification.ask": (FollowUp("review.tell_of_clarification", "remark_id"),),
    # A good practice waits for the State it comes from: write to its focal point.
    "review.practice.propose": (FollowUp("review.tell_of_practice", "practice_id"),),
}


def follow(line: Line) -> None:
    """Defer what follows this line of the journal."""
    for follow_up in FOLLOW_UPS.get(line.action, ()):
        arguments: dict[str, Any] = {follow_up.subject: _id(line.subject_id)}
        # Always through Django's connection, also inside a worker, whose own queue has another:
        # the job belongs to the transaction of the act.
        task = app.tasks[follow_up.task]
        configure_task(
            name=task.name,
            queue=task.queue,
            priority=task.priority,
            job_manager=JobManager(DjangoConnector()),
        ).defer(**arguments)


def _id(written: str) -> int | str:
    return int(written) if written.isdecimal() else written
