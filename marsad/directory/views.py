"""Pages of the directory."""

from __future__ import annotations

import csv
from typing import cast

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marsad import problems
from marsad.design.components import Column, Fact, Link
from marsad.directory import actions, queries
from marsad.directory.forms import PersonForm, RoleForm
from marsad.directory.sign_in import password_path
from marsad.directory.types import Person, PersonRequest, StateView

#: The six languages of the United Nations, each by its own name.
_LANGUAGES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


def _language() -> str:
    return get_language() or "en"


# ── States ───────────────────────────────────────────────────────────────────────────────────────
@require_safe
def state_list(request: HttpRequest) -> HttpResponse:
    """Every State and territory with its codes; searched by any of its names."""
    text = request.GET.get("q", "")
    export = reverse("directory:state_export") + (
        "?" + request.GET.urlencode() if request.GET else ""
    )
    return render(
        request,
        "directory/state_list.html",
        {
            "states": _asked_states(request),
            "text": text,
            "columns": [
                Column(label=_("Name"), key="name"),
                Column(label="English" if _language() == "ar" else "العربية"),
                Column(label="ISO 3166-1 alpha-2", key="iso2"),
                Column(label="ISO 3166-1 alpha-3", key="iso3"),
                Column(label="M49", key="m49"),
                Column(label=_("Region"), key="region"),
                Column(label=_("Kind"), key="kind"),
            ],
            "exports": [Link(label="CSV", url=export)],
        },
    )


@require_safe
def state_export(request: HttpRequest) -> HttpResponse:
    """The same table to take away."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="states.csv"'
    response.write("\ufeff")  # Excel reads Arabic in a CSV only after this mark
    sheet = csv.writer(response)
    languages = list(_LANGUAGES)
    sheet.writerow(
        ["iso2", "iso3", "m49", "kind", "region", "subregion", "un_group", "invented"]
        + [f"name_{language}" for language in languages]
    )
    for state in _asked_states(request):
        codes = [state.iso2, state.iso3, state.m49, state.kind]
        places = [state.region, state.subregion, state.un_group, "1" if state.is_invented else ""]
        sheet.writerow(codes + places + [state.names.get(code, "") for code in languages])
    return response


def _asked_states(request: HttpRequest) -> list[StateView]:
    return queries.states(
        language=_language(), text=request.GET.get("q", ""), sort=request.GET.get("sort", "name")
    )


@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """One State: its names in six languages and its codes."""
    found = queries.state(iso2=code, language=_language())
    facts = [
        Fact(label="ISO 3166-1", values=[value for value in (found.iso2, found.iso3) if value]),
        Fact(label="M49", values=[found.m49]),
        Fact(label=_("Kind"), values=[found.kind_label]),
        Fact(label=_("Region"), values=[part for part in (found.region, found.subregion) if part]),
        Fact(label=_("Regional group"), values=[found.un_group]),
    ]
    names = [(code, own, found.names.get(code, "")) for code, own in _LANGUAGES.items()]
    return render(
        request,
        "directory/state.html",
        {
            "state": found,
            "facts": [fact for fact in facts if any(fact.values)],
            "names": names,
            "breadcrumbs_items": [Link(label=_("States"), url=reverse("directory:state_list"))],
        },
    )


# ── people, for administrators ───────────────────────────────────────────────────────────────────
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Who can sign in, and which roles they hold."""
    reader = cast(PersonRequest, request).reader
    people = queries.people(reader, language=_language())
    columns = [Column(label=_("Name")), Column(label=_("E-mail address")), Column(label=_("Roles"))]
    return render(request, "directory/person_list.html", {"people": people, "columns": columns})


def add_person(request: HttpRequest) -> HttpResponse:
    """A new person with their first role; the next page shows the link that lets them in."""
    reader = cast(PersonRequest, request).reader
    queries.require_administrator(reader)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            person = actions.admit(
                email=sent["email"],
                name=sent["name"],
                language=sent["language"],
                body=queries.body(name=sent["body"]),
                role=sent["role"],
                by=reader,
                at=timezone.now(),
            )
        except problems.Problem as problem:
            _beside_its_field(form, problem)
        else:
            link = request.build_absolute_uri(password_path(person))
            # Shown on the answer itself and kept nowhere: whoever has it can choose the password.
            return render(request, "directory/person_added.html", {"person": person, "link": link})
    return render(request, "directory/person_form.html", {"form": form})


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person, their roles, and another role for them."""
    reader = cast(PersonRequest, request).reader
    view = queries.person_view(reader, person_id=person_id, language=_language())
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(
                person=queries.person_by_id(reader, person_id=person_id),
                body=queries.body(name=form.cleaned_data["body"]),
                role=form.cleaned_data["role"],
                by=reader,
                at=timezone.now(),
            )
        except problems.Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("directory:person", person_id=person_id)
    columns = [Column(label=_("Role")), Column(label=_("Body")), Column(label=_("From"))]
    columns += [Column(label=_("Until")), Column(label=_("To do"))]
    return render(
        request, "directory/person.html", {"person": view, "form": form, "columns": columns}
    )


@require_POST
def end_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End one role now."""
    reader = cast(PersonRequest, request).reader
    membership = queries.membership(reader, membership_id=membership_id)
    actions.end_role(membership=membership, by=reader, at=timezone.now())
    return redirect("directory:person", person_id=membership.person_id)


def _beside_its_field(form: django_forms.Form, problem: problems.Problem) -> None:
    """A refusal goes beside the field it concerns, where it concerns one."""
    field = "email" if "email" in problem.details else None
    form.add_error(field, str(problem))


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """A person's own account: their roles, and where to change password, second step, tokens."""
    person = cast(Person, request.user)
    return render(
        request,
        "directory/me.html",
        {"person": person, "roles": [role.label for role in queries.roles_of(person)]},
    )


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """A person's own tokens; a new one is shown once, on the page that answers its making."""
    person = cast(Person, request.user)
    secret = problem = None
    if request.method == "POST":
        try:
            secret = actions.make_token(
                name=request.POST.get("name", ""), by=person, at=timezone.now()
            )
        except problems.Problem as refused:
            problem = refused
    response = render(
        request,
        "directory/token_list.html",
        {"tokens": queries.tokens_of(person), "secret": secret, "problem": problem},
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def end_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Call a token back."""
    actions.end_token(token_id=token_id, by=cast(Person, request.user), at=timezone.now())
    messages.success(request, _("The token was called back; it opens nothing any more."))
    return redirect("directory:token_list")
