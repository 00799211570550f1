"""Pictures of pages, where this machine can recognise words."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from marsad import reading
from marsad.reading import errors
from marsad.reading.ocr import ordered
from tests.reading.samples import empty_pdf, font_folders, picture, printed

needs_tesseract = pytest.mark.skipif(
    not reading.ocr_available(), reason="Tesseract with Arabic and English is not installed"
)


def photographed(pdf: bytes, format_name: str) -> bytes:
    """The first page of a PDF as a picture, or as a PDF that holds only that picture."""
    document = pdfium.PdfDocument(pdf)
    page = document[0]
    image = page.render(scale=200 / 72, grayscale=True).to_pil()
    page.close()
    document.close()
    held = io.BytesIO()
    image.save(held, format=format_name, resolution=200)
    return held.getvalue()


@pytest.fixture(scope="module")
def page():
    text = "قرر المؤتمر إنشاء فريق عامل"
    return printed(text, font="Amiri", folders=font_folders("Amiri"))


@needs_tesseract
@pytest.mark.parametrize(("format_name", "name"), [("PDF", "scan.pdf"), ("PNG", "scan.png")])
def test_it_recognises_the_words_on_a_picture(page, format_name, name):
    told = []
    found = reading.read(
        photographed(page, format_name),
        name=name,
        progress=lambda done, pages: told.append((done, pages)),
    )

    assert "المؤتمر" in found.text
    assert (found.kind, found.layer) == ("scan", "ocr")
    assert told[-1] == (1, 1)
    assert found.notes


@needs_tesseract
def test_it_says_that_nothing_could_be_made_out():
    for data, name in [(empty_pdf(), "a.pdf"), (picture(size=(300, 300)), "a.png")]:
        with pytest.raises(errors.NothingRecognised):
            reading.read(data, name=name)


@needs_tesseract
def test_it_stops_at_a_page_that_takes_too_long(page):
    with pytest.raises(errors.TookTooLong):
        reading.read(
            photographed(page, "PNG"), name="a.png", limits=reading.Limits(page_seconds=0.001)
        )


def test_it_says_that_a_picture_is_cut_short():
    with pytest.raises((errors.Truncated, errors.Damaged, errors.NoTextLayer)):
        reading.read(picture(size=(500, 500))[:100], name="a.png")


def test_it_sets_signs_where_a_reader_expects_them():
    page = "\u200e-١\u200f قرر المؤتمر, في دورته; أن\n- ٢ أكد\nCTOC/COP, 2008"

    assert ordered(page) == "١- قرر المؤتمر، في دورته؛ أن\n٢- أكد\nCTOC/COP, 2008"


@needs_tesseract
def test_it_keeps_the_order_of_pages_and_tells_of_each(page):
    document = pdfium.PdfDocument(page)
    image = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    document.close()
    blank = Image.new("L", image.size, 255)
    held = io.BytesIO()
    blank.save(held, format="TIFF", save_all=True, append_images=[image, blank])
    told = []

    found = reading.read(
        held.getvalue(), name="a.tiff", progress=lambda done, pages: told.append((done, pages))
    )

    pages = found.text.split("\f")
    assert [("المؤتمر" in one) for one in pages[:3]] == [False, True, False]
    assert told == [(1, 3), (2, 3), (3, 3)]
