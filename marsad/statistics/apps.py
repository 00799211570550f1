from __future__ import annotations

from django.apps import AppConfig


class Statistics(AppConfig):
    name = "marsad.statistics"
    label = "statistics"
