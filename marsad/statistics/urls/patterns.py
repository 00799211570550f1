"""The address of patterns."""

from __future__ import annotations

from django.urls import path

from marsad.statistics.views import patterns

urlpatterns = [
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/as/json/", patterns.patterns_json, name="patterns_json"),
]
