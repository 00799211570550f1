"""DOCX: paragraphs in their order, with the numbers Word gives them and their footnotes."""

from __future__ import annotations

from marsad.reading.docx.body import read_docx

__all__ = ["read_docx"]
