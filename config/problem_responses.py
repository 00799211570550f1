"""How each kind of problem leaves the house: page, fragment, JSON, or exit code. One table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.problems import NoSuchWay, TooManyFiles
from marsad.problems import Invalid, NotAllowed, NotFound, Problem, Refused
from marsad.problems import _ as mark
from marsad.questionnaires import openrosa

#: The first that fits decides.
STATUS: tuple[tuple[type[Problem], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Refused, 409),
    (Invalid, 422),
)

#: What a command that met a foreseen problem ends with.
EXIT_CODE = 1

_JSON: dict[str, Any] = {"ensure_ascii": False}


def status_of(problem: Problem) -> int:
    """The HTTP status of a problem: 404, 403, 409 or 422.

    >>> status_of(NotFound())
    404
    """
    return next((status for kind, status in STATUS if isinstance(problem, kind)), 500)


def as_json(problem: Problem) -> dict[str, Any]:
    """What a script is told: a code to test for, the sentence, and the details it was made of."""
    details = {name: _plain(value) for name, value in problem.details.items()}
    return {"code": problem.code, "message": str(problem), "details": details}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The same sentence for whoever asked: a script, a part of a page, or a reader."""
    status = status_of(problem)
    if _is_phone(request):
        return _to_phone(str(problem), status=status)
    if _is_script(request):
        return JsonResponse(as_json(problem), status=status, json_dumps_params=_JSON)
    words = {"sentence": str(problem), "heading": _heading(status), "status": status}
    if getattr(request, "htmx", False):
        return render(request, "house/problem.html", words, status=status)
    words["here"] = quote(request.get_full_path())
    return render(request, "house/problem_page.html", words, status=status)


def _is_script(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _is_phone(request: HttpRequest) -> bool:
    return request.path.startswith("/openrosa/")


def _to_phone(sentence: str, *, status: int) -> HttpResponse:
    """What Collect shows to the person who sent a form."""
    return HttpResponse(
        openrosa.message(sentence),
        status=status,
        content_type="text/xml; charset=utf-8",
        headers={"X-OpenRosa-Version": "1.0", "Cache-Control": "no-store"},
    )


def _heading(status: int) -> str:
    return {
        404: _("Not found"),
        403: _("Not open to you"),
        409: _("Not possible now"),
        422: _("Not understood"),
    }.get(status, _("Something went wrong"))


class ProblemMiddleware:
    """Answer every problem that a view lets through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return _answer_wrong_way(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks here before it looks for a page of its own."""
        if isinstance(exception, Problem):
            return answer(request, exception)
        if isinstance(exception, Http404):
            return answer(request, NotFound())
        if isinstance(exception, PermissionDenied):
            return answer(request, NotAllowed())
        return None


# ── what Django itself wants to say ──────────────────────────────────────────────────────────────
class FormExpired(NotAllowed):
    """The token that proves a form is ours is missing or old."""

    code = "house.form-expired"
    says = mark(
        "This form has expired, or cookies are off. Go back, load the page again and resend."
    )


def _answer_wrong_way(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """Django says which ways there are in a header only."""
    allowed = refused.headers["Allow"]
    response = answer(request, NoSuchWay(method=request.method, allowed=allowed))
    response.status_code = refused.status_code
    response.headers["Allow"] = allowed
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No room answers this address."""
    return answer(request, NotFound())


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A door of Django refused."""
    return answer(request, NotAllowed())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token that proves a form is ours is missing or old."""
    return answer(request, FormExpired())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django could not read the request at all."""
    if isinstance(exception, TooManyFilesSent):
        return answer(request, TooManyFiles(most=settings.DATA_UPLOAD_MAX_NUMBER_FILES))
    return _broken(request, status=400, sentence=_("What was sent could not be understood."))


def broken(request: HttpRequest) -> HttpResponse:
    """Nobody foresaw this. The log has the details; the reader gets a calm sentence."""
    sentence = _(
        "Something broke on our side. What happened is written in the log; try again later."
    )
    return _broken(request, status=500, sentence=sentence)


def _broken(request: HttpRequest, *, status: int, sentence: str) -> HttpResponse:
    if _is_phone(request):
        return _to_phone(sentence, status=status)
    if _is_script(request):
        told: dict[str, Any] = {
            "code": "broken" if status == 500 else "invalid",
            "message": sentence,
            "details": {},
        }
        return JsonResponse(told, status=status, json_dumps_params=_JSON)
    words = {"sentence": sentence, "heading": _heading(status)}
    # Without the request: its context processors may be what broke.
    return HttpResponse(render_to_string("house/broken.html", words), status=status)
