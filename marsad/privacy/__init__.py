"""True counts of people in, protected counts out, and a check that they are protected.

>>> from marsad import privacy
>>> counts = {"all": 12, "women": 9, "men": 3}
>>> shown = privacy.protect(counts, [privacy.Sum(whole="all", parts=("women", "men"))])
>>> shown["men"], shown["women"].low, shown["women"].high, shown["all"].count
(Shown(kind='small', low=1, high=4), 8, 11, 12)
"""

from __future__ import annotations

from .errors import CannotBeHidden, NoTable, ThresholdTooLow
from .suppression import (
    LEAST_THRESHOLD,
    THRESHOLD,
    LeftOut,
    Overlap,
    Shown,
    Sum,
    Untold,
    exposed,
    protect,
)

__all__ = [
    "LEAST_THRESHOLD",
    "THRESHOLD",
    "CannotBeHidden",
    "LeftOut",
    "NoTable",
    "Overlap",
    "Shown",
    "Sum",
    "ThresholdTooLow",
    "Untold",
    "exposed",
    "protect",
]
