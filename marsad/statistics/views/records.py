"""Records: bringing them in, what is held, releasing figures of them, the code lists."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Column, Fact, Link
from marsad.design.formatting import for_reader
from marsad.problems import Problem
from marsad.statistics import problems
from marsad.statistics.actions import record as actions
from marsad.statistics.actions import record_codes as code_actions
from marsad.statistics.actions import record_release as release_actions
from marsad.statistics.forms.records import FIRST, BringForm, CodesForm, ReleaseForm
from marsad.statistics.models import RecordArrival
from marsad.statistics.queries import record as queries
from marsad.statistics.queries import record_codes, record_rights, rights
from marsad.statistics.records import codebook, columns, xlsform
from marsad.statistics.records.codebook import STANDARDS
from marsad.statistics.records.columns import RecordMapping
from marsad.statistics.scratch import scratch
from marsad.statistics.types.record import RecordArrivalView
from marsad.statistics.views.frame import frame, language_now, reader_of
from marsad.tabulation import writing

#: A file of code lists is not larger.
_MOST_CODES = 8 * 1024 * 1024
#: What leaves a column where it is, among what it can be read as.
_ASIDE = "-"


# ── what is held ─────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def record_list(request: HttpRequest) -> HttpResponse:
    """What the reader's body holds, what waits, and what was released."""
    page = queries.page(reader=reader_of(request), language=language_now())
    context = {
        **frame(request),
        "page": page,
        "columns": [
            Column(label=_("Edition"), numeric=True),
            Column(label=_("Records"), numeric=True),
            Column(label=_("Of which")),
            Column(label=_("Brought")),
            Column(label=_("Code lists")),
            Column(label=_("Standing")),
        ],
        "release_columns": [
            Column(label=pgettext("of records", "Release"), numeric=True),
            Column(label=pgettext("country", "State")),
            Column(label=_("Made")),
            Column(label=_("Shown"), numeric=True),
            Column(label=_("Ranges"), numeric=True),
            Column(label=_("Withheld"), numeric=True),
            Column(label=_("Standing")),
        ],
        "waiting_columns": [
            Column(label=_("File")),
            Column(label=_("Whose")),
            Column(label=_("Brought")),
            Column(label=_("Understood"), numeric=True),
            Column(label=_("Refused"), numeric=True),
        ],
    }
    return render(request, "statistics/records/list.html", context)


@login_required
@require_POST
def record_restore(request: HttpRequest, key: str) -> HttpResponse:
    """Make an earlier edition of records stand again."""
    try:
        edition = actions.restore(key=key, by=reader_of(request), at=timezone.now())
    except problems.RecordsDecided as problem:
        messages.error(request, str(problem))
    else:
        number = for_reader().number(edition.number)
        told = _("The earlier records stand again, as edition {number}.")
        messages.success(request, told.format(number=number))
    return redirect("statistics:record_list")


# ── bringing in ──────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_new(request: HttpRequest) -> HttpResponse:
    """A file of records: whose they are, and how it is read."""
    reader, language = reader_of(request), language_now()
    holders = queries.holders(reader=reader, language=language)
    if not holders:
        raise problems.NoSuchHolding
    form = BringForm(
        request.POST or None,
        request.FILES or None,
        holders=[(each.value, each.label) for each in holders],
        kinds=queries.kinds(language=language),
        language=language,
    )
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            arrival = _read(
                request,
                told["file"],
                holder=told["holder"],
                mapping=columns.known(told["mapping"]) if told["mapping"] else None,
                kind=told["kind"],
                replaces=told["replaces"] == "yes",
            )
        except Problem as wrong:
            problem = wrong
        else:
            return redirect("statistics:record_arrival", arrival.key)
    status = 422 if request.method == "POST" else 200
    context = {**frame(request), "form": form, "problem": problem}
    return render(request, "statistics/records/new.html", context, status=status)


