"""The room's entry in Django's list of apps."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "marsad.design"
    label = "design"
