"""Which room answers which address."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config.api import api

# The admin is for looking, and has no door of its own: sign-in with its second step is allauth's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("language/", include("django.conf.urls.i18n")),
    path("design/", include("marsad.design.urls")),
    path("directory/", include("marsad.directory.urls")),
    path("questionnaires/", include("marsad.questionnaires.urls")),
    path("openrosa/", include("marsad.questionnaires.openrosa_urls")),
    path("review/", include("marsad.review.urls")),
    path("statistics/", include("marsad.statistics.urls")),
    path("surveys/", include("marsad.surveys.urls")),
    # The list of documents is the front page.
    path("", include("marsad.library.urls")),
]

handler400 = "config.problem_responses.bad_request"
handler403 = "config.problem_responses.not_allowed"
handler404 = "config.problem_responses.not_found"
handler500 = "config.problem_responses.broken"
