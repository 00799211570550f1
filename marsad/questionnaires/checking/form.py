"""An XForm read once: its fields with their rules, its choices, its words in each language."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from marsad.questionnaires.checking import kinds
from marsad.questionnaires.checking.errors import UnreadableForm
from marsad.questionnaires.checking.instance import Element
from marsad.questionnaires.checking.languages import UNNAMED, code_of
from marsad.questionnaires.checking.order import deep_order

#: What a column `bind::marsad:…` becomes.
MARSAD = "https://marsad.invalid/xforms"
_JR = "{http://openrosa.org/javarosa}"
_MARSAD = f"{{{MARSAD}}}"

Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An expression of a field and where it stands: `relevant`, `constraint`, `calculate` …"""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that can be chosen."""

    value: str
    #: By language code.
    labels: Words


@dataclass(kw_only=True)
class Choices:
    """What a question offers."""

    #: Name of the list, as the workbook calls it; empty for choices of the question's own.
    list_name: str
    #: The expression that finds the choices, with whatever filters them; empty for fixed ones.
    nodeset: str
    value_name: str
    #: Fixed choices, or all of the list whatever the filter says; empty where a file holds them.
    items: Sequence[Choice] = ()
    #: Whether the expression leaves some of the list out.
    is_filtered: bool = False
    #: Whether `items` are all there can be: not where a file or earlier answers give them.
    is_known: bool = True

    def __post_init__(self) -> None:
        self._by_value = {item.value: item for item in self.items}

    def has(self, value: str) -> bool:
        return value in self._by_value

    def label_of(self, value: str, *, language: str) -> str:
        """What a choice is called; its value where the list lacks it."""
        item = self._by_value.get(value)
        return value if item is None else in_language(item.labels, language) or value


@dataclass(eq=False, kw_only=True)
class Field:
    """A place of the form: a question, a group, a repeat, a calculation."""

    path: str
    name: str
    parent: Field | None
    children: list[Field] = field(default_factory=list)
    kind: str = "group"
    type_: str = ""
    rules: dict[str, str] = field(default_factory=dict)
    labels: Words = field(default_factory=dict)
    hints: Words = field(default_factory=dict)
    constraint_messages: Words = field(default_factory=dict)
    required_messages: Words = field(default_factory=dict)
    choices: Choices | None = None
    is_readonly: bool = False
    #: Has a control: people see it.
    is_asked: bool = False
    is_repeat: bool = False
    #: How often a repeat is asked, as an expression; empty where people decide.
    count: str = ""
    #: Bounds of a scale.
    bounds: tuple[float, float, float] | None = None
    default: str = ""
    preload: str = ""
    appearance: str = ""
    #: Our own columns: provision, obligation, themes, concept.
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        return bool(self.children) or self.kind in ("group", "repeat")

    @property
    def repeat_path(self) -> str:
        """Path of the innermost repeat it stands in; empty where it is asked once."""
        above = self.parent
        while above is not None:
            if above.is_repeat:
                return above.path
            above = above.parent
        return ""

    def label(self, language: str) -> str:
        return in_language(self.labels, language) or self.name


def in_language(words: Words, language: str) -> str:
    """The words in a language, or in the first there is."""
    if words.get(language):
        return words[language]
    short = language.partition("-")[0]
    return words.get(short) or next((text for text in words.values() if text), "")


class Form:
    """A form, ready to check what was filled in."""

    def __init__(self, xform: bytes, *, media: Mapping[str, bytes] | None = None) -> None:
        tree = _parse(xform)
        model = tree.find(".//{*}model")
        main = None if model is None else model.find("{*}instance/*")
        if model is None or main is None:
            raise UnreadableForm(reason="model")
        self.id = main.get("id", "")
        self.version = main.get("version", "")
        self.title = (tree.findtext(".//{*}title") or "").strip()
        self.languages, self._texts = _itext(model)
        self.root = Field(path=f"/{_local(main)}", name=_local(main), parent=None)
        #: By path, in the order of the form.
        self.fields: dict[str, Field] = {self.root.path: self.root}
        self._add_children(main, self.root)
        self._instances = self._lists(model, media or {})
        self.needs = _files_named(model, self._texts)
        self._bind(model)
        body = tree.find("{*}body")
        if body is not None:
            self._body(body)
        self._settle()
        #: What to compute first, where rules look far ahead; see `order.py`.
        self.first = deep_order(self.fields)

    # ── what others ask ──────────────────────────────────────────────────────────────────────────
    def instance(self, name: str) -> Element | None:
        """The list of that name, above its root: `instance('x')/root/item`."""
        return self._instances.get(name)

    def text_by_id(self, name: str) -> str:
        return in_language(self._texts.get(name, {}), self.languages[0])

    def questions(self) -> Iterator[Field]:
        """What can have an answer, in order."""
        for each in self.fields.values():
            if not each.is_group and not each.path.startswith(f"{self.root.path}/meta/"):
                yield each

    # ── reading ──────────────────────────────────────────────────────────────────────────────────
    def _add_children(self, element: etree._Element, above: Field) -> None:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            path = f"{above.path}/{_local(child)}"
            if path in self.fields:
                continue  # the first of a repeat after its template
            found = Field(path=path, name=_local(child), parent=above)
            found.default = (child.text or "").strip() if not len(child) else ""
            above.children.append(found)
            self.fields[path] = found
            self._add_children(child, found)

    def _lists(self, model: etree._Element, media: Mapping[str, bytes]) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for instance in model.findall("{*}instance"):
            name, source = instance.get("id"), instance.get("src", "")
            if not name:
                continue
            if len(instance):
                document = Element("")
                document.add(_as_elements(instance[0]))
                found[name] = document
            else:
                try:
                    rows = _external(media.get(source.rpartition("/")[2], b""), source)
                except (UnreadableForm, csv.Error):
                    continue  # a broken file of the form is not the sender's fault
                if rows is not None:
                    found[name] = rows
        return found

    def _bind(self, model: etree._Element) -> None:
        for bind in model.iter("{*}bind"):
            place = self.fields.get(bind.get("nodeset", ""))
            if place is None:
                continue
            place.type_ = bind.get("type", "").rpartition(":")[2]
            for rule in ("relevant", "constraint", "calculate", "required", "readonly"):
                if bind.get(rule) and bind.get(rule, "").strip() not in ("", "false()"):
                    place.rules[rule] = bind.get(rule, "")
            place.is_readonly = place.rules.get("readonly", "").strip() == "true()"
            place.preload = bind.get(f"{_JR}preload", "")
            place.constraint_messages = self._words(bind.get(f"{_JR}constraintMsg", ""))
            place.required_messages = self._words(bind.get(f"{_JR}requiredMsg", ""))
            place.extras = {
                str(name).removeprefix(_MARSAD): str(value)
                for name, value in bind.attrib.items()
                if str(name).startswith(_MARSAD)
            }

    def _words(self, written: str) -> Words:
        """Words that stand in the form itself, or by an id in each language."""
        written = written.strip()
        if written.startswith("jr:itext("):
            return self._texts.get(written[len("jr:itext(") : -1].strip().strip("'\""), {})
        return {self.languages[0]: written} if written else {}

    def _text_at(self, element: etree._Element, name: str) -> Words:
        """Words of a label or hint."""
        found = element.find(f"{{*}}{name}")
        if found is None:
            return {}
        reference = found.get("ref", "")
        return self._words(reference if reference.startswith("jr:itext(") else _spoken(found))

    def _body(self, body: etree._Element) -> None:
        for control in body.iter():
            if not isinstance(control.tag, str):
                continue
            place = self.fields.get(control.get("ref") or control.get("nodeset") or "")
            name = _local(control)
            if place is None or name in ("label", "value", "output", "hint", "itemset"):
                continue
            if name == "repeat":
                place.is_repeat = True
                place.kind = "repeat"
                place.count = control.get(f"{_JR}count", "")
                continue
            place.appearance = control.get("appearance", "")
            place.labels = self._text_at(control, "label") or place.labels
            place.hints = self._text_at(control, "hint") or place.hints
            if name == "group":
                continue
            self._control(place, control, name)

    def _control(self, place: Field, control: etree._Element, name: str) -> None:
        place.is_asked = True
        place.kind = kinds.kind_of(
            control=name,
            type_=place.type_,
            media=control.get("mediatype", ""),
            is_readonly=place.is_readonly and "calculate" not in place.rules,
        )
        if name == "range":
            place.bounds = _bounds(control)
        if place.kind in kinds.CHOICES:
            place.choices = self._choices(control)

    def _choices(self, control: etree._Element) -> Choices:
        itemset = control.find("{*}itemset")
        if itemset is None:
            if control.get("query"):
                return Choices(list_name="", nodeset="", value_name="", is_known=False)
            items = [
                Choice(value=item.findtext("{*}value") or "", labels=self._text_at(item, "label"))
                for item in control.findall("{*}item")
            ]
            return Choices(list_name="", nodeset="", value_name="", items=items)
        return self._itemset(itemset)

    def _itemset(self, itemset: etree._Element) -> Choices:
        nodeset = itemset.get("nodeset", "")
        value = itemset.find("{*}value")
        label = itemset.find("{*}label")
        value_name = "name" if value is None else value.get("ref", "name")
        label_ref = "" if label is None else label.get("ref", "")
        plain = nodeset.removeprefix("randomize(")
        name = plain.partition("instance('")[2].partition("'")[0]
        items: list[Choice] = []
        for item in self._items(name):
            values = item.children.get(value_name)
            if values:
                items.append(
                    Choice(value=values[0].text, labels=self._label_of_item(item, label_ref))
                )
        return Choices(
            list_name=name,
            nodeset=nodeset,
            value_name=value_name,
            items=items,
            is_filtered="[" in plain,
            is_known=bool(items),
        )

    def _items(self, name: str) -> Iterator[Element]:
        document = self._instances.get(name)
        if document is not None:
            for root in document.every_child():
                yield from root.every_child()

    def _label_of_item(self, item: Element, reference: str) -> Words:
        if reference.startswith("jr:itext("):
            key = item.children.get(reference[len("jr:itext(") : -1].strip())
            return self._texts.get(key[0].text, {}) if key else {}
        said = item.children.get(reference)
        return {self.languages[0]: said[0].text} if said and said[0].text else {}

    def _settle(self) -> None:
        """Kinds of what has no control."""
        for place in self.fields.values():
            if place.children or place.is_repeat:
                place.kind = "repeat" if place.is_repeat else "group"
            elif not place.is_asked:
                place.kind = kinds.kind_unasked(
                    is_calculated="calculate" in place.rules, is_preloaded=bool(place.preload)
                )


def load_form(xform: bytes, media: Mapping[str, bytes] | None = None) -> Form:
    """A form, read once and kept for as long as it is used.

    :param media: the files that go with it, by name: what its choices are looked up in.
    :raises UnreadableForm: if it is none.
    """
    return _loaded(xform, tuple(sorted((media or {}).items())))


@lru_cache(maxsize=64)
def _loaded(xform: bytes, media: tuple[tuple[str, bytes], ...]) -> Form:
    return Form(xform, media=dict(media))


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────
def _parse(xform: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xform, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise UnreadableForm(reason=str(fault)) from fault


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _spoken(element: etree._Element) -> str:
    """Words of a label; a value shown in it becomes `${name}`, as authors write it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _local(child) == "output":
            reference = (child.get("value") or child.get("ref") or "").strip()
            parts.append(f"${{{reference.rpartition('/')[2]}}}")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split(" ")).strip()