def _read(
    request: HttpRequest,
    sent: UploadedFile[bytes],
    *,
    holder: str,
    mapping: RecordMapping | None,
    kind: str,
    replaces: bool,
) -> RecordArrival:
    """Read what was sent from a file that is gone when it was read."""
    state, _dash, body = holder.partition("-")
    with scratch() as folder:
        path = folder / "sent"
        with path.open("wb") as out:
            for piece in sent.chunks():
                out.write(piece)
        return actions.read(
            path,
            state=state,
            body_id=int(body) if body.isdecimal() else None,
            by=reader_of(request),
            at=timezone.now(),
            file_name=Path(sent.name or "records").name,
            mapping=mapping,
            kind=kind,
            replaces=replaces,
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_arrival(request: HttpRequest, key: str) -> HttpResponse:
    """What was understood of a file; take it in, put it aside, or say what its columns are."""
    reader, at = reader_of(request), timezone.now()
    view = queries.arrival(reader=reader, key=key, language=language_now())
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _decide(request, view)
        except Problem as wrong:
            problem = wrong
            view = queries.arrival(reader=reader, key=key, language=language_now())
    context: dict[str, Any] = {
        **frame(request),
        "arrival": view,
        "problem": problem,
        "column_columns": [
            Column(label=_("Column")),
            Column(label=_("Read as")),
            Column(label=_("Cells filled"), numeric=True),
        ],
        "variables": queries.variables(kind=view.kind, language=language_now()),
        "aside": _ASIDE,
        "at": at,
    }
    status = 422 if problem else 200
    return render(request, "statistics/records/arrival.html", context, status=status)


def _decide(request: HttpRequest, view: RecordArrivalView) -> HttpResponse:
    reader, at = reader_of(request), timezone.now()
    act = request.POST.get("act", "")
    if act == "take":
        edition = actions.take(key=view.key, by=reader, at=at)
        told = for_reader().counted(
            "Taken in. {count} record is held now.",
            "Taken in. {count} records are held now.",
            edition.rows,
        )
        messages.success(request, told)
        return redirect("statistics:record_list")
    if act == "aside":
        actions.put_aside(key=view.key, by=reader, at=at)
        messages.success(request, _("Put aside: nothing of the file was kept."))
        return redirect("statistics:record_list")
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise problems.NoFile
    again = _read(
        request,
        sent,
        holder=view.holder_value,
        mapping=_told(request, view),
        kind=view.kind,
        replaces=view.replaces,
    )
    if view.outcome == "waits":
        actions.put_aside(key=view.key, by=reader, at=at)
    return redirect("statistics:record_arrival", again.key)


def _told(request: HttpRequest, view: RecordArrivalView) -> RecordMapping:
    """The mapping of the file, with what a person said of its columns."""
    given = columns.from_json(dict(view.mapping))
    read_as, aside = dict(given.columns), list(given.aside)
    names = {name for name, _label in queries.variables(kind=view.kind, language="en")}
    for number, column in enumerate(view.columns):
        chosen = request.POST.get(f"column-{number}", "")
        if chosen == _ASIDE:
            aside.append(column.header)
        elif chosen in names:
            read_as[column.header] = chosen
    return replace(given, columns=read_as, aside=aside)


# ── releasing ────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_release(request: HttpRequest, iso2: str) -> HttpResponse:
    """What of a State's records would be released, and what is withheld; then the release."""
    reader, language = reader_of(request), language_now()
    if iso2 not in record_rights.states_released_by(reader):
        raise problems.NoSuchHolding
    asked = request.POST if request.method == "POST" else request.GET
    form = ReleaseForm(
        asked or FIRST,
        indicators=queries.indicator_labels(language=language),
        breakdowns=list(queries.breakdown_labels().items()),
    )
    problem: Problem | None = None
    counted = None
    if form.is_valid():
        try:
            if request.method == "POST":
                made = release_actions.release(
                    state=iso2, wanted=form.wanted(), by=reader, at=timezone.now()
                )
                messages.success(
                    request, _("Released. The figures wait for you to verify them below.")
                )
                return redirect("statistics:record_release_one", made.key)
            counted = queries.counted(
                state=iso2, wanted=form.wanted(), reader=reader, language=language
            )
        except Problem as wrong:
            problem = wrong
    context = {
        **frame(request),
        "form": form,
        "counted": counted,
        "problem": problem,
        "iso2": iso2,
        "columns": [
            Column(label=_("Year"), numeric=True),
            Column(label=_("What")),
            Column(label=_("Form or citizenship")),
            Column(label=_("Sex")),
            Column(label=_("Age")),
            Column(label=_("Would be shown as"), numeric=True),
        ],
        "hidden": _hidden(form),
    }
    status = 422 if problem or form.errors else 200
    return render(request, "statistics/records/release.html", context, status=status)


def _hidden(form: ReleaseForm) -> list[tuple[str, str]]:
    """What was chosen, for the form that releases just what is shown."""
    if not form.is_valid():
        return []
    told = form.cleaned_data
    several = [(name, each) for name in ("indicators", "breakdowns") for each in told[name]]
    single = [
        (name, str(told[name]))
        for name in ("who", "threshold", "first_year", "last_year")
        if told[name] not in (None, "")
    ]
    return [*several, *single]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_release_one(request: HttpRequest, key: str) -> HttpResponse:
    """What was released, and taking it back."""
    reader = reader_of(request)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            release_actions.withdraw(key=key, by=reader, at=timezone.now())
        except problems.ReleaseNotInForce as wrong:
            problem = wrong
        else:
            messages.success(request, _("Withdrawn: what stood before stands again."))
            return redirect("statistics:record_release_one", key)
    view = queries.release(reader=reader, key=key, language=language_now())
    form = for_reader()
    facts = [
        Fact(label=pgettext("country", "State"), values=[view.state]),
        Fact(label=_("Released"), values=[form.moment(view.made_at), view.made_by]),
        Fact(label=_("Counted"), values=view.wanted),
        Fact(label=_("Smallest number that is shown"), values=[form.number(view.threshold)]),
        Fact(label=_("Numbers shown"), values=[form.number(view.exact)]),
        Fact(label=_("Small numbers shown as a range"), values=[form.number(view.small)]),
        Fact(label=_("Withheld to protect them"), values=[form.number(view.withheld)]),
        Fact(
            label=_("Records of people who had another one in the year, and count once"),
            values=[form.number(view.joined)],
        ),
    ]
    context = {**frame(request), "release": view, "facts": facts, "problem": problem}
    status = 422 if problem else 200
    return render(request, "statistics/records/released.html", context, status=status)


# ── code lists ───────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
def record_codes_page(request: HttpRequest) -> HttpResponse:
    """The code lists of a version, and what became of another's codes; the Secretariat replaces."""
    reader = reader_of(request)
    may_upload = rights.is_secretariat(reader)
    problem: Problem | None = None
    form = CodesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = code_actions.upload(
                data=sent.read(_MOST_CODES), name=sent.name, by=reader, at=timezone.now()
            )
        except Problem as wrong:
            problem = wrong
        else:
            messages.success(
                request,
                _("Version {version} is in use from now on.").format(version=kept.version),
            )
            return redirect("statistics:record_codes")
    versions = record_codes.versions()
    book = record_codes.version(request.GET.get("version") or versions[0])
    current = record_codes.current()
    kinds = dict(queries.kinds(language=language_now()))
    context = {
        **frame(request),
        "book": book,
        "title": book.title[language_now()],
        "says": book.says[language_now()],
        "kinds": [(kind, kinds[kind], _shown(book, kind)) for kind in codebook.KINDS],
        "versions": [
            Link(
                label=each,
                url=f"{reverse('statistics:record_codes')}?version={each}",
                current=each == book.version,
            )
            for each in versions
        ],
        "is_current": book.version == current.version,
        "current": current,
        "moved": codebook.moved(book, current) if book.version != current.version else [],
        "moved_columns": [
            Column(label=_("List")),
            Column(label=_("Code")),
            Column(label=_("Becomes")),
        ],
        "columns": [
            Column(label=_("Code")),
            Column(label=_("Meaning")),
            *(Column(label=each) for each in ("HTCDS", "CTDC", "GLOTIP", "SDG", "Eurostat")),
            Column(label=_("Wording")),
        ],
        "may_upload": may_upload,
        "form": form,
        "problem": problem,
        "exports": [
            Link(label=name, url=reverse("statistics:record_codes_file", args=[book.version, each]))
            for name, each in (("CSV", "csv"), ("JSON", "json"))
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "statistics/records/codes.html", context, status=status)


def _shown(book: codebook.Codebook, kind: str) -> list[dict[str, Any]]:
    """The variables of a kind with their codes, in the reader's language."""
    language = language_now()
    return [
        {
            "variable": each,
            "label": each.label(language),
            "codes": [
                {
                    "code": code.code,
                    "label": code.label(language),
                    "status": code.status,
                    "others": [
                        getattr(code, standard).replace("|", ", ") for standard in STANDARDS
                    ],
                }
                for code in book.lists.get(each.list, ())
            ],
        }
        for each in book.of_kind(kind)
    ]


@require_safe
def record_codes_file(request: HttpRequest, version: str, format: str) -> HttpResponse:  # noqa: A002
    """A version of the code lists as CSV or JSON."""
    book = record_codes.version(version)
    if format == "csv":
        # A mark of its encoding in front, without which Excel garbles Arabic.
        data = b"\xef\xbb\xbf" + writing.to_csv(book.as_rows()).encode()
        kind = "text/csv; charset=utf-8"
    else:
        data = json.dumps(book.as_json(), ensure_ascii=False, indent=1).encode()
        kind = "application/json"
    return _download(data, kind=kind, name=f"marsad-codes-{book.version}.{format}")


@require_safe
def record_form(request: HttpRequest, kind: str) -> HttpResponse:
    """The code lists as a form (XLSForm), to be filled in where there is no network."""
    if kind not in codebook.KINDS:
        raise problems.NoSuchCodes(given=kind, known=", ".join(codebook.KINDS))
    book = record_codes.current()
    return _download(
        xlsform.workbook(book, kind=kind),
        kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        name=f"marsad-records-{kind}-{book.version}.xlsx",
    )


def _download(data: bytes, *, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
