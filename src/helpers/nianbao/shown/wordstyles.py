"""What Word's styles and lists say of a paragraph: its level as a heading, its number, how its words look."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from nianbao.shown import wordnumbers
from nianbao.shown.blocks import BULLET, HIDDEN, PLAIN, Looks

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_ON = {"1", "true", "on"}
_LEAST_RAISED = 4  # half points that words stand above or below the line; less is there to set them straight
_DEEPEST = 10  # styles that are based on one another
_USUAL = 20  # half points that words are large of which nobody says it
_EMPHASIS = {"emphasis", "强调"}  # the style of words that stand out by 楷体 alone, as `*甲*` does
_BOLD_FACES = re.compile("黑体|楷体|SimHei|KaiTi|小标宋|XiaoBiaoSong", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: of a paragraph its level as a heading, and how its words look."""

    level: int = 0
    words: Looks = PLAIN


@dataclass(frozen=True, slots=True)
class Number:
    """What a list puts before a paragraph: a number that is part of its text, or the mark of an item and how deep it is."""

    prefix: str = ""
    mark: str = ""
    depth: int = 0


NUMBERLESS = Number()


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how it counts, and whether all numbers before it are in digits too (1.1 below 一、).

    ``after`` is how many levels above make it begin anew; 0 for none.
    """

    format: str
    text: str
    start: int
    is_legal: bool
    after: int


class Styles:
    """The styles and lists of one document; lists are counted as its paragraphs are read."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = styles.findall(f"{W}style") if styles is not None else []
        self.known = {one.get(f"{W}styleId", ""): one for one in found}
        defaults = stands_in(styles, "docDefaults/rPrDefault/rPr") if styles is not None else None
        looks = _looks(defaults, PLAIN)
        self.default, self.size = Style(0, looks._replace(size=0)), looks.size or _USUAL
        self.styles: dict[str, Style] = {}
        self.levels: dict[tuple[str, int], _Level] = {}
        self.linked: dict[tuple[str, str], int] = {}  # the level that a list has for a style
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.lists: dict[str, str] = {}
        self.restarts: set[tuple[str, int]] = set()
        self.in_lists: dict[str, tuple[list[str], list[Element]]] = {}
        # What names no style looks as the usual one says, but for bold type.
        usual = (one for one in found if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in _ON)
        names = [one.get(f"{W}styleId", "") for one in usual]
        self.usual = Style(0, self._style(next(iter(names), ""), 0).words._replace(bold=False))
        if numbering is not None:
            self._read_lists(numbering)

    def _read_lists(self, numbering: Element) -> None:
        shapes = {one.get(f"{W}abstractNumId", ""): one for one in numbering.findall(f"{W}abstractNum")}
        lists = {one.get(f"{W}numId", ""): one for one in numbering.findall(f"{W}num")}
        for name, one in lists.items():
            shape = self._shape_of(name, shapes, lists)
            self.lists[name] = shape.get(f"{W}abstractNumId", "") if shape is not None else name
            for level in shape.findall(f"{W}lvl") if shape is not None else ():
                self._read_level(name, level)
            for changed in one.findall(f"{W}lvlOverride"):
                at, start = number_of(changed.get(f"{W}ilvl")), changed.find(f"{W}startOverride")
                if (instead := changed.find(f"{W}lvl")) is not None:
                    self._read_level(name, instead)
                if start is not None and (known := self.levels.get((name, at))):
                    self.restarts.add((name, at))
                    self.levels[name, at] = replace(known, start=number_of(start.get(_VAL)))

    def _shape_of(self, name: str, shapes: dict[str, Element], lists: dict[str, Element]) -> Element | None:
        """The shape of a list: its own, or that of the list which its list style has."""
        shape = shapes.get(_value(lists[name], "abstractNumId", "")) if name in lists else None
        style = _value(shape, "numStyleLink", "") if shape is not None else ""
        other = _value(self.known[style], "pPr/numPr/numId", "") if style in self.known else ""
        return shapes.get(_value(lists[other], "abstractNumId", ""), shape) if other in lists else shape

    def _read_level(self, name: str, level: Element) -> None:
        at, style = number_of(level.get(f"{W}ilvl")), _value(level, "pStyle", "")
        after = _value(level, "lvlRestart", "")
        self.levels[name, at] = _Level(
            _value(level, "numFmt", "decimal"),
            _value(level, "lvlText", ""),
            number_of(_value(level, "start", "1")),
            is_on(level.find(f"{W}isLgl")),
            min(number_of(after), at) if after.isdecimal() else at,
        )
        if style:
            self.linked[name, style] = at

    def of(self, paragraph: Element, name: str) -> Style:
        """How a paragraph looks by its style, which has this name, and its own outline level."""
        style = self._style(name, 0) if name in self.known else self.usual
        own = _value(paragraph, "pPr/outlineLvl", "")
        return Style(number_of(own) + 1, style.words) if own.isdecimal() and number_of(own) < 6 else style

    def _style(self, name: str, depth: int) -> Style:
        style = self.known.get(name)
        if style is None or depth > _DEEPEST:
            return self.default
        if name not in self.styles:
            base = self._style(_value(style, "basedOn", ""), depth + 1)
            called = _value(style, "name", "").lower()
            heading = re.fullmatch(r"(?:heading|标题) ?([1-6])", called)
            outline = _value(style, "pPr/outlineLvl", "")
            level = (
                number_of(outline) + 1
                if outline.isdecimal() and number_of(outline) < 6
                else int(heading[1])
                if heading
                else base.level
            )
            # The kit's own headings are one level lower: its title is the first.
            level = 1 if called in {"title", "公文标题"} else level
            about = style.find(f"{W}rPr")
            bold = base.words.bold or (_is_bold(about) and called not in _EMPHASIS)
            self.styles[name] = Style(level, _looks(about, base.words)._replace(bold=bold))
        return self.styles[name]

    def run(self, run: Element, around: Style) -> Looks:
        """How the words of a run look: as it says itself, else as one of its styles says."""
        about = run.find(f"{W}rPr")
        if about is None:
            return around.words
        named, above = self._style(_value(about, "rStyle", ""), 0).words, around.words
        off = about.find(f"{W}b")
        is_plain = off is not None and off.get(_VAL) in {"0", "false", "off"}
        bold = not is_plain and (above.bold or named.bold or _is_bold(about))
        both = Looks(bold, False, named.struck or above.struck, named.raised or above.raised, named.around or above.around,
                     size=named.size or above.size)  # fmt: skip
        return _looks(about, both)

    def size_in(self, table: Element) -> float:
        """How large the words of a table are of which neither they nor their paragraph's style say it."""
        return self._style(_value(table, "tblPr/tblStyle", ""), 0).words.size or self.size

    def numbered(self, paragraph: Element, style_name: str) -> Number:
        """What a list puts before this paragraph, which is counted."""
        if not self.levels:
            return NUMBERLESS
        name, at = self._place_in_list(paragraph, style_name)
        level = self.levels.get((name, at))
        if level is None or name == "0":
            return NUMBERLESS
        counts = self.counts[self.lists.get(name, name)]  # lists of one shape go on counting
        if (name, at) in self.restarts:
            self.restarts.remove((name, at))
            counts[at] = level.start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for below in [one for one in counts if one > at and self._begins_anew(name, one, at)]:
            del counts[below]
        if level.format in {"bullet", "none"}:
            return Number(mark=BULLET, depth=at + 1) if level.format == "bullet" else NUMBERLESS
        if self._is_item(name, at, counts):
            return Number(mark=f"{counts[at]}.", depth=at + 1)
        prefix = re.sub("%([1-9])", lambda found: self._shown(name, int(found[1]) - 1, level.is_legal), level.text)
        return Number(f"{prefix} " if re.search("[0-9A-Za-z]$", prefix) else prefix)

    def _is_item(self, name: str, at: int, above: Container[int]) -> bool:
        """Whether a number is the mark of an item: 1. and, in an item of the list that has stood ``above``, （1） and ①."""
        steps = [_step(self.levels.get((name, one)), one) for one in range(at + 1)]
        step = steps[at]
        return step == 1 or (step > 1 and step - 1 in steps[:at] and any(one in above for one in range(at)))

    def _place_in_list(self, paragraph: Element, style_name: str) -> tuple[str, int]:
        """The list that a paragraph stands in and its level there: each as the paragraph says, else as its styles do."""
        if style_name not in self.in_lists:
            self.in_lists[style_name] = self._lists_of(style_name)
        names, of_styles = self.in_lists[style_name]
        own = stands_in(paragraph, "pPr/numPr")
        said = [own, *of_styles] if own is not None else of_styles
        name = next((found for one in said if (found := _value(one, "numId", ""))), "0")
        at = next((found for one in said if (found := _value(one, "ilvl", ""))), "")
        linked = next((self.linked[name, one] for one in names if (name, one) in self.linked), 0)
        return name, number_of(at) if at else linked

    def _lists_of(self, style_name: str) -> tuple[list[str], list[Element]]:
        """The names of a style and of those that it is based on, and what they say of a list."""
        given: list[Element | None] = []
        names = [style_name]
        while (style := self.known.get(names[-1])) is not None and len(names) < _DEEPEST:
            given.append(stands_in(style, "pPr/numPr"))
            names.append(_value(style, "basedOn", ""))
        return names, [one for one in given if one is not None]

    def _begins_anew(self, name: str, below: int, at: int) -> bool:
        level = self.levels.get((name, below))
        return level is None or at < level.after

    def _shown(self, name: str, at: int, is_legal: bool) -> str:
        level = self.levels.get((name, at))
        count = self.counts[self.lists.get(name, name)].get(at, level.start if level else 1)
        return wordnumbers.shown(count, level.format if level and not is_legal else "")


