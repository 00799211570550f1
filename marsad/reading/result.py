"""What goes into reading and what comes out: the values every file of this engine shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

#: Told after each page: how many are done, and how many there are.
Progress = Callable[[int, int], None]


class Kind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    #: Pictures of pages: a scanned PDF, or a PNG, JPEG or TIFF.
    SCAN = "scan"
    DOCX = "docx"
    HTML = "html"
    TXT = "txt"


class Layer(StrEnum):
    """Where the letters of a reading come from, which decides what can be wrong with them."""

    #: Set in order from the places of the glyphs on a page.
    GLYPHS = "glyphs"
    #: Recognised in a picture.
    OCR = "ocr"
    #: Written in the file as text.
    PLAIN = "plain"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a file may ask of the machine."""

    #: Bytes of the file itself.
    size: int = 50 * 1024 * 1024
    #: Pages of a PDF, or pictures in a TIFF.
    pages: int = 2_000
    #: Bytes any one part of a packed file (DOCX) may unpack into.
    part: int = 40 * 1024 * 1024
    #: Bytes all parts of a packed file together may say they unpack into.
    inflated: int = 400 * 1024 * 1024
    #: How many times larger than its packed bytes a large part may become.
    ratio: int = 250
    #: Characters of text in all.
    characters: int = 20_000_000
    #: Characters on one page of a PDF; a full page of type has about 6,000.
    page_characters: int = 100_000
    #: Pages of pictures that are recognised.
    scanned_pages: int = 400
    #: Pixels of one picture of a page.
    pixels: int = 80_000_000
    #: Bytes of memory that reading a PDF may take, in a process of its own.
    memory: int = 2 * 1024 * 1024 * 1024
    #: Seconds one page may take to be read or recognised.
    page_seconds: float = 90.0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The text of a file.

    Lines end in a line feed, pages are parted by a form feed, and no other control character is
    left in it. Letters stand in logical order as far as the file tells it.
    """

    kind: Kind
    #: The media type of the original bytes, as found in them.
    media_type: str
    text: str
    pages: int
    #: How the bytes of a text were encoded; none for packed formats.
    encoding: str | None
    layer: Layer
    #: What a person should know about this reading, as sentences.
    notes: tuple[str, ...] = ()
