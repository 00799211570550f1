"""The pages of reports: list, reading, editing, publishing, taking away."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Link
from marsad.design.formatting import for_reader
from marsad.directory.types import Reader
from marsad.library.queries import theme as library_themes
from marsad.review import problems
from marsad.review.actions import report as actions
from marsad.review.composing import Piece
from marsad.review.exports import report as exporting
from marsad.review.exports.front import first_page
from marsad.review.forms.report import (
    BlockForm,
    FigureForm,
    ReportForm,
    initial_of,
    initial_of_block,
)
from marsad.review.models import Report
from marsad.review.queries import figure as figures
from marsad.review.queries import quoting, rights
from marsad.review.queries import report as queries
from marsad.review.queries import theme as themes
from marsad.review.queries.drafting import all_asked, asked
from marsad.review.terms import IN_WORDS
from marsad.review.types.figure import Query
from marsad.review.types.report import BlockView, Composed
from marsad.review.views import undo
from marsad.review.views.frame import frame, language_now, reader_of
from marsad.review.words import BlockKind

#: Kinds of block that a page offers to add, by what their page asks for first.
PLAIN = (
    BlockKind.PARAGRAPH,
    BlockKind.SECTION,
    BlockKind.CHAPTER,
    BlockKind.CONCLUSION,
    BlockKind.RECOMMENDATION,
    BlockKind.STATES,
    BlockKind.ANNEX,
)
#: What is typed to add a live figure.
FIGURE_FIELDS = ("name", "counts", "among", "region")


# ── reading ──────────────────────────────────────────────────────────────────────────────────────
@require_safe
def report_list(request: HttpRequest, key: str) -> HttpResponse:
    """The reports of a round; the public sees those that were published."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    return render(
        request,
        "review/report/list.html",
        {
            **frame(request, round_),
            "reports": queries.listed(reader=reader, round_=round_, language=language_now()),
            "may_begin": rights.analyses(reader, round_) and round_.told_by_id is None,
        },
    )


@require_safe
def report_read(request: HttpRequest, key: str, report: str) -> HttpResponse:
    """A report as it reads, in either language: what was published, or the draft as it stands."""
    reader = reader_of(request)
    found = queries.report_for(reader, round_key=key, key=report)
    language = _language_of(request, found)
    pieces = queries.pieces(found, reader=reader)
    composed = _composed(found, pieces, language=language)
    with override(language):
        page = first_page(composed, formatter=for_reader())
        annex_header = exporting.annex_header()
    return render(
        request,
        "review/report/read.html",
        {
            **_around(request, found),
            "composed": composed,
            "page": page,
            "annex_header": annex_header,
            "languages": _languages(request, found, current=language),
            "cautions": queries.cautions_about(found, pieces) if found.published_at is None else [],
            "changed": queries.changed_since(reader=reader, report=found, language=language_now()),
            "unquotable": queries.no_longer_quotable(
                reader=reader, report=found, language=language_now()
            ),
            "files": _files(found, language=language),
        },
    )


def _composed(report: Report, pieces: Sequence[Piece], *, language: str) -> Composed:
    """In the digits that the reader chose, where the page is in the report's language."""
    digits = for_reader().digits if language == language_now() else None
    return queries.compose(report, pieces, language=language, digits=digits)


def _language_of(request: HttpRequest, report: Report) -> str:
    wanted = request.GET.get("language", "") or language_now()
    known = queries.languages_of(report)
    return wanted if wanted in known else known[0]


def _languages(request: HttpRequest, report: Report, *, current: str) -> list[Link]:
    names = {"ar": "العربية", "en": "English"}
    return [
        Link(
            label=names[code],
            url=f"{request.path}?language={code}",
            current=code == current,
            language=code,
        )
        for code in queries.languages_of(report)
    ]


def _files(report: Report, *, language: str) -> list[Link]:
    labels = {"docx": _("Word"), "pdf": _("PDF"), "json": _("JSON")}
    return [
        Link(
            label=labels[code],
            url=reverse("review:report_file", args=[report.round.key, report.key, code])
            + f"?language={language}",
        )
        for code in exporting.OFFERED
    ]


