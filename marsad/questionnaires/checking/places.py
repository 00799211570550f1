"""Points on the earth: how far apart, and how much they enclose. Metres and square metres."""

from __future__ import annotations

import math
from itertools import pairwise

#: As ODK takes it: the earth as a ball of the equator's radius.
_RADIUS = 6_378_100.0

_Point = tuple[float, float]


def _points(text: str) -> list[_Point]:
    found: list[_Point] = []
    for part in text.split(";"):
        numbers = part.split()
        if len(numbers) < 2:
            continue
        try:
            found.append((math.radians(float(numbers[0])), math.radians(float(numbers[1]))))
        except ValueError:
            return []
    return found


def distance(text: str) -> float:
    """The length of a line in metres.

    >>> round(distance("0 0; 0 1"))
    111319
    """
    points = _points(text)
    return sum(_apart(one, other) for one, other in pairwise(points))


def _apart(one: _Point, other: _Point) -> float:
    height = math.sin((other[0] - one[0]) / 2) ** 2
    width = math.sin((other[1] - one[1]) / 2) ** 2
    share = height + math.cos(one[0]) * math.cos(other[0]) * width
    return 2 * _RADIUS * math.asin(min(1.0, math.sqrt(share)))


def area(text: str) -> float:
    """What a closed line encloses, in square metres."""
    points = _points(text)
    if len(points) < 3:
        return 0.0
    total = 0.0
    for one, other in zip(points, [*points[1:], points[0]], strict=True):
        total += (other[1] - one[1]) * (2 + math.sin(one[0]) + math.sin(other[0]))
    return abs(total * _RADIUS * _RADIUS / 2)


def is_inside(point: str, line: str) -> bool:
    """Whether a point lies inside a closed line."""
    here, around = _points(point), _points(line)
    if not here or len(around) < 3:
        return False
    latitude, longitude = here[0]
    inside = False
    before = around[-1]
    for corner in around:
        if (corner[1] > longitude) != (before[1] > longitude):
            share = (longitude - corner[1]) / (before[1] - corner[1])
            if latitude < corner[0] + share * (before[0] - corner[0]):
                inside = not inside
        before = corner
    return inside
