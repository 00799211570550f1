"""What can keep an export from being made; see also `design.printing.errors`.

* Invalid
  x UnknownFormat   there is no such format
"""

from __future__ import annotations

from marsad.problems import Invalid, _


class UnknownFormat(Invalid):
    """There is no such format to export to."""

    code = "library.export.unknown-format"
    says = _("There is no export to “{format}”. Choose one of: {formats}.")
