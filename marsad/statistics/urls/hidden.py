"""The address of estimates of what is hidden."""

from __future__ import annotations

from django.urls import path

from marsad.statistics.views import hidden

urlpatterns = [
    path("hidden-population/", hidden.hidden, name="hidden"),
    path("hidden-population/example.csv", hidden.example, name="hidden_example"),
]
