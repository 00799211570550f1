"""What the templates of the document page draw, shaped from the query's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marsad.design.components import Change, Fact, Heading, Link
from marsad.design.formatting import for_reader, isolated
from marsad.design.templatetags.design import change_mark
from marsad.library.queries.document import Block, DocumentPage, Line, front_matter
from marsad.library.queries.export import DOCUMENT_FORMATS
from marsad.library.repairs import why
from marsad.library.templatetags.library import agenda_item
from marsad.library.templatetags.library import symbol as as_symbol
from marsad.library.types import VersionCard
from marsad.library.words import PassageKind

#: The stroke that stretches a line: «العمـــل».
TATWEEL = "\u0640"
PUNCTUATION = ".,،؛:()"
FORMAT_LABELS = {
    "docx": "Word",
    "pdf": "PDF",
    "text": "TXT",
    "json": "JSON",
    "akn": "Akoma Ntoso",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A block with its words as safe HTML."""

    block: Block
    words: SafeString
    items: Sequence[tuple[str, str, SafeString]]
    address: str
    #: What it was called before the text was made anew; these addresses lead here too.
    formerly: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A passage as it came and as it reads now, with the reasons for what changed in it."""

    number: str
    anchor: str
    source: str
    repaired: SafeString
    notes: Sequence[Change]


def context(request: HttpRequest, *, page: DocumentPage, view: str) -> dict[str, Any]:
    """Everything the page shows besides its forms."""
    address = reverse("library:document", args=[page.card.key])
    query = _kept(request)
    shared: dict[str, Any] = {
        "page": page,
        "card": page.card,
        "address": address,
        "absolute": request.build_absolute_uri(address),
        "tabs": _tabs(page, address=address, view=view, query=query),
        "headings": _headings(page.blocks),
        "facts": _facts(page),
        "exports": _exports(page, query=query),
        "citation": page.card.symbol or page.card.title,
        **_bars(page),
    }
    if view == "copies":
        return shared
    if view == "source":
        return {**shared, **_beside(page)}
    return {
        **shared,
        "blocks": [
            _shown(block, address=address, formerly=page.former_anchors) for block in page.blocks
        ],
        "footnotes": page.footnotes,
        "front": [(label, _stated(label, value)) for label, value in front_matter(page.structure)],
    }


def _stated(label: str, value: str) -> SafeString:
    return agenda_item(value) if label == _("Agenda item") else isolated(for_reader().text(value))


def _kept(request: HttpRequest) -> str:
    kept = [
        f"{name}={request.GET[name]}" for name in ("version", "language") if name in request.GET
    ]
    return "&".join(kept)


def _tabs(page: DocumentPage, *, address: str, view: str, query: str) -> list[Link]:
    also = f"&{query}" if query else ""
    return [
        Link(
            label=_("Text"),
            url=f"{address}?{query}",
            current=view not in ("source", "copies"),
        ),
        Link(
            label=_("Source and repair"),
            url=f"{address}?view=source{also}",
            current=view == "source",
            count=len(page.changes) or None,
        ),
        *(
            [
                Link(
                    label=_("Copies"),
                    url=f"{address}?view=copies&version={page.version.key}",
                    current=view == "copies",
                    count=len(other_copies(page)) + 1,
                )
            ]
            if other_copies(page)
            else []
        ),
    ]


#: Two bars of a sound text are short beside this; those of a damaged one fill the width.
_SOUND = 0.05


def _bars(page: DocumentPage) -> dict[str, str]:
    """Lengths of the two bars of quality, written as text: SVG knows no decimal comma."""
    if page.quality is None:
        return {}
    before, after = page.quality.before, page.quality.after
    longest = max(before, after, _SOUND)
    return {
        "bar_before": f"{100 * before / longest:.1f}",
        "bar_after": f"{100 * after / longest:.1f}",
    }


def other_copies(page: DocumentPage) -> list[VersionCard]:
    """The other copies in the language of the version shown."""
    return [
        each
        for each in page.versions
        if each.language == page.version.language and each.key != page.version.key
    ]


def _headings(blocks: Iterable[Block]) -> list[Heading]:
    """The tree of headings from their levels."""
    tree: list[tuple[Block, list[Any]]] = []
    for block in blocks:
        if block.kind != PassageKind.HEADING:
            continue
        if block.level >= 2 and tree:
            tree[-1][1].append((block, []))
        else:
            tree.append((block, []))
    return [_heading(block, below) for block, below in tree]


def _heading(block: Block, below: Iterable[tuple[Block, Any]]) -> Heading:
    return Heading(
        label=for_reader().text(f"{block.number}- {block.text}" if block.number else block.text),
        target=block.anchor,
        children=[_heading(child, ()) for child, _none in below],
    )


def _facts(page: DocumentPage) -> list[Fact]:
    """The documents it names, and where it is named."""
    facts = []
    if page.cites:
        facts.append(Fact(label=_("Documents it names"), values=list(map(_symbol, page.cites))))
    if page.cited_by:
        facts.append(
            Fact(
                label=_("Named by"),
                values=[
                    format_html(
                        '<a href="{}">{}</a>',
                        reverse("library:document", args=[card.key]),
                        isolated(card.symbol or card.title),
                    )
                    for card in page.cited_by
                ],
            )
        )
    return facts


def _symbol(cited: tuple[str, str]) -> str:
    symbol, key = cited
    if not key:
        return as_symbol(symbol)
    return format_html(
        '<a href="{}">{}</a>', reverse("library:document", args=[key]), as_symbol(symbol)
    )


def _exports(page: DocumentPage, *, query: str) -> list[Link]:
    return [
        Link(
            label=FORMAT_LABELS[code],
            url=reverse("library:document_export", args=[page.card.key, code])
            + f"?version={page.version.key}",
        )
        for code in DOCUMENT_FORMATS
    ]


# ── words with their marks ───────────────────────────────────────────────────────────────────────
def _shown(block: Block, *, address: str, formerly: Mapping[str, Sequence[str]]) -> Shown:
    return Shown(
        block=block,
        words=_with_marks(block.text, marks=block.marks),
        items=[
            (item["id"], item["printed"], _with_marks(item["text"], marks=item.get("marks", [])))
            for item in block.items
        ],
        address=f"{address}#{block.anchor}",
        formerly=[
            old
            for anchor in (block.anchor, *(item["id"] for item in block.items))
            for old in formerly.get(anchor, ())
        ],
    )


def _with_marks(text: str, *, marks: Iterable[Mapping[str, Any]]) -> SafeString:
    """The text with a link at each place that sends the reader to a footnote."""
    pieces: list[tuple[str, SafeString | str]] = []
    begin = 0
    for mark in sorted(marks, key=lambda each: each["at"]):
        pieces.append((text[begin : mark["at"]], _note(mark["marker"])))
        begin = mark["at"]
    pieces.append((text[begin:], ""))
    return format_html_join("", "{}{}", pieces)


def _note(marker: str) -> SafeString:
    return format_html(
        '<sup class="document__mark"><a href="#note-{}">({})</a></sup>',
        marker,
        for_reader().text(marker),
    )


# ── the source beside the repair ─────────────────────────────────────────────────────────────────
def _beside(page: DocumentPage) -> dict[str, Any]:
    passages: list[Beside] = []
    count = 0
    for block in (*page.blocks, *page.footnotes):
        if not block.lines:
            continue
        notes: list[Change] = []
        marked = [_marked(line, notes=notes, after=count) for line in block.lines]
        count += len(notes)
        passages.append(
            Beside(
                number=block.number,
                anchor=block.anchor,
                source="\n".join(line.source for line in block.lines),
                repaired=format_html_join("\n", "{}", ((line,) for line in marked)),
                notes=notes,
            )
        )
    return {
        "passages": passages,
        "stretched": sum(change["kind"] == "tatweel" for change in page.changes),
    }


def _marked(line: Line, *, notes: list[Change], after: int) -> SafeString:
    """The repaired line; each word that did not stand so in the source is marked and explained.

    A word that only lost its stretching strokes is left unmarked: there are thousands, and a page
    where everything is marked shows nothing.
    """
    if not line.changed or not line.changes:
        return format_html("{}", line.text)
    before = set(line.source.replace(TATWEEL, "").split())
    changes = list(line.changes)
    pieces: list[SafeString | str] = []
    for word in line.text.split(" "):
        if not word or word in before or word.strip(PUNCTUATION) in before:
            pieces.append(word)
            continue
        number = after + len(notes) + 1
        note = _note_of(line, word=word, change=_cause(word, changes=changes), number=number)
        notes.append(note)
        pieces.append(change_mark(note, number))
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


def _cause(word: str, *, changes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The change that made the word, else the last that touched the line."""
    made = [change for change in changes if change["after"].strip() and word in change["after"]]
    exact = [change for change in made if change["after"].strip() == word]
    return (exact or made or list(changes))[0 if exact or made else -1]


def _note_of(line: Line, *, word: str, change: Mapping[str, Any], number: int) -> Change:
    return Change(
        id=f"change-{number}",
        before=change["before"] if len(change["before"]) <= 60 else line.source.strip(),
        after=word,
        why=why(change, line=line.number),
    )
