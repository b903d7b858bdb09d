"""The colours that style sheets give to words and cells, as attributes of their tags: paper knows no style sheets.

It reads clean HTML, in which the rules of a sheet reach only what lies inside of its own output (see `styles`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import accumulate, pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any

import tinycss2
from tinycss2.color4 import parse_color
from tinycss2.nth import parse_nth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tinycss2.ast import Node

_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
_STYLED = re.compile(r"<(?:style\b|[^>]* style=\"[^\"]*(?:color|background|font-weight))")
_COLOURS = re.compile("color|background|font-weight")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>")
_ATTRIBUTE = re.compile(r' (id|class|style)="([^"]*)"')
_VOID = {"br", "img", "hr", "wbr", "col"}
_CELLS = {"td", "th"}
# Of these, pandoc keeps no attribute: a span inside has the colours.
_WORDS = {"b", "strong", "i", "em", "u", "code", "a", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
_LOOKING = _CELLS | _WORDS | {"span", "tr"}
_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[#.][\w-]+|:nth-child\([^()]*\)|:first-child)*)", re.I)
_PART = re.compile(r"([#.])([\w-]+)|:(nth-child\(([^()]*)\)|first-child)")
_STEP = re.compile(r"\s*(>)\s*|\s+")
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}
MOST_RULES = 100  # of elements with one name, class or tag; any more are ignored
_TO = {"right": 90.0, "left": 270.0, "bottom": 180.0, "top": 0.0}

Look = dict[str, str]  # "fill", "ink" and "bold", with what Typst is told of each


@dataclass(slots=True)
class _Element:
    """A tag that is open: its place among its siblings, from 1, and how many children it has had."""

    tag: str
    name: str = ""
    classes: frozenset[str] = frozenset()
    place: int = 1
    children: int = 0
    look: Look = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Compound:
    """What is asked of one element."""

    tag: str
    names: frozenset[str]
    classes: frozenset[str]
    places: tuple[tuple[int, int], ...]  # (a, b): the places a·n + b
    is_parent: bool  # of what follows, and not only around it

    def fits(self, one: _Element) -> bool:
        if self.tag not in ("", "*", one.tag) or not self.names <= {one.name} or not self.classes <= one.classes:
            return False
        steps = ((one.place - b, a) for a, b in self.places)
        return all(left == 0 if a == 0 else left % a == 0 and left / a >= 0 for left, a in steps)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector and its look; the stronger of two rules wins, and of equals the later."""

    compounds: tuple[_Compound, ...]
    look: Look
    strength: tuple[int, int, int, int]

    def fits(self, around: list[_Element]) -> bool:
        """Whether it is meant for the last of these elements, each of which lies in the one before."""
        *outer, last = self.compounds
        if not last.fits(around[-1]):
            return False
        at = len(around) - 2
        for compound in reversed(outer):
            while at >= 0 and not compound.fits(around[at]) and not compound.is_parent:
                at -= 1
            if at < 0 or not compound.fits(around[at]):
                return False
            at -= 1
        return True


def coloured(html: str) -> str:
    """Clean HTML whose cells and words have their colours as ``data-typst`` attributes, which pandoc hands on to Typst."""
    if not _STYLED.search(html):
        return html
    rules = _indexed(rule for number, sheet in enumerate(_SHEET.findall(html)) for rule in _rules(sheet, number))
    around = [_Element("")]

    def with_look(tag: re.Match[str]) -> str:
        closing, name, rest = tag.groups()
        if closing:
            return _ended(around, tag[0], name)
        around[-1].children += 1
        given = dict(_ATTRIBUTE.findall(rest))
        one = _Element(name, given.get("id", ""), frozenset(given.get("class", "").split()), around[-1].children)
        if name in _VOID:
            return tag[0]
        around.append(one)
        if name in _LOOKING:
            # A row's colours are those of its cells.
            inherited = around[-2].look if name in _CELLS else {}
            one.look = inherited | _look_of(around, rules, unescape(given.get("style", "")))
        if name == "tr" or not one.look:
            return tag[0]
        if name in {"b", "strong"}:
            one.look["bold"] = "yes"
        return f"{tag[0]}<span{_attributes(one.look)}>" if name in _WORDS else f"<{name}{rest}{_attributes(one.look)}>"

    return "".join(
        part if part.startswith("<style") else _TAG.sub(with_look, part)
        for part in re.split(r"(<style[^>]*>.*?</style>)", html, flags=re.S)
    )


def _ended(around: list[_Element], tag: str, name: str) -> str:
    """An end tag, and that of the span inside."""
    if around[-1].tag != name and name not in {one.tag for one in around[1:]}:
        return tag
    while (one := around.pop()).tag != name:
        pass
    return f"</span>{tag}" if name in _WORDS and one.look else tag