def _around(request: HttpRequest, report: Report) -> dict[str, Any]:
    reader = reader_of(request)
    return {
        **frame(request, report.round),
        "card": queries.card(reader=reader, report=report, language=language_now()),
        "undo": undo.offered(request),
    }


@require_safe
def report_file(request: HttpRequest, key: str, report: str, format: str) -> HttpResponse:  # noqa: A002
    """A report to take away, in its language."""
    reader = reader_of(request)
    found = queries.report_for(reader, round_key=key, key=report)
    composed = queries.composed(reader=reader, report=found, language=_language_of(request, found))
    made = exporting.write(composed, format=format)
    disposition = content_disposition_header(True, made.file_name) or "attachment"
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": disposition,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


# ── beginning ────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a report: what stands on its first page; its draft is built at once."""
    reader = reader_of(request)
    round_ = rights.round_for(reader, key=key)
    rights.require_analyst(reader, round_)
    form = ReportForm(
        request.POST or None,
        initial={
            "title_ar": round_.titles.get("ar", ""),
            "title_en": round_.titles.get("en", ""),
            "as_at": round_.cut_off_on or timezone.localdate(),
        },
    )
    if request.method == "POST" and form.is_valid():
        made = actions.begin(
            round_key=key,
            titles=form.titles,
            symbol=form.cleaned_data["symbol"],
            front=form.front,
            as_at=form.moment,
            by=reader,
            at=timezone.now(),
        )
        messages.success(request, _("The first draft is built. Every number in it is live."))
        return redirect("review:report_edit", key, made.key)
    status = 422 if form.is_bound else 200
    context = {**frame(request, round_), "form": form, "is_new": True}
    return render(request, "review/report/front.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_front(request: HttpRequest, key: str, report: str) -> HttpResponse:
    """Change what stands on the first page."""
    reader = reader_of(request)
    found = queries.report_for(reader, round_key=key, key=report)
    rights.require_analyst(reader, found.round)
    form = ReportForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        actions.describe(
            key=report,
            titles=form.titles,
            symbol=form.cleaned_data["symbol"],
            front=form.front,
            as_at=form.moment,
            by=reader,
            at=timezone.now(),
        )
        messages.success(request, _("The first page is kept."))
        return redirect("review:report_edit", key, report)
    status = 422 if form.is_bound else 200
    context = {**_around(request, found), "form": form}
    return render(request, "review/report/front.html", context, status=status)


# ── editing ──────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def report_edit(request: HttpRequest, key: str, report: str) -> HttpResponse:
    """All blocks of a draft in order, with their warnings."""
    reader = reader_of(request)
    found = _draft(request, key, report)
    pieces = queries.pieces(found, reader=reader)
    composed = _composed(found, pieces, language=_language_of(request, found))
    views = queries.block_views(
        report=found, blocks=pieces, language=language_now(), composed=composed
    )
    said = {passage.block: passage for passage in composed.passages}
    return render(
        request,
        "review/report/edit.html",
        {
            **_around(request, found),
            "composed": composed,
            "blocks": [(view, said[view.key]) for view in views],
            "caution_count": sum(len(view.cautions) for view in views),
        },
    )


def _draft(request: HttpRequest, key: str, report: str) -> Report:
    reader = reader_of(request)
    found = queries.report_for(reader, round_key=key, key=report)
    rights.require_analyst(reader, found.round)
    if found.published_at is not None:
        raise problems.ReportPublished
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_block(request: HttpRequest, key: str, report: str, block: str) -> HttpResponse:
    """Write one block, both languages side by side."""
    reader = reader_of(request)
    found = _draft(request, key, report)
    view = _view_of(found, block, reader=reader)
    offered = [(each.code, each.label) for each in library_themes.labels(language=language_now())]
    form = BlockForm(
        request.POST or None, kind=view.kind, themes=offered, initial=initial_of_block(view)
    )
    is_clash = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(
                key=report,
                block=block,
                words=form.words,
                notes=form.notes if "notes_ar" in form.fields else None,
                about=form.about(view.about),
                base=form.cleaned_data["base"],
                by=reader,
                at=timezone.now(),
            )
        except problems.BlockChangedMeanwhile as problem:
            is_clash = True
            messages.error(request, str(problem))
            typed = request.POST.copy()
            typed["base"] = str(view.revision)  # saved once more, it stands instead of the other
            form.data = typed
        else:
            _offer_words_back(request, found, view)
            messages.success(request, _("The block is kept."))
            return redirect(_at_block(key, report, block))
    context = {
        **_around(request, found),
        "written": view,
        "form": form,
        "is_clash": is_clash,
        "figure_form": FigureForm(
            counts=_counts(found, reader=reader),
            regions=queries.regions_of(found),
            initial={name: request.GET[name] for name in FIGURE_FIELDS if name in request.GET},
        ),
    }
    status = 409 if is_clash else 422 if form.errors else 200
    return render(request, "review/report/block.html", context, status=status)


def _view_of(report: Report, block: str, *, reader: Any) -> BlockView:
    pieces = queries.pieces(report, reader=reader)
    language = language_now() if language_now() in queries.languages_of(report) else "en"
    composed = _composed(report, pieces, language=language)
    views = queries.block_views(
        report=report, blocks=pieces, language=language_now(), composed=composed
    )
    view = next((each for each in views if each.key == block), None)
    if view is None:
        raise problems.NoSuchBlock
    return view


def _offer_words_back(request: HttpRequest, report: Report, before: BlockView) -> None:
    undo.offer(
        request,
        address=reverse("review:report_act", args=[report.round.key, report.key, "words"]),
        block=before.key,
        base=str(before.revision + 1),
        words_ar=before.words.get("ar", ""),
        words_en=before.words.get("en", ""),
        more=json.dumps({"notes": dict(before.notes), "about": dict(before.about)}),
    )


def _at_block(key: str, report: str, block: str) -> str:
    return f"{reverse('review:report_edit', args=[key, report])}#block-{block}"


def _counts(report: Report, *, reader: Reader) -> list[tuple[str, Any]]:
    """What a figure can count: the register, a theme, or an answer to a question; by question."""
    register: list[tuple[str, str]] = [
        (_coded(Query(among="invited")), _("States that replied")),
        (_coded(Query(among="invited", standings=("late",))), _("States that replied late")),
        (_coded(Query(among="invited", standings=("declined",))), _("States that declined")),
    ]
    language = language_now()
    grouped: list[tuple[str, Any]] = [(_("Register of the round"), register)]
    coded = themes.listed(reader=reader, round_=report.round, language=language)
    if coded:
        labels = [(_coded(Query(theme=each.code)), each.label) for each in coded]
        grouped.append((_("Themes"), labels))
    for question in all_asked(report.round):
        label = question.labels.get(language) or next(iter(question.labels.values()), "")
        answers = [
            (
                _coded(Query(path=question.path, values=(value,))),
                words.get(language) or value,
            )
            for value, words in question.choices
        ]
        anything = (_coded(Query(path=question.path)), _("any answer"))
        grouped.append((label[:120], [*answers, anything]))
    return grouped


def _coded(query: Query) -> str:
    return json.dumps(query.as_data(), sort_keys=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_add(request: HttpRequest, key: str, report: str) -> HttpResponse:
    """Add a block behind another one: words, the answers to a question, a chart, an extract."""
    found = _draft(request, key, report)
    after = request.GET.get("after", "")
    if request.method == "POST":
        made = _added(request, found, after=after)
        messages.success(request, _("The block is added."))
        undo.offer(
            request,
            address=reverse("review:report_act", args=[key, report, "remove"]),
            block=made,
        )
        return redirect("review:report_block", key, report, made)
    return render(request, "review/report/add.html", _choosing(request, found, after=after))


def _choosing(request: HttpRequest, report: Report, *, after: str) -> dict[str, Any]:
    language = language_now()
    path = request.GET.get("question", "")
    questions = figures.questions_of(report.round, language=language)
    at = min(report.as_at, timezone.now())
    return {
        **_around(request, report),
        "after": after,
        "plain": [(kind.value, kind.label) for kind in PLAIN],
        "with_choices": [(each.path, each.label) for each in questions if each.choices],
        "in_words": [(each.path, each.label) for each in questions if each.kind in IN_WORDS],
        "question": path,
        "extracts": quoting.extractable(
            reader=reader_of(request), round_=report.round, path=path, language=language, at=at
        )
        if path
        else None,
    }


def _added(request: HttpRequest, report: Report, *, after: str) -> str:
    typed, who = request.POST, _who(request)
    kind = typed.get("kind", "")
    if kind in (BlockKind.FIGURE, BlockKind.CHART):
        if asked(report.round, path=typed.get("path", "")) is None:
            raise problems.FigureNotUnderstood
        return actions.add_question(
            key=report.key, path=typed["path"], kind=kind, after=after, **who
        ).key
    if kind == BlockKind.EXTRACT:
        about = {"answer": typed.get("answer", "")}
        return actions.add(key=report.key, kind=kind, after=after, about=about, **who).key
    if kind not in PLAIN:
        raise problems.NoSuchBlock
    return actions.add(key=report.key, kind=kind, after=after, **who).key


@login_required
@require_POST
def report_act(request: HttpRequest, key: str, report: str, what: str) -> HttpResponse:
    """Move a block, take it out, put it back, give it a figure, take one from it."""
    found = queries.report_for(reader_of(request), round_key=key, key=report)
    if what not in ACTS:
        raise problems.NoSuchBlock
    return redirect(ACTS[what](request, found, request.POST.get("block", "")))


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": reader_of(request), "at": timezone.now()}


def _move(request: HttpRequest, report: Report, block: str) -> str:
    earlier = request.POST.get("to") == "earlier"
    actions.move(key=report.key, block=block, earlier=earlier, **_who(request))
    address = reverse("review:report_act", args=[report.round.key, report.key, "move"])
    undo.offer(request, address=address, block=block, to="later" if earlier else "earlier")
    return _at_block(report.round.key, report.key, block)


def _remove(request: HttpRequest, report: Report, block: str) -> str:
    actions.remove(key=report.key, block=block, **_who(request))
    address = reverse("review:report_act", args=[report.round.key, report.key, "put-back"])
    undo.offer(request, address=address, block=block)
    messages.success(request, _("The block was taken out. It can be put back."))
    return reverse("review:report_edit", args=[report.round.key, report.key])


def _put_back(request: HttpRequest, report: Report, block: str) -> str:
    actions.put_back(key=report.key, block=block, **_who(request))
    messages.success(request, _("The block is back in its place."))
    return _at_block(report.round.key, report.key, block)


def _words_back(request: HttpRequest, report: Report, block: str) -> str:
    typed = request.POST
    more = _kept(typed.get("more", ""))
    actions.edit(
        key=report.key,
        block=block,
        words={"ar": typed.get("words_ar", ""), "en": typed.get("words_en", "")},
        notes=more.get("notes"),
        about=more.get("about"),
        base=_number(typed.get("base", "")),
        **_who(request),
    )
    messages.success(request, _("The block reads as it did before."))
    return _at_block(report.round.key, report.key, block)


def _number(typed: str) -> int:
    """A revision as a form carries it; none has the number 0."""
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _kept(typed: str) -> dict[str, Any]:
    """What an undo carries along; nothing where somebody wrote it by hand, and wrongly."""
    try:
        found = json.loads(typed or "{}")
    except ValueError:
        return {}
    known = ("notes", "about")
    if not isinstance(found, dict):
        return {}
    return {name: found[name] for name in known if isinstance(found.get(name), dict)}


def _set_figure(request: HttpRequest, report: Report, block: str) -> str:
    name, query = _figure_back(request) if "query" in request.POST else _figure(request, report)
    there = reverse("review:report_block", args=[report.round.key, report.key, block])
    try:
        actions.set_figure(key=report.key, block=block, name=name, query=query, **_who(request))
    except problems.TooFewToTell as few:
        messages.error(request, str(few))
        typed = {each: request.POST[each] for each in FIGURE_FIELDS if each in request.POST}
        return f"{there}?{urlencode(typed)}#figures"
    place = f"{{{name}}}"
    messages.success(
        request, _("The figure is there: write {place} in the words.").format(place=place)
    )
    return there


def _figure(request: HttpRequest, report: Report) -> tuple[str, Query]:
    """What was chosen on the page: name and query."""
    form = FigureForm(
        request.POST,
        counts=_counts(report, reader=reader_of(request)),
        regions=queries.regions_of(report),
    )
    if not form.is_valid():
        raise problems.FigureNotUnderstood
    typed = form.cleaned_data
    said = json.loads(typed["counts"])
    among = typed["among"] if said.get("path") or said.get("theme") else "invited"
    query = Query.of({**said, "among": among, "region": typed["region"]})
    return typed["name"], query


def _figure_back(request: HttpRequest) -> tuple[str, Query]:
    """What an undo carries along: the whole query, as it was taken out."""
    try:
        said = json.loads(request.POST["query"])
    except ValueError:
        said = None
    if not isinstance(said, dict) or not _is_query(said):
        raise problems.FigureNotUnderstood
    return request.POST.get("name", ""), Query.of(said)


def _is_query(said: Mapping[str, Any]) -> bool:
    """Whether it is written as a query is kept; what it counts is judged where it is set."""
    lists = [said.get(name, []) for name in ("values", "standings")]
    return said.get("among", "replied") in ("invited", "replied", "asked") and all(
        isinstance(each, list) and all(isinstance(one, str) for one in each) for each in lists
    )


def _drop_figure(request: HttpRequest, report: Report, block: str) -> str:
    name = request.POST.get("name", "")
    taken = actions.drop_figure(key=report.key, block=block, name=name, **_who(request))
    address = reverse("review:report_act", args=[report.round.key, report.key, "figure"])
    undo.offer(request, address=address, block=block, name=name, query=_coded(taken))
    messages.success(request, _("The figure was taken out."))
    return reverse("review:report_block", args=[report.round.key, report.key, block])


def _discard(request: HttpRequest, report: Report, block: str) -> str:
    revision = _number(request.POST.get("revision", ""))
    actions.discard(key=report.key, revision=revision, **_who(request))
    messages.success(request, _("The draft was thrown away."))
    return reverse("review:report", args=[report.round.key])


ACTS: dict[str, Callable[[HttpRequest, Report, str], str]] = {
    "discard": _discard,
    "drop-figure": _drop_figure,
    "figure": _set_figure,
    "move": _move,
    "put-back": _put_back,
    "remove": _remove,
    "words": _words_back,
}


# ── publishing ───────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_publish(request: HttpRequest, key: str, report: str) -> HttpResponse:
    """Read the warnings, then publish."""
    reader = reader_of(request)
    rights.require_secretariat(reader)
    found = _draft(request, key, report)
    if request.method == "POST":
        published = actions.publish(
            key=report,
            confirmed="confirmed" in request.POST,
            revision=_number(request.POST.get("revision", "")),
            by=reader,
            at=timezone.now(),
        )
        messages.success(
            request, _("The report is published and lies in the library. Its figures are frozen.")
        )
        return redirect("review:report_read", key, published.key)
    pieces = queries.pieces(found, reader=reader)
    return render(
        request,
        "review/report/publish.html",
        {
            **_around(request, found),
            "cautions": queries.cautions_about(found, pieces),
            "hindrance": queries.hindrance(found, pieces),
            "block_count": len(pieces),
            "figure_count": sum(len(piece.material.figures) for piece in pieces),
        },
    )
