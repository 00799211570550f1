"""The XForm made ready for the stylesheets: one language of it, choices written out.

A form in six languages is drawn in one: what a reader never sees is neither sent nor held by the
browser, and a language is changed by drawing anew. Choices that do not depend on an answer stand
in the page as they are, so that the browser need not look each of them up when the form opens.
"""

from __future__ import annotations

import copy
import csv
import io
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from marsad.questionnaires.rendering.errors import NotDrawable
from marsad.questionnaires.rendering.languages import Language, named
from marsad.questionnaires.rendering.tree import Element, attribute, find, text_of

XF = "http://www.w3.org/2002/xforms"
H = "http://www.w3.org/1999/xhtml"
ODK = "http://www.opendatakit.org/xforms"
JR = "http://openrosa.org/javarosa"
NAMES = {"xf": XF, "h": H, "odk": ODK, "jr": JR}

#: What pyxform writes where a translation is missing.
MISSING = "-"

# "instance('yn')/root/item", and nothing that depends on an answer
_WHOLE_LIST = re.compile(r"^\s*instance\(\s*(['\"])(?P<id>[^'\"]+)\1\s*\)/root/item\s*$")
# "jr:itext(itextId)"
_ITEXT_OF = re.compile(r"^jr:itext\((?P<node>[\w.-]+)\)$")
_TEXT_ID = re.compile(r"^jr:itext\('(?P<id>.*)'\)$")
# A column that can be the name of an element.
_COLUMN = re.compile(r"^[^\W\d][\w.-]*$")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")


def parsed(xform: bytes) -> Element:
    """The tree of a form, nothing outside it read.

    :raises NotDrawable: if it is no XForm.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xform, parser)
    except etree.XMLSyntaxError as error:
        raise NotDrawable(reason=str(error)) from error
    if b"<!DOCTYPE" in xform or model_of(root) is None:
        raise NotDrawable(reason="XForm")
    return root


def model_of(root: Element) -> Element | None:
    """The model, where there is one with an instance."""
    found = find(root, "/h:html/h:head/xf:model[xf:instance/*]", NAMES)
    return found[0] if found else None


def languages_of(root: Element) -> tuple[Language, ...]:
    """The languages of a form, the default one first."""
    translations = find(root, "//xf:itext/xf:translation", NAMES)
    if not translations:
        return (named("", sample=_labels(root)),)
    ordered = sorted(translations, key=lambda one: one.get("default") is None)
    return tuple(named(attribute(one, "lang"), sample=[text_of(one)]) for one in ordered)


def _labels(root: Element) -> Iterator[str]:
    for label in root.iter(f"{{{XF}}}label", f"{{{XF}}}hint"):
        yield text_of(label)


def in_one_language(root: Element, language: Language) -> None:
    """Keep one translation; where it lacks a text, the default's stands in for it."""
    itext = root.find(f".//{{{XF}}}itext")
    if itext is None:
        return
    translations = itext.findall(f"{{{XF}}}translation")
    kept = next(one for one in translations if attribute(one, "lang") == language.source)
    first = next((one for one in translations if one.get("default") is not None), translations[0])
    if first is not kept:
        _fill_gaps(kept, first)
    for one in translations:
        if one is not kept:
            itext.remove(one)
    kept.set("default", "true()")


def _fill_gaps(kept: Element, first: Element) -> None:
    texts = {attribute(text, "id"): text for text in kept}
    for text in first:
        mine = texts.get(attribute(text, "id"))
        if mine is None:
            kept.append(copy.deepcopy(text))
        elif all((value.text or "") in ("", MISSING) and not len(value) for value in mine):
            for value in list(mine):
                mine.remove(value)
            mine.extend(copy.deepcopy(value) for value in text)


def show_several_choices(root: Element) -> None:
    """Several choices are boxes to tick, also where a form wants them folded away.

    What browsers draw for a list of several choices needs a key held down, which few know of.
    """
    for question in root.iter(f"{{{XF}}}select"):
        wanted = attribute(question, "appearance").split()
        kept = [one for one in wanted if one not in ("minimal", "autocomplete", "search")]
        if kept != wanted:
            question.set("appearance", " ".join(kept))


def bring_lists(root: Element, files: Mapping[str, bytes]) -> None:
    """Put lists that came as files of their own (`towns.csv`) into the form.

    The browser must not have to fetch them one by one, and gets them with the form.
    """
    for instance in find(root, "//xf:model/xf:instance[@src]", NAMES):
        name = attribute(instance, "src").rpartition("/")[2]
        if name in files and name.lower().endswith(".csv"):
            for child in list(instance):
                instance.remove(child)
            instance.append(_items(files[name]))
            del instance.attrib["src"]


