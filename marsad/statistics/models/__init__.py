"""Sources, arrivals, editions, questions about them, what was in force when; and records."""

from marsad.statistics.models.edition import (
    Arrival,
    Edition,
    Prepared,
    Question,
    Source,
    Standing,
)
from marsad.statistics.models.record import (
    CodeLists,
    Holding,
    RecordArrival,
    RecordEdition,
    Release,
)

__all__ = [
    "Arrival",
    "CodeLists",
    "Edition",
    "Holding",
    "Prepared",
    "Question",
    "RecordArrival",
    "RecordEdition",
    "Release",
    "Source",
    "Standing",
]
