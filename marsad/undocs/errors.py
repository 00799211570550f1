"""What a person can be told when a document cannot be taken apart.

* NotFound
  x NoSuchFile        there is no such file
* Invalid
  x NothingToRead     there is no text in it
  x UnknownLanguage   a language was asked for that is not one of the six
"""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, _


class NothingToRead(Invalid):
    """There is no text to take apart."""

    code = "undocs.nothing-to-read"
    says = _(
        "There is no text in “{name}”. Give a file whose text can be selected, or a scan with text"
        " recognition installed."
    )


class UnknownLanguage(Invalid):
    """The language asked for is not one of the six official ones."""

    code = "undocs.unknown-language"
    says = _("“{language}” is not a language read here. Use one of: {known}.")


class NoSuchFile(NotFound):
    """There is no file by this name, or it may not be read."""

    code = "undocs.no-such-file"
    says = _("“{name}” is not there or may not be read. Check the name of the file.")
