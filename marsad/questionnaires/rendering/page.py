"""What the stylesheets made, put right for our pages.

The stylesheets write for another house: styles and handlers inside the page, which our policy
blocks, labels around everything, headings of any level. Enketo finds its way by classes and data
attributes, so those stay; the rest is ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from marsad.questionnaires.rendering import markdown
from marsad.questionnaires.rendering.languages import Language
from marsad.questionnaires.rendering.tree import Element, attribute, find, take_out, text_of

_HELPERS = (
    "or-preload-items",
    "or-calculated-items",
    "or-setvalue-items",
    "or-setgeopoint-items",
)
_MARKED = ("question-label", "or-hint", "option-label", "or-constraint-msg", "or-required-msg")
_MEDIA = re.compile(r"^jr://[\w-]+/(?P<name>.+)$")
#: Of these XForm types, what is typed reads from left to right in every language.
_LEFT_TO_RIGHT = frozenset(
    {"int", "integer", "decimal", "date", "datetime", "time", "geopoint", "geotrace", "geoshape"}
)
_NUMBERS = frozenset({"int", "integer", "decimal", "float", "double"})


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the form with a heading of its own, for the list of contents."""

    #: The id of its element in the page.
    id: str
    #: Its heading, as plain text.
    label: str


def put_right(
    form: Element,
    *,
    language: Language,
    words: Mapping[str, str],
    media: Mapping[str, str],
) -> tuple[Section, ...]:
    """Put the form right in place, and say which sections it has.

    :param words: what the form itself says ("Required", "OK"), by key, in its language.
    :param media: where the pictures and sounds of the questionnaire are, by file name.
    """
    _drop_furniture(form)
    _repair_actions(form, "setgeopoint")
    _repair_actions(form, "setvalue")
    _expand_appearances(form)
    for element in list(form.iter(etree.Element)):
        _disarm(element)
    _say(form, words)
    _replace_media(form, media, words)
    _render_marks(form)
    _loosen_labels(form)
    _set_inputs(form, words)
    form.set("lang", language.tag)
    form.set("dir", language.direction)
    _level_headings(form)
    return _number_sections(form)


