"""Work that keeps the queue itself in order."""

from __future__ import annotations

import procrastinate
from procrastinate.contrib.django import app

#: Seconds without a heartbeat after which a worker counts as dead; it sends one every ten.
_PATIENCE = 30


async def retry_stalled_jobs(worker: procrastinate.App, *, patience: float | None = None) -> int:
    """Queue again the jobs whose worker died in the middle of them.

    A task must bear being begun twice; how often a job was begun is in its `attempts`.

    :return: how many there were.
    """
    manager = worker.job_manager
    wait = _PATIENCE if patience is None else patience
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=wait))
    for job in stalled:
        await manager.retry_job(job)
    return len(stalled)


@app.periodic(cron="* * * * *")
@app.task(name="house.retry_stalled_jobs", queueing_lock="house.retry_stalled_jobs")
async def retry_stalled(timestamp: int) -> None:
    """Every minute, on whichever worker is free."""
    await retry_stalled_jobs(app)
