"""The index and the compilation of recommendations, one recommendation, and the themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Link
from marsad.directory.types import PersonRequest, Reader
from marsad.library import exports, problems
from marsad.library.actions import likeness
from marsad.library.actions import theme as theme_actions
from marsad.library.forms.recommendation import ChoiceForm, ThemeForm, ThemesForm
from marsad.library.queries import recommendation as queries
from marsad.library.queries import rights
from marsad.library.queries import theme as theme_queries
from marsad.library.views import undo
from marsad.library.words import LikenessState, instrument_name

ROWS_A_PAGE = 20
#: As many as the database counts with.
_DIGITS_OF_AN_ID = 18


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language() -> str:
    return get_language() or "ar"


def choice_from(form: ChoiceForm) -> queries.Choice:
    """The reader's choice from a form; what is on no list is left out, the form says so."""
    chosen = getattr(form, "cleaned_data", {})
    year = chosen.get("year")
    return queries.Choice(
        **{
            name: chosen.get(name, "")
            for name in (
                "theme",
                "addressee",
                "strength",
                "body",
                "provision",
                "document",
                "words",
                "group_by",
            )
        },
        year=int(year) if year else None,
    )


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """The index: filtered, arranged, and ready to take away."""
    reader = _reader(request)
    offered = queries.choices(reader=reader, language=_language())
    form = ChoiceForm(request.GET, choices=offered)
    form.is_valid()
    choice = choice_from(form)
    count = queries.count(reader=reader, choice=choice)
    page = Paginator(range(count), ROWS_A_PAGE).get_page(request.GET.get("page"))
    # A list is read page by page; a compilation under headings is read whole.
    part = {} if choice.group_by else {"start": max(0, page.start_index() - 1), "most": ROWS_A_PAGE}
    rows, _count = queries.index(reader=reader, choice=choice, language=_language(), **part)
    groups = queries.grouped(rows, by=choice.group_by)
    kept = {name: value for name, value in request.GET.items() if value and name != "page"}
    return render(
        request,
        "library/recommendation/list.html",
        {
            "form": form,
            "groups": groups,
            "picture": _picture(offered),
            "page": None if choice.group_by else page,
            "count": count,
            "narrowed": any(name != "group_by" for name in kept),
            "exports": [
                Link(
                    label=str(known.label),
                    url=reverse("library:recommendation_export", args=[code])
                    + f"?{urlencode(kept)}",
                )
                for code, known in exports.FORMATS.items()
            ],
            "may_curate": rights.may_curate(reader),
        },
    )


def _picture(offered: queries.Choices) -> list[dict[str, Any]]:
    """How many recommendations stand under each theme, addressee and year, as lengths of bars.

    States are never ranked: only what the texts are about, whom they address and when.
    """
    charts = [
        ("theme", _("By theme"), sorted(offered.themes, key=lambda one: -one[2])),
        ("addressee", _("By addressee"), offered.addressees),
        ("year", _("By year"), sorted(offered.years)),
    ]
    return [
        {"name": name, "title": title, "bars": _bars(values)}
        for name, title, values in charts
        if values
    ]


