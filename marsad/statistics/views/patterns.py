"""What changed in common, and series that stand out, as far as the reader may see them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from marsad.design.components import Column
from marsad.design.formatting import to_ascii_digits
from marsad.problems import Invalid, Problem
from marsad.statistics import problems
from marsad.statistics.queries import patterns as queries
from marsad.statistics.queries import rights
from marsad.statistics.types.patterns import Patterns
from marsad.statistics.views.frame import frame, language_now, reader_of
from marsad.tabulation import patterns as engine
from marsad.tabulation.errors import BadYears, UnknownIndicator
from marsad.tabulation.words import known_word, words


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """What changed between two years, in sentences."""
    problem: Problem | None = None
    found: Patterns | None = None
    empty = ""
    try:
        try:
            found = _asked(request)
        except Invalid as invalid:
            problem, found = invalid, _anew(request)
    except (problems.NothingInForce, problems.OneYearOnly) as nothing:
        empty = str(nothing)
    context = _context(request, found) if found else {"empty": empty}
    return render(
        request,
        "statistics/patterns/page.html",
        {**frame(request), **context, "problem": problem},
        status=422 if problem else 200,
    )


@require_safe
def patterns_json(request: HttpRequest) -> JsonResponse:
    """The same for programs."""
    told = _asked(request).as_json()
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _asked(request: HttpRequest) -> Patterns:
    return queries.patterns(
        since=_year(request, "since"),
        until=_year(request, "until"),
        indicator=_indicator(request),
        reader=reader_of(request),
        language=language_now(),
    )


def _anew(request: HttpRequest) -> Patterns:
    return queries.patterns(reader=reader_of(request), language=language_now())


def _year(request: HttpRequest, name: str) -> int | None:
    given = to_ascii_digits(request.GET.get(name, "")).strip()
    if not given:
        return None
    if not (given.isdecimal() and len(given) == len("2019")):
        raise BadYears(given=given[:20])
    return int(given)


def _indicator(request: HttpRequest) -> str:
    given = request.GET.get("indicator", "").strip()
    if not given:
        return ""
    known = known_word("indicator", given)
    if known is None:
        names = ", ".join(word.code for word in words("indicator"))
        raise UnknownIndicator(given=given[:40], known=names)
    return known.code


def _context(request: HttpRequest, found: Patterns) -> dict[str, Any]:
    reader = reader_of(request)
    return {
        "found": found,
        "groups": [
            (verdict, title, [each for each in found.common if each.verdict == verdict])
            for verdict, title in (
                ("beyond", _("Beyond chance")),
                ("within", _("Within what chance brings")),
                ("too-few", _("Too few to judge")),
            )
        ],
        "nothing_beyond": not any(each.verdict == "beyond" for each in found.common),
        "trends": reverse("statistics:trends"),
        "sees_waiting": rights.is_secretariat(reader),
        "signals": [(each, _question_url(each.question)) for each in found.signals],
        "days": queries.DAYS,
        "level": engine.LEVEL,
        "columns": [
            Column(label=pgettext("country", "State")),
            Column(label=_("What is counted")),
            Column(label=_("Before"), numeric=True),
            Column(label=_("After"), numeric=True),
            Column(label=_("Change")),
            Column(label=_("It swings by about"), numeric=True),
            Column(label=_("Judged")),
        ],
        "json": f"{reverse('statistics:patterns_json')}?since={found.since}&until={found.until}"
        + (f"&indicator={found.indicator}" if found.indicator else ""),
    }


def _question_url(key: str) -> str:
    """Where a question is answered; "" for who may not."""
    if key:
        with suppress(NoReverseMatch):
            return reverse("statistics:question_answer", args=[key])
        with suppress(NoReverseMatch):
            return reverse("statistics:questions")
    return ""