def _classes(element: Element) -> list[str]:
    return attribute(element, "class").split()


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _with_class(root: Element, name: str, tag: str = "*") -> list[Element]:
    return find(root, f".//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def _drop_furniture(form: Element) -> None:
    for comment in list(form.iter(etree.Comment)):
        take_out(comment)
    for element in [
        *_with_class(form, "form-logo"),
        *find(form, ".//*[@id='form-title' or @id='form-languages' or @id='stats']"),
    ]:
        take_out(element)
    for name in _HELPERS:
        for element in find(form, ".//*[@id=$name]", name=name):
            element.set("hidden", "hidden")
    for element in _with_class(form, "or-option-translations"):
        element.set("hidden", "hidden")


def _repair_actions(form: Element, name: str) -> None:
    """An action that hangs on a question belongs to its control, not into a label of its own."""
    for action in find(form, f".//*[contains(@class, 'question')]//label/input[@data-{name}]"):
        label = _parent(action)
        action.tail = label.tail
        _parent(label).replace(label, action)
    for action in find(form, f".//label[contains(@class, '{name}')]/input[@data-{name}]"):
        same = find(
            form,
            ".//*[@name=$name and not(@type='hidden') and (contains(../@class, 'question') "
            "or contains(../../@class, 'option-wrapper'))]",
            name=attribute(action, "name"),
        )
        if same:
            for key in (f"data-{name}", "data-event"):
                same[0].set(key, attribute(action, key))
            take_out(_parent(action))


def _expand_appearances(form: Element) -> None:
    for element in find(form, ".//*[@data-appearances or @data-appearances-select-type]"):
        select = "data-appearances-select-type" in element.attrib
        element.attrib.pop("data-appearances-select-type", "")
        appearances = str(element.attrib.pop("data-appearances", "")).lower().split()
        expanded = [name for one in appearances for name in _appearance(one, select=select)]
        classes: list[str] = []
        for name in _classes(element):
            classes += expanded if name == "or-appearances-placeholder" else [name]
        element.set("class", " ".join(classes))


def _appearance(appearance: str, *, select: bool) -> list[str]:
    made = [f"or-appearance-{appearance}"]
    if not select:
        return made
    if appearance == "horizontal":
        made.append("or-appearance-columns")
    elif appearance == "horizontal-compact":
        made.append("or-appearance-columns-pack")
    elif appearance == "compact":
        made += ["or-appearance-columns-pack", "or-appearance-no-buttons"]
    elif appearance.startswith("compact-"):
        made += [appearance.removeprefix("compact-"), "or-appearance-no-buttons"]
    return made


def _disarm(element: Element) -> None:
    """Nothing inline, and no language but the form's: only one is in the page."""
    for name in list(element.attrib):
        if str(name) in ("style", "lang", "action", "method") or str(name).startswith("on"):
            del element.attrib[name]


def _say(form: Element, words: Mapping[str, str]) -> None:
    for element in find(form, ".//*[@data-i18n]"):
        key = attribute(element, "data-i18n")
        if key in words:
            element.text = words[key]
    for mark in _with_class(form, "required", "span"):
        mark.text = words["form.required"]
    for label in find(form, ".//fieldset[contains(@class, 'trigger')]//label/span"):
        if label.text == "OK":
            label.text = words["form.ok"]


def _replace_media(form: Element, media: Mapping[str, str], words: Mapping[str, str]) -> None:
    for element in find(form, ".//img | .//audio | .//video | .//a[@href]"):
        key = "href" if element.tag == "a" else "src"
        named = _MEDIA.match(attribute(element, key))
        address = media.get(named["name"]) if named else None
        if address is None:
            take_out(element)
            continue
        element.set(key, address)
        if element.tag == "img":
            element.set("alt", words["form.image"])
        elif element.tag in ("audio", "video"):
            element.set("controls", "controls")


def _render_marks(form: Element) -> None:
    for name in _MARKED:
        for span in _with_class(form, name):
            if markdown.has_marks(text_of(span)):
                markdown.render(span)


def _loosen_labels(form: Element) -> None:
    """A label names its control; it does not hold hints, buttons and messages as well."""
    for question in _with_class(form, "question", "label"):
        question.tag = "div"
        for child in question:
            if child.tag == "span" and "question-label" in _classes(child):
                child.tag = "label"


def _set_inputs(form: Element, words: Mapping[str, str]) -> None:
    for control in find(form, ".//input[@name] | .//textarea[@name]"):
        kind = attribute(control, "type")
        if kind in ("hidden", "radio", "checkbox"):
            continue
        xml_type = attribute(control, "data-type-xml").lower()
        if xml_type == "binary":
            # The control holds the name of the file; the file itself goes up at once.
            control.set("type", "text")
            control.set("class", (attribute(control, "class") + " hide").strip())
        elif xml_type in _NUMBERS and control.get("min") is None:
            # Browsers refuse ٣ in a field for numbers and show 12 as they please.
            control.set("type", "text")
            control.set("inputmode", "decimal" if xml_type == "decimal" else "numeric")
            control.attrib.pop("step", "")
            control.set("dir", "ltr")
        elif xml_type in _LEFT_TO_RIGHT or kind == "tel":
            control.set("dir", "ltr")
        elif control.get("readonly") is None:
            control.set("dir", "auto")
        if xml_type == "geopoint":
            control.set("placeholder", words["form.geopoint"])
        control.set("autocomplete", "off")


def _level_headings(form: Element) -> None:
    """Headings follow the page's own `h1` without a gap."""
    for heading in list(form.iter("h4")):
        depth = sum(
            1
            for above in heading.iterancestors("section")
            if any(child.tag in ("h2", "h3", "h4", "h5", "h6") for child in above)
        )
        heading.tag = f"h{min(6, 1 + max(1, depth))}"
        if not text_of(heading).strip():
            take_out(heading)


def _number_sections(form: Element) -> tuple[Section, ...]:
    sections: list[Section] = []
    for group in form.iterchildren("section"):
        heading = next(group.iterchildren("h2"), None)
        if heading is None:
            continue
        identity = f"section-{len(sections) + 1}"
        group.set("id", identity)
        label = " ".join(text_of(heading).split())
        sections.append(Section(id=identity, label=label))
    return tuple(sections)
