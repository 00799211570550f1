"""Pages of findings: tables of every question, one figure with what is behind it, statements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Link
from marsad.design.printing.made import Exported
from marsad.review import problems, taking_away
from marsad.review.actions import finding as actions
from marsad.review.forms.finding import FindingForm
from marsad.review.models import Round
from marsad.review.queries import finding as queries
from marsad.review.queries import rights
from marsad.review.types.figure import Query, Table
from marsad.review.views import undo
from marsad.review.views.asking import moment_of, query_of
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.words import FindingKind


@require_safe
def finding_list(request: HttpRequest, key: str) -> HttpResponse:
    """What was found: statements, evidence of effect, and the tables of one section."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    at = moment_of(request.GET)
    analyses = rights.analyses(reader, round_)
    context: dict[str, Any] = {"analyses": analyses, "undo": undo.offered(request)}
    if round_.told_by_id is not None:
        found = queries.listed(reader=reader, round_=round_, language=language, at=at)
        context["findings"] = found
    else:
        view = queries.overview(
            reader=reader,
            round_=round_,
            language=language,
            section=request.GET.get("section", ""),
            at=at,
            by_region="regions" in request.GET,
            since=request.GET.get("since", ""),
            whole="whole" in request.GET,
        )
        context |= {
            "findings": view.findings,
            "view": view,
            "tables": [_shown(round_, table, request) for table in view.tables],
            "by_region": "regions" in request.GET,
            "since": request.GET.get("since", ""),
            "may_see_whole": rights.is_secretariat(reader),
            "exports": [
                Link(label=label, url=reverse("review:findings_export", args=[key, code]))
                for code, label in taking_away.FORMATS.items()
            ],
        }
    return render(request, "review/finding/list.html", {**frame(request, round_), **context})


def _shown(round_: Round, table: Table, request: HttpRequest) -> dict[str, Any]:
    """A table with the address behind each of its figures."""
    at = moment_of(request.GET)

    def linked(query: Query) -> str:
        return queries.address(round_.key, query, at=at)

    return {
        "table": table,
        "rows": [
            {
                "row": row,
                "url": linked(row.figure.query),
                "is_unknown": row.value == "unknown",
                "regions": [(figure, linked(figure.query)) for _code, figure in row.by_region],
                "changed": row.changed,
                "changed_url": linked(row.changed.query) if row.changed else "",
            }
            for row in table.rows
        ],
        "columns": 3 + len(table.rows[0].by_region if table.rows else ()),
    }


@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: what was counted, and the States behind it."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    query = query_of(request.GET)
    page = queries.figure_page(
        reader=reader,
        round_=round_,
        query=query,
        language=language,
        at=moment_of(request.GET),
        whole="whole" in request.GET,
    )
    analyses = rights.analyses(reader, round_)
    return render(
        request,
        "review/finding/figure.html",
        {
            **frame(request, round_),
            "page": page,
            "fields": [(name, value) for name, value in request.GET.lists() if name != "at"],
            "analyses": analyses,
            "findings": queries.titles(round_, language=language) if analyses else [],
            "may_see_whole": rights.is_secretariat(reader),
        },
    )


@login_required
@require_POST
def figure_use(request: HttpRequest, key: str) -> HttpResponse:
    """Put a figure into a finding: a new one, or one that is there."""
    reader = reader_of(request)
    query = query_of(request.POST)
    chosen = request.POST.get("finding", "")
    if chosen:
        actions.add_figure(round_key=key, key=chosen, query=query, by=reader, at=timezone.now())
    else:
        round_ = rights.round_for(reader, key=key)
        name = actions.name_for(query, taken={})
        chosen = actions.write(
            round_key=key,
            kind=FindingKind.FIGURE,
            words=_first_words(round_, query, name),
            figures={name: query},
            by=reader,
            at=timezone.now(),
        ).key
    messages.success(request, _("The figure is in the finding. Write what it says around it."))
    return redirect("review:finding_edit", key, chosen)


