"""`python -m marsad.estimation FILE.csv`: how many people are on none of the lists."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from marsad.problems import Problem

from .choosing import THRESHOLD
from .errors import NoSuchFile
from .estimate import METHODS, Estimate, estimate
from .lists import read_lists


def main(arguments: Sequence[str] | None = None) -> int:
    """Print an estimate; 1 and a sentence where there is none."""
    options = _parser().parse_args(arguments)
    try:
        lists = read_lists(_bytes_of(options.file), name=options.file.name)
        found = estimate(lists, method=options.method, threshold=options.threshold)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_lines(found)))
    return 0


def as_lines(found: Estimate) -> list[str]:
    """An estimate as one reads it, with everything that speaks against it."""
    bounds = f"{found.level:.0%}: {found.low:,.0f} to {found.high:,.0f}"
    lines = [
        f"{found.population:,.0f} people ({bounds})",
        f"{found.observed:,} on {len(found.lists)} lists, {found.hidden:,.0f} on none of them",
    ]
    lines += [
        f"depend on one another: {one}, {other} ({effect:+.2f})"
        for (one, other), effect in ((each.lists, each.effect) for each in found.interactions)
    ]
    return lines + [f"! {caution.says}" for caution in found.cautions]


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NoSuchFile(name=str(file)) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m marsad.estimation",
        description="Estimate how many people there are from overlapping lists of some of them.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV: a column per list, a count")
    parser.add_argument("--method", choices=METHODS, default="stepwise")
    parser.add_argument(
        "--threshold", type=float, default=THRESHOLD, help="p-value that takes a pair in"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
