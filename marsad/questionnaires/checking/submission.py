"""What was sent, read with the care that strangers deserve, and laid over the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from marsad.questionnaires.checking.errors import (
    HasDoctype,
    NoInstanceId,
    NotASubmission,
    TooLarge,
    TooMany,
    WrongForm,
)
from marsad.questionnaires.checking.form import Field, Form
from marsad.questionnaires.checking.instance import Element
from marsad.questionnaires.checking.result import MOST_FAULTS, AnswerFault

#: Bytes of XML, without files.
LARGEST = 10 * 1024 * 1024
#: Repetitions of one group in one place.
MOST_REPEATED = 5_000
_TEMPLATE = "{http://openrosa.org/javarosa}template"


@dataclass(kw_only=True)
class Laid:
    """A submission laid over its form: every place of the form has an element."""

    root: Element
    instance_id: str
    deprecated_id: str
    faults: list[AnswerFault] = field(default_factory=list)

    def tell(self, fault: AnswerFault) -> None:
        """Keep a fault, and of those that are too many the first one."""
        if len(self.faults) <= MOST_FAULTS:
            self.faults.append(fault)


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What a submission says of itself, before it is judged."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str


def parse(data: bytes) -> Node:
    """The XML of a submission.

    :raises NotASubmission, HasDoctype, TooLarge: where it is not to be read.
    """
    if len(data) > LARGEST:
        raise TooLarge(size=len(data), most=LARGEST)
    try:
        root: Node = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise HasDoctype from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise NotASubmission(reason=str(fault)) from fault
    return root


def envelope(data: bytes) -> Envelope:
    """Which form, which version and which filling it is, without judging it.

    :raises NotASubmission, HasDoctype, TooLarge, NoInstanceId: where it does not say.
    """
    return _envelope(parse(data))


def _envelope(root: Node) -> Envelope:
    meta = next((child for child in root if local(child) == "meta"), None)
    said = {
        local(child): (child.text or "").strip() for child in (meta if meta is not None else ())
    }
    instance_id = said.get("instanceID", "") or root.get("instanceID", "")
    if not instance_id or len(instance_id) > 200:
        raise NoInstanceId
    return Envelope(
        form_id=root.get("id", ""),
        version=root.get("version", ""),
        instance_id=instance_id,
        deprecated_id=said.get("deprecatedID", "")[:200],
    )


def lay(form: Form, data: bytes) -> Laid:
    """Lay a submission over its form.

    :raises WrongForm: if it was filled for another.
    """
    root = parse(data)
    said = _envelope(root)
    if local(root) != form.root.name or said.form_id != form.id or said.version != form.version:
        raise WrongForm(
            given=said.form_id or local(root),
            given_version=said.version,
            expected=form.id,
            expected_version=form.version,
        )
    laid = Laid(
        root=Element(form.root.name, field=form.root),
        instance_id=said.instance_id,
        deprecated_id=said.deprecated_id,
    )
    _fill(laid, laid.root, root, form.root)
    return laid


def local(node: Node) -> str:
    """The name of a node without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _fill(laid: Laid, element: Element, node: Node, place: Field) -> None:
    given: dict[str, list[Node]] = {}
    for child in node:
        # Phones send the template of a repeat along; it is no answer.
        if isinstance(child.tag, str) and _TEMPLATE not in child.attrib:
            given.setdefault(local(child), []).append(child)
    for each in place.children:
        _fill_place(laid, element, given.pop(each.name, []), each)
    if place.name == "meta" and place.path.count("/") == 2:
        return  # phones write down more about themselves than the form asks
    for name in given:
        if element.parent is None and name == "meta":
            continue
        laid.tell(
            AnswerFault(
                path=f"{place.path}/{name}"[:1000],
                code="unknown-question",
                position=element.position(),
                details={"value": name[:100]},
            )
        )


def _fill_place(laid: Laid, above: Element, nodes: list[Node], place: Field) -> None:
    if len(nodes) > MOST_REPEATED:
        raise TooMany(name=place.name, count=len(nodes), most=MOST_REPEATED)
    if not place.is_repeat:
        if len(nodes) > 1:
            laid.tell(
                AnswerFault(
                    path=place.path,
                    code="not-repeated",
                    position=above.position(),
                    labels=place.labels,
                    details={"count": len(nodes)},
                )
            )
        nodes = nodes[:1]
    for node in nodes:
        made = above.add(Element(place.name, field=place))
        if place.is_group:
            _fill(laid, made, node, place)
        else:
            made.text = node.text or ""
            _must_be_empty(laid, made, node, place)
    if not nodes and not place.is_repeat:
        made = above.add(Element(place.name, field=place))
        if place.is_group:
            _fill(laid, made, Node(place.name), place)


def _must_be_empty(laid: Laid, made: Element, node: Node, place: Field) -> None:
    if len(node) and not place.path.rpartition("/")[0].endswith("/meta"):
        laid.tell(
            AnswerFault(
                path=place.path,
                code="not-a-group",
                position=made.position(),
                labels=place.labels,
            )
        )
