"""Addresses of the room, under /questionnaires/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "questionnaires"
urlpatterns: list[URLPattern] = []
