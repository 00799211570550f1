"""XForm in, a page's form and its model out, in one language.

    >>> drawn = render(xform=…, language="ar")       # doctest: +SKIP
    >>> drawn.form, drawn.model, drawn.sections      # doctest: +SKIP

The two stylesheets are Enketo's (Apache-2.0) and come from npm when Marsad is set up: see
`tools/frontend.py`. Nothing here knows of the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

from marsad.questionnaires.rendering import xform as _xform
from marsad.questionnaires.rendering.errors import NotBuilt, NotDrawable
from marsad.questionnaires.rendering.languages import Language
from marsad.questionnaires.rendering.page import Section, put_right
from marsad.questionnaires.rendering.tree import Element, find
from marsad.questionnaires.rendering.words import form_words

__all__ = [
    "Language",
    "NotBuilt",
    "NotDrawable",
    "Rendered",
    "Section",
    "fingerprint",
    "form_words",
    "is_built",
    "languages",
    "render",
]

#: Where set-up puts the stylesheets, and the script that drives a form.
STYLESHEETS = Path(__file__).parent / "built"
SCRIPT = Path(__file__).parent.parent / "static" / "questionnaires" / "built" / "fill.js"


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A form drawn in one language."""

    #: The language it is in.
    language: Language
    #: The `<form>` element, as HTML.
    form: str
    #: The model that the form fills, as XML.
    model: str
    #: The parts of it that have a heading.
    sections: tuple[Section, ...]


def is_built() -> bool:
    """Whether set-up could fetch and build what a form in the browser needs."""
    return SCRIPT.is_file() and all(
        (STYLESHEETS / name).is_file() for name in ("form.xsl", "model.xsl")
    )


# Few: a form is some megabytes.
@lru_cache(maxsize=32)
def languages(xform: bytes) -> tuple[Language, ...]:
    """The languages of a form, its default first; one without a name where it has none.

    :raises NotDrawable: if it is no XForm.
    """
    return _xform.languages_of(_xform.parsed(xform))


def render(
    *,
    xform: bytes,
    language: str | None = None,
    media: Mapping[str, str] | None = None,
    lists: Mapping[str, bytes] | None = None,
) -> Rendered:
    """Draw a form in the language of that tag, or in its default one.

    :param media: where the pictures and sounds that questions name are, by file name.
    :param lists: the files that choices are looked up in, by name.
    :raises NotBuilt: if the stylesheets are not there.
    :raises NotDrawable: if the form cannot be drawn.
    """
    return _rendered(
        xform, language, tuple(sorted((media or {}).items())), tuple(sorted((lists or {}).items()))
    )


def fingerprint(xform: bytes, lists: Mapping[str, bytes] | None = None) -> str:
    """What a drawn form is known by: it changes with the form and with how we draw."""
    seen = hashlib.sha256(xform)
    for name, data in sorted((lists or {}).items()):
        seen.update(name.encode() + data)
    for path in (STYLESHEETS / "form.xsl", SCRIPT):
        if path.is_file():
            seen.update(str(path.stat().st_mtime_ns).encode())
    return seen.hexdigest()[:24]


@lru_cache(maxsize=24)
def _rendered(
    xform: bytes,
    language: str | None,
    media: tuple[tuple[str, str], ...],
    lists: tuple[tuple[str, bytes], ...],
) -> Rendered:
    to_form, to_model = _stylesheets()
    root = _xform.parsed(xform)
    spoken = _xform.languages_of(root)
    chosen = next((one for one in spoken if one.tag == language), spoken[0])
    _xform.in_one_language(root, chosen)
    _xform.show_several_choices(root)
    _xform.bring_lists(root, dict(lists))
    _xform.write_out_choices(root)
    try:
        form = to_form(root).getroot().find("form")
        model = to_model(root).getroot()
    except etree.XSLTApplyError as error:
        raise NotDrawable(reason=str(error)) from error
    if form is None:
        raise NotDrawable(reason="XForm")
    sections = put_right(form, language=chosen, words=form_words(chosen.tag), media=dict(media))
    _ensure_instance_id(model)
    etree.cleanup_namespaces(form)
    return Rendered(
        language=chosen,
        form=etree.tostring(form, method="html", encoding="unicode", with_tail=False),
        model=etree.tostring(model[0], encoding="unicode", with_tail=False),
        sections=sections,
    )


@lru_cache(maxsize=1)
def _stylesheets() -> tuple[etree.XSLT, etree.XSLT]:
    # The stubs of lxml know nothing of these names.
    closed = cast(Any, etree.XSLTAccessControl).DENY_ALL
    try:
        form, model = (
            etree.XSLT(etree.parse(STYLESHEETS / name), access_control=closed)
            for name in ("form.xsl", "model.xsl")
        )
    except OSError as error:
        raise NotBuilt() from error
    return form, model


def _ensure_instance_id(model: Element) -> None:
    xf = _xform.XF
    instance = model.find(f"{{{xf}}}model/{{{xf}}}instance")
    if instance is None or not len(instance):
        raise NotDrawable(reason="instance")
    root = instance[0]
    if find(root, "*[local-name()='meta']/*[local-name()='instanceID']"):
        return
    meta = next((one for one in root if etree.QName(one).localname == "meta"), None)
    if meta is None:
        meta = etree.SubElement(root, f"{{{xf}}}meta")
    etree.SubElement(meta, f"{{{xf}}}instanceID")
