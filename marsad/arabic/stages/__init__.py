"""The stages of the repair, one per fault, in the order of `STAGES`."""

from __future__ import annotations

from collections.abc import Callable

from marsad.arabic.pipeline import Stage
from marsad.arabic.stages.spacing import Spacing
from marsad.arabic.stages.tatweel import Tatweel

STAGES: tuple[Callable[[], Stage], ...] = (Tatweel, Spacing)