def _bars(values: Sequence[tuple[str, str, int]]) -> list[dict[str, Any]]:
    longest = max(count for _value, _label, count in values)
    return [
        # Written as text: a decimal comma would be no length in SVG.
        {"value": value, "label": label, "count": count, "share": str(100 * count // longest)}
        for value, label, count in values
    ]


@require_safe
def recommendation_export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002
    """The chosen recommendations as a file."""
    reader = _reader(request)
    form = ChoiceForm(request.GET, choices=queries.choices(reader=reader, language=_language()))
    form.is_valid()
    made = exports.compilation(
        queries.compilation(
            reader=reader,
            choice=choice_from(form),
            language=_language(),
            on=timezone.localdate(),
        ),
        format=format,
    )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def recommendation(request: HttpRequest, key: str, anchor: str) -> HttpResponse:
    """One recommendation, its themes, and the same idea at other meetings."""
    reader = _reader(request)
    row = queries.one(reader=reader, key=key, anchor=anchor, language=_language())
    themes = theme_queries.labels(language=_language())
    return render(
        request,
        "library/recommendation/one.html",
        {
            "row": row,
            "alike": queries.alike(reader=reader, pk=row.pk, language=_language()),
            "themes_form": ThemesForm(
                themes=themes, initial={"themes": [each.code for each in row.themes]}
            ),
            "may_curate": rights.may_curate(reader),
            "undo": undo.offered(request),
        },
    )


@require_POST
def decide_likeness(request: HttpRequest, key: str, anchor: str) -> HttpResponse:
    """Confirm or reject that two recommendations say the same, or leave it open again."""
    reader = _reader(request)
    row = queries.one(reader=reader, key=key, anchor=anchor, language=_language())
    state = request.POST.get("state", "")
    other = request.POST.get("other", "")
    if state not in LikenessState.values or not other.isdecimal() or len(other) > _DIGITS_OF_AN_ID:
        raise problems.UnknownChoice(
            given=state, what=_("decision"), choices=", ".join(LikenessState.values)
        )
    likeness.decide(
        first=row.pk,
        second=int(other),
        state=LikenessState(state),
        by=reader,
        at=timezone.now(),
    )
    messages.success(request, _("Your decision is kept."))
    if state != LikenessState.SUGGESTED:
        undo.offer(request, address=request.path, state=LikenessState.SUGGESTED, other=other)
    return redirect("library:recommendation", key=key, anchor=anchor)


@require_POST
def set_themes(request: HttpRequest, key: str, anchor: str) -> HttpResponse:
    """Say under which themes the recommendation stands."""
    reader = _reader(request)
    row = queries.one(reader=reader, key=key, anchor=anchor, language=_language())
    theme_actions.set_themes(
        recommendation=row.pk,
        codes=request.POST.getlist("themes"),
        by=reader,
        at=timezone.now(),
    )
    messages.success(request, _("The themes of this recommendation are kept."))
    return redirect("library:recommendation", key=key, anchor=anchor)


# ── themes ───────────────────────────────────────────────────────────────────────────────────────
@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """The published list of themes, with how much stands under each."""
    reader = _reader(request)
    counts = {
        code: count
        for code, _label, count in queries.choices(reader=reader, language=_language()).themes
    }
    return render(
        request,
        "library/theme/list.html",
        {
            "themes": [
                (label, theme, counts.get(theme.code, 0))
                for label, theme in theme_queries.published(language=_language())
            ],
            "may_curate": rights.may_curate(reader),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Change a theme, or add one."""
    reader = _reader(request)
    rights.require_curator(reader)
    form = ThemeForm(request.POST or None, initial=_initial(code) if code else None)
    if code:
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid() and _saved(form, code=code, reader=reader):
        messages.success(request, _("The theme is kept, and recommendations were classified anew."))
        return redirect("library:theme_list")
    return render(request, "library/theme/edit.html", {"form": form, "code": code})


def _initial(code: str) -> dict[str, Any]:
    theme = theme_queries.theme(code=code)
    return {
        "code": theme.code,
        "label_ar": theme.label_ar,
        "label_en": theme.label_en,
        "label_fr": theme.label_fr,
        "keywords_ar": "\n".join(theme.keywords.get("ar", [])),
        "keywords_en": "\n".join(theme.keywords.get("en", [])),
        "provisions": "\n".join(
            f"{instrument_name(served['instrument'])}, {served['article']}"
            for served in theme.provisions
        ),
    }


def _saved(form: ThemeForm, *, code: str, reader: Reader) -> bool:
    """Whether it was kept; a refusal goes beside the field it concerns."""
    typed = form.cleaned_data
    kept = theme_queries.theme(code=code).keywords if code else {}
    try:
        theme_actions.save_theme(
            code=typed["code"],
            label_ar=typed["label_ar"],
            label_en=typed["label_en"],
            label_fr=typed["label_fr"],
            keywords={**kept, "ar": typed["keywords_ar"], "en": typed["keywords_en"]},
            provisions=typed["provisions"],
            by=reader,
            at=timezone.now(),
            is_new=not code,
        )
    except problems.ThemeCodeTaken as problem:
        form.add_error("code", str(problem))
        return False
    return True
