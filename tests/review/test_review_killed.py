"""A process that is killed in the middle of a save: what was saved is there, and nothing half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from marsad.directory.models import Person
from marsad.journal.models import Entry
from marsad.review.actions import answer as actions
from marsad.review.models import Answer, Reply, Round
from tests.review import rounds
from tests.review.rounds import LAW, LAW_EFFECT, LAW_HELP, LAW_WHICH, SHELTER

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
#: What each question is answered, by turns: who reads them sees of which save they are.
VALUES = {
    LAW: ("yes", "in_part"),
    LAW_WHICH: ("قانون ٢", "قانون ١"),
    LAW_EFFECT: ("clear", "none"),
    LAW_HELP: ("training", "drafting"),
    SHELTER: ("ثلاثة مآوٍ", "مأوى واحد"),
}


@pytest.fixture
def reply(round_: Round, salma: Person) -> Reply:
    """Arkia drafts, and the day to answer by is to come."""
    due = timezone.localdate() + timedelta(days=30)
    Round.objects.update(due_on=due, second_due_on=due, cut_off_on=due)
    return rounds.reply_of(round_, "XA", {}, sent_at=None)


@contextmanager
def saving(
    reply: Reply,
    by: Person,
    *,
    first: int = 1,
    last: int = 10_000,
    stop: str = "",
    stops_in: int = 0,
) -> Iterator[subprocess.Popen[str]]:
    """A second process that saves on the database of this test."""
    settings = connection.settings_dict
    told = {
        "database": {name: settings[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")},
        "reply": reply.key,
        "person": by.pk,
        "values": VALUES,
        "first": first,
        "last": last,
        "stop": stop,
        "stops_in": stops_in,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.review.saving_process", json.dumps(told)],
        cwd=ROOT,
        env={**os.environ},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str], what: str) -> list[str]:
    """What a process says, up to this."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if lines[-1] == what:
            return lines
    raise AssertionError(f"it ended without saying {what!r}: {lines}")


def kill(process: subprocess.Popen[str]) -> None:
    """Kill it as the kernel kills, and wait until the database has let go of it."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the database still holds what the killed process began")


def held(reply: Reply) -> dict[str, str]:
    """The answers that hold, by path: one for each question."""
    rows = list(reply.answers.filter(ended_at=None).values_list("path", "value"))
    assert len(rows) == len(dict(rows))
    return dict(rows)


def generation(number: int) -> dict[str, str]:
    return {path: values[number % 2] for path, values in VALUES.items()}


def nothing_is_half(reply: Reply, *, saves: int) -> None:
    """Each save left all of its answers, in order, and its line in the journal; no other did."""
    for path in VALUES:
        rows = reply.answers.filter(path=path).order_by("revision")
        assert list(rows.values_list("revision", flat=True)) == list(range(1, saves + 1))
        assert rows.filter(ended_at=None).count() == 1
    assert Answer.objects.filter(reply=reply).count() == saves * len(VALUES)
    assert Entry.objects.filter(action__startswith="review.answer").count() == saves


@pytest.mark.parametrize("stop", ['UPDATE "review_answer"', 'INSERT INTO "review_answer"'])
def test_killed_between_two_answers_of_a_save_it_leaves_the_save_before(
    reply: Reply, salma: Person, stop: str
) -> None:
    with saving(reply, salma, stop=stop, stops_in=4) as process:
        assert said(process, "middle")[-2] == "saved 3"
        kill(process)
    assert held(reply) == generation(3)
    nothing_is_half(reply, saves=3)
    # Whoever comes back goes on where the last save ended, and waits for nobody.
    with saving(reply, salma, first=4, last=4) as process:
        said(process, "saved 4")
    assert held(reply) == generation(4)
    nothing_is_half(reply, saves=4)


def test_killed_at_any_moment_it_has_lost_nothing_that_it_answered(
    reply: Reply, salma: Person
) -> None:
    with saving(reply, salma) as process:
        lines = said(process, "saved 12")
        kill(process)
        assert process.stdout is not None
        lines += [line.strip() for line in process.stdout]
    told = sum(line.startswith("saved ") for line in lines)
    saves = reply.answers.filter(path=LAW).count()
    # One save may have been kept of which the process could not tell any more.
    assert told <= saves <= told + 1
    assert held(reply) == generation(saves)
    nothing_is_half(reply, saves=saves)
    now = actions.save(
        reply_key=reply.key, path=LAW, value="no", base=saves, by=salma, at=timezone.now()
    )
    assert now.revision == saves + 1
