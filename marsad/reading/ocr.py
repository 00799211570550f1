"""Words recognised in pictures of pages, by Tesseract where the machine has it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import lru_cache
from typing import Final

from PIL import Image, ImageSequence

from marsad.reading import errors
from marsad.reading.pdf import picture_of_page
from marsad.reading.result import Limits, Progress

_LANGUAGES: Final = ("ara", "eng")
_DPI: Final = 300
#: With two threads Tesseract spins: 59 s a page instead of 2.
_ENVIRONMENT: Final = {"OMP_THREAD_LIMIT": "1"}
#: Marks of direction that Tesseract puts around signs and numbers.
_DIRECTIONS: Final = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F)))
#: «-١ قرر المؤتمر»: the number of a paragraph behind its dash
_DASH_FIRST: Final = re.compile(r"^[-–] ?([0-9٠-٩]{1,3}) +(?=[ء-ي])", re.MULTILINE)
#: «السادسة, أن»
_COMMA: Final = re.compile(r"(?<=[ء-ي])[,;](?=\s|$)")


@lru_cache(maxsize=8)
def _languages(program: str) -> frozenset[str]:
    try:
        listed = subprocess.run(  # noqa: S603 - the path comes from PATH, the arguments from here
            [program, "--list-langs"], capture_output=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(listed.stdout.decode("utf-8", "replace").split("\n"))


def available() -> bool:
    """Whether this machine can recognise Arabic and English."""
    program = shutil.which("tesseract")
    return program is not None and _languages(program).issuperset(_LANGUAGES)


def recognise_pdf(
    data: bytes, pages: int, *, name: str, limits: Limits, progress: Progress | None = None
) -> list[str]:
    """The words on each page of a PDF that holds pictures only."""

    def picture(number: int) -> Image.Image:
        return picture_of_page(data, number, name=name, dpi=_DPI, pixels=limits.pixels)

    return _recognise(picture, pages, name=name, limits=limits, progress=progress)


def recognise_picture(
    data: bytes, *, name: str, limits: Limits, progress: Progress | None = None
) -> list[str]:
    """The words on a PNG or JPEG, or on each page of a TIFF."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
            width, height = opened.size
            pages = int(getattr(opened, "n_frames", 1))
    except Exception as error:  # Pillow's decoders raise whatever they meet
        raise errors.Damaged(name=name, format="picture") from error
    if width * height > limits.pixels:
        raise errors.ZipBomb(name=name)

    def picture(number: int) -> Image.Image:
        try:
            frame = ImageSequence.Iterator(opened)[number]
            if frame.size[0] * frame.size[1] > limits.pixels:
                raise errors.ZipBomb(name=name)
            return frame.convert("L")
        except (OSError, ValueError, SyntaxError, IndexError, EOFError) as error:
            raise errors.Truncated(name=name) from error

    return _recognise(picture, pages, name=name, limits=limits, progress=progress)


def _recognise(
    picture: Callable[[int], Image.Image],
    pages: int,
    *,
    name: str,
    limits: Limits,
    progress: Progress | None,
) -> list[str]:
    program = shutil.which("tesseract")
    if program is None or not available():
        raise errors.NoTextLayer(name=name)
    if pages > limits.scanned_pages:
        raise errors.TooManyPages(name=name, pages=pages, limit=limits.scanned_pages)
    drawing = threading.Lock()  # neither PDFium nor Pillow draws two pages of a file at once

    def recognised(number: int) -> str:
        with drawing:
            drawn = picture(number)
        return ordered(_words(program, drawn, number, name, limits))

    texts: dict[int, str] = {}
    with ThreadPoolExecutor(max_workers=min(pages, os.cpu_count() or 1) or 1) as pool:
        asked = {pool.submit(recognised, number): number for number in range(pages)}
        try:
            for done in as_completed(asked):
                texts[asked[done]] = done.result()
                if progress is not None:
                    progress(len(texts), pages)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [texts[number] for number in range(pages)]


def ordered(text: str) -> str:
    """Return a page as Tesseract writes it, with its signs where a reader expects them.

    It puts marks of direction around signs, the dash before the number of a paragraph
    («-١ قرر») and Latin commas between Arabic words.

    >>> ordered("\u200e-١\u200f قرر المؤتمر, في دورته")
    '١- قرر المؤتمر، في دورته'
    """
    plain = text.translate(_DIRECTIONS)
    return _COMMA.sub(_arabic_sign, _DASH_FIRST.sub(r"\1- ", plain))


def _arabic_sign(match: re.Match[str]) -> str:
    return {",": "،", ";": "؛"}[match.group()]


def _words(program: str, picture: Image.Image, number: int, name: str, limits: Limits) -> str:
    held = io.BytesIO()
    picture.save(held, format="PNG", compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", "-l", "+".join(_LANGUAGES), "--dpi", str(_DPI)],
            input=held.getvalue(),
            capture_output=True,
            timeout=limits.page_seconds,
            env={**os.environ, **_ENVIRONMENT},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise errors.TookTooLong(
            name=name, page=number + 1, seconds=round(limits.page_seconds)
        ) from error
    except OSError as error:
        raise errors.NoTextLayer(name=name) from error
    if done.returncode:
        raise errors.Damaged(name=name, format="picture")
    return done.stdout.decode("utf-8", "replace").replace("\f", "\n").strip()