def _step(level: _Level | None, at: int) -> int:
    """Which of the numbers 1., （1） and ① the items of lists in lists have is a level's; 0 for any other."""
    shapes = (("decimal", f"%{at + 1}."), ("decimal", f"（%{at + 1}）"), ("decimalEnclosedCircle", f"%{at + 1}"))
    found = (level.format.removesuffix("Chinese"), level.text) if level else ("", "")
    return shapes.index(found) + 1 if found in shapes else 0


def name_of(paragraph: Element) -> str:
    """The name of a paragraph's style; '' for the usual one."""
    return _value(paragraph, "pPr/pStyle", "")


def stands_in(element: Element, steps: str) -> Element | None:
    """What stands below an element at the end of some steps; ElementTree's own paths take most of a document's time."""
    found: Element | None = element
    for tag in _tags(steps):
        found = found.find(tag) if found is not None else None
    return found


@cache
def _tags(steps: str) -> tuple[str, ...]:
    """The tags of some steps."""
    return tuple(W + step for step in steps.split("/"))


def _value(element: Element, steps: str, default: str) -> str:
    found = stands_in(element, steps)
    return found.get(_VAL, default) if found is not None else default


def number_of(text: str | None) -> int:
    """The number that a text is, of six digits at most; 0 for any other one."""
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else 0


