"""Addresses of the trends page, of its pictures, and of what tells that they have changed."""

from __future__ import annotations

from django.urls import path

from marsad.statistics.views import trends

urlpatterns = [
    path("", trends.trends, name="trends"),
    path("now/", trends.now, name="now"),
    path("pictures/<slug:kind>.<slug:format>", trends.picture_file, name="picture"),
]
