"""The API: what scripts may ask, described at /api/v1/openapi.json."""

from __future__ import annotations

from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from config import problem_responses
from marsad.problems import Problem

api = NinjaAPI(
    title="Marsad",
    version="1",
    urls_namespace="api",
    # The interactive page loads its scripts from another origin; ours may load nothing from there.
    docs_url=None,
)


@api.exception_handler(Problem)
def say(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The JSON of a problem, from the one table."""
    return problem_responses.answer(request, problem)


if find_spec("marsad.library") and find_spec("marsad.library.api"):
    from marsad.library.api import router

    api.add_router("/", router)
