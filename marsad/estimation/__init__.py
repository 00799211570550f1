"""Counts of people on overlapping lists in, how many are on none of them out.

>>> from marsad import estimation
>>> table = ["A,B,C,n", "1,0,0,60", "0,1,0,40", "0,0,1,30", "1,1,0,9", "0,1,1,8", "1,0,1,7"]
>>> lists = estimation.read_lists("\\n".join(table).encode())
>>> found = estimation.estimate(lists)
>>> found.observed, found.population > found.observed
(154, True)
"""

from __future__ import annotations

from .bootstrap import TIMES, Bounds, bounds
from .choosing import THRESHOLD
from .errors import NoEstimate, NoSuchFile
from .estimate import METHODS, Caution, Checks, Estimate, Interaction, Step, estimate
from .lists import Lists, read_lists

__all__ = [
    "METHODS",
    "THRESHOLD",
    "TIMES",
    "Bounds",
    "Caution",
    "Checks",
    "Estimate",
    "Interaction",
    "Lists",
    "NoEstimate",
    "NoSuchFile",
    "Step",
    "bounds",
    "estimate",
    "read_lists",
]
