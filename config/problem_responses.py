"""How each kind of problem leaves the house: page, fragment, JSON, or exit code. One table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from marsad.problems import Invalid, NotAllowed, NotFound, Problem, Refused

#: The first that fits decides.
STATUS: tuple[tuple[type[Problem], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Refused, 409),
    (Invalid, 422),
)

#: What a command that met a foreseen problem ends with.
EXIT_CODE = 1


def status_of(problem: Problem) -> int:
    """The HTTP status of a problem: 404, 403, 409 or 422.

    >>> status_of(NotFound())
    404
    """
    return next((status for kind, status in STATUS if isinstance(problem, kind)), 500)


def as_json(problem: Problem) -> dict[str, Any]:
    """What a script is told: a code to test for, the sentence, and the details it was made of."""
    return {"code": problem.code, "message": str(problem), "details": problem.details}


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The same sentence for whoever asked: a script, a part of a page, or a reader."""
    status = status_of(problem)
    if request.path.startswith("/api/"):
        return JsonResponse(as_json(problem), status=status, json_dumps_params=_JSON)
    template = "design/problem_page.html"
    if getattr(request, "htmx", False):
        template = "design/problem.html"
    return render(request, template, {"problem": problem, "status": status}, status=status)


_JSON: dict[str, Any] = {"ensure_ascii": False, "default": str}


class ProblemMiddleware:
    """Answer every problem that a view lets through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Problem):
            return answer(request, exception)
        if isinstance(exception, Http404):
            return answer(request, NotFound())
        if isinstance(exception, PermissionDenied):
            return answer(request, NotAllowed())
        return None
