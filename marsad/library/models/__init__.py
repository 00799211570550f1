"""The shelves. Private to the library: other rooms call its actions and queries."""

from marsad.library.models.arrival import Arrival, Original
from marsad.library.models.document import Document, Version
from marsad.library.models.passage import Citation, Passage, StateMention
from marsad.library.models.recommendation import (
    Likeness,
    Recommendation,
    RecommendationText,
    Theme,
    ThemeOfRecommendation,
)

__all__ = [
    "Arrival",
    "Citation",
    "Document",
    "Likeness",
    "Original",
    "Passage",
    "Recommendation",
    "RecommendationText",
    "StateMention",
    "Theme",
    "ThemeOfRecommendation",
    "Version",
]
