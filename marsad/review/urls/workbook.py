"""Addresses of workbooks: a reply on paper of Excel, out and in."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import workbook

urlpatterns: list[URLPattern] = [
    path("<slug:key>/states/<slug:iso2>/workbook/", workbook.workbook, name="workbook"),
    path(
        "<slug:key>/states/<slug:iso2>/workbook/in/<slug:language>/",
        workbook.workbook_file,
        name="workbook_file",
    ),
    path("<slug:key>/states/<slug:iso2>/workbook/<slug:upload>/", workbook.upload, name="upload"),
]
