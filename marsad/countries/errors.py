"""What can go wrong when names of States are asked for.

* Invalid
  x UnknownCode      no State or territory has this code
  x UnknownLanguage  names are kept in the six languages of the United Nations only

Reading names in text never fails: a text without names has no names in it.
"""

from __future__ import annotations

from marsad.problems import Invalid, _


class UnknownCode(Invalid):
    """No State or territory has this code."""

    code = "countries.unknown-code"
    says = _(
        "No State or territory has the code “{given}”. Give an ISO 3166 code of two or three "
        "letters, or an M49 number of three digits."
    )


class UnknownLanguage(Invalid):
    """Names are kept in six languages only."""

    code = "countries.unknown-language"
    says = _(
        "There are no names of States in the language “{given}”. Choose one of: ar, en, es, fr, "
        "ru, zh."
    )
