"""Sources, arrivals, editions, questions about them, and what was in force when."""

from marsad.statistics.models.edition import Arrival, Edition, Question, Source, Standing

__all__ = ["Arrival", "Edition", "Question", "Source", "Standing"]
