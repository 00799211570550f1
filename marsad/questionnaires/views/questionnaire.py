"""Questionnaires: the list, one of them, its versions, and writing them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad.design.components import Column, Link
from marsad.directory.types import PersonRequest, Reader, Role
from marsad.questionnaires import problems
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.checking import in_language
from marsad.questionnaires.comparing import Compared, Differences
from marsad.questionnaires.compiling import BrokenForm, annotate
from marsad.questionnaires.exports import form as exports
from marsad.questionnaires.forms.questionnaire import (
    AccessForm,
    BankForm,
    MediaForm,
    UploadForm,
)
from marsad.questionnaires.plain_words import plain
from marsad.questionnaires.queries import bank, rights
from marsad.questionnaires.queries import questionnaire as queries
from marsad.questionnaires.theming import theme_names
from marsad.questionnaires.words import Access, provision_name

#: A marked workbook up to this size comes with the page of its faults.
_LARGEST_BESIDE = 3 * 1024 * 1024
_XLSX = exports.FORMATS["xlsx"]


def _reader(request: HttpRequest) -> Reader:
    return cast(PersonRequest, request).reader


def _language() -> str:
    return (get_language() or "ar").split("-")[0]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────
@require_safe
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    """What there is to fill in, and drafts for those who write them."""
    words = request.GET.get("q", "")[:200]
    return render(
        request,
        "questionnaires/questionnaire/list.html",
        {
            "cards": queries.listed(reader=_reader(request), language=_language(), words=words),
            "words": words,
            "columns": [
                Column(label=_("Title")),
                Column(label=_("Questions"), numeric=True),
                Column(label=_("Languages")),
                Column(label=_("Whose it is")),
                Column(label=_("State")),
            ],
            "may_author": rights.may_author(_reader(request)),
        },
    )


@require_safe
def questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """One questionnaire: what it asks now, and its versions."""
    reader, language = _reader(request), _language()
    card = queries.card(reader=reader, key=key, language=language)
    shown = card.version_key or card.draft_key
    may_edit = queries.may_edit(reader=reader, key=card.key)
    return render(
        request,
        "questionnaires/questionnaire/one.html",
        {
            "card": card,
            "versions": queries.versions(reader=reader, key=card.key, language=language),
            "questions": queries.questions(reader=reader, key=shown, language=language)
            if shown
            else [],
            "exports": _exports(shown, card.languages) if shown else [],
            "may_edit": may_edit,
            "access_form": _access_form(queries.one(reader=reader, key=card.key))
            if may_edit
            else None,
            "columns": [
                Column(label=_("Version")),
                Column(label=_("State")),
                Column(label=_("Questions"), numeric=True),
                Column(label=_("Published on")),
            ],
        },
    )


@require_safe
def version(request: HttpRequest, key: str) -> HttpResponse:
    """One version: its questions, what it changes, what its author should know."""
    reader, language = _reader(request), _language()
    card = queries.version(reader=reader, key=key, language=language)
    may_edit = queries.may_edit(reader=reader, key=card.questionnaire_key)
    content = queries.form(reader=reader, key=key)
    compared = queries.differences(reader=reader, key=key, earlier=request.GET.get("against", ""))
    return render(
        request,
        "questionnaires/questionnaire/version.html",
        {
            "card": card,
            "questions": queries.questions(reader=reader, key=key, language=language),
            "warnings": queries.warnings(reader=reader, key=key),
            "fault_columns": _fault_columns(),
            "earlier": compared[0] if compared else None,
            "changes": _changes(compared[1], language) if compared else None,
            "media": content.media,
            "media_form": MediaForm() if may_edit and card.state == "draft" else None,
            "exports": _exports(key, card.languages),
            "may_edit": may_edit,
        },
    )


def _exports(key: str, languages: Any) -> list[Link]:
    found = []
    for code, name in exports.NAMES.items():
        url = reverse("questionnaires:version_export", args=[key, code])
        if code != "pdf":
            found.append(Link(label=name, url=url))
            continue
        for language in languages:
            label = f"PDF ({language})" if len(languages) > 1 else "PDF"
            found.append(Link(label=label, url=f"{url}?language={language}"))
    return found


#: What may have changed about a question, in words.
_CHANGED = {
    "words": gettext_lazy("its words"),
    "kind": gettext_lazy("its kind"),
    "choices": gettext_lazy("its choices"),
    "required": gettext_lazy("whether it must be answered"),
    "rules": gettext_lazy("its rules"),
    "place": gettext_lazy("its place"),
}


def _changes(found: Differences, language: str) -> dict[str, Any]:
    """The differences in words."""

    def words(question: Compared) -> str:
        return plain(in_language(question.labels, language)) or question.name

    changed: dict[str, dict[str, Any]] = {}
    for change in found.changed:
        row = changed.setdefault(change.new.path, {"words": words(change.new), "what": []})
        row["what"].append(str(_CHANGED[change.what]))
    return {
        "added": [words(question) for question in found.added],
        "removed": [words(question) for question in found.removed],
        "changed": list(changed.values()),
        "carried": len(found.carried),
        "partly": [each.new_path for each in found.carried if each.except_values],
        "lost": [words(question) for question in found.lost],
        "is_same": found.is_same,
    }


@require_safe
def version_export(request: HttpRequest, key: str, format: str) -> HttpResponse:  # noqa: A002
    """A version as a file."""
    made = exports.form_file(
        reader=_reader(request),
        key=key,
        format=format,
        language=request.GET.get("language", "")[:20] or _language(),
    )
    return _download(made.data, media_type=made.media_type, name=made.file_name)


def _download(data: bytes, *, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, key: str = "") -> HttpResponse:
    """Upload a workbook: a new questionnaire, or with `key` a new version of one."""
    reader, language = _reader(request), _language()
    if not reader.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    rights.require_author(reader)
    card = queries.card(reader=reader, key=key, language=language) if key else None
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        bodies=queries.bodies_to_write_for(reader=reader, language=language),
        may_leave_open=rights.edits_all(reader) or card is not None,
    )
    context: dict[str, Any] = {"form": form, "card": card}
    status = 200
    if request.method == "POST":
        if "marsad.too_large" in request.META:
            raise problems.WorkbookTooLarge(most=actions.LARGEST_WORKBOOK // 1024 // 1024)
        if form.is_valid():
            outcome = _uploaded(request, form, key=card.key if card else "")
            if isinstance(outcome, HttpResponse):
                return outcome
            context |= outcome
        status = 422
    return render(request, "questionnaires/questionnaire/upload.html", context, status=status)


def _uploaded(
    request: HttpRequest, form: UploadForm, *, key: str
) -> HttpResponse | Mapping[str, Any]:
    """The page of the draft, or what is wrong with the workbook."""
    reader = _reader(request)
    file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    name = file.name or "form.xlsx"
    if (file.size or 0) > actions.LARGEST_WORKBOOK:
        raise problems.WorkbookTooLarge(most=actions.LARGEST_WORKBOOK // 1024 // 1024)
    data = bytes(file.read())
    try:
        version = actions.upload(
            data=data,
            file_name=name,
            body=queries.body_to_write_for(reader=reader, body_id=form.cleaned_data["body"]),
            questionnaire=key,
            by=reader,
            at=timezone.now(),
        )
    except BrokenForm as broken:
        return _broken(data, name, broken)
    except (
        problems.AnotherForm,
        problems.IdTaken,
        problems.VersionTaken,
        problems.NothingChanged,
    ) as problem:
        form.add_error("file", str(problem))
        return {}
    messages.success(request, _("The workbook is kept as a draft. Look it over, then publish it."))
    return redirect("questionnaires:version", key=version.key)


def _broken(data: bytes, name: str, broken: BrokenForm) -> Mapping[str, Any]:
    faults = [fault for fault in broken.faults if not fault.is_warning]
    return {
        "file_name": name,
        "faults": faults,
        "warnings": [fault for fault in broken.faults if fault.is_warning],
        "fault_columns": _fault_columns(),
        "marked": _marked(data, broken),
        "marked_name": f"{name.rpartition('.')[0] or 'form'}-marsad.xlsx",
    }


def _marked(data: bytes, broken: BrokenForm) -> str:
    """The workbook with its faults written in, as an address that holds it; empty where none can.

    Nothing of a broken workbook is stored, so the page itself carries what it hands out.
    """
    if any(not fault.sheet and fault.code.startswith("file.") for fault in broken.faults):
        return ""
    if len(data) > _LARGEST_BESIDE:
        return ""
    made = annotate(data, broken.faults, rtl=get_language_bidi())
    return f"data:{_XLSX};base64,{base64.b64encode(made).decode()}"


def _fault_columns() -> list[Column]:
    return [
        Column(label=_("Sheet")),
        Column(label=_("Cell")),
        Column(label=_("Column")),
        Column(label=_("What is wrong")),
        Column(label=_("What to do")),
    ]


@require_POST
def version_act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Publish, withdraw, put back or discard a version."""
    reader, now = _reader(request), timezone.now()
    if what == "discard":
        questionnaire_key = queries.version(
            reader=reader, key=key, language=_language()
        ).questionnaire_key
        actions.discard(key=key, by=reader, at=now)
        messages.success(request, _("The draft is thrown away."))
        left = any(
            card.key == questionnaire_key
            for card in queries.listed(reader=reader, language=_language())
        )
        if left:
            return redirect("questionnaires:questionnaire", key=questionnaire_key)
        return redirect("questionnaires:questionnaire_list")
    if what == "publish":
        actions.publish(key=key, by=reader, at=now)
        messages.success(request, _("The version is published. From now on it does not change."))
    elif what == "withdraw":
        actions.withdraw(key=key, by=reader, at=now)
        messages.success(request, _("The version is withdrawn. Answers to it are refused."))
    elif what == "put_back":
        actions.put_back(key=key, by=reader, at=now)
        messages.success(request, _("The version is offered again."))
    else:
        raise problems.NoSuchVersion(version=key)
    return redirect("questionnaires:version", key=key)


