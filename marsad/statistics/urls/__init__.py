"""Addresses of the room, under /statistics/, topic by topic."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

app_name = "statistics"
_TOPICS = ("trends", "tables", "patterns", "hidden", "figures", "records")

urlpatterns: list[URLPattern] = [
    pattern
    for topic in _TOPICS
    if find_spec(f"marsad.statistics.urls.{topic}")
    for pattern in import_module(f"marsad.statistics.urls.{topic}").urlpatterns
]
