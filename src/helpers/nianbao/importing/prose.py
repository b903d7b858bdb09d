"""A paragraph → Markdown that prints it as it stands: what would be read as a sign is escaped, and that is proved."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.importing.counted import LEVEL_TWO
from nianbao.shown.blocks import BULLET
from nianbao.shown.blocks import Paragraph as ShownParagraph
from nianbao.shown.html import blocks_in
from nianbao.shown.htmltree import body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Grid, Paragraph

_SIGNS = re.compile(r"[\\`*_#+\-.!\[\]<>|]")
_IN_CELL = re.compile(r"[\\`*_\[\]<>|]")
_BACKSLASHED = r"\\\g<0>"
_BRACES = re.compile(r"[{}｛｝]")
_RUN_IN = re.compile(LEVEL_TWO.pattern + "[^。：:]{1,40}[。：:]")
_WRITTEN_BRACES = re.compile(r"\{\{ '[{}｛｝]' \}\}")
_TAGS = re.compile("(</?su[bp]>)")
_INDENT = "    "  # of a list in a list
_LONGEST_TITLE = 30
_STOPS = "。！？；：，、,;:.!?"


def block(paragraph: Paragraph) -> str:
    """One paragraph as Markdown, with what it is beside its text: a heading, run in or not, an item of a list."""
    text = paragraph.text
    if is_title(paragraph):
        level = max(min(paragraph.level, 5), 3 if LEVEL_TWO.match(text) else 4)
        return f"{'#' * level} {_proved(paragraph, '### ')}"
    end = run_in(paragraph)
    if end:
        as_is = f"**{text[:end]}**{text[end:]}"
        is_plain = not _BRACES.search(text) and "<!--" not in text and prints(as_is) == plain(paragraph)
        if is_plain:
            return as_is
        return f"**{escaped(text[:end], paragraph.is_tagged)}**{escaped(text[end:], paragraph.is_tagged)}"
    return _proved(paragraph, "")


def items(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The items of a list as one block; where Markdown would make another list of it, numbers become text, signs nothing."""
    outermost = min(one.depth for one in paragraphs)
    meant = [(one.mark.replace("-", BULLET), one.depth - outermost, plain(one)) for one in paragraphs]
    for write in (_braced, escaped):
        lines = (f"{_INDENT * (one.depth - outermost)}{one.mark} {write(one.text, one.is_tagged)}" for one in paragraphs)
        if _listed(block_ := "\n".join(lines)) == meant:
            return [block_]
    numbered = [replace(one, text=f"{one.mark} {one.text}") if one.mark[0].isdigit() else one for one in paragraphs]
    return [escaped(one.text, one.is_tagged) if one.mark[0].isdigit() else _proved(one, "") for one in numbered]


def item(paragraph: Paragraph, indent: str = "", sign: str = "") -> str:
    """An item that goes into a list which is there, set in as that is, with its number, or with the list's sign."""
    one = replace(paragraph, mark="-", depth=1)
    [made] = items([one])
    inner = made.removeprefix("- ") if made.startswith("- ") else escaped(paragraph.text, paragraph.is_tagged)
    mark = paragraph.mark if paragraph.mark[0].isdigit() or not sign or sign[0].isdigit() else sign
    return f"{indent}{mark} {inner}"


def _listed(source: str) -> list[tuple[str, int, str]]:
    """The items that Markdown makes: the mark of each, how deep it stands, its text."""
    made, faults = markdown.to_html(source, "narrative.md", 1, Path())
    shown = [one for one in blocks_in(body_of(made)) if isinstance(one, ShownParagraph)]
    if faults or any(len(one.marks) != 1 for one in shown):
        return []
    return [(one.marks[0], one.depth - 1, _squeezed("".join(text for text, _ in one.pieces))) for one in shown]


def plain(paragraph: Paragraph) -> str:
    """The text of a paragraph without tags and white space."""
    return _squeezed(_TAGS.sub("", paragraph.text) if paragraph.is_tagged else paragraph.text)


def is_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph heads others: by its markup, or as a short line that opens （一） or is bold and numbered."""
    text = paragraph.text
    if not text or paragraph.is_cut or text[-1] in _STOPS or len(text) > 2 * _LONGEST_TITLE:
        return False
    is_short = len(text) <= _LONGEST_TITLE
    return paragraph.level > 2 or (is_short and bool(LEVEL_TWO.match(text)) and not re.match(r".{1,5}项(?!目)", text))


def run_in(paragraph: Paragraph) -> int:
    """How many characters of a paragraph are a heading that is run in; 0 for none."""
    found = _RUN_IN.match(paragraph.text)
    if not found or len(paragraph.text) == found.end():
        return 0
    if not paragraph.bold:
        return found.end() if found.group()[-1] == "。" else 0
    return found.end() if paragraph.bold >= found.end() - 1 else 0


def table(grid: Grid) -> str:
    """A table that is none of the statutory ones, as Markdown: its first row is the head, blank columns around it go."""
    filled = [at for row in grid.rows for at, cell in enumerate(row) if cell]
    inside = slice(min(filled), max(filled) + 1)
    head, *rows = [row[inside] for row in grid.rows if any(row)]
    return "\n".join([table_row(head), "|" + "---|" * len(head), *map(table_row, rows)])


def table_row(cells: Sequence[str]) -> str:
    """A row of a table as Markdown. What is a sign only where a line begins is none in a cell."""
    written = (_braced(_IN_CELL.sub(_BACKSLASHED, one.replace("\n", " "))) for one in cells)
    return f"| {' | '.join(written)} |"


def escaped(text: str, is_tagged: bool = False) -> str:
    """A text in which nothing is a sign of Markdown's or of the templates', but for the tags of one that has some."""
    parts = _TAGS.split(text) if is_tagged else [text]
    return _braced("".join(one if at % 2 else _SIGNS.sub(_BACKSLASHED, one) for at, one in enumerate(parts)))


def _braced(text: str, is_tagged: bool = False) -> str:
    return _BRACES.sub(lambda found: "{{ '" + found.group() + "' }}", text)


def _proved(paragraph: Paragraph, before: str) -> str:
    """The text of a paragraph as it stands where it prints so, else escaped."""
    text = paragraph.text
    is_plain = not _BRACES.search(text) and "<!--" not in text and prints(before + text) == plain(paragraph)
    return text if is_plain else escaped(text, paragraph.is_tagged)


def prints_in_all(blocks: Sequence[str]) -> str:
    """What Markdown prints of all blocks together, without white space and with braces as `unbraced` has them."""
    return prints(_WRITTEN_BRACES.sub("括", "\n\n".join(blocks)))


def unbraced(text: str) -> str:
    """A text with a letter for each brace, which templates print and Markdown does not."""
    return _BRACES.sub("括", text)


def prints(source: str) -> str:
    """What Markdown prints, without white space."""
    made, faults = markdown.to_html(source, "narrative.md", 1, Path())
    return "" if faults else _squeezed(html.unescape(re.sub("<[^>]*>", "", made)))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
