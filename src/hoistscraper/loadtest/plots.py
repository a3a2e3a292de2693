"""Plots as SVG, drawn by us, so that a report needs nothing from elsewhere; colours are its style sheet's."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from hoistscraper.loadtest.latencies import Latencies

WIDTH = 760
_LEFT = 64
_RIGHT = 16
_TOP = 12
_BOTTOM = 28
_HEIGHT = 200
_INNER_WIDTH = WIDTH - _LEFT - _RIGHT
_INNER_HEIGHT = _HEIGHT - _TOP - _BOTTOM
_CELLS = 96

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot; ``kind`` is its class in the style sheet."""

    name: str
    kind: str
    points: Points


def over_time(lines: Sequence[Line], *, unit: str, end_seconds: float, limit: float | None = None) -> str:
    """Return lines over the seconds of a run, and a dashed one for what is demanded."""
    highest = max((value for line in lines for _, value in line.points), default=0.0)
    top, step = _scale(max(highest, limit or 0.0))

    def x_of(seconds: float) -> float:
        return _LEFT + _INNER_WIDTH * seconds / max(end_seconds, 1e-9)

    def y_of(value: float) -> float:
        return _TOP + _INNER_HEIGHT * (1 - value / top)

    parts = [*_rows(top, step, y_of, unit), *_seconds_axis(end_seconds, x_of)]
    if limit is not None:
        parts.append(f'<path class="limit" d="M{_LEFT} {y_of(limit):.1f}H{WIDTH - _RIGHT}"/>')
    parts += [_drawn(line, x_of, y_of, unit) for line in lines]
    return _svg(_HEIGHT, parts, ", ".join(line.name for line in lines) + " over time")


def distributions(of_each: Sequence[tuple[str, Latencies]]) -> str:
    """Return a strip for each endpoint: the darker a place, the more requests took that long."""
    longest = max(each.highest_seconds for _, each in of_each)
    shortest = min(next(each.buckets())[0] for _, each in of_each)
    low = math.floor(math.log10(max(shortest, 1e-6)))
    high = max(low + 1, math.ceil(math.log10(max(longest, 1e-5))))

    def x_of(seconds: float) -> float:
        share = (math.log10(max(seconds, 10**low)) - low) / (high - low)
        return _LEFT / 4 + (WIDTH - _LEFT / 4 - _RIGHT) * min(share, 1.0)

    row_height = 46
    height = row_height * len(of_each) + _BOTTOM
    parts = []
    for power in range(low, high + 1):
        x = x_of(10.0**power)
        parts.append(f'<path class="grid" d="M{x:.1f} 0V{height - _BOTTOM}"/>')
        anchor = "end" if power == high else "middle" if power > low else "start"
        label = in_words(10.0**power)
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{height - 10}" text-anchor="{anchor}">{label}</text>'
        )
    for number, (name, each) in enumerate(of_each):
        parts += _strip(name, each, number * row_height, x_of)
    return _svg(height, parts, "Latencies by endpoint")


def in_words(seconds: float) -> str:
    """Return a latency for people: ``120 µs``, ``3.4 ms``, ``1.2 s``."""
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"


def _strip(name: str, each: Latencies, y: float, x_of: Callable[[float], float]) -> list[str]:
    cells: dict[int, int] = {}
    for seconds, count in each.buckets():
        place = int(x_of(seconds) / WIDTH * _CELLS)
        cells[place] = cells.get(place, 0) + count
    most = max(cells.values())
    width = WIDTH / _CELLS
    parts = [f'<text class="label" x="{_LEFT / 4:.0f}" y="{y + 16:.0f}">{escape(name)}</text>']
    for place, count in sorted(cells.items()):
        # The root lets what is rare be seen beside what is usual.
        shade = max(0.06, math.sqrt(count / most))
        parts.append(
            f'<rect class="cell" x="{place * width:.1f}" y="{y + 22:.0f}" width="{width:.1f}" height="16" '
            f'opacity="{shade:.2f}"><title>{count:,} requests</title></rect>'
        )
    for share, kind in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        value = each.quantile(share)
        parts.append(
            f'<path class="mark {kind}" d="M{x_of(value):.1f} {y + 19:.0f}v22">'
            f"<title>{kind}: {in_words(value)}</title></path>"
        )
    return parts


def _drawn(line: Line, x_of: Callable[[float], float], y_of: Callable[[float], float], unit: str) -> str:
    places = [(x_of(seconds), y_of(value)) for seconds, value in line.points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5"><title>{escape(line.name)}, {seconds:.0f} s: '
        f"{value:,.4g} {unit}</title></circle>"
        for (x, y), (seconds, value) in zip(places, line.points, strict=True)
    )
    return f'<g class="line {line.kind}"><path d="M{path}"/>{dots}</g>' if places else ""


def _rows(top: float, step: float, y_of: Callable[[float], float], unit: str) -> list[str]:
    parts = []
    for number in range(round(top / step) + 1):
        value = number * step
        y = y_of(value)
        label = f"{value:,.4g}" + (f" {unit}" if unit and number == round(top / step) else "")
        parts.append(f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"/>')
        parts.append(
            f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(label)}</text>'
        )
    return parts


def _seconds_axis(end_seconds: float, x_of: Callable[[float], float]) -> list[str]:
    _, step = _scale(end_seconds)
    marks = [number * step for number in range(int(end_seconds / step) + 1)]
    return [
        f'<text class="tick" x="{x_of(seconds):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">'
        f"{seconds:g} s</text>"
        for seconds in marks
    ]


def _scale(highest: float) -> tuple[float, float]:
    """Return the end of an axis and the step of its marks: round numbers, about four of them."""
    rough = max(highest, 1e-9) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return step * math.ceil(highest / step or 1), step


def _svg(height: float, parts: Sequence[str], label: str) -> str:
    box = f'viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(label)}"'
    return f"<svg {box}>{''.join(parts)}</svg>"
