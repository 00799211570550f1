"""Addresses of the room, under /surveys/."""

from __future__ import annotations

from django.urls import path

from marsad.surveys.views import survey

app_name = "surveys"
urlpatterns = [
    path("", survey.survey_list, name="survey_list"),
    path("new/", survey.survey_new, name="survey_new"),
    path("<slug:key>/", survey.survey, name="survey"),
    path("<slug:key>/close/", survey.close, name="close"),
    path("<slug:key>/reopen/", survey.reopen, name="reopen"),
    path("<slug:key>/as/<slug:format>/", survey.export, name="export"),
    path("<slug:key>/files/<slug:submission>/<path:name>", survey.file, name="file"),
]
