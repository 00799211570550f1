"""What the commands print, in UTF-8 whatever the terminal is set to."""

from __future__ import annotations

import sys


def write(text: str) -> None:
    """Print a text as it is: line ends kept, halves of characters as the sign `\\ufffd`."""
    data = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
    out = getattr(sys.stdout, "buffer", None)
    if out is None:
        sys.stdout.write(data.decode())
    else:
        out.write(data)
        out.flush()
