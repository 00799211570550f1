"""Addresses of rounds, notes verbales and the register."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import note_pages, register_pages, round_pages

urlpatterns: list[URLPattern] = [
    path("", round_pages.round_list, name="round_list"),
    path("new/", round_pages.round_new, name="round_new"),
    path("tell/", round_pages.tell, name="tell"),
    path("<slug:key>/", round_pages.round_page, name="round"),
    path("<slug:key>/edit/", round_pages.round_edit, name="round_edit"),
    path("<slug:key>/do/<slug:what>/", round_pages.act, name="round_act"),
    path("<slug:key>/invite/", round_pages.invite, name="invite"),
    path("<slug:key>/register/", register_pages.register, name="register"),
    path(
        "<slug:key>/register/progress/", register_pages.register_progress, name="register_progress"
    ),
    path(
        "<slug:key>/register/as/<slug:format>/",
        register_pages.register_file,
        name="register_file",
    ),
    path(
        "<slug:key>/register/<slug:state>/decline/", register_pages.decline, name="register_decline"
    ),
    path(
        "<slug:key>/register/<slug:state>/take-back/",
        register_pages.take_back_decline,
        name="take_back_decline",
    ),
    path("<slug:key>/notes/", note_pages.note_list, name="notes"),
    path("<slug:key>/notes/send/", note_pages.send, name="notes_send"),
    path("<slug:key>/notes/try-again/", note_pages.try_again, name="notes_try_again"),
    path("<slug:key>/notes/progress/", note_pages.progress, name="notes_progress"),
    path("<slug:key>/notes/all/<slug:format>/", note_pages.archive, name="notes_archive"),
    path("<slug:key>/notes/<slug:note>/as/<slug:format>/", note_pages.letter, name="letter"),
]