@require_POST
def version_media(request: HttpRequest, key: str) -> HttpResponse:
    """Put files beside a draft."""
    files = cast("list[UploadedFile[bytes]]", request.FILES.getlist("upload"))
    for file in files:
        if (file.size or 0) > actions.LARGEST_MEDIA:
            raise problems.MediaTooLarge(name=file.name, most=actions.LARGEST_MEDIA // 1024 // 1024)
    actions.add_media(
        key=key,
        media={file.name or "": bytes(file.read()) for file in files},
        by=_reader(request),
        at=timezone.now(),
    )
    messages.success(request, _("The files go with the form now."))
    return redirect("questionnaires:version", key=key)


@require_POST
def questionnaire_access(request: HttpRequest, key: str) -> HttpResponse:
    """Say who may know of a questionnaire."""
    form = AccessForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whom the questionnaire is open to."))
        return redirect("questionnaires:questionnaire", key=key)
    actions.open_to(
        key=key,
        access=Access(form.cleaned_data["access"]),
        roles=[Role(code) for code in form.cleaned_data["roles"]],
        by=_reader(request),
        at=timezone.now(),
    )
    messages.success(request, _("Your choice is kept."))
    return redirect("questionnaires:questionnaire", key=key)


def _access_form(found: Any) -> AccessForm:
    return AccessForm(initial={"access": found.access, "roles": found.open_to_roles})


# ── the bank ─────────────────────────────────────────────────────────────────────────────────────
@require_safe
def question_bank(request: HttpRequest) -> HttpResponse:
    """Every question of every published questionnaire: look here before asking anew."""
    reader, language = _reader(request), _language()
    offered = bank.offered(reader=reader)
    form = BankForm(request.GET, offered=offered)
    form.is_valid()
    chosen = form.cleaned_data
    sought = bank.Sought(
        typed=chosen.get("q", ""),
        concept=chosen.get("concept", ""),
        provision=chosen.get("provision", ""),
        theme=chosen.get("theme", ""),
        obligation=chosen.get("obligation", ""),
    )
    count = bank.search(reader=reader, sought=sought, language=language, most=0).count
    page = Paginator(range(count), bank.PAGE).get_page(request.GET.get("page"))
    found = bank.search(
        reader=reader,
        sought=sought,
        language=language,
        start=max(0, page.start_index() - 1),
        most=bank.PAGE,
    )
    names = theme_names()
    return render(
        request,
        "questionnaires/questionnaire/bank.html",
        {
            "form": form,
            "offered": offered,
            "hits": [
                {"hit": hit, "provisions": _provisions(hit), "themes": _themes(hit, names)}
                for hit in found.hits
            ],
            "count": count,
            "page": page,
            "narrowed": not sought.is_empty,
        },
    )


def _themes(hit: Any, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, names.get(code, code)) for code in hit.question.themes]


def _provisions(hit: Any) -> list[dict[str, str]]:
    return [
        {
            "code": f"{each.instrument} {each.article}".strip(),
            "words": provision_name(each.instrument, each.article, each.paragraph),
        }
        for each in hit.question.provisions
    ]
