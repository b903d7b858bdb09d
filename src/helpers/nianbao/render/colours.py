"""The colours that style sheets give to words and cells, as attributes of their tags: paper knows no style sheets.

It reads clean HTML, in which the rules of a sheet reach only what lies inside of its own output (see `styles`).
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING, Any

import tinycss2

from nianbao.language import say
from nianbao.render.paints import colour_of, paint
from nianbao.shown.selectors import Element, Selector, selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinycss2.ast import Node

_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
_STYLED = re.compile(r"<(?:style\b|mark\b|[^>]* style=\"[^\"]*(?:color|background|font-weight))")
_COLOURS = re.compile("color|background|font-weight")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>")
_ATTRIBUTE = re.compile(r' (id|class|style)="([^"]*)"')
_VOID = {"br", "img", "hr", "wbr", "col"}
_CELLS = {"td", "th"}
# Of these, pandoc keeps no attribute: a span inside has the colours.
_WORDS = {"b", "strong", "i", "em", "u", "code", "a", "mark", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
_LOOKING = _CELLS | _WORDS | {"span", "tr"}
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}
MOST_STEPS = (
    400_000  # in which rules and elements are compared, less than a second; of a page with more no style sheet is read
)

_MARKED = {"fill": 'rgb("#ffff00ff")'}  # as browsers have it
Look = dict[str, str]  # "fill", "ink" and "bold", with what Typst is told of each


@dataclass(slots=True)
class _Element(Element):
    """An open tag and its look."""

    look: Look = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector and its look; the stronger of two rules wins, and of equals the later."""

    selector: Selector
    look: Look
    strength: tuple[bool, tuple[int, int, int], int]  # whether it is important, how exact, and its place


class _TooMuch(Exception):
    """There is more to compare than `MOST_STEPS`."""


class _Rules:
    """The rules by what they ask of the element itself: a Styler has one for each cell."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        self.by_key: dict[str, list[_Rule]] = defaultdict(list)
        self.steps = 0
        for rule in rules:
            self.by_key[rule.selector.key].append(rule)

    def look(self, around: list[_Element], style: str) -> Look:
        """The look of the last of these elements, which has a ``style`` of its own."""
        one = around[-1]
        fitting: list[_Rule] = []
        for key in (f"#{one.name}", *(f".{name}" for name in one.classes), one.tag, "*"):
            for rule in self.by_key.get(key, ()):
                fits, steps = rule.selector.fits(around)
                self.steps += steps
                if fits:
                    fitting.append(rule)
            if self.steps > MOST_STEPS:
                raise _TooMuch
        look: Look = {}
        own = list(_looks(tinycss2.parse_blocks_contents(style))) if _COLOURS.search(style) else []
        for is_important in (False, True):
            for rule in sorted(fitting, key=lambda rule: rule.strength):
                look |= rule.look if rule.strength[0] is is_important else {}
            for found, important in own:
                look |= found if important is is_important else {}
        return look


def coloured(html: str) -> str:
    """Clean HTML whose cells and words have their colours as ``data-typst`` attributes, which pandoc hands on to Typst."""
    if not _STYLED.search(html):
        return html
    rules = [rule for number, sheet in enumerate(_SHEET.findall(html)) for rule in _rules(sheet, number)]
    try:
        return _with_looks(html, _Rules(rules))
    except _TooMuch:
        logging.getLogger("nianbao").warning(say("the PDF leaves out the colours of style sheets: they have too many rules"))
        return _with_looks(html, _Rules(()))


def _with_looks(html: str, rules: _Rules) -> str:
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
            inherited = around[-2].look if name in _CELLS else _MARKED if name == "mark" else {}
            one.look = inherited | rules.look(around, unescape(given.get("style", "")))
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


def _rules(sheet: str, number: int) -> Iterator[_Rule]:
    if not _COLOURS.search(sheet):
        return
    for order, node in enumerate(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        if node.type != "qualified-rule" or not (looks := _looks(tinycss2.parse_blocks_contents(node.content))):
            continue
        for written in tinycss2.serialize(node.prelude).split(","):
            if found := selector(written.strip()):
                for look, is_important in looks:
                    yield _Rule(found, look, (is_important, found.weight, number * 1_000_000 + order))


def _looks(nodes: Iterable[Node]) -> list[tuple[Look, bool]]:
    """What declarations say, and whether it is important."""
    looks: tuple[Look, Look] = ({}, {})
    for node in nodes:
        if node.type == "declaration":
            looks[node.important].update(_look(node))
    return [(look, bool(number)) for number, look in enumerate(looks) if look]


def _look(node: Any) -> Look:
    value = [one for one in node.value if one.type not in {"whitespace", "comment"}]
    if node.lower_name in {"background", "background-color"}:
        return {"fill": fill} if (fill := next(filter(None, map(paint, value)), "")) else {}
    if node.lower_name == "color" and value and (ink := colour_of(value[0])):
        return {"ink": ink}
    if node.lower_name == "font-weight" and value:
        return {"bold": "yes" if tinycss2.serialize(value[:1]).lower() in _BOLD else ""}
    return {}
