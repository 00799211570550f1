"""The shelves. Private to the library: other rooms call its actions and queries."""

from marsad.library.models.arrival import Arrival, Original
from marsad.library.models.document import Document, Version
from marsad.library.models.passage import Citation, Passage, StateMention
from marsad.library.models.practice import Practice
from marsad.library.models.recommendation import (
    Likeness,
    Recommendation,
    RecommendationText,
    Theme,
    ThemeOfRecommendation,
)
from marsad.library.models.ruling import Doubt, Forgotten, Ruling, Taught

__all__ = [
    "Arrival",
    "Citation",
    "Document",
    "Doubt",
    "Forgotten",
    "Likeness",
    "Original",
    "Passage",
    "Practice",
    "Recommendation",
    "RecommendationText",
    "Ruling",
    "StateMention",
    "Taught",
    "Theme",
    "ThemeOfRecommendation",
    "Version",
]