def _attributes(look: Look) -> str:
    """What pandoc hands on to Typst. Bold is a hair of stroke in the text's colour: the pinned fonts have one weight."""
    told = {"fill": look.get("fill"), "text:fill": look.get("ink")}
    told["text:stroke"] = f"0.3pt + {look.get('ink', 'black')}" if look.get("bold") else None
    return "".join(f' data-typst:{name}="{escape(value)}"' for name, value in told.items() if value)


def _look_of(around: list[_Element], rules: Mapping[str, list[_Rule]], style: str) -> Look:
    one = around[-1]
    keys = (f"#{one.name}", *(f".{name}" for name in one.classes), one.tag, "*")
    fitting = [rule for key in keys for rule in rules.get(key, ()) if rule.fits(around)]
    look: Look = {}
    for rule in sorted(fitting, key=lambda rule: rule.strength):
        look |= rule.look
    return look | (_look(tinycss2.parse_blocks_contents(style)) if _COLOURS.search(style) else {})


def _indexed(rules: Iterable[_Rule]) -> dict[str, list[_Rule]]:
    """The rules by what they ask of the element itself: a Styler has one for each cell."""
    found: dict[str, list[_Rule]] = defaultdict(list)
    for rule in rules:
        last = rule.compounds[-1]
        named = [f"#{one}" for one in last.names] + [f".{one}" for one in sorted(last.classes)]
        key = next(iter(named), last.tag or "*")
        if len(found[key]) < MOST_RULES:
            found[key].append(rule)
    return found


def _rules(sheet: str, number: int) -> Iterator[_Rule]:
    if not _COLOURS.search(sheet):
        return
    for order, node in enumerate(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        if node.type != "qualified-rule" or not (look := _look(tinycss2.parse_blocks_contents(node.content))):
            continue
        for selector in tinycss2.serialize(node.prelude).split(","):
            if compounds := _compounds(selector.strip()):
                weights = (
                    sum(len(one.names) for one in compounds),
                    sum(len(one.classes) + len(one.places) for one in compounds),
                    sum(one.tag not in ("", "*") for one in compounds),
                )
                yield _Rule(compounds, look, (*weights, number * 1_000_000 + order))


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """A selector's parts; none when it asks for what is not known here, such as the mouse."""
    found, at = [], 0
    while at < len(selector):
        one = _COMPOUND.match(selector, at)
        if not one or one.end() == at:
            return ()
        step = _STEP.match(selector, one.end())
        if step is None and one.end() < len(selector):
            return ()
        parts = _PART.findall(one[2])
        names, classes = (frozenset(word for sign, word, *_ in parts if sign == mark) for mark in "#.")
        places = []
        for sign, _, _, nth in parts:
            if sign:
                continue
            if (place := parse_nth(nth) if nth else (0, 1)) is not None:
                places.append(place)
            else:
                return ()
        is_parent = bool(step and step[1])
        found.append(_Compound((one[1] or "").lower(), names, classes, tuple(places), is_parent))
        at = step.end() if step else len(selector)
    return tuple(found)


def _look(nodes: Iterable[Node]) -> Look:
    look: Look = {}
    for node in nodes:
        if node.type != "declaration":
            continue
        value = [one for one in node.value if one.type not in {"whitespace", "comment"}]
        if node.lower_name in {"background", "background-color"}:
            look |= {"fill": fill} if (fill := next(filter(None, map(_paint, value)), "")) else {}
        elif node.lower_name == "color" and value and (ink := _colour(value[0])):
            look["ink"] = ink
        elif node.lower_name == "font-weight" and value:
            look["bold"] = "yes" if tinycss2.serialize(value[:1]).lower() in _BOLD else ""
    return look


def _paint(node: Any) -> str:
    """A colour or a gradient from side to side, as Typst has it; '' for anything else, and for what is not understood."""
    if node.type != "function" or node.lower_name != "linear-gradient":
        return _colour(node)
    parts = list(_by_commas(node.arguments))
    angle = _angle(parts[0]) if parts[0] else None
    stops: list[tuple[str, float | None]] = []
    for first, *offsets in filter(None, parts if angle is None else parts[1:]):
        if not all(one.type == "percentage" for one in offsets):
            return ""
        colour = _colour(first)
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


def _colour(node: Any) -> str:
    colour = parse_color(node)
    if colour is None or isinstance(colour, str):
        return ""
    try:
        channels: list[float | None] = [*colour.to("srgb").coordinates, colour.alpha]
    except NotImplementedError:
        return ""
    return 'rgb("#' + "".join(f"{round(255 * min(1, max(0, one or 0))):02x}" for one in channels) + '")'
