"""Addresses of records, under /statistics/records/."""

from __future__ import annotations

from django.urls import path, re_path

from marsad.statistics.views import records

urlpatterns = [
    path("records/", records.record_list, name="record_list"),
    path("records/new/", records.record_new, name="record_new"),
    path("records/codes/", records.record_codes_page, name="record_codes"),
    re_path(
        r"^records/codes/(?P<version>[A-Za-z0-9][A-Za-z0-9.-]{0,39})\.(?P<format>csv|json)$",
        records.record_codes_file,
        name="record_codes_file",
    ),
    path("records/forms/<slug:kind>.xlsx", records.record_form, name="record_form"),
    path("records/files/<slug:key>/", records.record_arrival, name="record_arrival"),
    path("records/editions/<slug:key>/restore/", records.record_restore, name="record_restore"),
    path("records/release/<slug:iso2>/", records.record_release, name="record_release"),
    path("records/releases/<slug:key>/", records.record_release_one, name="record_release_one"),
]
