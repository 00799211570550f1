"""What the engine can be told it was given wrongly.

Invalid
├─ EmptyFile       there is nothing in it
├─ NotText         it is a picture, an archive or other bytes
├─ UnknownEncoding it may be text, but in no encoding we know
├─ Unreadable      the file cannot be opened
├─ DamagedKnowledge what was learned from earlier texts cannot be read
└─ NotACopy        what was given as another copy is another document (a note, never raised)
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
