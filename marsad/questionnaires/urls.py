"""Addresses of the room, under /questionnaires/."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.questionnaires.views import device, fill, preview

app_name = "questionnaires"
urlpatterns: list[URLPattern] = [
    # Filling in, and trying out.
    path("asked/<slug:key>/", fill.fill, name="fill"),
    path("asked/<slug:key>/form/", fill.fill_form, name="fill_form"),
    path("asked/<slug:key>/media/<str:name>", fill.fill_media, name="fill_media"),
    path("drafts/", fill.draft_list, name="draft_list"),
    path("drafts/<slug:key>/save/", fill.draft_save, name="draft_save"),
    path("drafts/<slug:key>/files/", fill.draft_files, name="draft_files"),
    path("drafts/<slug:key>/files/<str:name>", fill.draft_file, name="draft_file"),
    path("drafts/<slug:key>/submit/", fill.draft_submit, name="draft_submit"),
    path("drafts/<slug:key>/discard/", fill.draft_discard, name="draft_discard"),
    path("drafts/<slug:key>/restore/", fill.draft_restore, name="draft_restore"),
    path("received/<slug:key>/", fill.receipt, name="receipt"),
    path("received/<slug:key>/correct/", fill.correct, name="correct"),
    path("preview/<slug:key>/", preview.preview, name="preview"),
    path("preview/<slug:key>/form/", preview.preview_form, name="preview_form"),
    path("preview/<slug:key>/media/<str:name>", preview.preview_media, name="preview_media"),
    # Phones.
    path("phones/", device.device_list, name="device_list"),
    path("phones/<slug:key>/revoke/", device.revoke, name="device_revoke"),
]
