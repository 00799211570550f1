"""Addresses of reading, searching and coding."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import coding, reading

urlpatterns: list[URLPattern] = [
    path("<slug:key>/answers/", reading.answers, name="answers"),
    path("<slug:key>/answers/as/<slug:format>/", reading.answers_export, name="answers_export"),
    path("<slug:key>/answers/<slug:iso2>/", reading.answers_of_state, name="answers_of_state"),
    path("<slug:key>/search/", reading.search_answers, name="search"),
    path("<slug:key>/themes/", coding.themes, name="themes"),
    path("<slug:key>/themes/act/", coding.theme_act, name="theme_act"),
    path("<slug:key>/themes/agreement/", coding.agreement, name="agreement"),
    path("<slug:key>/themes/coding/", coding.worklist, name="coding_list"),
    path("<slug:key>/themes/coding/<slug:answer>/", coding.coding, name="coding"),
    path("<slug:key>/themes/coding/<slug:answer>/act/", coding.coding_act, name="coding_act"),
]
