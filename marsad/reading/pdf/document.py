"""PDFium opened with care: one lock, and every failure of it turned into a sentence.

PDFium may not be used from two threads at once, so all that touches it happens under one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from marsad.reading import errors
from marsad.reading.pdf.bombs import refuse_bombs
from marsad.reading.pdf.glyphs import Glyph, glyphs_of
from marsad.reading.pdf.lines import text_of
from marsad.reading.pdf.replaced import left_out
from marsad.reading.result import Limits, Progress

_PDFIUM: Final = threading.RLock()
_END_OF_FILE: Final = b"%%EOF"
_POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, kw_only=True)
class PdfText:
    """What the text layer of a PDF holds, page by page."""

    pages: tuple[str, ...]
    #: Letters per page on the average; next to none means pictures of pages.
    letters: int


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _refusal(data, name) from error
        try:
            yield document
        except (pdfium.PdfiumError, ValueError, OverflowError) as error:
            raise errors.Damaged(name=name, format="PDF") from error
        finally:
            document.close()


def _refusal(data: bytes, name: str) -> errors.CannotRead | errors.WillNotRead:
    if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
        return errors.Password(name=name)
    if _END_OF_FILE not in data[-2048:]:
        return errors.Truncated(name=name)
    return errors.Damaged(name=name, format="PDF")


def pdf_pages(
    data: bytes, *, name: str, limits: Limits, progress: Progress | None = None
) -> PdfText:
    """The text of every page, in the order a person would read it."""
    refuse_bombs(data, name=name, limits=limits)
    pages: list[str] = []
    letters = 0
    with _opened(data, name) as document:
        count = len(document)
        if count > limits.pages:
            raise errors.TooManyPages(name=name, pages=count, limit=limits.pages)
        if count == 0:
            raise errors.Damaged(name=name, format="PDF")
        for number in range(count):
            text = text_of(_page_glyphs(document, number, name=name, limits=limits))
            letters += sum(map(str.isalpha, text))
            pages.append(text)
            if progress is not None:
                progress(number + 1, count)
    return PdfText(pages=tuple(pages), letters=letters)


def _page_glyphs(document: Any, number: int, *, name: str, limits: Limits) -> list[Glyph]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            if raw.FPDFText_CountChars(text_page.raw) > limits.page_characters:
                raise errors.ZipBomb(name=name)
            return [*glyphs_of(text_page), *left_out(page, text_page)]
        finally:
            text_page.close()
    finally:
        page.close()


def picture_of_page(data: bytes, number: int, *, name: str, dpi: int, pixels: int) -> Image.Image:
    """One page as a grey picture, at `dpi` or less where that would be more than `pixels`."""
    with _opened(data, name) as document:
        page = document[number]
        width, height = page.get_size()
        scale = dpi / _POINTS_PER_INCH
        asked = width * height * scale * scale
        if asked > pixels:
            scale *= (pixels / asked) ** 0.5
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        page.close()
    return picture
