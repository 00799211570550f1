"""Where answers rest: the room that each kind of asking belongs to, on one page.

A filled form is stored by the questionnaires and taken by its room in one transaction: either both
have it, or neither.
"""

from __future__ import annotations

from collections.abc import Mapping

from marsad.questionnaires.receiving import Receiver
from marsad.surveys.receiving import Surveys

RECEIVERS: Mapping[str, Receiver] = {
    # What a body asks among its own people.
    "survey": Surveys(),
}
