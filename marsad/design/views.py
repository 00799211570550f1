"""The digits switch, and the page that shows every component."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marsad.design import formatting
from marsad.design.components import Change, Column, Fact, Heading, Link, Pair, Step
from marsad.design.templatetags.design import change_mark

_A_YEAR = 365 * 24 * 60 * 60


@require_POST
def set_digits(request: HttpRequest) -> HttpResponse:
    """Keep the reader's digits in a cookie and go back to where they were."""
    back = request.POST.get("next") or request.headers.get("Referer") or "/"
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = formatting.Digits.chosen(request.POST.get("digits"))
    if chosen is not None:
        response.set_cookie(
            formatting.PREFERENCE,
            chosen.value,
            max_age=_A_YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


class StyleForm(forms.Form):
    """One field of every kind."""

    symbol = forms.CharField(
        label=gettext_lazy("Symbol"),
        help_text=gettext_lazy("As printed at the head of the first page."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("ar", "العربية"), ("en", "English")]
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("Strength"),
        choices=[("shall", gettext_lazy("shall")), ("should", gettext_lazy("should"))],
        widget=forms.RadioSelect,
        required=False,
    )
    restricted = forms.BooleanField(
        label=gettext_lazy("Circulation is limited"),
        help_text=gettext_lazy("Only the roles named here will see it."),
        required=False,
    )


def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for looking at and for tests."""
    form = StyleForm({"symbol": "", "language": "ar"})
    change = Change(
        id="c1", before="الاتـــجار", after="الاتجار", why=_("Stretching strokes were taken out.")
    )
    moved = Change(
        id="c2", before="13ـ ", after="١٣-", why=_("The number was brought home to its paragraph.")
    )
    return render(
        request,
        "design/style.html",
        {
            "form": form,
            "today": datetime.date(2019, 9, 3),
            "page_of_many": Paginator(range(240), 20).page(5),
            "crumbs": [Link(label=_("Library"), url="#"), Link(label=_("Documents"), url="#")],
            "tab_items": [
                Link(label=_("Text"), url="#text", current=True),
                Link(label=_("Source and repair"), url="#repair", count=24),
                Link(label=_("Versions"), url="#versions", count=2),
            ],
            "columns": [
                Column(label=_("Symbol"), key="symbol"),
                Column(label=_("Title"), key="title"),
                Column(label=_("Date"), key="date"),
                Column(label=_("Paragraphs"), key="paragraphs", numeric=True),
            ],
            "exports": [
                Link(label=kind, url="#") for kind in ("Word", "PDF", "CSV", "Excel", "JSON")
            ],
            "steps": [
                Step(label=_("Received"), state="done"),
                Step(
                    label=_("Text repaired"),
                    state="done",
                    hint=formatting.for_reader().counted(
                        "{count} change, explained", "{count} changes, each explained", 1204
                    ),
                ),
                Step(label=_("Structure read"), state="current"),
                Step(label=_("Ready to search")),
            ],
            "facts": [
                Fact(label=_("Symbol"), values=["CTOC/COP/2019/4"]),
                Fact(label=_("Language"), values=["العربية", "English"]),
            ],
            "headings": [
                Heading(
                    label="أولا- مقدمة",
                    target="text",
                    children=[Heading(label="ألف- الولاية", target="text")],
                ),
                Heading(label="ثانيا- التوصيات", target="text"),
            ],
            "changes": [replace(change, id="c3")],
            "pairs": [
                Pair(
                    label="13",
                    anchor="para-13",
                    source="13ـ  نظرت الدول في تدابير مكافحة الاتـــجار بالأشخاص.",
                    repaired=format_html(
                        "{} نظرت الدول في تدابير مكافحة {} بالأشخاص.",
                        change_mark(moved, 1),
                        change_mark(change, 2),
                    ),
                )
            ],
            "a_list": ["النمسا", "الأردن", "تونس"],
        },
    )
