"""The stages of the repair, one per fault, in the order of `STAGES`."""

from __future__ import annotations

from collections.abc import Callable

from marsad.arabic.pipeline import Stage
from marsad.arabic.stages.copy_letters import CopyLetters
from marsad.arabic.stages.copy_order import CopyOrder
from marsad.arabic.stages.decided import Decided
from marsad.arabic.stages.drawn_together import DrawnTogether
from marsad.arabic.stages.ligatures import Ligatures
from marsad.arabic.stages.markers import Markers
from marsad.arabic.stages.markup import Markup
from marsad.arabic.stages.ocr import Ocr
from marsad.arabic.stages.private_codes import PrivateCodes
from marsad.arabic.stages.run_order import RunOrder
from marsad.arabic.stages.spacing import Spacing
from marsad.arabic.stages.spans import Spans
from marsad.arabic.stages.tatweel import Tatweel
from marsad.arabic.stages.ties import Ties
from marsad.arabic.stages.visual_order import VisualOrder

#: Letters first (what stands on the line), then order, then looks; a person has the last word.
STAGES: tuple[Callable[[], Stage], ...] = (
    Tatweel,
    PrivateCodes,
    DrawnTogether,
    VisualOrder,
    Markers,
    Ties,
    CopyOrder,
    RunOrder,
    Spans,
    CopyLetters,
    Ligatures,
    Markup,
    Spacing,
    Ocr,
    Decided,
)
