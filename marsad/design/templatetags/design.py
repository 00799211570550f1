"""The components, as tags: `{% load design %}` and then `{% button _("Save") %}` and so on.

Each has a template of its own in `templates/design/` and a stylesheet in
`static/design/components/`; the style page shows them all.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from marsad.design import formatting
from marsad.design.components import Change, Column, Fact, Heading, Link, Pair, Step

register = template.Library()

#: 2026-11-22: Python also reads 20261122, which is a number to anybody else.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: Stylesheets in the order they are linked; a new block is a file in `components/` and a line here.
STYLESHEETS = (
    "tokens",
    "fonts",
    "base",
    *(
        f"components/{block}"
        for block in (
            "masthead",
            "button",
            "field",
            "message",
            "badge",
            "breadcrumbs",
            "tabs",
            "table",
            "filters",
            "pagination",
            "empty_state",
            "progress",
            "step_list",
            "fact_list",
            "contents",
            "document",
            "side_by_side",
            "change",
            "drop_zone",
            "disclosure",
            "dialog",
            "copy_button",
            "listing",
            "search_box",
            "account",
        )
    ),
)


# ── numbers, dates, languages ────────────────────────────────────────────────────────────────────
@register.filter
def digits(value: object) -> str:
    """Any text with its digits as the reader wants them; symbols such as A/64/12 keep theirs."""
    return formatting.for_reader().text(str(value))


@register.filter
def written_day(value: str) -> str:
    """A day that is kept as 2026-11-22, as dates are written; every other text as it is."""
    if not _DAY.fullmatch(value):
        return value
    try:
        return formatting.for_reader().date(datetime.date.fromisoformat(value))
    except ValueError:
        return value


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """A number, grouped: `{{ total|number }}`, `{{ share|number:1 }}`."""
    return "" if value in (None, "") else formatting.for_reader().number(value, decimals=decimals)


@register.filter
def percent(value: Any, decimals: int = 0) -> str:
    """A share of one as per cent: `{{ 0.25|percent }}`."""
    if value in (None, ""):
        return ""
    return formatting.for_reader().percent(value, decimals=decimals)


@register.filter
def un_date(value: datetime.date | None) -> str:
    """A day as a United Nations document writes it; of a moment, its day."""
    return "" if value is None else formatting.for_reader().date(value)


@register.filter
def un_moment(value: datetime.datetime | None) -> str:
    """A day and a time of day."""
    return "" if value is None else formatting.for_reader().moment(value)


@register.simple_tag
def un_dates(start: datetime.date, end: datetime.date) -> str:
    """The days of a meeting: `{% un_dates meeting.start meeting.end %}`."""
    return formatting.for_reader().date_range(start, end)


@register.filter
def file_size(value: int) -> str:
    """Bytes in a unit one can grasp."""
    return formatting.for_reader().file_size(value)


@register.filter
def listed(values: Iterable[str]) -> SafeString:
    """Several things in a sentence: «أ وب وج», each kept from disturbing its neighbours."""
    return SafeString(formatting.for_reader().listed(formatting.isolated(v) for v in values))


@register.filter
def dir_of(code: str | None) -> str:
    """The direction of a language: `dir="{{ document.language|dir_of }}"`."""
    return formatting.lang_dir(code)


@register.simple_tag
def content_dir(code: str | None) -> SafeString:
    """Both attributes of content in a language: `<p {% content_dir document.language %}>`."""
    return format_html('lang="{}" dir="{}"', code or "und", formatting.lang_dir(code))


@register.filter
def isolated(value: object, language: str | None = None) -> SafeString:
    """A symbol that must not disturb the line it stands in: `{{ symbol|isolated:"en" }}`."""
    return formatting.isolated(str(value), language=language)


# ── addresses ────────────────────────────────────────────────────────────────────────────────────
@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """This page's query string with some names changed; None takes a name out.

    `<a href="{% query sort='date' page=None %}">`
    """
    return _query(context, changes)


def _query(context: Context, changes: dict[str, Any]) -> str:
    request = context.get("request")
    kept = request.GET.copy() if request is not None else None
    pairs: list[tuple[str, str]] = []
    if kept is not None:
        pairs = [(name, value) for name, values in kept.lists() for value in values]
    pairs = [pair for pair in pairs if pair[0] not in changes]
    for name, value in changes.items():
        if value is not None and value != "":
            pairs.append((name, str(value)))
    return "?" + urlencode(pairs)


@register.simple_tag(takes_context=True)
def is_current(context: Context, item: Any) -> bool:
    """Whether a link of the navigation is where the reader is."""
    link = _link(item)
    request = context.get("request")
    if link.current or request is None:
        return link.current
    here: str = request.path
    return here == link.url or (link.url != "/" and here.startswith(link.url))


def _link(item: Any) -> Link:
    """A `Link` from one, from a mapping, or from a pair of label and address."""
    if isinstance(item, Link):
        return item
    if isinstance(item, dict):
        return Link(**item)
    label, url = item
    return Link(label=label, url=url)


@register.simple_tag
def stylesheets() -> Sequence[str]:
    """The paths of all stylesheets, in order."""
    return [f"design/{name}.css" for name in STYLESHEETS]


# ── small components ─────────────────────────────────────────────────────────────────────────────
@register.simple_tag
def attributes(**given: Any) -> SafeString:
    """HTML attributes from names with underscores: `hx_post="/x"` is `hx-post="/x"`."""
    return _attributes(given)


def _attributes(given: dict[str, Any]) -> SafeString:
    written = [
        (name.rstrip("_").replace("_", "-"), value)
        for name, value in given.items()
        if value not in (None, False, "")
    ]
    return format_html_join(
        "", ' {}="{}"', [(name, "" if value is True else value) for name, value in written]
    )


@register.inclusion_tag("design/button.html")
def button(label: str, kind: str = "primary", href: str = "", type: str = "", **more: Any) -> Any:  # noqa: A002
    """A button, or with `href` a link that looks like one.

    :param kind: primary (one on a page), secondary, quiet, danger.
    :param more: any attribute, e.g. `name="act" value="keep" hx_post=url`.
    """
    return {
        "label": label,
        "kind": kind,
        "href": href,
        "type": type or "submit",
        "more": _attributes(more),
    }


@register.inclusion_tag("design/badge.html")
def badge(label: str, tone: str = "neutral") -> Any:
    """A word of state. `tone`: neutral, accent, good, warning, bad; never colour alone."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("design/breadcrumbs.html")
