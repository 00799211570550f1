"""What can be wrong with a file that is to be read.

* CannotRead (Invalid)      the bytes are not a document that can be read
  x Empty                   no bytes, or nothing but white space
  x PictureNotText          a picture under the name of a text
  x Unsupported             a known format that is not read here
  x NotText                 bytes that belong to no known format, and are not text either
  x UnknownEncoding         text, but in no encoding that can be told apart safely
  x Truncated               the end of the file is missing
  x Damaged                 whole in length, broken inside
* WillNotRead (Refused)     the bytes may be sound, and reading them is refused
  x TooLarge                more bytes than a document may have
  x TooManyPages            more pages than a document may have
  x ZipBomb                 few bytes that unpack into very many
  x Password                locked by its author
  x NoTextLayer             pictures of pages, and no text recognition on this machine
  x NothingRecognised       pictures of pages on which no letter could be made out
  x TookTooLong             a page that would not be finished in the time allowed
  x TooHeavy                more memory than allowed, or a page that brings the reader down

Every sentence names the file, says what is wrong with it, and what the person can do.
"""

from __future__ import annotations

from typing import Any, ClassVar

from marsad.problems import Invalid, Refused, _


class CannotRead(Invalid):
    """The bytes are not a document that can be read."""

    code: ClassVar[str] = "reading.cannot-read"
    says: ClassVar[str] = _(
        "“{name}” could not be read. Open it on your computer, save it again as PDF, DOCX or "
        "plain text, and send that file."
    )

    def __init__(self, *, name: str, **details: Any) -> None:
        super().__init__(name=name, **details)


class Empty(CannotRead):
    """No bytes, or nothing but white space."""

    code = "reading.empty"
    says = _("“{name}” is empty: it holds no text at all. Check the file and send the full one.")


class PictureNotText(CannotRead):
    """A picture under the name of a text."""

    code = "reading.picture-not-text"
    says = _(
        "“{name}” is a picture ({format}), not a text, whatever its name says. Give it the ending "
        "of a picture (such as .png) to have its words recognised, or send the document itself."
    )


class Unsupported(CannotRead):
    """A known format that is not read here."""

    code = "reading.unsupported"
    says = _(
        "“{name}” is a file of the kind “{format}”, which is not read here. Open it in the "
        "program it was made with, save it as DOCX or PDF, and send that file."
    )


class NotText(CannotRead):
    """Bytes of no known format, and no text either."""

    code = "reading.not-text"
    says = _(
        "“{name}” is neither a PDF, DOCX or HTML file nor text: it holds bytes that no text has. "
        "Send the document as PDF, DOCX or plain text."
    )


class UnknownEncoding(CannotRead):
    """Text, in an encoding that cannot be told safely."""

    code = "reading.unknown-encoding"
    says = _(
        "“{name}” is text in an encoding that could not be recognised with certainty. "
        "Open it in an editor, save it as UTF-8, and send it again."
    )


class Truncated(CannotRead):
    """The end of the file is missing."""

    code = "reading.truncated"
    says = _(
        "“{name}” is cut short: the end of the file is missing. "
        "The copy was probably interrupted; fetch the file again and send the whole of it."
    )


class Damaged(CannotRead):
    """Whole in length, and broken inside."""

    code = "reading.damaged"
    says = _(
        "“{name}” is damaged inside and cannot be read as {format}. "
        "Open it on your computer, save it again, and send the new file."
    )


class WillNotRead(Refused):
    """The bytes may be sound, and reading them is refused."""

    code: ClassVar[str] = "reading.will-not-read"
    says: ClassVar[str] = _("“{name}” will not be read. Send another copy of the document.")

    def __init__(self, *, name: str, **details: Any) -> None:
        super().__init__(name=name, **details)


class TooLarge(WillNotRead):
    """More bytes than a document may have."""

    code = "reading.too-large"
    says = _(
        "“{name}” is {megabytes} MB; a document may have at most {limit} MB. "
        "Send it in parts, or as a PDF with smaller pictures, or as text."
    )


class TooManyPages(WillNotRead):
    """More pages than a document may have."""

    code = "reading.too-many-pages"
    says = _("“{name}” has {pages} pages; at most {limit} are read. Send it in parts.")


class ZipBomb(WillNotRead):
    """Few bytes that unpack into very many."""

    code = "reading.zip-bomb"
    says = _(
        "“{name}” would unpack into far more data than a document holds, and was not opened. "
        "If it is a real document, save it again, or as PDF, and send that file."
    )


class Password(WillNotRead):
    """Locked by its author."""

    code = "reading.password"
    says = _(
        "“{name}” is protected by a password. Open it with the password, save a copy without "
        "one, and send the copy."
    )


class NoTextLayer(WillNotRead):
    """Pictures of pages, and no text recognition on this machine."""

    code = "reading.no-text-layer"
    says = _(
        "“{name}” holds only pictures of pages, and this machine has no text recognition for "
        "Arabic and English. Install Tesseract with its Arabic data (tesseract-ocr-ara), or send "
        "a copy of the document that holds text."
    )


class NothingRecognised(WillNotRead):
    """Pictures of pages on which no letter could be made out."""

    code = "reading.nothing-recognised"
    says = _(
        "“{name}” holds only pictures, and no words could be made out on them. "
        "Send a sharper scan (300 dots per inch), or a copy that holds text."
    )


class TookTooLong(WillNotRead):
    """Not finished in the time allowed."""

    code = "reading.took-too-long"
    says = _(
        "“{name}” was not read to the end: page {page} took longer than {seconds} seconds. "
        "Send a simpler copy of the document, or its text."
    )


class TooHeavy(WillNotRead):
    """More memory than allowed, or a page that brings the reader down."""

    code = "reading.too-heavy"
    says = _(
        "“{name}” was not read: opening it took more than {megabytes} MB of memory, or failed. "
        "Print it to a new PDF, or send the document as DOCX or plain text."
    )
