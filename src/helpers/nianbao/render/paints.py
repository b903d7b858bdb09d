"""What CSS calls a colour or a gradient, as Typst has it."""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any

import tinycss2
from tinycss2.color4 import parse_color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TO = {"right": 90.0, "left": 270.0, "bottom": 180.0, "top": 0.0}


def paint(node: Any) -> str:
    """A colour or a gradient from side to side, as Typst has it; '' for anything else, and for what is not understood."""
    if node.type != "function" or node.lower_name != "linear-gradient":
        return colour_of(node)
    parts = list(_by_commas(node.arguments))
    angle = _angle(parts[0]) if parts[0] else None
    stops: list[tuple[str, float | None]] = []
    for first, *offsets in filter(None, parts if angle is None else parts[1:]):
        if not all(one.type == "percentage" for one in offsets):
            return ""
        colour = colour_of(first)
        stops += [(colour, one.value) for one in offsets] or [(colour, None)]
    return _gradient(180.0 if angle is None else angle, stops) if all(parts) and stops and all(dict(stops)) else ""


def _angle(part: list[Any]) -> float | None:
    """The direction in which a gradient runs, in degrees; ``None`` where none is named."""
    if part[0].type == "dimension" and part[0].lower_unit == "deg" and isfinite(part[0].value):
        return float(part[0].value)
    begin, end = (tinycss2.serialize([one]).lower() for one in (part[0], part[-1]))
    return _TO.get(end) if begin == "to" else None


def _gradient(angle: float, stops: list[tuple[str, float | None]]) -> str:
    """With an offset for each colour, none before the last: a colour without one lies between its neighbours, as in CSS."""
    given = {number: at for number, (_, at) in enumerate(stops) if at is not None}
    known = sorted(({0: 0.0, len(stops) - 1: 100.0} | given).items())
    ascending = accumulate((min(100.0, max(0.0, at)) for _, at in known), max)
    places = list(zip((number for number, _ in known), ascending, strict=True))
    offsets = [
        before + (behind - before) * step / (end - begin)
        for (begin, before), (end, behind) in pairwise(places)
        for step in range(end - begin)
    ]
    placed = zip((colour for colour, _ in stops), [*offsets, places[-1][1]], strict=True)
    ends = ((stops[0][0], 0.0), *placed, (stops[-1][0], 100.0))
    written = ", ".join(f"({colour}, {at:g}%)" for colour, at in ends)
    return f"gradient.linear(angle: {angle - 90:g}deg, space: rgb, {written})"


def _by_commas(nodes: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for node in nodes:
        if node == ",":
            yield part
            part = []
        elif node.type not in {"whitespace", "comment"}:
            part.append(node)
    yield part


def colour_of(node: Any) -> str:
    """A colour as Typst has it; '' for anything else."""
    colour = parse_color(node)
    if colour is None or isinstance(colour, str):
        return ""
    try:
        channels: list[float | None] = [*colour.to("srgb").coordinates, colour.alpha]
    except NotImplementedError:
        return ""
    return 'rgb("#' + "".join(f"{round(255 * min(1, max(0, one or 0))):02x}" for one in channels) + '")'
