"""What a person can be told when counts cannot be protected.

* Invalid
  x ThresholdTooLow     a threshold that would hide nothing
  x NoTable             counts that do not agree with what is said of them
"""

from __future__ import annotations

from marsad.problems import Invalid, _


class ThresholdTooLow(Invalid):
    """Below three, a small count can have one value only."""

    code = "privacy.threshold-too-low"
    says = _("Counts below {given} cannot be hidden: the threshold is at least {least}.")


class NoTable(Invalid):
    """Parts that do not add up to their whole, or a name that stands for no count."""

    code = "privacy.no-table"
    says = _("The counts of “{whole}” and its parts do not agree. This is a fault of Marsad.")
