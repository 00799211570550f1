"""What a submission says of itself, before anybody looks at its answers."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, canonicalize

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from marsad.questionnaires.openrosa.errors import Dangerous, Encrypted, NotASubmission, Unidentified

#: `meta` belongs to OpenRosa, and forms write it with this namespace, with their own or with none.
_OPENROSA = "{http://openrosa.org/xforms}"
#: An instance id is `uuid:` and 36 characters; anything of this length is taken.
_LONGEST_ID = 200


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Which form was filled in, and which filling-in this is."""

    #: The form's `id`.
    form_id: str
    #: The form's `version`; empty where the form has none.
    version: str
    #: `meta/instanceID`: one for each filling-in, whatever way and how often it is sent.
    instance_id: str
    #: `meta/deprecatedID`: which filling-in it corrects; empty for a first one.
    corrects: str
    #: SHA-256 of the canonical form, so that the same answers written differently are the same.
    digest: str


def open_envelope(xml: bytes) -> Envelope:
    """Read what a submission says of itself.

    :raises Dangerous: for entities and document types, which no client writes.
    :raises NotASubmission: for what is not XML, or has no form id.
    :raises Encrypted: for a sealed one, which needs a key that Marsad does not hold.
    :raises Unidentified: without an instance id, by which alone it could be known again.
    """
    root = _root(xml)
    form_id = root.get("id") or root.tag.rpartition("}")[0].lstrip("{")
    if root.get("encrypted") == "yes":
        raise Encrypted(form=form_id)
    if not form_id or len(form_id) > _LONGEST_ID:
        raise NotASubmission()
    instance_id = _meta(root, "instanceID")
    if not instance_id or len(instance_id) > _LONGEST_ID:
        raise Unidentified(form=form_id)
    return Envelope(
        form_id=form_id,
        version=root.get("version") or "",
        instance_id=instance_id,
        corrects=_meta(root, "deprecatedID")[:_LONGEST_ID],
        digest=_digest(xml),
    )


def _root(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        raise Dangerous() from None
    except (ParseError, ValueError, LookupError):
        raise NotASubmission() from None
    return root


def _digest(xml: bytes) -> str:
    written = canonicalize(from_file=io.BytesIO(xml), strip_text=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _meta(root: Element, name: str) -> str:
    own = root.tag[: root.tag.rfind("}") + 1]
    for space in (_OPENROSA, own, ""):
        found = root.find(f"{space}meta/{space}{name}")
        if found is not None and found.text:
            return found.text.strip()
    return ""
