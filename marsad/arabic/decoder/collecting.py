"""Python's garbage collector, held off while a line is read.

A search makes tens of thousands of small objects, none of which refers back to itself: they go as
soon as nobody holds them. The collector would walk through all of them time and again, a sixth of
the whole time of a repair, and find nothing.
"""

from __future__ import annotations

import gc
from threading import Lock


class _Uncollected:
    """Hold the collector off for as long as any thread is inside.

    >>> with _Uncollected():
    ...     gc.isenabled()
    False
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        #: Whether it was on before the first came in: whoever turned it off wants it so.
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_on:
                gc.enable()


UNCOLLECTED = _Uncollected()

__all__ = ["UNCOLLECTED"]
