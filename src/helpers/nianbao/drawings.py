"""What an SVG drawing may hold: shapes and text that a page and its PDF show alike, at a cost that is bounded.

Filters and nested references cost any amount of work; scripts, animation and foreign objects show on a screen only; and what
a drawing refers to outside of itself is not in the page. None of these is on the lists below.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from xml.parsers import expat

# What a drawing costs: 1 for an element, 1 for 100 characters of attributes, 10 for a character of text, which is shaped.
MOST_DRAWN, TEXT = 100_000, 10
MOST_NESTED = 100
MOST_FRAMES = 20  # one inside another: PDF/A allows 28
LONGEST_SIDE = 20_000  # CSS pixels
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_ELEMENTS = {
    "svg", "g", "defs", "title", "desc", "metadata", "style", "switch", "symbol", "use", "image", "path", "rect", "circle",
    "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "clipPath", "mask", "marker", "pattern",
    "linearGradient", "radialGradient", "stop", "a",
}  # fmt: skip
_FRAMES, _FRAMING = {"svg", "symbol", "use", "marker", "pattern", "image"}, {"clip-path", "mask", "style", "class"}
_SIZE = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|ex|%)?\s*", re.I)
_PIXELS = {"pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "ex": 8.0}
_URL = re.compile(r"url\(\s*(['\"]?)\s*(.*?)\s*\1\s*\)", re.I | re.S)
_SHEET = re.compile(r"\\|@import|(?<![\w-])filter\b(?!\s*:\s*none\b)", re.I)


class Unsafe(Exception):
    """What a drawing holds that it may not: the line, from 1, and what stands there."""

    def __init__(self, found: str, line: int) -> None:
        super().__init__(f"第{line}行{found}" if line else found)


@dataclass(slots=True)
class _Open:
    """An element whose end has not come: the nearest name around it, its own included, and how many frames inside that."""

    name: str
    frames: int
    tag: str


@dataclass(slots=True)
class _Drawing:
    """What has been read: what each named element costs, how many frames it has, and the names of what it holds and uses."""

    own: Counter[str] = field(default_factory=Counter)
    frames: Counter[str] = field(default_factory=Counter)
    uses: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    around: list[_Open] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    points: int = 0

    def cost(self) -> int:
        """What it costs when everything is drawn wherever it is used, and each marker at every point; raises `Unsafe`."""
        cost, frames = Counter(self.own), Counter(self.frames)
        for name in TopologicalSorter(self.uses).static_order():
            used = self.uses.get(name, [])
            cost[name] = min(cost[name] + sum(cost[one] for one in used), MOST_DRAWN + 1)
            frames[name] += max((frames[one] for one in used), default=0)
        drawn = cost[""] + self.points * sum(cost[one] for one in self.markers)
        if drawn > MOST_DRAWN:
            raise Unsafe("太复杂：图形和文字太多，或层层重复引用", 0)
        if frames[""] > MOST_FRAMES:
            raise Unsafe("太复杂：裁剪等层层嵌套", 0)
        return drawn


def judged(data: bytes) -> tuple[int, list[str]]:
    """What a drawing costs, and the pictures that it holds as data, by their addresses.

    Raises
    ------
    Unsafe
        When it is no sound drawing, or holds what is not on the lists or too much of it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unsafe("不是 UTF-8 编码的 SVG", 0) from error
    drawing = _Drawing()
    parser = expat.ParserCreate("utf-8", "}")

    def refuse(found: str) -> None:
        raise Unsafe(found, parser.CurrentLineNumber)

    def begin(name: str, attributes: dict[str, str]) -> None:
        if why := _begun(drawing, name, attributes):
            refuse(why)

    def write(written: str) -> None:
        space, _, element = drawing.around[-1].tag.rpartition("}")
        if space == _SVG and element == "style" and (why := _sheet(written)):
            refuse(why)
        if space == _SVG and element in {"text", "tspan", "textPath"}:
            drawing.own[drawing.around[-1].name] += TEXT * len(written.strip())

    def instruct(target: str, _: str) -> None:
        if target == "xml-stylesheet":
            refuse("引用了样式表")

    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = begin, write
    parser.EndElementHandler = lambda _: drawing.around.pop()
    parser.EntityDeclHandler = lambda *_: refuse("定义了实体（<!ENTITY）")
    parser.SkippedEntityHandler = lambda name, _: refuse(f"有没有定义的实体 &{name[:20]};")
    parser.ProcessingInstructionHandler = instruct
    try:
        parser.Parse(text, True)
        return drawing.cost(), drawing.pictures
    except expat.ExpatError as error:
        raise Unsafe(f"不成形（{expat.ErrorString(error.code)}）", error.lineno) from error
    except CycleError as error:
        raise Unsafe("里的元素互相引用，没有尽头", 0) from error