def _first_words(round_: Round, query: Query, name: str) -> dict[str, str]:
    """A sentence to begin from, in each language: nobody types the number."""
    found = {}
    for language in ("ar", "en"):
        question, answers, _spoken_in = queries.asked_by(round_, query, language=language)
        with override(language):
            found[language] = (
                _("{place} answered “{answer}” to “{question}”.").format(
                    place=f"{{{name}.words}}", answer=" / ".join(answers), question=question
                )
                if question
                else f"{{{name}.words}}"
            )
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_write(request: HttpRequest, key: str) -> HttpResponse:
    """Write a finding in words."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    rights.require_analyst(reader, round_)
    form = FindingForm(
        request.POST or None,
        themes=queries.themes(round_, language=language_now()),
        initial={"kind": FindingKind.STATEMENT},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write(
                round_key=key,
                kind=form.cleaned_data["kind"],
                words=form.words(),
                theme=form.cleaned_data["theme"],
                by=reader,
                at=timezone.now(),
            )
        except (problems.EmptyFinding, problems.PlaceOfNothing) as problem:
            form.tell(problem)
        else:
            messages.success(request, _("The finding is in the list."))
            return redirect(_list_at(key, made.key))
    context = {**frame(request, round_), "form": form, "finding": None}
    status = 422 if form.is_bound else 200
    return render(request, "review/finding/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_edit(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """Change what a finding says."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    draft = queries.draft(reader=reader, round_=round_, key=finding, language=language)
    form = FindingForm(
        request.POST or None,
        themes=queries.themes(round_, language=language),
        initial={
            "kind": draft.kind,
            "theme": draft.theme,
            "base": draft.base,
            **{f"words_{code}": text for code, text in draft.words.items()},
        },
    )
    if request.method == "POST" and form.is_valid():
        dropped = set(request.POST.getlist("drop"))
        try:
            actions.edit(
                round_key=key,
                key=finding,
                kind=form.cleaned_data["kind"],
                words=form.words(),
                figures={n: query for n, query, _said in draft.figures if n not in dropped},
                theme=form.cleaned_data["theme"],
                base=form.cleaned_data["base"],
                by=reader,
                at=timezone.now(),
            )
        except (
            problems.EmptyFinding,
            problems.FindingChangedMeanwhile,
            problems.PlaceOfNothing,
        ) as problem:
            form.tell(problem)
        else:
            messages.success(request, _("The finding is kept."))
            return redirect(_list_at(key, finding))
    context = {
        **frame(request, round_),
        "form": form,
        "finding": draft,
        "figures": [
            (name, said, queries.address(key, query)) for name, query, said in draft.figures
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "review/finding/edit.html", context, status=status)


@login_required
@require_POST
def finding_act(request: HttpRequest, key: str, finding: str, what: str) -> HttpResponse:
    """Move a finding, take it out, put it back."""
    reader, now = reader_of(request), timezone.now()
    if what in ("up", "down"):
        actions.move(round_key=key, key=finding, up=what == "up", by=reader, at=now)
    elif what == "remove":
        actions.remove(round_key=key, key=finding, by=reader, at=now)
        messages.success(request, _("The finding is out of the list."))
        undo.offer(request, address=reverse("review:finding_act", args=[key, finding, "restore"]))
        return redirect("review:findings", key)
    elif what == "restore":
        actions.restore(round_key=key, key=finding, by=reader, at=now)
        messages.success(request, _("The finding is back in the list."))
    else:
        raise problems.NoSuchFinding
    return redirect(_list_at(key, finding))


def _list_at(key: str, finding: str) -> str:
    return f"{reverse('review:findings', args=[key])}#finding-{finding}"


@require_safe
def findings_export(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """All figures, to take away."""
    reader, language = reader_of(request), language_now()
    round_ = rights.round_for(reader, key=key)
    sheet = queries.sheet(
        reader=reader, round_=round_, language=language, at=moment_of(request.GET)
    )
    return handed_over(taking_away.write(sheet, format=format, is_invented=round_.is_invented))


def handed_over(made: Exported) -> HttpResponse:
    """A file to be saved, never kept by anybody on the way."""
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "Cache-Control": "no-store",
        },
    )
