"""A process of its own that saves answers until it is killed: see `test_review_killed`.

    python -m tests.review.saving_process '{"database": {…}, "reply": "…", "person": 7, …}'

It says `saved 3` when the third save was answered, and where it is told to stop half-way `middle`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any


def main(told: dict[str, Any]) -> None:
    """Save one generation of answers after the other."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.db import connection, connections
    from django.utils import timezone

    connections.databases["default"].update(told["database"])
    from marsad.directory.models import Person
    from marsad.review.actions import answer
    from marsad.review.models import Reply
    from marsad.review.types.reply import Change

    by = Person.objects.get(pk=told["person"])
    reply = Reply.objects.get(key=told["reply"])
    for number in range(told["first"], told["last"] + 1):
        held = dict(reply.answers.filter(ended_at=None).values_list("path", "revision"))
        changes = [
            Change(path=path, value=told["values"][path][number % 2], base=held.get(path, 0))
            for path in told["values"]
        ]
        stop = told["stop"] if number == told["stops_in"] else ""
        with connection.execute_wrapper(_Stopping(at=stop)):
            answer.save_many(reply_key=reply.key, changes=changes, by=by, at=timezone.now())
        _say(f"saved {number}")


class _Stopping:
    """Lets statements through, and stops for good after the second answer was written."""

    def __init__(self, *, at: str) -> None:
        self.at = at
        self.seen = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if self.at and self.at in sql:
            self.seen += 1
            if self.seen == 2:
                _say("middle")
                time.sleep(60)
        return done


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
