"""Addresses of the room: mounted by `config/urls.py` under /directory/."""

from __future__ import annotations

from django.urls import path

from marsad.directory import views

app_name = "directory"
urlpatterns = [
    path("states/", views.state_list, name="state_list"),
    path("states/as/csv/", views.state_export, name="state_export"),
    path("states/<str:code>/", views.state, name="state"),
    path("people/", views.person_list, name="person_list"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("me/", views.me, name="me"),
    path("tokens/", views.token_list, name="token_list"),
    path("tokens/<int:token_id>/end/", views.end_token, name="end_token"),
    path("roles/<int:membership_id>/end/", views.end_role, name="end_role"),
]
