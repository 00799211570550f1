"""A note verbale as a letter in Word or PDF, in its own language whatever the reader's."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter, reading_as
from marsad.design.printing import pdf
from marsad.design.printing.direction import is_rtl
from marsad.design.printing.formats import FORMATS as ALL_FORMATS
from marsad.design.printing.made import Exported, file_stem
from marsad.design.printing.word import Paper
from marsad.review import invented, problems
from marsad.review.notes.wording import HEADING, PLACE, SENDER
from marsad.review.types.round import NoteCard

FORMATS = ("docx", "pdf")
_TEMPLATE = Path(__file__).parent / "templates" / "note.typ"


def letter(note: NoteCard, *, format: str, is_invented: bool) -> Exported:  # noqa: A002
    """The finished letter.

    :raises UnknownNoteFormat: if it is asked for as anything but Word or PDF.
    :raises marsad.design.printing.errors.NoArabicFont: if nothing here can draw its Arabic.
    """
    if format not in FORMATS:
        raise problems.UnknownNoteFormat(given=format, choices=", ".join(FORMATS))
    kind = ALL_FORMATS[format]
    with reading_as(language=note.language) as formatter:
        mark = invented.sentence(note.language) if is_invented else ""
        write = _as_word if format == "docx" else _as_pdf
        data = write(note, mark=mark, formatter=formatter)
    name = f"{file_stem(note.number)}-{note.iso2}-{note.language}.{kind.extension}"
    return Exported(
        data=data,
        media_type=kind.media_type,
        file_name=invented.file_name(name, is_invented=is_invented),
    )


def _ending(note: NoteCard, formatter: Formatter) -> str:
    comma = "، " if note.language == "ar" else ", "
    return f"{PLACE[note.language]}{comma}{formatter.date(note.dated_on)}"


def _as_word(note: NoteCard, *, mark: str, formatter: Formatter) -> bytes:
    heading = HEADING[note.language]
    paper = Paper(language=note.language, title=f"{heading} {note.number}", subject=note.addressee)
    paper.running(
        head=mark or f"{heading} {note.number}",
        foot="Marsad",
        page_words=_("Page {page} of {pages}"),
    )
    paper.masthead([SENDER[note.language]], [note.number, formatter.date(note.dated_on)])
    if mark:
        paper.paragraph(mark, style="Sample Notice")
    paper.paragraph(heading, style="Title")
    for paragraph in note.paragraphs:
        paper.paragraph(paragraph, style="Body Text")
    paper.paragraph(_ending(note, formatter), style="Body Text")
    paper.paragraph(note.addressee, style="Small")
    return paper.save(day=note.dated_on)


def _as_pdf(note: NoteCard, *, mark: str, formatter: Formatter) -> bytes:
    rtl = is_rtl(note.language)
    heading = HEADING[note.language]
    content = {
        "sender": pdf.line(SENDER[note.language], rtl=rtl),
        "number": pdf.line(note.number, rtl=rtl),
        "dated": pdf.line(formatter.date(note.dated_on), rtl=rtl),
        "mark": pdf.line(mark, rtl=rtl),
        "heading": heading,
        "paragraphs": [pdf.line(each, rtl=rtl) for each in note.paragraphs],
        "ending": pdf.line(_ending(note, formatter), rtl=rtl),
        "addressee": pdf.line(note.addressee, rtl=rtl),
    }
    return pdf.typeset(
        _TEMPLATE,
        content,
        language=note.language,
        title=f"{heading} {note.number}",
        head=mark or f"{heading} {note.number}",
        page_words=_("Page {page} of {pages}"),
        day=note.dated_on,
        formatter=formatter,
    )
