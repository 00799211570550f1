"""A job exists exactly when the act it follows does, and outlives the worker that began it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config.follow_ups import FOLLOW_UPS, follow
from config.tasks import retry_stalled_jobs
from marsad.directory.models import Person
from marsad.journal import actions as journal
from marsad.journal.types import Line

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ACTION, (FOLLOW_UP, *_) = next(iter(FOLLOW_UPS.items()))


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """An empty queue before and after: Django does not empty tables that are not its own."""

    def clear() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")

    clear()
    yield
    clear()


def line(action: str) -> Line:
    return Line(action=action, subject="x.y", subject_id="7", details={}, by_id=None, at=NOW)


@pytest.mark.django_db
def test_it_leaves_a_job_for_what_follows() -> None:
    follow(line(ACTION))

    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == (FOLLOW_UP.task, {FOLLOW_UP.subject: 7})


@pytest.mark.django_db
def test_it_leaves_nothing_for_what_nothing_follows() -> None:
    follow(line("directory.role.grant"))
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.usefixtures("queue")
def test_it_leaves_no_job_for_an_act_that_failed(amal: Person) -> None:
    def act(*, fails: bool) -> None:
        with transaction.atomic():
            journal.record(action=ACTION, on=amal, by=amal, at=NOW)
            if fails:
                raise ArithmeticError

    with pytest.raises(ArithmeticError):
        act(fails=True)
    assert not ProcrastinateJob.objects.exists()
    act(fails=False)
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.usefixtures("queue")
def test_it_queues_again_what_a_dead_worker_left() -> None:
    for worker, heartbeat in [(1, "now() - interval '10 minutes'"), (2, "now()")]:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (id, last_heartbeat) "
                f"OVERRIDING SYSTEM VALUE VALUES (%s, {heartbeat})",
                [worker],
            )
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, status, worker_id) "
                "VALUES ('a.task', 'q', 'doing', %s)",
                [worker],
            )

    async def retry() -> int:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as worker:
            async with worker.open_async():
                return await retry_stalled_jobs(worker)

    # In a thread of its own: a browser driver may keep an event loop in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        assert thread.submit(asyncio.run, retry()).result(timeout=60) == 1
    assert list(ProcrastinateJob.objects.order_by("id").values_list("status", flat=True)) == [
        "todo",
        "doing",
    ]
