"""What can go wrong when a form is drawn for the browser.

Problem
├── Refused
│   └── NotBuilt     the parts that come from npm were not fetched when Marsad was set up
└── Invalid
    └── NotDrawable  the form is no XForm, or one that cannot be drawn
"""

from __future__ import annotations

from marsad.problems import Invalid, Refused, _


class NotBuilt(Refused):
    """The stylesheets or the scripts are not there: set-up had no network."""

    code = "questionnaires.rendering.not-built"
    says = _(
        "Questionnaires cannot be filled in the browser here, because the part that draws them "
        "could not be fetched when Marsad was set up. Print the questionnaire or fill it with ODK "
        "Collect; whoever keeps this installation can run `python tools/frontend.py` when there "
        "is a network."
    )


class NotDrawable(Invalid):
    """It cannot be made into a page."""

    code = "questionnaires.rendering.not-drawable"
    says = _("This form cannot be shown in the browser: {reason}")

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
