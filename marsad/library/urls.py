"""Addresses of the room; the shelf is the front page of the house."""

from __future__ import annotations

from django.urls import path

from marsad.library.views import arrival, document, doubt, practice, quality, recommendation, search

app_name = "library"
urlpatterns = [
    path("", document.document_list, name="document_list"),
    path("documents/add/", arrival.add, name="add"),
    path("documents/arrivals/<slug:key>/", arrival.progress, name="arrival"),
    path("documents/arrivals/<slug:key>/dismiss/", arrival.dismiss, name="arrival_dismiss"),
    path("documents/symbol/<path:symbol>", document.by_symbol, name="by_symbol"),
    path("documents/<slug:key>/", document.document, name="document"),
    path("documents/<slug:key>/as/<slug:format>/", document.export, name="document_export"),
    path("documents/<slug:key>/original/<slug:version>/", document.original, name="original"),
    path("documents/<slug:key>/do/<slug:what>/", document.act, name="act"),
    path(
        "documents/<slug:key>/places/<slug:version>/<str:anchor>/",
        doubt.place_list,
        name="place_list",
    ),
    path(
        "documents/<slug:key>/places/<slug:version>/<int:start>-<int:end>/settle/",
        doubt.settle,
        name="settle",
    ),
    path(
        "documents/<slug:key>/rulings/<slug:ruling>/take-back/",
        doubt.take_back,
        name="take_back",
    ),
    path("documents/<slug:key>/pictures/<slug:version>/<int:line>/", doubt.picture, name="picture"),
    path("documents/<slug:key>/making/<slug:version>/", doubt.making, name="making"),
    path("doubts/", doubt.doubt_list, name="doubt_list"),
    path("quality/", quality.quality_list, name="quality_list"),
    path("quality/as/csv/", quality.quality_export, name="quality_export"),
    path("taught/", quality.lesson_list, name="lesson_list"),
    path("taught/forget/", quality.lesson_forget, name="lesson_forget"),
    path("taught/remember/", quality.lesson_remember, name="lesson_remember"),
    path(
        "documents/<slug:key>/recommendations/<slug:anchor>/",
        recommendation.recommendation,
        name="recommendation",
    ),
    path(
        "documents/<slug:key>/recommendations/<slug:anchor>/same/",
        recommendation.decide_likeness,
        name="decide_likeness",
    ),
    path(
        "documents/<slug:key>/recommendations/<slug:anchor>/themes/",
        recommendation.set_themes,
        name="set_themes",
    ),
    path("recommendations/", recommendation.recommendation_list, name="recommendation_list"),
    path(
        "recommendations/as/<slug:format>/",
        recommendation.recommendation_export,
        name="recommendation_export",
    ),
    path("practices/", practice.practice_list, name="practice_list"),
    path("practices/as/<slug:format>/", practice.practice_export, name="practice_export"),
    path("practices/<slug:key>/", practice.practice, name="practice"),
    path("practices/<slug:key>/<slug:what>/", practice.practice_act, name="practice_act"),
    path("themes/", recommendation.theme_list, name="theme_list"),
    path("themes/new/", recommendation.theme_edit, name="theme_new"),
    path("themes/<slug:code>/", recommendation.theme_edit, name="theme_edit"),
    path("search/", search.search, name="search"),
]
