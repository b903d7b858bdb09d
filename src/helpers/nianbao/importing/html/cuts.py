"""What of a web page has no room for all rows and columns of a table with figures in it, and hides the others."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from nianbao.importing.html.boxes import is_fixed, is_of_table
from nianbao.importing.html.covers import MOST_TOLD, named, tables_with_figures
from nianbao.importing.html.doubts import is_shifted_out
from nianbao.importing.html.lengths import LENGTH, pixels
from nianbao.shown.htmltree import up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

CUTS = "可能截去表格的内容"
_HIDES, _HOLDS = {"hidden", "clip"}, re.compile(r"paint|content|strict")
_ROW, _COLUMN, _FIGURE = 12, 60, 14  # px: of a row at least, of a column, and of one with a figure at least
_SHARE, _SCREEN = 20, 900  # of 100: less of what is around has no room for a table; px of a screen
_LEAVES_ALL = re.compile(r"calc\(\s*100(?:%|[dsl]?vh|[dsl]?vw)\s*-[^()]*\)|fit-content\(.*")
_DIGIT, _LOST = 7, 40  # px of a digit; what may lie outside of the page
_PARTS, _SETS = "thead, tbody, tfoot, tr", {"absolute", "fixed"}
_PASSES_ON = re.compile(r".*(?:flex|grid|-webkit-box)")
_OF_OTHERS = re.compile(r"inherit|.*%|.*\(.*|stretch|-webkit-fill-available")
_TRACKS = ("grid-template-rows", "grid-auto-rows", "grid-template", "grid")
_LOW_TRACK = re.compile(r"(?<![\w.])([0-9.]+)(px|pt|r?em|fr)(?!\w)")


def cutting(body: LexborNode, about: Callable[[LexborNode], Mapping[str, str]]) -> list[str]:
    """What cuts a table so: tags and names, one each."""
    found = [named(node) for table in tables_with_figures(body) for node in _cutting(table, about)]
    return list(dict.fromkeys(found))[:MOST_TOLD]


def _cutting(table: LexborNode, about: Callable[[LexborNode], Mapping[str, str]]) -> Iterator[LexborNode]:
    rows = table.css("tr")
    columns = max((sum(one.tag in {"td", "th"} for one in row.iter()) for row in rows), default=0)
    wide, said = _size(about(table), ("width", "min-width"), max, table.attributes.get("width")), about(table)
    tall, least = len(rows) * _ROW, columns * _FIGURE if wide == inf else wide - _COLUMN
    for one in table.css(_PARTS):
        if (of := about(one)) and not is_of_table(one, of) and _is_low(of, len(one.css("tr")) * _ROW):
            yield one
    if is_fixed(table, about) and _has_narrow_column(table, rows, about):
        yield table
    inner: Mapping[str, str] = {}  # what is said of the next thing around the table that hides what it has no room for
    for node in up(table):
        said = about(node)
        in_place = {name: value for name, value in said.items() if name != "text-indent"}  # no table takes it over
        if is_shifted_out(node, in_place, about, _LOST) or _is_above(said):
            yield node
        if is_of_table(node, said):
            continue
        is_narrow = _hides(said, "overflow-x") and _size(said, ("width", "max-width"), min) < least
        if (
            _is_low(said, tall)
            or (is_narrow and node.mem_id != table.mem_id)
            or (inner and _is_handed_on(said, inner, tall))
        ):
            yield node
        inner = said if _hides(said, "overflow-y") else inner


def _has_narrow_column(
    table: LexborNode, rows: Sequence[LexborNode], about: Callable[[LexborNode], Mapping[str, str]]
) -> bool:
    """Whether a figure stands in a column that is too narrow for it and hides the rest."""
    lines = [[one for one in row.iter() if one.tag in {"td", "th"}] for row in rows]
    first = [*table.css("col"), *([] if table.css_first("col") else lines[0] if lines else [])]
    given = [_size(about(one), ("width",), min, one.attributes.get("width")) for one in first]
    most = max(map(len, lines), default=0)
    rest = _size(about(table), ("width",), min, table.attributes.get("width")) - sum(one for one in given if one < inf)
    usual = max(rest, 0) / max(most - sum(one < inf for one in given), 1)
    wide = [usual if one == inf else one for one in [*given, *[inf] * most]]
    return any(
        wide[at] < sum(map(str.isdigit, one.text())) * _DIGIT
        for line in lines
        for at, one in enumerate(line)
        if at < most and _hides(about(one), "overflow-x")
    )


def _is_above(said: Mapping[str, str]) -> bool:
    """Whether an element begins above the page."""
    return said.get("position") in _SETS and pixels(said.get("top", ""), 0) < -_LOST


def _hides(said: Mapping[str, str], way: str) -> bool:
    """Whether an element hides what it has no room for."""
    return (
        said.get(way) in _HIDES
        or bool(_HOLDS.search(said.get("contain", "")))
        or said.get("clip-path", "none") != "none"
        or said.get("content-visibility") == "auto"
    )


def _is_low(said: Mapping[str, str], tall: float) -> bool:
    """Whether an element hides what stands below so many pixels."""
    if not _hides(said, "overflow-y"):
        return False
    is_sized = "size" in said.get("container-type", "normal").split() or said.get("aspect-ratio", "auto") != "auto"
    return is_sized or _height(said) < tall or _has_low_track(said, tall)


def _height(said: Mapping[str, str]) -> float:
    """How tall an element is in pixels, infinite where that follows from what it holds."""
    set_by = _SCREEN - sum(pixels(said.get(edge, ""), 0) for edge in ("top", "bottom"))
    is_set = said.get("position") in _SETS and all(said.get(edge, "auto") != "auto" for edge in ("top", "bottom"))
    return min(_size(said, ("height", "max-height"), min), set_by if is_set else inf)


def _has_low_track(said: Mapping[str, str], tall: float) -> bool:
    tracks = (one for name in _TRACKS for one in _LOW_TRACK.findall(said.get(name, "")))
    return any(float(size) < 1 if unit == "fr" else pixels(f"{size}{unit}", inf) < tall for size, unit in tracks)


def _is_handed_on(said: Mapping[str, str], inner: Mapping[str, str], tall: float) -> bool:
    """Whether an element is lower than a table, and what is in it and hides the rest is no taller."""
    is_part = _PASSES_ON.fullmatch(said.get("display", "")) or any(
        _OF_OTHERS.fullmatch(inner.get(name, "")) for name in ("height", "max-height")
    )
    return bool(is_part) and (_height(said) < tall or _has_low_track(said, tall))


def _size(said: Mapping[str, str], names: Sequence[str], of: Callable[..., float], given: str | None = None) -> float:
    """How large an element is in pixels: infinite where nothing is said, and nothing where nobody works it out here."""
    sizes = [_pixels(one) for one in (*(said.get(name, "") for name in names), given or "") if one]
    return of(sizes) if sizes else inf


def _pixels(size: str) -> float:
    found = LENGTH.fullmatch(size)
    if found and found[2] == "%":
        return inf if float(found[1]) >= _SHARE else 0
    return pixels(size, 0) if found or ("(" in size and not _LEAVES_ALL.fullmatch(size)) else inf
