"""A page as a picture, or the strip of it that shows one line: what a person compares text with."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Sequence

from PIL import Image, ImageSequence, UnidentifiedImageError

from marsad.reading import errors
from marsad.reading.pdf import picture_of_page
from marsad.reading.pdf.document import _opened
from marsad.reading.pdf.glyphs import Glyph, glyphs_of
from marsad.reading.result import Limits

#: Sharp on a screen twice as dense as paper-white ones were; a page is 1,240 pixels wide.
_DPI = 150
_POINTS_PER_INCH = 72
_WIDEST = 1_400
#: Lines above and below that are shown with the one asked for, in heights of its type.
_AIR = 1.6
#: A strip is taken for the line only if it shares this much of its letters.
_SAME_LINE = 0.6


def picture(
    data: bytes, *, name: str, page: int, line: str = "", limits: Limits | None = None
) -> bytes | None:
    """A page of a PDF or of a picture file as PNG; none where the file has no such page.

    :param page: from 0.
    :param line: text of a line; where it is found on the page, only its strip is shown. Its order
        does not matter, so a line that was extracted badly is found too.
    :raises marsad.reading.errors.CannotRead: if the file is damaged.
    """
    allowed = limits or Limits()
    if data.lstrip()[:5] == b"%PDF-":
        found = _of_pdf(data, name=name, page=page, line=line, limits=allowed)
    else:
        found = _of_picture(data, name=name, page=page, limits=allowed)
    return None if found is None else _png(found)


def _of_pdf(data: bytes, *, name: str, page: int, line: str, limits: Limits) -> Image.Image | None:
    with _opened(data, name) as document:
        if not 0 <= page < len(document):
            return None
        opened = document[page]
        text_page = opened.get_textpage()
        few = text_page.count_chars() <= limits.page_characters
        glyphs = list(glyphs_of(text_page)) if line and few else []
        height = opened.get_height()
        text_page.close()
        opened.close()
    drawn = picture_of_page(data, page, name=name, dpi=_DPI, pixels=limits.pixels)
    strip = strip_of(glyphs, line=line)
    if strip is None:
        return drawn
    low, high = strip
    scale = drawn.height / height
    above = max(0, round((height - high) * scale))
    below = min(drawn.height, round((height - low) * scale))
    return drawn.crop((0, above, drawn.width, below)) if below > above else drawn


def strip_of(glyphs: Sequence[Glyph], *, line: str) -> tuple[float, float] | None:
    """From where to where, in points from the foot of the page, the line with these letters lies.

    None where no line of the page is like it, or two are alike.
    """
    wanted = _letters(line)
    rows: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.turns == 0:
            rows.setdefault(round(glyph.base), []).append(glyph)
    scored = sorted(
        (
            (_alike(wanted, _letters("".join(g.text for g in row))), base)
            for base, row in rows.items()
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _SAME_LINE or not wanted:
        return None
    best = scored[0][1]
    size = max(glyph.size for glyph in rows[best])
    return best - _AIR * size, best + (1 + _AIR) * size


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter.isalnum())


def _alike(first: Counter[str], second: Counter[str]) -> float:
    """Twice what they share, of all letters of both (Dice)."""
    both = first.total() + second.total()
    return 2 * (first & second).total() / both if both else 0.0


def _of_picture(data: bytes, *, name: str, page: int, limits: Limits) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        if opened.size[0] * opened.size[1] > limits.pixels:
            raise errors.ZipBomb(name=name)
        if not 0 <= page < int(getattr(opened, "n_frames", 1)):
            return None
        return ImageSequence.Iterator(opened)[page].convert("L")
    except UnidentifiedImageError:
        return None
    except (OSError, ValueError, SyntaxError, IndexError, EOFError) as error:
        raise errors.Truncated(name=name) from error


def _png(drawn: Image.Image) -> bytes:
    if drawn.width > _WIDEST:
        drawn = drawn.resize((_WIDEST, max(1, round(drawn.height * _WIDEST / drawn.width))))
    written = io.BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()
