"""Looking for elements, in one place that knows what lxml may answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from lxml import etree

Element = etree._Element


def find(
    root: Element, path: str, namespaces: Mapping[str, str] | None = None, **values: str
) -> list[Element]:
    """The elements that an XPath finds."""
    variables: dict[str, Any] = {**values}
    found = root.xpath(path, namespaces=dict(namespaces) if namespaces else None, **variables)
    return cast("list[Element]", found)


def text_of(element: Element) -> str:
    """Everything that is written in an element."""
    return "".join(cast("list[str]", list(element.itertext())))


def attribute(element: Element, name: str) -> str:
    """An attribute, empty where there is none."""
    return cast(str, element.get(name, ""))


def take_out(element: Element) -> None:
    """Take an element out and leave what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
