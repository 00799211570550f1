"""A server lets idle threads end; the connections that they held do not end with them."""

from __future__ import annotations

import threading

from marsad.tabulation.engine import connect


def _in_a_thread() -> int:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(id(connect())))
    thread.start()
    thread.join()
    return found[0]


def test_it_hands_the_connection_of_a_thread_that_ended_to_the_next() -> None:
    first = _in_a_thread()
    assert _in_a_thread() == first


def test_threads_that_run_together_share_no_connection() -> None:
    mine = id(connect())
    assert _in_a_thread() != mine
