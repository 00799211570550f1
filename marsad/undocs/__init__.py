"""Text of a United Nations document in, its structure out.

>>> from marsad import undocs
>>> structure = undocs.read_structure("I. Introduction\\n\\n1. The Working Group met in Vienna.")
>>> structure.paragraphs[0].id
'para-1'
"""

from __future__ import annotations

from . import themes
from .akn import to_akn
from .plain import structure_from_json
from .reader import read_structure
from .symbols import SYMBOL, Symbol, normalise_symbol, parse_symbol
from .types import (
    AgendaItem,
    ArticleCited,
    DateMention,
    Decision,
    DocumentListed,
    Doubt,
    Footnote,
    FootnoteMark,
    Item,
    LooseText,
    Meeting,
    Officer,
    OrganisationMention,
    Paragraph,
    Provision,
    Recommendation,
    Section,
    StateMention,
    StatesList,
    Structure,
    SymbolCited,
    TreatySeries,
)
from .written import Said, complete

__all__ = [
    "SYMBOL",
    "AgendaItem",
    "ArticleCited",
    "DateMention",
    "Decision",
    "DocumentListed",
    "Doubt",
    "Footnote",
    "FootnoteMark",
    "Item",
    "LooseText",
    "Meeting",
    "Officer",
    "OrganisationMention",
    "Paragraph",
    "Provision",
    "Recommendation",
    "Said",
    "Section",
    "StateMention",
    "StatesList",
    "Structure",
    "Symbol",
    "SymbolCited",
    "TreatySeries",
    "complete",
    "normalise_symbol",
    "parse_symbol",
    "read_structure",
    "structure_from_json",
    "themes",
    "to_akn",
]
