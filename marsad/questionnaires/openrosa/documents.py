"""The documents a client is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

FORM_LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"

#: What XML 1.0 cannot hold at all.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class FormOffered:
    """A form in the list. Collect refuses a whole list in which one lacks id, name or address."""

    #: As in the form's own `id`.
    form_id: str
    #: What people call it.
    name: str
    #: As in the form's own `version`.
    version: str
    #: The very bytes that are served: their hash is how a client notices an update.
    content: bytes
    #: Absolute address of the form.
    download_url: str
    #: What is told before it is filled in.
    description: str = ""
    #: Absolute address of the list of its files; empty where it has none.
    manifest_url: str = ""


@dataclass(frozen=True, kw_only=True)
class MediaOffered:
    """A file that a form needs: a picture, a list of choices."""

    name: str
    content: bytes
    #: Absolute address.
    download_url: str


def writable(words: str) -> str:
    """The words without what XML cannot hold: controls from Word, half an emoji.

    >>> writable("one\x0btwo")
    'onetwo'
    """
    return _UNWRITABLE.sub("", words)


def hash_of(content: bytes) -> str:
    """The hash the protocol asks for; it tells versions apart and guards nothing."""
    return "md5:" + hashlib.md5(content, usedforsecurity=False).hexdigest()


def form_list(forms: Iterable[FormOffered]) -> bytes:
    """The forms that are offered, as a client reads them."""
    root = _root(FORM_LIST, "xforms")
    for form in forms:
        told = {
            "formID": form.form_id,
            "name": form.name,
            "version": form.version,
            "hash": hash_of(form.content),
            "downloadUrl": form.download_url,
        }
        if form.description:
            told["descriptionText"] = form.description
        if form.manifest_url:
            told["manifestUrl"] = form.manifest_url
        _add(root, FORM_LIST, "xform", told)
    return _written(root)


def manifest(files: Iterable[MediaOffered]) -> bytes:
    """The files that belong to a form."""
    root = _root(MANIFEST, "manifest")
    for file in files:
        told = {
            "filename": file.name,
            "hash": hash_of(file.content),
            "downloadUrl": file.download_url,
        }
        _add(root, MANIFEST, "mediaFile", told)
    return _written(root)


def message(sentence: str) -> bytes:
    """What a person at the phone is told, good news and bad."""
    root = _root(RESPONSE, "OpenRosaResponse")
    etree.SubElement(root, f"{{{RESPONSE}}}message").text = _writable(sentence)
    return _written(root)


def _root(namespace: str, name: str) -> etree._Element:
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _add(root: etree._Element, namespace: str, name: str, told: Mapping[str, str]) -> None:
    entry = etree.SubElement(root, f"{{{namespace}}}{name}")
    for part, words in told.items():
        etree.SubElement(entry, f"{{{namespace}}}{part}").text = _writable(words)


def _writable(words: str) -> str:
    return _UNWRITABLE.sub("\ufffd", words)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
