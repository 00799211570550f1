"""Addresses of what is brought in, looked through, asked, verified and undone."""

from __future__ import annotations

from django.urls import path

from marsad.statistics.views import editions, figures, questions

urlpatterns = [
    path("figures/", figures.board, name="arrivals"),
    path("figures/new/", figures.new, name="figures_new"),
    path("figures/questions/", questions.question_list, name="questions"),
    path("figures/questions/<slug:key>/answer/", questions.answer, name="question_answer"),
    path("figures/questions/<slug:key>/reopen/", questions.reopen, name="question_reopen"),
    path("figures/sources/<slug:code>/", editions.source, name="figures_source"),
    path("figures/editions/<slug:key>/", editions.edition, name="edition"),
    path("figures/editions/<slug:key>/file/", editions.edition_file, name="edition_file"),
    path("figures/editions/<slug:key>/verify/", editions.verify, name="edition_verify"),
    path("figures/editions/<slug:key>/restore/", editions.restore, name="edition_restore"),
    path("figures/editions/<slug:key>/withdraw/", editions.withdraw, name="edition_withdraw"),
    path("figures/<slug:key>/", figures.arrival, name="arrival"),
    path("figures/<slug:key>/progress/", figures.progress, name="arrival_progress"),
    path("figures/<slug:key>/columns/", figures.columns, name="arrival_columns"),
    path("figures/<slug:key>/remarks.csv", figures.remarks_file, name="arrival_remarks"),
    path("figures/<slug:key>/take/", figures.take, name="arrival_take"),
    path("figures/<slug:key>/put-aside/", figures.put_aside, name="arrival_put_aside"),
    path("figures/<slug:key>/take-up/", figures.take_up, name="arrival_take_up"),
]
