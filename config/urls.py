"""Which room answers which address."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from config.api import api

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("language/", include("django.conf.urls.i18n")),
]
for room, prefix in [("directory", "directory/"), ("design", "design/"), ("library", "")]:
    if find_spec(f"marsad.{room}.urls"):
        urlpatterns.append(path(prefix, include(f"marsad.{room}.urls")))
