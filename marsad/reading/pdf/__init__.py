"""PDF: lines set in order from the places of the glyphs on each page."""

from __future__ import annotations

from marsad.reading.pdf.apart import pdf_pages, picture_of_page
from marsad.reading.pdf.document import PdfText

__all__ = ["PdfText", "pdf_pages", "picture_of_page"]
