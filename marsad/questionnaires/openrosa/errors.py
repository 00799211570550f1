"""What can be wrong with what a client sends.

* Invalid
  x NotASubmission  not XML, or XML that names no form
  x Dangerous       entities or a document type in it
  x Encrypted       sealed with a key that is not here
  x Unidentified    no instance id
"""

from __future__ import annotations

from marsad.problems import Invalid, _


class NotASubmission(Invalid):
    """Not XML, or XML that names no form."""

    code = "openrosa.not-a-submission"
    says = _("What was sent is not a filled-in form. Send it again from the app that made it.")


class Dangerous(Invalid):
    """Entities or a document type: a way to make a server read files or run out of memory."""

    code = "openrosa.dangerous"
    says = _("What was sent holds entities or a document type, which no filled-in form does.")


class Encrypted(Invalid):
    """Sealed with a key that is not here."""

    code = "openrosa.encrypted"
    says = _(
        "The form “{form}” was sent encrypted, with a key that Marsad does not hold. Get the form "
        "from Marsad again and fill in that one."
    )


class Unidentified(Invalid):
    """No instance id: nobody could tell whether it came before."""

    code = "openrosa.unidentified"
    says = _(
        "The filled-in form “{form}” has no instance id, so that it could not be told from a copy. "
        "Get the form from Marsad again."
    )