def breadcrumbs(items: Iterable[Any]) -> Any:
    """Where this page stands; links or pairs of label and address, the page itself left out."""
    return {"items": [_link(item) for item in items]}


@register.inclusion_tag("design/tabs.html", takes_context=True)
def tabs(context: Context, items: Iterable[Any], label: str) -> Any:
    """Views of one thing, each with an address of its own. `label` says what they are views of."""
    return {"items": [_link(item) for item in items], "label": label}


@register.inclusion_tag("design/progress.html")
def progress(label: str, value: float | None = None, max: float = 100, detail: str = "") -> Any:  # noqa: A002
    """How far long work has come; without `value`, that it goes on."""
    return {"label": label, "value": value, "max": max, "detail": detail}


@register.inclusion_tag("design/step_list.html")
def step_list(steps: Iterable[Step], label: str = "") -> Any:
    """The steps of longer work and where it stands."""
    return {"steps": steps, "label": label or gettext("Steps")}


@register.inclusion_tag("design/fact_list.html")
def fact_list(facts: Iterable[Fact]) -> Any:
    """What is known, line by line."""
    return {"facts": facts}


@register.inclusion_tag("design/contents.html")
def contents(headings: Sequence[Heading], language: str | None = None, label: str = "") -> Any:
    """A table of contents; `language` is the document's."""
    return {"headings": headings, "language": language, "label": label or gettext("Contents")}


@register.inclusion_tag("design/empty_state.html")
def empty_state(title: str, text: str = "", action: str = "", href: str = "") -> Any:
    """There is nothing here yet: say so, and what to do about it."""
    return {"title": title, "text": text, "action": action, "href": href}


@register.inclusion_tag("design/message.html")
def problem(sentence: object, title: str = "") -> Any:
    """A foreseen failure: the sentence of a `Problem`, said at once to a screen reader."""
    return {"text": str(sentence), "title": title, "tone": "bad", "role": "alert"}


