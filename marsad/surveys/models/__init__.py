"""Surveys and responses. Private to the room."""

from marsad.surveys.models.survey import Response, Survey

__all__ = ["Response", "Survey"]
