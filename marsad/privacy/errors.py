"""What a person can be told when counts cannot be protected.

* Invalid
  x ThresholdTooLow     a threshold that would hide nothing
  x NoTable             counts that do not agree with what is said of them
  x CannotBeHidden      a small count that the others give away, whatever is withheld
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


class CannotBeHidden(Invalid):
    """No other table is possible: never so of people who are counted in cells of a release."""

    code = "privacy.cannot-be-hidden"
    says = _(
        "A small number could be worked out from the others, whatever is withheld beside it."
        " Choose fewer breakdowns."
    )
