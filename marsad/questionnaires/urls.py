"""Addresses of the room, under /questionnaires/."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.questionnaires.views import device, fill, preview, questionnaire

app_name = "questionnaires"
urlpatterns: list[URLPattern] = [
    # What is asked, and writing it.
    path("", questionnaire.questionnaire_list, name="questionnaire_list"),
    path("upload/", questionnaire.upload, name="upload"),
    path("questions/", questionnaire.question_bank, name="bank"),
    path("forms/<slug:key>/", questionnaire.questionnaire, name="questionnaire"),
    path("forms/<slug:key>/upload/", questionnaire.upload, name="upload_version"),
    path(
        "forms/<slug:key>/access/", questionnaire.questionnaire_access, name="questionnaire_access"
    ),
    path("versions/<slug:key>/", questionnaire.version, name="version"),
    path(
        "versions/<slug:key>/as/<slug:format>/", questionnaire.version_export, name="version_export"
    ),
    path("versions/<slug:key>/do/<slug:what>/", questionnaire.version_act, name="version_act"),
    path("versions/<slug:key>/media/", questionnaire.version_media, name="version_media"),
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
