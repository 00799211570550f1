"""How soon an open page asks again: at once where few are open, every second where many are."""

from __future__ import annotations

from collections import deque

#: Seconds between two questions of one page.
SOONEST, LATEST = 0.3, 1.0
#: How many questions a second this process takes of all pages together, before they wait longer.
#: One costs it one to two thousandths of a second.
_A_SECOND = 150


class Pace:
    """Counts the pages that are open by the questions of the last second."""

    def __init__(self) -> None:
        self._asked: deque[tuple[float, float]] = deque()

    def next(self, *, now: float) -> float:
        """Count a question and return in how many seconds that page asks again.

        A page that asks every half second asked for half a page: so the pages of the last second
        are the sum of what they were told to wait.

        :param now: seconds of a clock that never goes back.
        """
        while self._asked and self._asked[0][0] <= now - LATEST:
            self._asked.popleft()
        open_pages = sum(waits for _at, waits in self._asked) + SOONEST
        waits = min(LATEST, max(SOONEST, open_pages / _A_SECOND))
        self._asked.append((now, waits))
        return waits
