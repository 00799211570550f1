"""Addresses of rounds, notes verbales and the register."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import round_pages

urlpatterns: list[URLPattern] = [
    path("", round_pages.round_list, name="round_list"),
    path("<slug:key>/", round_pages.round_page, name="round"),
]