def _itext(model: etree._Element) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Languages, the default first, and every text by id and language."""
    languages: list[str] = []
    texts: dict[str, dict[str, str]] = {}
    for translation in model.findall("{*}itext/{*}translation"):
        code = code_of(translation.get("lang", ""))
        if code in languages:
            code = translation.get("lang", code)
        if translation.get("default"):
            languages.insert(0, code)
        else:
            languages.append(code)
        for text in translation.findall("{*}text"):
            for value in text.findall("{*}value"):
                said = _spoken(value)
                # "-" is what pyxform writes where a translation is missing.
                if not value.get("form") and said and said != "-":
                    texts.setdefault(text.get("id", ""), {})[code] = said
    return languages or [UNNAMED], texts


def _as_elements(source: etree._Element) -> Element:
    made = Element(_local(source), text=(source.text or "").strip())
    made.attributes = {
        str(etree.QName(name).localname): str(value) for name, value in source.attrib.items()
    }
    for child in source:
        if isinstance(child.tag, str):
            made.add(_as_elements(child))
    return made


def _external(data: bytes, source: str) -> Element | None:
    """Rows of a file that goes with the form: a CSV, a GeoJSON, or XML in the shape of a list."""
    if not data:
        return None
    document = Element("")
    if source.endswith(".xml"):
        document.add(_as_elements(_parse(data)))
        return document
    rows: Iterable[Mapping[str, str]]
    root = document.add(Element("root"))
    if source.endswith(".geojson"):
        rows = _features(data)
    elif source.endswith(".csv"):
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
    else:
        return None
    for row in rows:
        item = root.add(Element("item"))
        for name, text in row.items():
            if isinstance(name, str) and isinstance(text, str):
                item.add(Element(name, text=text.strip()))
    return document


def _features(data: bytes) -> Iterator[Mapping[str, str]]:
    """What is said of each place of a GeoJSON: its id and its properties."""
    try:
        features = json.loads(data).get("features", ())
    except (ValueError, AttributeError, RecursionError):
        return
    for feature in features if isinstance(features, list) else ():
        if isinstance(feature, dict):
            said = feature.get("properties")
            row = {**(said if isinstance(said, dict) else {}), "id": feature.get("id")}
            if row["id"] is None and isinstance(said, dict):
                row["id"] = said.get("id")
            if row["id"] is not None:
                yield {str(name): str(value) for name, value in row.items() if value is not None}


def _files_named(model: etree._Element, texts: Mapping[str, Words]) -> list[str]:
    """Files that must go with the form: pictures of labels, lists in files."""
    found: dict[str, None] = {}
    for instance in model.findall("{*}instance"):
        source = instance.get("src", "")
        if source.startswith("jr://") and "last-saved" not in source:
            found[source.rpartition("/")[2]] = None
    for value in model.findall("{*}itext/{*}translation/{*}text/{*}value[@form]"):
        written = (value.text or "").strip()
        if written.startswith("jr://"):
            found[written.rpartition("/")[2]] = None
    return list(found)


def _bounds(control: etree._Element) -> tuple[float, float, float] | None:
    try:
        found = (
            float(control.get("start", "0")),
            float(control.get("end", "10")),
            float(control.get("step", "1")),
        )
    except ValueError:
        return None
    return found if all(map(math.isfinite, found)) else None
