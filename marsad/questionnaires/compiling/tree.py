"""A form as data: what is asked, in what groups, in which words, by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.questionnaires.checking.form import Field, Form
from marsad.questionnaires.compiling import own_columns


def tree_of(form: Form) -> dict[str, Any]:
    """The form from its root, as JSON keeps it."""
    return {
        "form_id": form.id,
        "version": form.version,
        "title": form.title,
        "languages": list(form.languages),
        "root": form.root.path,
        "children": [_node(child) for child in form.root.children if child.name != "meta"],
    }


def _node(field: Field) -> dict[str, Any]:
    node: dict[str, Any] = {
        "path": field.path,
        "name": field.name,
        "kind": field.kind,
        "labels": dict(field.labels),
        "hints": dict(field.hints),
        "rules": dict(field.rules),
        "constraint_messages": dict(field.constraint_messages),
        "required_messages": dict(field.required_messages),
        "appearance": field.appearance,
        "default": field.default,
        "choice_list": field.choices.list_name if field.choices else "",
        "is_filtered": field.choices.is_filtered if field.choices else False,
        "bounds": list(field.bounds) if field.bounds else None,
        "count": field.count,
        "serves": _serves(field.extras),
        "children": [_node(child) for child in field.children],
    }
    return {
        name: value for name, value in node.items() if value or name in ("path", "name", "kind")
    }


def _serves(extras: Mapping[str, str]) -> dict[str, Any]:
    said = own_columns.serves(extras)
    found = {
        "provisions": [
            {
                "instrument": each.instrument,
                "article": each.article,
                "paragraph": each.paragraph,
            }
            for each in said.provisions
        ],
        "obligation": said.obligation,
        "themes": list(said.themes),
        "concept": said.concept,
    }
    return {name: value for name, value in found.items() if value}
