"""The animations of a web page that end with a table, or what it stands in, hidden, turned or elsewhere."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from nianbao.importing.html import doubts
from nianbao.importing.html.doubts import TURNED, is_still
from nianbao.importing.html.known import ANIMATED, ASKED, AT_REST, SHIFTS
from nianbao.importing.html.lengths import pixels
from nianbao.shown.htmltree import up
from nianbao.shown.keyframes import keyframes_in
from nianbao.shown.rules import declared_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Sheet

_INKS = frozenset({"color", "background-color", "text-fill-color"})
# How one runs that shows its first frames later too, or ends with one of them.
_STAYS = re.compile(r"paused|reverse|alternate|infinite|--|(?<![\w.-])(?:0(?=\s|$)|[0-9]*[.][0-9]+(?![\w%]))")
_USUAL = re.compile(r"cubic-bezier\([^()]*\)|steps\([^()]*\)")
_TIME = re.compile(r"(?<![\w.])([0-9.]+)(m?s)\b")
_END, _LAST = re.compile(r"[0-9.]+"), 100
_HIDDEN, _WITH_BRACKETS = {"hidden", "collapse"}, {"transform", "filter", "background-image", "border-image"}
_JUMP, _LEAST, _LONGEST = 20, 100, 5  # px of a move and of a size; seconds
_SIZES, _EDGES = ("width", "height", "max-width", "max-height"), (*SHIFTS, "top", "bottom")


def over_tables(
    body: LexborNode, sheets: Sequence[Sheet], about: Callable[[LexborNode], Mapping[str, str]]
) -> Iterator[tuple[int, str]]:
    """The numbers of tables, and of what they stand in, that such an animation is said of, and why they are doubtful."""
    odd = keyframes_in(sheets)
    seen: set[int] = set()
    for table in body.css("table") if odd else ():
        for at in up(table):
            if at.mem_id in seen:
                break
            seen.add(at.mem_id)
            said = about(at)
            named = f"{said.get('animation', '')} {said.get('animation-name', '')}"
            runs = [said[name] for name in ANIMATED if name in said]
            stays = any(map(_stays, runs)) or said.get("animation-timeline", "auto") != "auto" or "animation-trigger" in said
            for name, frames in odd.items():
                is_meant = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", named)
                if is_meant and any(_is_otherwise(at, what) for when, what in frames if stays or _is_last(when)):
                    yield at.mem_id, TURNED
                    break


def _stays(run: str) -> bool:
    """Whether an animation that runs so may show its first frames for long, or at its end."""
    usual = _USUAL.sub("", run)
    return (
        "(" in usual
        or bool(_STAYS.search(usual))
        or any(float(time or 0) / (1000 if unit == "ms" else 1) > _LONGEST for time, unit in _TIME.findall(usual))
    )


def _is_last(when: str) -> bool:
    return any(one.strip() == "to" or any(float(at) >= _LAST for at in _END.findall(one)) for one in when.split(","))


def _is_otherwise(node: LexborNode, said: str) -> bool:
    """Whether a frame shows an element otherwise than it stands, or nobody knows how."""
    about = {one.name: one.value for one in declared_in(said, ASKED | _INKS | {"--"})}
    is_gone = about.get("visibility") in _HIDDEN or about.get("display") == "none"
    is_small = any(pixels(about.get(name, ""), inf) < _LEAST for name in _SIZES)
    is_away = any(abs(pixels(about.get(name, ""), 0)) > _JUMP for name in _EDGES) or not is_still(about, _JUMP)
    is_turned = any(name in AT_REST and not AT_REST[name].fullmatch(value) for name, value in about.items())
    is_counted = any("(" in value for name, value in about.items() if name not in _WITH_BRACKETS and name not in AT_REST)
    is_unknown = is_counted or any(name[:2] == "--" or name in {"all", *_INKS} for name in about)
    return is_gone or is_small or is_away or is_turned or is_unknown or bool(doubts.of_all(node, about))
