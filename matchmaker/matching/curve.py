"""How value and bound of a run came about over time, thinned to what a small curve can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_POINTS = 60

Point = tuple[float, int, int | None]  # seconds, value, bound


def thinned(points: list[Point]) -> list[Point]:
    """Without points that say what the one before said; every other one where it is too many."""
    if len(points) >= 3 and points[-1][1:] == points[-2][1:] == points[-3][1:]:
        points = [*points[:-2], points[-1]]
    return points if len(points) <= MOST_POINTS else [*points[:-1:2], points[-1]]


@dataclass(frozen=True, slots=True)
class Curve:
    """Two lines in a box of 100 by 50, and the points they are drawn from."""

    value: str
    bound: str
    rows: list[Point]
    top: int
    seconds: float


def curve_of(progress: dict[str, Any] | None) -> Curve | None:
    """The curve of a run; none before there are two points to draw it from."""
    rows: list[Point] = [(s, v, b) for s, v, b in (progress or {}).get("curve", ())]
    top = max((max(value, bound or 0) for _seconds, value, bound in rows), default=0)
    if len(rows) < 2 or not top or not rows[-1][0]:
        return None
    seconds = rows[-1][0]
    value = _line([(s / seconds, v / top) for s, v, _bound in rows])
    bound = _line([(s / seconds, b / top) for s, _value, b in rows if b is not None])
    return Curve(value, bound, rows, top, seconds)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{100 * x:.1f},{48 - 46 * y:.1f}" for x, y in points)