def _items(data: bytes) -> Element:
    made = etree.Element(f"{{{XF}}}root")
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
    for row in rows:
        item = etree.SubElement(made, f"{{{XF}}}item")
        for column, value in row.items():
            if column and _COLUMN.match(column) and isinstance(value, str):
                # What XML cannot hold was never meant to be read.
                etree.SubElement(item, f"{{{XF}}}{column}").text = _NO_XML.sub("", value)
    return made


def write_out_choices(root: Element) -> None:
    """Replace lists that depend on nothing by their choices; drop lists nobody asks for then."""
    model = model_of(root)
    assert model is not None
    lists = {attribute(one, "id"): one for one in find(model, "xf:instance[@id]", NAMES)}
    texts = {attribute(text, "id"): text for text in model.iter(f"{{{XF}}}text")}
    for itemset in list(root.iter(f"{{{XF}}}itemset")):
        whole = _WHOLE_LIST.match(attribute(itemset, "nodeset"))
        source = lists.get(whole["id"]) if whole else None
        if source is not None and source.get("src") is None:
            _expand(itemset, source)
        else:
            _name_labels(itemset, lists, texts)
    _drop_unasked(root, lists)


def _refs(itemset: Element) -> tuple[str, str]:
    value, label = itemset.find(f"{{{XF}}}value"), itemset.find(f"{{{XF}}}label")
    return (
        "" if value is None else attribute(value, "ref"),
        "" if label is None else attribute(label, "ref"),
    )


def _expand(itemset: Element, source: Element) -> None:
    parent = itemset.getparent()
    if parent is None:
        return
    value_ref, label_ref = _refs(itemset)
    named_by = _ITEXT_OF.match(label_ref)
    at = parent.index(itemset)
    made = []
    for item in source.iterfind(f"{{{XF}}}root/{{{XF}}}item"):
        one = etree.Element(f"{{{XF}}}item")
        label = etree.SubElement(one, f"{{{XF}}}label")
        if named_by:
            identity = item.findtext(f"{{{XF}}}{named_by['node']}", "")
            label.set("ref", f"jr:itext('{identity}')")
        else:
            label.text = item.findtext(f"{{{XF}}}{label_ref}", "")
        etree.SubElement(one, f"{{{XF}}}value").text = item.findtext(f"{{{XF}}}{value_ref}", "")
        made.append(one)
    parent.remove(itemset)
    for offset, one in enumerate(made):
        parent.insert(at + offset, one)


def _name_labels(
    itemset: Element,
    lists: dict[str, Element],
    texts: dict[str, Element],
) -> None:
    """Tell the stylesheet where a list that depends on answers keeps its words."""
    value_ref, label_ref = _refs(itemset)
    named_by = _ITEXT_OF.match(label_ref)
    asked = _INSTANCE.search(attribute(itemset, "nodeset"))
    source = lists.get(asked[1]) if asked else None
    if named_by and source is not None and _plain(source, named_by["node"], texts):
        # Words alone: they stand beside each choice, once, however many questions offer it.
        for identity in source.iter(f"{{{XF}}}{named_by['node']}"):
            item = identity.getparent()
            if item is not None and item.find(f"{{{XF}}}label") is None:
                found = texts.get(identity.text or "")
                words = "" if found is None else text_of(found).strip()
                etree.SubElement(item, f"{{{XF}}}label").text = words
        label_ref = "label"
        for label in find(itemset, "xf:label", NAMES):
            label.set("ref", "label")
    elif named_by and source is not None:
        itemset.extend(copy.deepcopy(one) for one in source.iter(f"{{{XF}}}{named_by['node']}"))
    itemset.set("valueRef", value_ref)
    itemset.set("labelRef", label_ref)


def _plain(source: Element, node: str, texts: dict[str, Element]) -> bool:
    """Whether the choices of a list are words, without pictures or sounds."""
    found = (texts.get(one.text or "") for one in source.iter(f"{{{XF}}}{node}"))
    return all(text is None or all(value.get("form") is None for value in text) for text in found)


def _drop_unasked(root: Element, lists: dict[str, Element]) -> None:
    asked: set[str] = set()
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            asked.update(_INSTANCE.findall(str(value)))
    for name, one in lists.items():
        parent = one.getparent()
        if name not in asked and one.get("src") is None and parent is not None:
            parent.remove(one)


def text_id(ref: str) -> str | None:
    """The id in a reference to a text.

    >>> text_id("jr:itext('/data/name:label')")
    '/data/name:label'
    """
    found = _TEXT_ID.match(ref)
    return found["id"] if found else None
