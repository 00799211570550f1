"""The one way in: bytes of a file, out comes its text, or a sentence why not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from marsad.problems import _
from marsad.reading import errors, ocr
from marsad.reading.decoding import decode
from marsad.reading.docx import read_docx
from marsad.reading.html import read_html
from marsad.reading.pdf import pdf_pages
from marsad.reading.result import Kind, Layer, Limits, Progress, Reading
from marsad.reading.sniff import picture_type, sniff
from marsad.reading.tidy import is_blank, tidy

_MEDIA_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.SCAN: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.HTML: "text/html",
    Kind.TXT: "text/plain",
}
#: Fewer letters than this on a page, on the average, are a stamp on a picture, not a text.
_LETTERS_OF_A_STAMP: Final = 15
_NO_LIMITS_GIVEN: Final = Limits()

RECOGNISED = _(
    "The words were recognised in pictures of the pages; letters and digits may be wrong."
)
SOME_PAGES_EMPTY = _("Some pages hold only pictures; their words were not read.")


def read_file(
    path: Path | str, *, progress: Progress | None = None, limits: Limits = _NO_LIMITS_GIVEN
) -> Reading:
    """The text of the file at `path`; a file too large is refused before it is loaded."""
    path = Path(path)
    check_size(path.stat().st_size, name=path.name, limits=limits)
    with path.open("rb") as file:
        data = file.read(limits.size + 1)
    return read(data, name=path.name, progress=progress, limits=limits)


def read(
    data: bytes,
    *,
    name: str,
    progress: Progress | None = None,
    limits: Limits = _NO_LIMITS_GIVEN,
) -> Reading:
    """The text of a document, from its bytes.

    :param name: what the person called the file; shown to them in every sentence.
    :param progress: called after each page with how many are done and how many there are.
    :raises marsad.reading.errors.CannotRead: the bytes are no document.
    :raises marsad.reading.errors.WillNotRead: reading them is refused.

    >>> read("قرّر المؤتمر".encode(), name="a.txt").text
    'قرّر المؤتمر'
    """
    check_size(len(data), name=name, limits=limits)
    kind = sniff(data, name)
    reading = _READERS[kind](data, name, limits, progress)
    if is_blank(reading.text):
        raise errors.Empty(name=name)
    if len(reading.text) > limits.characters:
        raise errors.ZipBomb(name=name)
    return reading


def safe_media_type(kind: Kind | str) -> tuple[str, str]:
    """Media type and disposition under which an original may be handed out.

    Always as a download, and a page that could run in the reader's browser goes out as plain
    text, so that even a browser that opens it shows its source.

    >>> safe_media_type("html")
    ('text/plain; charset=utf-8', 'attachment')
    """
    kind = Kind(kind)
    if kind in (Kind.HTML, Kind.TXT):
        return "text/plain; charset=utf-8", "attachment"
    if kind is Kind.SCAN:
        return "application/octet-stream", "attachment"
    return _MEDIA_TYPES[kind], "attachment"


def check_size(size: int, *, name: str, limits: Limits = _NO_LIMITS_GIVEN) -> None:
    """Refuse a document by its size alone, before it is taken in.

    :param size: in bytes.
    :raises marsad.reading.errors.TooLarge: above the limit.
    """
    if size > limits.size:
        mega = 1024 * 1024
        raise errors.TooLarge(
            name=name, megabytes=-(-size // mega), limit=f"{limits.size / mega:g}"
        )


def _plain(data: bytes, name: str, _limits: Limits, _progress: Progress | None) -> Reading:
    found = decode(data, name=name)
    return _reading(Kind.TXT, found.text, encoding=found.encoding, notes=found.notes)


def _html(data: bytes, name: str, _limits: Limits, _progress: Progress | None) -> Reading:
    text, encoding = read_html(data, name=name)
    return _reading(Kind.HTML, text, encoding=encoding)


def _docx(data: bytes, name: str, limits: Limits, _progress: Progress | None) -> Reading:
    return _reading(Kind.DOCX, read_docx(data, name=name, limits=limits))


def _pdf(data: bytes, name: str, limits: Limits, progress: Progress | None) -> Reading:
    found = pdf_pages(data, name=name, limits=limits, progress=progress)
    pages = len(found.pages)
    if found.letters < _LETTERS_OF_A_STAMP * pages:
        return _scanned_pdf(data, name, limits, progress, pages)
    empty = any(is_blank(page) for page in found.pages)
    return _reading(
        Kind.PDF,
        "\f".join(found.pages),
        layer=Layer.GLYPHS,
        notes=(SOME_PAGES_EMPTY,) if empty else (),
    )


def _scanned_pdf(
    data: bytes, name: str, limits: Limits, progress: Progress | None, pages: int
) -> Reading:
    texts = ocr.recognise_pdf(data, pages, name=name, limits=limits, progress=progress)
    return _recognised(texts, name, _MEDIA_TYPES[Kind.SCAN])


def _scan(data: bytes, name: str, limits: Limits, progress: Progress | None) -> Reading:
    texts = ocr.recognise_picture(data, name=name, limits=limits, progress=progress)
    return _recognised(texts, name, picture_type(data) or "application/octet-stream")


def _recognised(texts: list[str], name: str, media_type: str) -> Reading:
    if all(is_blank(text) for text in texts):
        raise errors.NothingRecognised(name=name)
    return _reading(
        Kind.SCAN, "\f".join(texts), layer=Layer.OCR, media_type=media_type, notes=(RECOGNISED,)
    )


def _reading(
    kind: Kind,
    text: str,
    *,
    encoding: str | None = None,
    layer: Layer = Layer.PLAIN,
    media_type: str | None = None,
    notes: tuple[str, ...] = (),
) -> Reading:
    tidied = tidy(text)
    return Reading(
        kind=kind,
        media_type=media_type or _MEDIA_TYPES[kind],
        text=tidied,
        pages=tidied.count("\f") + 1,
        encoding=encoding,
        layer=layer,
        notes=notes,
    )


_READERS: Final = {
    Kind.PDF: _pdf,
    Kind.SCAN: _scan,
    Kind.DOCX: _docx,
    Kind.HTML: _html,
    Kind.TXT: _plain,
}