def number_in(about: Element | None, name: str) -> int:
    """The number that a property says, at most 1,000; 0 without one."""
    found = about.find(f"{W}{name}") if about is not None else None
    return min(number_of(found.get(_VAL, "0")), 1000) if found is not None else 0


def is_on(element: Element | None) -> bool:
    """Whether a property is there, and not switched off."""
    return element is not None and element.get(_VAL, "1") not in {"0", "false", "off", "none"}


def _looks(about: Element | None, base: Looks) -> Looks:
    """Looks where something says more of whether words are struck, raised or hidden, and how large they are."""
    if about is None:
        return base
    struck, hidden = _one_of(about, ("strike", "dstrike")), _one_of(about, ("vanish", "webHidden", "specVanish"))
    raised = base.raised
    height = _value(about, "position", "0")
    if about.find(f"{W}vertAlign") is not None:
        raised = {"superscript": "sup", "subscript": "sub"}.get(_value(about, "vertAlign", ""), "")
    if re.fullmatch("-?[0-9]{1,4}", height) and abs(int(height)) >= _LEAST_RAISED:
        raised = "sub" if height[0] == "-" else "sup"
    around = base.around if hidden is None else HIDDEN if hidden else ""
    size = number_of(_value(about, "sz", "")) or base.size
    return base._replace(struck=base.struck if struck is None else struck, raised=raised, around=around, size=size)


def _one_of(about: Element, names: Iterable[str]) -> bool | None:
    """Whether one of these properties is on; ``None`` where none of them is there."""
    there = [one for name in names if (one := about.find(f"{W}{name}")) is not None]
    return any(map(is_on, there)) if there else None


def _is_bold(about: Element | None) -> bool:
    if about is None:
        return False
    faces = about.find(f"{W}rFonts")
    named = " ".join(faces.attrib.values()) if faces is not None else ""
    return is_on(about.find(f"{W}b")) or bool(_BOLD_FACES.search(named))
