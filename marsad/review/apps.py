from __future__ import annotations

from django.apps import AppConfig


class Review(AppConfig):
    name = "marsad.review"
    label = "review"
