"""One sentence, four ways out of the house."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import clear_url_caches, set_urlconf
from django.urls import path as route
from django_htmx.middleware import HtmxDetails
from pytest_django import Settings

from config import problem_responses, urls
from marsad import problems


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (problems.NotFound, 404),
        (problems.NotAllowed, 403),
        (problems.Refused, 409),
        (problems.Invalid, 422),
    ],
)
def test_it_answers_each_kind_with_its_status(kind: type[problems.Problem], status: int) -> None:
    response = problem_responses.answer(RequestFactory().get("/api/v1/x"), kind())
    assert response.status_code == status


def test_it_has_a_status_for_every_problem_there_is() -> None:
    def all_kinds(kind: type[problems.Problem]) -> list[type[problems.Problem]]:
        return [kind, *(below for sub in kind.__subclasses__() for below in all_kinds(sub))]

    unanswered = [
        kind.__name__
        for kind in all_kinds(problems.Problem)[1:]
        if not issubclass(kind, tuple(answered for answered, _status in problem_responses.STATUS))
    ]
    assert unanswered == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("ar", 'dir="rtl"'), ("en", 'dir="ltr"')])
def test_it_says_not_found_in_the_language_of_the_reader(
    client: Client, language: str, heading: str
) -> None:
    page = client.get("/no/such/place", HTTP_ACCEPT_LANGUAGE=language)
    assert page.status_code == 404
    assert heading in page.content.decode()[:300]


@pytest.mark.django_db
def test_it_answers_scripts_with_json_even_where_there_is_nothing(client: Client) -> None:
    answer = client.get("/api/v1/no/such/place", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


@pytest.mark.django_db
def test_it_answers_a_part_of_a_page_with_a_part_of_a_page() -> None:
    request = RequestFactory().get("/x", headers={"HX-Request": "true"})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    said = problem_responses.answer(request, problems.Refused()).content.decode()
    assert "<html" not in said
    assert 'role="alert"' in said


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/break", "/api/break"])
def test_it_stays_calm_when_something_breaks(
    path: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("hidden")

    monkeypatch.setattr(urls, "urlpatterns", [route(path[1:], view)])
    client = Client(raise_request_exception=False)
    clear_url_caches()
    try:
        answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en")
    finally:
        monkeypatch.undo()
        clear_url_caches()
        set_urlconf(None)
    assert answer.status_code == 500
    assert "hidden" not in answer.content.decode()


@pytest.mark.django_db
def test_it_says_that_a_form_has_expired() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/account/login/", {"login": "x"}, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_it_hides_what_django_says_not_found_for() -> None:
    middleware = problem_responses.ProblemMiddleware(lambda request: HttpResponse())
    answer = middleware.process_exception(RequestFactory().get("/api/x"), Http404("secret"))
    assert answer is not None
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_it_lets_pages_load_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/account/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
