"""What code is called that makes files: those of other code are never taken for its own."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import ModuleType


def name_of(*modules: ModuleType | str) -> str:
    """A short name for the text of modules, given as modules or as the files of them."""
    files = [each if isinstance(each, str) else str(each.__file__) for each in modules]
    return hashlib.sha256(b"".join(Path(each).read_bytes() for each in files)).hexdigest()[:12]
