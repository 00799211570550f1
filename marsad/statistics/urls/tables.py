"""Addresses of tables, of where figures come from, and of the national reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from marsad.statistics.views import national, tables

urlpatterns: list[URLPattern] = [
    path("tables/", tables.table_list, name="table_list"),
    path("tables/<slug:name>/", tables.table, name="table"),
    path("tables/<slug:name>/as/<slug:format>/", tables.table_file, name="table_file"),
    path("where-from/", tables.origin, name="origin"),
    path("where-from/as/json/", tables.origin_json, name="origin_json"),
    path("states/", national.national_list, name="national_list"),
    path("states/<slug:iso3>/", national.national, name="national"),
    path("states/<slug:iso3>/as/<slug:format>/", national.national_file, name="national_file"),
]
