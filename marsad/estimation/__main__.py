"""`python -m marsad.estimation FILE.csv`: how many people are on none of the lists."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from marsad.problems import Problem

from .bootstrap import TIMES, Bounds, bounds
from .choosing import THRESHOLD
from .errors import NoSuchFile
from .estimate import METHODS, Estimate, estimate
from .lists import Lists, read_lists

#: Of fewer draws none lies beyond the bounds, which leave out one in forty at either end; of more
#: nobody waits for the end.
_FEWEST_TIMES, _MOST_TIMES = 40, 100_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print an estimate; 1 and a sentence where there is none."""
    options = _parser().parse_args(arguments)
    try:
        lists = read_lists(_bytes_of(options.file), name=options.file.name)
        found = estimate(lists, method=options.method, threshold=options.threshold)
        drawn = drawn_bounds(lists, vars(options))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.json:
        told = {**found.as_json(), **({"bootstrap": drawn.as_json()} if drawn else {})}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_lines(found, drawn)))
    return 0


def drawn_bounds(lists: Lists, options: Mapping[str, Any]) -> Bounds | None:
    """Bounds from counts drawn anew, where they were asked for."""
    times = options["bootstrap"]
    if not times:
        return None
    return bounds(lists, method=options["method"], threshold=options["threshold"], times=times)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What both commands that estimate take."""
    parser.add_argument("--method", choices=METHODS, default="stepwise")
    parser.add_argument(
        "--threshold", type=_threshold, default=THRESHOLD, help="p-value that takes a pair in"
    )
    parser.add_argument(
        "--bootstrap",
        type=_times,
        nargs="?",
        const=TIMES,
        default=0,
        metavar="TIMES",
        help="also bounds that allow for the choice of the model, from counts drawn anew",
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def _threshold(given: str) -> float:
    try:
        found = float(given)
    except ValueError:
        found = math.nan
    if not 0 <= found <= 1:
        raise argparse.ArgumentTypeError(f"“{given}” is no p-value: write one from 0 to 1")
    return found


def _times(given: str) -> int:
    found = int(given) if given.isdecimal() and len(given) <= len(str(_MOST_TIMES)) else 0
    if not _FEWEST_TIMES <= found <= _MOST_TIMES:
        raise argparse.ArgumentTypeError(
            f"counts are drawn anew from {_FEWEST_TIMES} to {_MOST_TIMES:,} times, not “{given}”"
        )
    return found


def as_lines(found: Estimate, drawn: Bounds | None = None) -> list[str]:
    """An estimate as one reads it, with everything that speaks against it."""
    between = f"{found.level:.0%}: {found.low:,.0f} to {found.high:,.0f}"
    lines = [f"{found.population:,.0f} people ({between})"]
    if drawn is not None:
        high = f"{drawn.high:,.0f}" if math.isfinite(drawn.high) else "no bound"
        lines.append(
            f"with the choice of the model: {drawn.low:,.0f} to {high} ({drawn.times:,} draws, "
            f"{drawn.models} models, {drawn.failed} without an estimate)"
        )
    lines += [
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
    add_arguments(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
