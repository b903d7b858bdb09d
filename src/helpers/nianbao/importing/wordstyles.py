"""What Word's styles and lists say of a paragraph: its level as a heading, its number, whether it is bold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.importing import wordnumbers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_BOLD_FACES = re.compile("黑体|楷体|SimHei|KaiTi|小标宋|XiaoBiaoSong", re.I)


@dataclass(frozen=True, slots=True)
class Looks:
    """How words look: bold, struck out, raised or lowered, hidden; of a paragraph its level as a heading as well."""

    level: int = 0
    bold: bool = False
    struck: bool = False
    raised: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """What a list puts before a paragraph: a number that is part of its text, or the mark of a list's item."""

    prefix: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Styles:
    """The styles and lists of one document; lists are counted as its paragraphs are read."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = styles.findall(f"{W}style") if styles is not None else []
        self.known = {one.get(f"{W}styleId", ""): one for one in found}
        self.paragraphs: dict[str, Looks] = {}
        self.levels: dict[tuple[str, int], _Level] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.lists: dict[str, str] = {}
        self.restarts: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_lists(numbering)

    def _read_lists(self, numbering: Element) -> None:
        shapes = {one.get(f"{W}abstractNumId", ""): one for one in numbering.findall(f"{W}abstractNum")}
        for one in numbering.findall(f"{W}num"):
            name = one.get(f"{W}numId", "")
            given = one.find(f"{W}abstractNumId")
            shape = shapes.get(given.get(_VAL, "")) if given is not None else None
            self.lists[name] = given.get(_VAL, "") if given is not None else name
            for level in shape.findall(f"{W}lvl") if shape is not None else ():
                at = _int(level.get(f"{W}ilvl"))
                self.levels[name, at] = _Level(
                    _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), _int(_value(level, "start", "1"))
                )
            for changed in one.findall(f"{W}lvlOverride"):
                at, start = _int(changed.get(f"{W}ilvl")), changed.find(f"{W}startOverride")
                known = self.levels.get((name, at))
                if known and start is not None:
                    self.restarts.add((name, at))
                    self.levels[name, at] = _Level(known.format, known.text, _int(start.get(_VAL)))

    def of(self, paragraph: Element) -> Looks:
        """How a paragraph looks by its style and its own outline level."""
        name = _value(paragraph, "pPr/pStyle", "")
        looks = self._style(name, 0)
        own = _value(paragraph, "pPr/outlineLvl", "")
        return Looks(_int(own) + 1, looks.bold) if own.isdecimal() and _int(own) < 6 else looks

    def _style(self, name: str, depth: int) -> Looks:
        style = self.known.get(name)
        if style is None or depth > 10:
            return Looks()
        if name not in self.paragraphs:
            base = self._style(_value(style, "basedOn", ""), depth + 1)
            called = _value(style, "name", "").lower()
            heading = re.fullmatch(r"(?:heading|标题) ?([1-6])", called)
            outline = _value(style, "pPr/outlineLvl", "")
            level = (
                _int(outline) + 1
                if outline.isdecimal() and _int(outline) < 6
                else int(heading[1])
                if heading
                else base.level
            )
            level = 1 if called in {"title", "公文标题"} else level
            about = style.find(f"{W}rPr")
            # The kit's own headings are one level lower: its title is the first.
            self.paragraphs[name] = Looks(level, base.bold or _is_bold(about))
        return self.paragraphs[name]

    def run(self, run: Element, around: Looks) -> Looks:
        """How the words of a run look."""
        about = run.find(f"{W}rPr")
        if about is None:
            return Looks(0, around.bold)
        named = self._style(_value(about, "rStyle", ""), 0)
        off = about.find(f"{W}b")
        is_plain = off is not None and off.get(_VAL) in {"0", "false", "off"}
        struck = any(_is_on(about.find(f"{W}{name}")) for name in ("strike", "dstrike"))
        bold = not is_plain and (around.bold or named.bold or _is_bold(about))
        raised = _value(about, "vertAlign", "baseline") != "baseline"
        return Looks(0, bold, struck, raised, _is_on(about.find(f"{W}vanish")))

    def numbered(self, paragraph: Element) -> Number:
        """What a list puts before this paragraph, which is counted."""
        given = paragraph.find(f"{W}pPr/{W}numPr")
        style = self.known.get(_value(paragraph, "pPr/pStyle", ""))
        given = given if given is not None else style.find(f"{W}pPr/{W}numPr") if style is not None else None
        if given is None:
            return Number()
        name, at = _value(given, "numId", "0"), _int(_value(given, "ilvl", "0"))
        level = self.levels.get((name, at))
        if level is None or name == "0":
            return Number()
        counts = self.counts[self.lists.get(name, name)]  # lists of one shape go on counting
        if (name, at) in self.restarts:
            self.restarts.remove((name, at))
            counts[at] = level.start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for below in [one for one in counts if one > at]:
            del counts[below]
        if level.format in {"bullet", "none"}:
            return Number(mark="-") if level.format == "bullet" else Number()
        if level.format == "decimal" and level.text == f"%{at + 1}.":
            return Number(mark=f"{counts[at]}.")
        prefix = re.sub("%([1-9])", lambda found: self._shown(name, int(found[1]) - 1), level.text)
        return Number(f"{prefix} " if re.search("[0-9A-Za-z]$", prefix) else prefix)

    def _shown(self, name: str, at: int) -> str:
        level = self.levels.get((name, at))
        count = self.counts[self.lists.get(name, name)].get(at, level.start if level else 1)
        return wordnumbers.shown(count, level.format if level else "")


def _value(element: Element, path: str, default: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found.get(_VAL, default) if found is not None else default


def _int(text: str | None) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else 0


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(_VAL, "1") not in {"0", "false", "off", "none"}


def _is_bold(about: Element | None) -> bool:
    if about is None:
        return False
    faces = about.find(f"{W}rFonts")
    named = " ".join(faces.attrib.values()) if faces is not None else ""
    return _is_on(about.find(f"{W}b")) or bool(_BOLD_FACES.search(named))
