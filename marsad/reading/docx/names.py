"""The names of WordprocessingML this engine looks for."""

from __future__ import annotations

from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_R_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


def local(element: etree._Element) -> str:
    """The name without its namespace; none for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """A `w:` attribute, in either of the two namespaces Word writes."""
    if element is None:
        return None
    return element.get(_W + name) or element.get(_STRICT + name)


def relation(element: etree._Element) -> str | None:
    """The `r:id` of an element that points to another part."""
    return element.get(_R + "id") or element.get(_R_STRICT + "id")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element down the path `names`, each the first of its name."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The direct children of that name."""
    return [each for each in element if local(each) == name]


def value(element: etree._Element | None, *names: str) -> str | None:
    """The `w:val` of the element down the path `names`."""
    return attribute(child(element, *names), "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as `<w:vanish/>` is there and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def whole(text: str | None, otherwise: int) -> int:
    """A number written in an attribute; nonsense counts as `otherwise`."""
    try:
        return int(text) if text is not None and len(text) < 10 else otherwise
    except ValueError:
        return otherwise
