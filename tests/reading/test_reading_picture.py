"""A page as a picture, and the strip of it that holds a line."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from marsad import reading
from tests.reading.samples import any_pdf, picture, printed

LINES = (
    "A first line of a page.\n\nThe second line speaks of labour inspectors.\n\nAnd a third one."
)


def size_of(png: bytes | None) -> tuple[int, int]:
    assert png is not None
    return Image.open(io.BytesIO(png)).size


def test_it_shows_a_page_and_the_strip_with_a_line_of_it() -> None:
    data = printed(LINES, font="Libertinus Serif", language="en")

    whole = size_of(reading.picture(data, name="a.pdf", page=0))
    strip = size_of(
        reading.picture(
            data, name="a.pdf", page=0, line="labour inspectors. The of speaks line second"
        )
    )

    assert strip[0] == whole[0]
    assert strip[1] < whole[1] / 5


def test_it_shows_the_whole_page_where_the_line_is_not_on_it() -> None:
    data = any_pdf()
    whole = size_of(reading.picture(data, name="a.pdf", page=0))
    for line in ("", "zzzz qqqq", " "):
        assert size_of(reading.picture(data, name="a.pdf", page=0, line=line)) == whole


@pytest.mark.parametrize("page", [-1, 1, 10_000])
def test_it_has_no_picture_of_a_page_that_is_not_there(page: int) -> None:
    assert reading.picture(any_pdf(), name="a.pdf", page=page) is None
    assert reading.picture(picture("PNG"), name="a.png", page=page) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_it_shows_a_scan_as_it_is(kind: str) -> None:
    assert size_of(reading.picture(picture(kind), name="a", page=0)) == (60, 40)


def test_it_has_none_of_a_text() -> None:
    assert reading.picture(b"1. A paragraph.", name="a.txt", page=0) is None


@pytest.mark.parametrize("data", [b"%PDF-1.7 torn", any_pdf()[:900]])
def test_it_refuses_a_damaged_file(data: bytes) -> None:
    with pytest.raises((reading.CannotRead, reading.WillNotRead)):
        reading.picture(data, name="a.pdf", page=0)
