"""The names other rooms may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Line:
    """One journaled act, as `config/follow_ups.py` and the pages see it."""

    #: Dotted verb, e.g. `library.document.accept`.
    action: str
    #: Model label of what it was done to, e.g. `library.document`.
    subject: str
    subject_id: str
    #: Ids, codes and counts only.
    details: Mapping[str, Any]
    #: None when the machine acted on its own.
    by_id: int | None
    at: datetime
