"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import report

urlpatterns: list[URLPattern] = [
    path("<slug:key>/report/", report.report_list, name="report"),
    path("<slug:key>/report/new/", report.report_new, name="report_new"),
    path("<slug:key>/report/<slug:report>/", report.report_read, name="report_read"),
    path("<slug:key>/report/<slug:report>/front/", report.report_front, name="report_front"),
    path("<slug:key>/report/<slug:report>/edit/", report.report_edit, name="report_edit"),
    path("<slug:key>/report/<slug:report>/add/", report.report_add, name="report_add"),
    path(
        "<slug:key>/report/<slug:report>/blocks/<slug:block>/",
        report.report_block,
        name="report_block",
    ),
    path("<slug:key>/report/<slug:report>/act/<slug:what>/", report.report_act, name="report_act"),
    path("<slug:key>/report/<slug:report>/publish/", report.report_publish, name="report_publish"),
    path(
        "<slug:key>/report/<slug:report>/as/<slug:format>/", report.report_file, name="report_file"
    ),
]
