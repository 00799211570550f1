"""The typeface inside a file that is taken away: as WOFF, so that letters stay letters anywhere."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import lru_cache

from marsad.design.charting import FACE, FONTS

_WEIGHTS = ((400, "ibm-plex-sans-arabic-400.ttf"), (700, "ibm-plex-sans-arabic-700.ttf"))


@lru_cache(maxsize=1)
def style() -> str:
    """A style sheet that holds the weights of a picture; nothing where the typeface is missing."""
    faces = "".join(
        f"@font-face{{font-family:'{FACE}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{_base64(name)})format('woff')}}"
        for weight, name in _WEIGHTS
        if (FONTS / name).is_file()
    )
    return f"<style>{faces}</style>" if faces else ""


def _base64(name: str) -> str:
    return base64.b64encode(woff((FONTS / name).read_bytes())).decode("ascii")


def woff(font: bytes) -> bytes:
    """A TrueType font in the container of the web, each of its tables packed: half the size."""
    flavour, count = struct.unpack_from(">4sH", font)
    entries = [struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(count)]
    directory, packed = b"", b""
    begins = 44 + 20 * count
    for tag, checksum, offset, length in sorted(entries):
        table = font[offset : offset + length]
        small = zlib.compress(table, 9)
        kept = small if len(small) < length else table
        directory += struct.pack(">4sLLLL", tag, begins + len(packed), len(kept), length, checksum)
        packed += kept + b"\0" * (-len(kept) % 4)
    unpacked = 12 + 16 * count + sum(length + -length % 4 for *_, length in entries)
    header = struct.pack(
        ">4s4sLHHLHHLLLLL",
        b"wOFF", flavour, begins + len(packed), count, 0, unpacked, 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    return header + directory + packed
