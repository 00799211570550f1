"""The map of the world: outlines of States as the set-up brought them, laid flat in equal areas.

They are Natural Earth's, simplified (1:110 million), with the corrections of visionscarto towards
the views of the United Nations; what small States are too small for comes from the finer scale
(1:50 million), as points. `tools/frontend.py` puts both here; until then there is no map.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "outlines"
_COARSE, _FINE = "world-110m.json", "world-50m.json"
#: Pieces that stand alone in the outlines and under one code in the lists of the United Nations.
_PART_OF = {"CYN": "CYP", "SOL": "SOM"}
#: Our codes of what has none of its own.
_CALLED = {"XKX": "KOSOVO"}
#: Where nobody is detected, and what would take a fifth of the paper.
_LEFT_OUT = frozenset({"ATA", "ATF"})
#: Of the Equal Earth projection (Šavrič, Patterson, Jenny 2018).
_A = (1.340264, -0.081106, 0.000893, 0.003796)
#: In degrees: nearer to the edge of the map than this is on it.
_HAIR = 1e-3
#: Points nearer to each other are one.
_NEAR = 0.9

Point = tuple[float, float]
Ring = list[Point]


class Bounds(NamedTuple):
    """How far something reaches on flat paper."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class World:
    """The map, in pixels of the width that was asked for."""

    height: float
    #: Code of a place, and its outline as GeoJSON has it.
    shapes: Mapping[str, Mapping[str, Any]]
    #: How much room each shape takes, in square pixels.
    sizes: Mapping[str, float]
    #: Where a place lies, also one without a shape.
    middles: Mapping[str, Point]


def are_there() -> bool:
    """Whether the set-up brought them."""
    return all((FOLDER / name).is_file() for name in (_COARSE, _FINE))


@lru_cache(maxsize=8)
def world(width: int) -> World:
    """The map in this width."""
    coarse, fine = _places(_COARSE), _places(_FINE)
    every = [point for rings in coarse.values() for ring in rings for point in ring]
    bounds = _bounds(every)
    scale = width / (bounds.right - bounds.left)

    def placed(rings: Iterable[Ring]) -> list[Ring]:
        return [
            [((x - bounds.left) * scale, (y - bounds.top) * scale) for x, y in ring]
            for ring in rings
        ]

    shapes = {code: placed(rings) for code, rings in coarse.items()}
    finer = {code: placed(rings) for code, rings in fine.items()}
    return World(
        height=(bounds.bottom - bounds.top) * scale,
        shapes={code: _geojson(rings) for code, rings in shapes.items()},
        sizes={code: max(map(_area, rings)) for code, rings in shapes.items()},
        middles={code: _middle(rings) for code, rings in {**shapes, **finer}.items()},
    )


@lru_cache(maxsize=2)
def _places(name: str) -> dict[str, list[Ring]]:
    """Code of a place, and its outer lines on flat paper."""
    topology = json.loads((FOLDER / name).read_bytes())
    arcs = list(_arcs(topology))
    numbered: dict[str, list[int]] = {}
    for found in topology["objects"]["countries"]["geometries"]:
        code = found["properties"]["a3"]
        code = _PART_OF.get(code, code)
        if code not in _LEFT_OUT:
            numbered.setdefault(_CALLED.get(code, code), []).extend(_numbers(found))
    return {
        code: [
            [_flat(east, north) for east, north in ring]
            for whole in _rings(numbers, arcs=arcs)
            for ring in _cut(whole)
        ]
        for code, numbers in numbered.items()
    }


def _arcs(topology: Mapping[str, Any]) -> Iterator[Ring]:
    """Lines that outlines are made of, each told once, as steps from point to point."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * wide + left, y * high + low))
        yield line


def _flat(east: float, north: float) -> Point:
    """A place on the globe, on paper: Equal Earth. North is up, so `y` grows to the south."""
    slope = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(north)))
    square = slope * slope
    sixth = square**3
    a1, a2, a3, a4 = _A
    x = math.radians(east) * math.cos(slope)
    x /= math.sqrt(3) / 2 * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square))
    return x, -slope * (a1 + a2 * square + sixth * (a3 + a4 * square))


def _numbers(found: Mapping[str, Any]) -> Iterator[int]:
    """The lines that a place is drawn by; one below nothing is run backwards."""
    polygons = found["arcs"] if found["type"] == "MultiPolygon" else [found["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            yield from ring


def _rings(numbers: Sequence[int], *, arcs: Sequence[Ring]) -> Iterator[Ring]:
    """Lines joined into rings. A line that is run both ways lies inside, and is left out."""
    lines = {
        number: arcs[number] if number >= 0 else arcs[~number][::-1]
        for number in numbers
        if ~number not in numbers
    }
    begins: dict[Point, list[int]] = {}
    for number, line in lines.items():
        begins.setdefault(_joint(line[0]), []).append(number)
    while lines:
        ring: Ring = []
        number = next(iter(lines))
        while True:
            line = lines.pop(number)
            begins[_joint(line[0])].remove(number)
            ring.extend(line[1:] if ring else line)
            follow = begins.get(_joint(ring[-1]))
            if _joint(ring[-1]) == _joint(ring[0]) or not follow:
                break
            number = follow[-1]
        yield ring


def _joint(point: Point) -> Point:
    """Where lines meet: the two ends of the map are one line on the globe."""
    east, north = point
    return (-180.0 if abs(east) > 180 - _HAIR else round(east, 6)), round(north, 6)


def _cut(ring: Ring) -> Iterator[Ring]:
    """A ring that runs over the edge of the map, in a piece at either end of it."""
    unwound = [ring[0]]
    for east, north in ring[1:]:
        before = unwound[-1][0]
        unwound.append((east + 360 * round((before - east) / 360), north))
    for turn in (-360, 0, 360):
        piece = [(east + turn, north) for east, north in unwound]
        for edge, side in ((180.0, 1), (-180.0, -1)):
            piece = _clipped(piece, edge=edge, side=side)
        if piece:
            yield piece


def _clipped(ring: Ring, *, edge: float, side: int) -> Ring:
    """What of a ring lies on this side of a line from pole to pole (Sutherland and Hodgman)."""
    found: Ring = []
    for (east, north), (further, beyond) in pairwise(ring):
        inside, stays = (edge - east) * side >= 0, (edge - further) * side >= 0
        if inside:
            found.append((east, north))
        if inside != stays:
            part = (edge - east) / (further - east)
            found.append((edge, north + part * (beyond - north)))
    return [*found, found[0]] if found else []


def _bounds(points: Sequence[Point]) -> Bounds:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Bounds(min(across), min(down), max(across), max(down))


def _geojson(rings: Sequence[Ring]) -> dict[str, Any]:
    """Each ring a polygon of its own; a lake in it stays land at this scale."""
    simple = [found for found in map(_simplified, rings) if len(found) > 3]
    largest = max(rings, key=_area)
    return {
        "type": "MultiPolygon",
        "coordinates": [[ring] for ring in simple] or [[_simplified(largest, near=0)]],
    }


def _simplified(ring: Ring, *, near: float = _NEAR) -> list[list[float]]:
    """A ring without points that nobody could tell apart, and closed."""
    kept = [ring[0]]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) >= near:
            kept.append(point)
    if kept[-1] != kept[0]:
        kept.append(kept[0])
    return [[round(x, 1), round(y, 1)] for x, y in kept]


def _area(ring: Sequence[Point]) -> float:
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(doubled) / 2


def _middle(rings: Sequence[Ring]) -> Point:
    """The middle of the largest piece."""
    bounds = _bounds(max(rings, key=_area))
    return (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2
