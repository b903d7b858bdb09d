"""A paragraph → Markdown that prints it as it stands: what would be read as a sign is escaped, and that is proved."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Grid, Paragraph

_SIGNS = re.compile(r"[\\`*_#+\-.!\[\]<>|]")
_BRACES = re.compile(r"[{}｛｝]")
_LEVEL_TWO = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_RUN_IN = re.compile(r"[（(][一二三四五六七八九十]+[）)][^。：:]{1,40}[。：:]")
_LONGEST_TITLE = 30
_STOPS = "。！？；：，、,;:.!?"


def block(paragraph: Paragraph) -> str:
    """One paragraph as Markdown, with what it is beside its text: a heading, run in or not, an item of a list."""
    text = paragraph.text
    if is_title(paragraph):
        return f"{'#' * max(min(paragraph.level, 5), 3 if _LEVEL_TWO.match(text) else 4)} {_proved(text, '### ')}"
    end = run_in(paragraph)
    if end:
        plain = f"**{text[:end]}**{text[end:]}"
        is_plain = not _BRACES.search(text) and "<!--" not in text and prints(plain) == _squeezed(text)
        return plain if is_plain else f"**{escaped(text[:end])}**{escaped(text[end:])}"
    return _proved(text, "")


def items(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The items of a list as one block; where Markdown would make none of it, numbers become text and signs are dropped."""
    texts = [one.text for one in paragraphs]
    for write in (_as_is, escaped):
        block_ = "\n".join(f"{one.mark} {write(one.text)}" for one in paragraphs)
        made, faults = markdown.to_html(block_, "narrative.md", 1, Path())
        if not faults and made.count("<li>") == len(texts) and prints(block_) == _squeezed("".join(texts)):
            return [block_]
    return [escaped(f"{one.mark} {one.text}") if one.mark[0].isdigit() else _proved(one.text, "") for one in paragraphs]


def _as_is(text: str) -> str:
    return _braced(text)


def is_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph heads others: by its markup, or as a short line that opens （一） or is bold and numbered."""
    text = paragraph.text
    if not text or text[-1] in _STOPS or len(text) > 2 * _LONGEST_TITLE:
        return False
    is_short = len(text) <= _LONGEST_TITLE
    return paragraph.level > 2 or (is_short and bool(_LEVEL_TWO.match(text)) and not re.match(r".{1,5}项(?!目)", text))


def run_in(paragraph: Paragraph) -> int:
    """How many characters of a paragraph are a heading that is run in; 0 for none."""
    found = _RUN_IN.match(paragraph.text)
    if not found or len(paragraph.text) == found.end():
        return 0
    if not paragraph.bold:
        return found.end() if found.group()[-1] == "。" else 0
    return found.end() if paragraph.bold >= found.end() - 1 else 0


def table(grid: Grid) -> str:
    """A table that is none of the statutory ones, as Markdown; its first row is the head."""
    rows = [[escaped(cell.replace("\n", " ")) for cell in row] for row in grid.rows if any(row)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def escaped(text: str) -> str:
    """A text in which nothing is a sign of Markdown's or of the templates'."""
    return _braced(_SIGNS.sub(r"\\\g<0>", text))


def _braced(text: str) -> str:
    return _BRACES.sub(lambda found: "{{ '" + found.group() + "' }}", text)


def _proved(text: str, before: str) -> str:
    """The text as it stands where it prints so, else escaped."""
    if _BRACES.search(text) or "<!--" in text:
        return escaped(text)
    return text if prints(before + text) == _squeezed(text) else escaped(text)


def prints(source: str) -> str:
    """What Markdown prints, without white space."""
    made, faults = markdown.to_html(source, "narrative.md", 1, Path())
    return "" if faults else _squeezed(html.unescape(re.sub("<[^>]*>", "", made)))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
