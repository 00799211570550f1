"""The values that components are drawn from; views make them, templates pass them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place to go: an entry of the navigation, of breadcrumbs, of tabs or of exports."""

    #: What the reader sees, translated.
    label: str
    #: Where it leads.
    url: str
    #: It is where the reader is.
    current: bool = False
    #: A number beside the label, already known; none is drawn when None.
    count: int | None = None
    #: The language the label is written in, where that is not the interface's.
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table."""

    #: Its heading, translated; on a phone it stands before each cell.
    label: str
    #: The name it is sorted by in `?sort=`; None when the table cannot be sorted by it.
    key: str | None = None
    #: Numbers line up at their end.
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of longer work."""

    #: What is done in it, translated.
    label: str
    #: Where it stands.
    state: Literal["done", "current", "to do", "failed"] = "to do"
    #: One more sentence.
    hint: str = ""
    #: Where to do it.
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of a list of facts: what it is, and its value (text, or safe HTML)."""

    #: What it is, translated.
    label: str
    #: Its value or values; each on a line of its own.
    values: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """An entry of a table of contents."""

    #: The heading's words, in the language of the document.
    label: str
    #: The id it leads to, without `#`, or a whole address.
    target: str
    #: The entries under it.
    children: Sequence[Heading] = ()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One passage twice, for reading a repair beside its source."""

    #: The passage as it came, text or safe HTML with marked changes.
    source: str
    #: The passage as it is shown, text or safe HTML with marked changes.
    repaired: str
    #: What it is called, e.g. "13".
    label: str = ""
    #: The id it is cited by, e.g. "para-13".
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A repair of the text and the reason for it."""

    #: A number or id, unlike any other on the page.
    id: str
    #: What stood in the source; empty where something was added.
    before: str
    #: What stands now; empty where something was taken away.
    after: str
    #: Why, as a translated sentence.
    why: str
