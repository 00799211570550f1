"""The API: what scripts may ask, described at /api/v1/openapi.json."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, RawPostDataException
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from config import problem_responses
from marsad.directory.api import router as directory
from marsad.directory.token_auth import ANYONE
from marsad.library.api import router as library
from marsad.problems import Invalid, NotAllowed, NotFound, Problem, _
from marsad.questionnaires.api import router as questionnaires
from marsad.review.api import router as review
from marsad.statistics.api import router as statistics
from marsad.statistics.trends_api import router as trends

api = NinjaAPI(
    title="Marsad",
    version="1",
    urls_namespace="api",
    # The interactive page loads its scripts from another origin; ours may load nothing from there.
    docs_url=None,
    auth=ANYONE,
)
api.add_router("/directory", directory)
api.add_router("/questionnaires", questionnaires)
api.add_router("/review", review)
api.add_router("/statistics", statistics)
api.add_router("/statistics", trends)
api.add_router("/", library)


class NotSignedIn(NotAllowed):
    """The door is for people the house knows."""

    code = "not-signed-in"
    says = _("Sign in first, or send a token: Authorization: Bearer TOKEN.")


class NotAsDescribed(Invalid):
    """A field is missing, or is not of the kind that the description names."""

    code = "not-as-described"
    says = _("The request is not as /api/v1/openapi.json describes it; see the details.")


@api.exception_handler(Problem)
def say(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The JSON of a problem, from the one table."""
    return problem_responses.answer(request, problem)


@api.exception_handler(Http404)
def say_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """As for every other thing that is not there."""
    return problem_responses.answer(request, NotFound())


@api.exception_handler(AuthenticationError)
def say_not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401, which scripts know how to take."""
    response = problem_responses.answer(request, NotSignedIn())
    response.status_code = 401
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def say_not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which fields, and what is wrong with each."""
    return problem_responses.answer(request, NotAsDescribed(errors=error.errors))


@api.exception_handler(RawPostDataException)
def say_not_a_form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form was sent where JSON is read; Django has taken it apart looking for its token."""
    return problem_responses.answer(request, NotAsDescribed(errors="the body must be JSON"))
