"""Addresses of the room, under /review/, topic by topic."""

from __future__ import annotations

from django.urls import URLPattern

from marsad.review.urls import coding, finding, reply, report, round_pages, workbook

app_name = "review"
urlpatterns: list[URLPattern] = [
    *round_pages.urlpatterns,
    *reply.urlpatterns,
    *workbook.urlpatterns,
    *coding.urlpatterns,
    *finding.urlpatterns,
    *report.urlpatterns,
]
