"""What a file is, told by its bytes; its name only settles what the bytes leave open."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from marsad.reading import errors
from marsad.reading.result import Kind

_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG", "image/png", (".png",)),
    (b"\xff\xd8\xff", "JPEG", "image/jpeg", (".jpg", ".jpeg")),
    (b"II*\0", "TIFF", "image/tiff", (".tif", ".tiff")),
    (b"MM\0*", "TIFF", "image/tiff", (".tif", ".tiff")),
)
#: Pictures that are not recognised even under their own name.
_OTHER_PICTURES: Final = ((b"GIF8", "GIF"), (b"BM", "BMP"), (b"\0\0\1\0", "ICO"))
_PICTURE_NAMES: Final = frozenset(suffix for *_rest, suffixes in _PICTURES for suffix in suffixes)
#: Beginnings of formats that are known, and not read.
_UNREAD: Final = (
    (b"{\\rtf", "Rich Text (RTF)"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"%!PS", "PostScript"),
    (b"AT&TFORM", "DjVu"),
    (b"SQLite format 3\0", "SQLite"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_DOCX_PART: Final = b"word/document.xml"
_HTML: Final = re.compile(
    rb"\A\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)
_TAG: Final = re.compile(
    rb"</?(?:p|div|span|br|table|tr|td|h[1-6]|ul|ol|li|a|script|style|b|i|meta|title|img|svg)\b[^>]{0,500}>",
    re.I,
)


def sniff(data: bytes, name: str) -> Kind:
    """The kind of a file, by its content.

    :raises marsad.reading.errors.CannotRead: for what is known not to be readable.

    >>> sniff(b"%PDF-1.7 ...", "letter.txt")
    <Kind.PDF: 'pdf'>
    """
    if not data.strip(b" \t\r\n\f\0"):
        raise errors.Empty(name=name)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(_ZIP) or data.startswith(b"PK\x05\x06"):
        return _packed(data, name)
    if picture_type(data) is not None:
        return _picture(data, name)
    _refuse_unread(data, name)
    return Kind.HTML if _is_html(data, name) else Kind.TXT


def picture_type(data: bytes) -> str | None:
    """The media type of a picture that can be recognised, if it is one."""
    return next((media for magic, _n, media, _s in _PICTURES if data.startswith(magic)), None)


def _picture(data: bytes, name: str) -> Kind:
    """A picture says honestly that it is one, or it is refused: its name promised a text."""
    if PurePath(name).suffix.lower() in _PICTURE_NAMES:
        return Kind.SCAN
    format_name = next(fmt for magic, fmt, *_rest in _PICTURES if data.startswith(magic))
    raise errors.PictureNotText(name=name, format=format_name)


def _packed(data: bytes, name: str) -> Kind:
    """DOCX, told by the name of its main part, which stands unpacked in the file."""
    if _DOCX_PART in data:
        return Kind.DOCX
    if b"[Content_Types].xml" in data or PurePath(name).suffix.lower() == ".docx":
        return _office(data, name)
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        raise errors.Unsupported(name=name, format="OpenDocument (ODT)")
    raise errors.Unsupported(name=name, format="ZIP")


def _office(data: bytes, name: str) -> Kind:
    for part, format_name in ((b"xl/", "Excel (XLSX)"), (b"ppt/", "PowerPoint (PPTX)")):
        if part in data:
            raise errors.Unsupported(name=name, format=format_name)
    if b"PK\x05\x06" not in data[-66_000:]:
        raise errors.Truncated(name=name)
    raise errors.Damaged(name=name, format="DOCX")


def _refuse_unread(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        # A DOCX with a password is an old-style container with this part inside.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise errors.Password(name=name)
        raise errors.Unsupported(name=name, format="Word 97 (DOC)")
    for magic, format_name in _OTHER_PICTURES:
        if data.startswith(magic) and b"\0" in data[:64]:
            raise errors.PictureNotText(name=name, format=format_name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise errors.PictureNotText(name=name, format="WebP")
    for magic, format_name in _UNREAD:
        if data.startswith(magic) and (len(magic) > 3 or b"\0" in data[:512]):
            raise errors.Unsupported(name=name, format=format_name)


def _is_html(data: bytes, name: str) -> bool:
    head = data[:65_536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return True
    tags = len(_TAG.findall(head))
    named = PurePath(name).suffix.lower() in (".html", ".htm", ".xhtml")
    # A text may quote a tag or two; a page without its frame has them all over.
    return tags >= (1 if named else 8) and (named or tags * 120 >= len(head))