@register.inclusion_tag("design/message.html")
def message(text: str, tone: str = "neutral", title: str = "") -> Any:
    """Something to know. `tone`: neutral, good, warning, bad."""
    return {"text": text, "title": title, "tone": tone, "role": "status"}


@register.inclusion_tag("design/copy_button.html")
def copy_button(text: str, label: str = "", kind: str = "secondary") -> Any:
    """Copy `text`; where scripts do not run it is not shown, so show the text itself beside it."""
    return {"text": text, "label": label or gettext("Copy"), "kind": kind}


@register.inclusion_tag("design/field.html")
def field(bound: Any, hint: str = "", label: str = "") -> Any:
    """A form field with its label, hint and errors tied to it."""
    widget, hint = bound.field.widget, hint or bound.help_text
    group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    notes = [f"{bound.auto_id}_helptext"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(
        bound.errors
    )
    described = {"aria-describedby": " ".join(notes)} if notes else {}
    return {
        "field": bound,
        "control": bound.as_widget(attrs={} if group else described),
        "label": label or bound.label,
        "hint": hint,
        "notes": described.get("aria-describedby"),
        "single_box": isinstance(widget, forms.CheckboxInput),
        "group": group,
        "optional": not bound.field.required,
    }


@register.inclusion_tag("design/search_box.html", takes_context=True)
def search_box(
    context: Context,
    action: str,
    value: str = "",
    name: str = "q",
    label: str = "",
    id: str = "q",  # noqa: A002
) -> Any:
    """A search field with its button, as a form that asks with GET."""
    return {
        "action": action,
        "value": value,
        "name": name,
        "label": label or gettext("Search"),
        "id": id,
    }


@register.inclusion_tag("design/drop_zone.html", takes_context=True)
def drop_zone(
    context: Context,
    action: str,
    name: str = "file",
    accept: str = "",
    label: str = "",
    hint: str = "",
    many: bool = True,
) -> Any:
    """A place to drop files. Without scripts, a plain field for many files and a button.

    With scripts each file is sent by itself, with progress, as `name` in a POST to `action` that
    carries the header `X-Requested-With: drop-zone`; the HTML answered (one `<li>`) takes the
    place of the file's row, whatever the status.
    """
    return {
        "action": action,
        "name": name,
        "accept": accept,
        "label": label or gettext("Drop files here"),
        "hint": hint,
        "many": many,
        "csrf_token": context.get("csrf_token"),
        "id": f"drop-{name}",
    }


@register.inclusion_tag("design/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], param: str = "page") -> Any:
    """Links to the pages of a long list; the rest of the query stays."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    gap = str(page.paginator.ELLIPSIS)
    entries = [
        {
            "number": None if entry == gap else entry,
            "current": entry == page.number,
            "url": _query(context, {param: entry}),
        }
        for entry in shown
    ]
    return {
        "page": page,
        "entries": entries,
        "before": _query(context, {param: page.number - 1}),
        "after": _query(context, {param: page.number + 1}),
    }


# ── text and its repairs ─────────────────────────────────────────────────────────────────────────
@register.simple_tag
def change_mark(change: Change, number: int | str = "") -> SafeString:
    """A repaired place in running text, tied to its explanation in `change_notes`.

    Also called from Python by whoever builds a passage: it returns safe HTML. A document may hold
    thousands of them, so they are written here and not by a template each.
    """
    taken_away = change.before and not change.after
    return format_html(
        '<span class="change" id="{id}"><{tag} class="change__{kind}">{text}</{tag}>'
        '<a class="change__number" href="#{id}-why" data-why="{why}" data-before="{before}"'
        ' data-after="{after}"><span class="visually-hidden">{label} </span>{number}</a></span>',
        id=change.id,
        tag="del" if taken_away else "ins",
        kind="before" if taken_away else "after",
        text=change.before if taken_away else change.after,
        why=change.why,
        before=change.before,
        after=change.after,
        label=gettext("Why this was changed"),
        number=digits(number),
    )


@register.inclusion_tag("design/change_notes.html")
def change_notes(changes: Sequence[Change], language: str | None = None, open: bool = False) -> Any:  # noqa: A002
    """The explanations of marked changes, as notes that a mark leads to and that lead back."""
    return {"changes": changes, "language": language, "open": open}


@register.inclusion_tag("design/side_by_side.html")
def side_by_side(pairs: Iterable[Pair], language: str | None, caption: str = "") -> Any:
    """A repair beside its source, passage by passage; one under the other on a phone."""
    return {
        "pairs": pairs,
        "language": language,
        "caption": caption or gettext("The repaired text beside its source"),
    }


# ── components that hold others ──────────────────────────────────────────────────────────────────
@register.simple_block_tag(takes_context=True)
def table(
    context: Context,
    content: str,
    caption: str,
    columns: Sequence[Column],
    exports: Iterable[Any] = (),
    sort: str | None = None,
    id: str = "",  # noqa: A002
    quiet_caption: bool = False,
) -> SafeString:
    """A table around rows that the page writes.

    `{% table caption=_("Documents") columns=columns exports=exports %}<tr>…</tr>{% endtable %}`

    Each heading with a `key` sorts by it (`?sort=key`, `?sort=-key`). Give every cell
    `data-label="{{ columns.0.label }}"`: on a phone a row becomes a small list. `sort` says how
    the rows are sorted when the address does not.
    """
    request = context.get("request")
    sorted_by = (request.GET.get("sort") if request is not None else None) or sort or ""
    return SafeString(
        render_to_string(
            "design/table.html",
            {
                "rows": mark_safe(content),  # noqa: S308 (rendered and escaped by the page)
                "caption": caption,
                "quiet_caption": quiet_caption,
                "headings": [_heading(context, column, sorted_by) for column in columns],
                "exports": [_link(item) for item in exports],
                "id": id,
            },
        )
    )


def _heading(context: Context, column: Column, sorted_by: str) -> dict[str, Any]:
    if column.key is None:
        return {"column": column}
    ascending, descending = sorted_by == column.key, sorted_by == f"-{column.key}"
    to = f"-{column.key}" if ascending else column.key
    return {
        "column": column,
        "url": _query(context, {"sort": to, "page": None}),
        "aria_sort": "ascending" if ascending else "descending" if descending else "",
    }


@register.simple_block_tag(takes_context=True)
def filters(
    context: Context, content: str, label: str = "", action: str = "", clear: str = "", **more: Any
) -> SafeString:
    """A form that narrows a list, around its fields; asks with GET, so the address can be shared.

    On a phone it is folded until something is asked for.

    :param clear: the address without any filter; a link to it stands beside the button.
    :param more: any attribute of the form, e.g. `hx_get=url hx_target="#results"`.
    """
    request = context.get("request")
    asked = request is not None and any(
        value for name, value in request.GET.items() if name not in ("page", "sort")
    )
    return SafeString(
        render_to_string(
            "design/filters.html",
            {
                "content": mark_safe(content),  # noqa: S308
                "label": label or gettext("Filter"),
                "action": action,
                "clear": clear,
                "open": asked,
                "more": _attributes(more),
            },
        )
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False, id: str = "") -> SafeString:  # noqa: A002
    """Something that can be opened: `{% disclosure _("Details") %}…{% enddisclosure %}`."""
    return SafeString(
        render_to_string(
            "design/disclosure.html",
            {"content": mark_safe(content), "summary": summary, "open": open, "id": id},  # noqa: S308
        )
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002
    """A dialog, opened by any `<button type="button" data-opens="ID">`."""
    return SafeString(
        render_to_string(
            "design/dialog.html",
            {"content": mark_safe(content), "id": id, "title": title},  # noqa: S308
        )
    )


# ── the frame ────────────────────────────────────────────────────────────────────────────────────
@register.simple_tag
def other_languages() -> list[dict[str, str]]:
    """The languages the page is not in, each by its own name."""
    now = get_language()
    return [
        {"code": code, "name": str(name), "dir": formatting.lang_dir(code)}
        for code, name in settings.LANGUAGES
        if code != now
    ]


@register.simple_tag
def other_digits() -> dict[str, str]:
    """The digits the page is not written in: what to send and what to show."""
    other = formatting.for_reader().digits.other
    shown = "123" if other is formatting.Digits.LATIN else "١٢٣"
    return {"value": other.value, "shown": shown}
