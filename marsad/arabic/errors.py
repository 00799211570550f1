"""What the engine can be told it was given wrongly.

Invalid
├─ EmptyFile       there is nothing in it
├─ NotText         it is a picture, an archive or other bytes
├─ UnknownEncoding it may be text, but in no encoding we know
├─ Unreadable      the file cannot be opened
├─ DamagedKnowledge what was learned from earlier texts cannot be read
├─ NotACopy        what was given as another copy is another document (a note, never raised)
├─ NotArabic       the text is in another language (a note, never raised)
├─ PartlyForeign   some lines are in another language (a note, never raised)
├─ LineTooLong     a line is longer than any page sets (a note, never raised)
├─ NoSuchRecipe    no recipe or figure for damage on purpose is called so
├─ WordTooLong     a word is longer than any word is (a note, never raised)
└─ NotWriting      half characters or control characters stand in it (a note, never raised)
"""

from __future__ import annotations

from marsad.problems import Invalid, _


class EmptyFile(Invalid):
    """There is nothing in the file."""

    code = "arabic.empty-file"
    says = _("{name} is empty: there is no text to repair.")


class NotText(Invalid):
    """The bytes are not text."""

    code = "arabic.not-text"
    says = _("{name} is not text. Give a text file, or let the library read the document first.")


class UnknownEncoding(Invalid):
    """The bytes may be text, but in no known encoding."""

    code = "arabic.unknown-encoding"
    says = _("{name} is in no encoding known here. Save it as UTF-8 and try again.")


class Unreadable(Invalid):
    """The file is not there or may not be read."""

    code = "arabic.unreadable"
    says = _("{name} cannot be opened: {reason}.")


class DamagedKnowledge(Invalid):
    """What was kept of earlier texts cannot be read."""

    code = "arabic.knowledge.damaged"
    says = _(
        "What was learned from earlier texts cannot be read; leave it out, or learn it again from "
        "the texts."
    )


class NotACopy(Invalid):
    """What was given as another copy of a document is another document."""

    code = "arabic.not-a-copy"
    says = _(
        "“{name}” is not a copy of this document: too little of the text is the same. It was left "
        "out, and the text was repaired alone."
    )


class NotArabic(Invalid):
    """The text is in another language."""

    code = "arabic.not-arabic"
    says = _("This text is not in Arabic, which alone is repaired here; it was left as it came.")


class PartlyForeign(Invalid):
    """Some lines are in another language."""

    code = "arabic.partly-foreign"
    says = _(
        "{lines} lines (the first is line {first}) are not in Arabic; they were left as they came."
    )


class LineTooLong(Invalid):
    """A line is longer than any page sets."""

    code = "arabic.line-too-long"
    says = _(
        "Line {line} has {letters} characters, more than a page sets in a line; the order of its "
        "words was left as it came. Give the text with its line breaks."
    )


class NoSuchRecipe(Invalid):
    """No recipe for damage on purpose, or figure of one, is called so."""

    code = "arabic.no-such-recipe"
    says = _("“{given}” is not known here; choose from: {known}.")


class WordTooLong(Invalid):
    """A word is longer than any word is."""

    code = "arabic.word-too-long"
    says = _(
        "Line {line} holds {letters} letters without a space, which is no word; such lines were "
        "left as they came."
    )


class NotWriting(Invalid):
    """Half characters or control characters stand in the text."""

    code = "arabic.not-writing"
    says = _(
        "{count} characters (the first in line {line}) are no writing: control characters or "
        "halves of characters. They were left in place; take a better copy of the text."
    )