def _begun(drawing: _Drawing, tag: str, attributes: dict[str, str]) -> str:
    """Take in an element that begins; what is wrong with it, or ''."""
    space, _, element = tag.rpartition("}")
    if not drawing.around and (why := _root(space, element, attributes)):
        return why
    if len(drawing.around) >= MOST_NESTED:
        return f"嵌套超过{MOST_NESTED}层"
    inside = drawing.around[-1] if drawing.around else _Open("", 0, "")
    name, frames = inside.name, inside.frames
    own = attributes.get("id", "")
    if space == _SVG and own and own not in drawing.uses:  # of two with one name, the first is meant
        drawing.uses[name].append(own)
        drawing.uses[own] = []
        name, frames = own, 0
    frames += element in _FRAMES or not _FRAMING.isdisjoint(attributes)
    drawing.around.append(_Open(name, frames, tag))
    if space != _SVG:
        return ""  # what a program keeps for itself, and nobody shows
    if element not in _ELEMENTS:
        return f"有 <{element[:40]}>"
    if element == "marker":
        drawing.markers.append(name)
    drawing.points += sum(len(attributes.get(line, "")) for line in ("d", "points")) // 4
    drawing.own[name] += 1 + sum(map(len, attributes.values())) // 100
    drawing.frames[name] = max(drawing.frames[name], frames)
    return next(filter(None, (_attribute(drawing, element, *one) for one in attributes.items())), "")


def _root(space: str, element: str, attributes: dict[str, str]) -> str:
    """What is wrong with the outermost element."""
    if (space, element) != (_SVG, "svg"):
        return f'的根元素不是 <svg xmlns="{_SVG}">'
    sizes = {name: attributes[name] for name in ("width", "height") if attributes.get(name, "auto") != "auto"}
    box = attributes.get("viewBox", "").replace(",", " ").split()
    if "viewBox" in attributes and len(box) != 4:
        return "的 viewBox 不是四个数"
    for name, written in (*sizes.items(), *(("viewBox", one) for one in box[2:])):
        size = _SIZE.fullmatch(written)
        length = float(size[1]) * _PIXELS.get((size[2] or "").lower(), 1) if size else 0
        if not 0 < length <= (LONGEST_SIDE if name != "viewBox" else 1e7):
            return f"的 {name} 是“{written[:20]}”，应大于0，不超过{LONGEST_SIDE}像素"
    return ""


def _attribute(drawing: _Drawing, element: str, name: str, value: str) -> str:
    """Take in an attribute; what is wrong with it, or ''."""
    space, _, local = name.rpartition("}")
    if local == "href" and space in {"", _XLINK}:
        return _reference(drawing, element, value.strip())
    if space:
        return ""
    if local.lower().startswith("on"):
        return f"有 {local[:40]}"
    if local == "filter" and value.strip() != "none":
        return "有 filter"
    if local == "style" and (why := _sheet(value)):
        return why
    for _, address in _URL.findall(value):
        if why := _reference(drawing, "", address):
            return why
    return ""


def _sheet(css: str) -> str:
    """What is wrong with a style sheet, or with declarations."""
    if found := _SHEET.search(css):
        return f"的样式里有“{found[0]}”"
    outside = next((address for _, address in _URL.findall(css) if not address.startswith("#")), None)
    return "" if outside is None else f"引用了“{outside[:60]}”"


def _reference(drawing: _Drawing, element: str, address: str) -> str:
    if address.startswith("#"):
        drawing.uses[drawing.around[-1].name].append(address[1:])
    elif element == "image" and address[:5].lower() == "data:":
        drawing.pictures.append(address)
    elif address:
        return f"引用了“{address[:60]}”"
    return ""
