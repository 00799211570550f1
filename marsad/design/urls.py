"""Addresses of the room: mounted by `config/urls.py` under the namespace `design`."""

from __future__ import annotations

from django.urls import path

from marsad.design import views

app_name = "design"
urlpatterns = [
    path("digits/", views.set_digits, name="set_digits"),
    path("style/", views.style, name="style"),
]
