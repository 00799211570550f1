"""Addresses of findings, figures, good practices and needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.review.views import finding, needs, practice

urlpatterns: list[URLPattern] = [
    path("<slug:key>/findings/", finding.finding_list, name="findings"),
    path("<slug:key>/findings/as/<slug:format>/", finding.findings_export, name="findings_export"),
    path("<slug:key>/findings/new/", finding.finding_write, name="finding_write"),
    path("<slug:key>/findings/<slug:finding>/edit/", finding.finding_edit, name="finding_edit"),
    path(
        "<slug:key>/findings/<slug:finding>/<slug:what>/", finding.finding_act, name="finding_act"
    ),
    path("<slug:key>/figures/", finding.figure, name="figure"),
    path("<slug:key>/figures/use/", finding.figure_use, name="figure_use"),
    path("<slug:key>/practices/", practice.practice_list, name="practices"),
    path("<slug:key>/practices/new/", practice.practice_propose, name="practice_propose"),
    path("<slug:key>/practices/<slug:practice>/", practice.practice, name="practice"),
    path(
        "<slug:key>/practices/<slug:practice>/<slug:what>/",
        practice.practice_act,
        name="practice_act",
    ),
    path("<slug:key>/needs/", needs.needs, name="needs"),
    path("<slug:key>/needs/measures/", needs.measure_list, name="measures"),
    path("<slug:key>/needs/as/<slug:format>/", needs.needs_export, name="needs_export"),
    path("<slug:key>/needs/<slug:iso2>/", needs.needs_of_state, name="needs_of_state"),
]
