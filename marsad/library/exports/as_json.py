"""A compilation as JSON: every code beside its words, under keys that do not change."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from marsad.library.exports.layout import sample_notice, unique_rows
from marsad.library.types import Compilation, RecommendationRow


def write(compilation: Compilation) -> bytes:
    """The whole compilation; groups name their recommendations by `ref`."""
    rows = unique_rows(compilation)
    said = {
        "title": compilation.title,
        "language": compilation.language,
        "made_on": compilation.made_on.isoformat(),
        "chosen": dict(compilation.chosen),
        "grouped_by": compilation.grouped_by or None,
        "count": compilation.count,
        "holds_samples": any(row.is_sample for row in rows),
        "notice": sample_notice(rows) or None,
        "authentic_text": _("The documents as issued by the United Nations."),
        "groups": [
            {
                "key": group.key,
                "heading": group.heading,
                "recommendations": [_ref(row) for row in group.rows],
            }
            for group in compilation.groups
        ],
        "recommendations": [recommendation(row) for row in rows],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def recommendation(row: RecommendationRow) -> dict[str, Any]:
    """One recommendation with all codes and labels."""
    return {
        "ref": _ref(row),
        "id": row.ident,
        "anchor": row.anchor,
        "paragraph": row.paragraph,
        "section": row.section,
        "document": {
            "key": row.document_key,
            "symbol": row.document_symbol,
            "title": row.document_title,
            "body": row.body,
            "session": row.session,
            "year": row.year,
        },
        "addressees": [
            {"code": code, "label": label}
            for code, label in zip(row.addressees, row.addressee_labels, strict=True)
        ],
        "strength": {"code": row.strength, "label": row.strength_label} if row.strength else None,
        "themes": [{"code": theme.code, "label": theme.label} for theme in row.themes],
        "provisions": [
            {
                "instrument": provision.instrument,
                "article": provision.article or None,
                "basis": provision.basis,
            }
            for provision in row.provisions
        ],
        "text": row.text,
        "language": row.language,
        "citation": row.citation,
        "same_confirmed": row.same_confirmed,
        "same_suggested": row.same_suggested,
        "is_sample": row.is_sample,
    }


def _ref(row: RecommendationRow) -> str:
    """Where it stands, as its address on the document page ends."""
    return f"{row.document_key}#{row.anchor}"
