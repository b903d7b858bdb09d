"""Text that was broken into lines of one width, as it is copied from a PDF → its paragraphs.

A line as wide as the widest ones without a stop at its end goes on in the next, unless that begins a paragraph. Where the
lines are indented as paragraphs are, a wide line goes on in one that is not indented. Nobody knows the rest: it is asked
about, and no such line is a heading. Where few wide lines have no stop, they are asked about, and nothing is joined.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.addresses import WRITTEN
from nianbao.importing.counted import CHAPTER, ENTRY, is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.importing.words import is_wide, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block

JOINED = "从 PDF 复制的折行，连成段落"
UNCERTAIN = "文件像是从 PDF 复制的，下列各行不知是否与下一行同属一段，没有相连：核对 narrative.md"
_LEAST, _MOST = 40, 130  # columns of a broken line; a Chinese character takes two
_SLACK = 12  # columns that a line may be narrower than the widest: an indent, and signs that do not begin a line
_INDENT = 2
_STOPS = "。！？；：!?;:"
_OPEN = "，、,（(《“‘"  # no paragraph ends so
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("〔", "〕"))
_SHARE = 4  # one in so many long lines at least is cut
# Of an address that a line's end cuts no blank is a part; one that ends as they do is whole.
_ADDRESS = re.compile(rf"{WRITTEN}|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)
_LAST, _FIRST, _IN_ADDRESS = re.compile("[!-~]{1,99}$"), re.compile("[!-~]{1,99}"), re.compile("https?:$")
_WHOLE, _SIGN = re.compile(r"\.(?:cn|com|net|org|s?html?)/?$"), re.compile(r"[./:?#=&_@-]")
_NUMBER = re.compile(r"[0-9][0-9.,:%/-]*(?=[\u4e00-\u9fff])")  # 12条, 2023年
_BEGINS = re.compile("[一二三四五六七八九十]是|注[:：]|附件")


@dataclass(slots=True)
class Broken:
    """What becomes of a flow.

    Parameters
    ----------
    said : list of (str, str, str)
        What was joined: one line for all of a file.
    uncertain : list of str
        The lines of which nobody knows whether the next one goes on with them.
    """

    blocks: list[Block] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)


def joined(blocks: Sequence[Block], pages: Sequence[Paragraph]) -> Broken:
    """The flow with the lines of each paragraph as one, where they are those of a broken text.

    Parameters
    ----------
    pages : sequence of Paragraph
        The numbers of pages that stood between the lines.
    """
    lines = [one for one in blocks if isinstance(one, Paragraph) and _is_prose(one)]
    text = _Text(lines, pages)
    into = Broken()
    if not text.is_broken and not text.has_cut:
        into.blocks = list(blocks)
        return into
    count = 0
    for at, block in enumerate(blocks):
        last, above = (into.blocks[-1], blocks[at - 1]) if into.blocks else (None, None)
        goes_on: bool | None = False
        if isinstance(above, Paragraph) and isinstance(block, Paragraph) and _is_prose(above) and _is_prose(block):
            goes_on = text.goes_on(above, block)
        if goes_on and isinstance(last, Paragraph) and isinstance(block, Paragraph):
            whole = _together(last.text, block.text)
            if whole is not None:
                into.blocks[-1] = replace(last, text=whole)
                count += 1
                continue
            goes_on = None
        if goes_on is None and isinstance(last, Paragraph):
            into.uncertain.append(f"{above.place if above else last.place}：…{last.text[-20:]}")
            into.blocks[-1] = replace(last, is_cut=True)
        into.blocks.append(block)
    if count:
        into.said.append((f"{lines[0].place}至{lines[-1].place}", f"{count}处折行", JOINED))
    return into


def _together(line: str, below: str) -> str | None:
    """Two lines as one, where an address that is cut between them has no blank; ``None`` where it may end with its line.

    It goes on where a sign of an address stands at the cut, or in what follows; a number of the text is none of it.
    """
    last, first = _LAST.search(line), _FIRST.match(below)
    if last and first and not (_WHOLE.search(last[0]) and not _SIGN.match(first[0])):
        cut = len(last[0])
        if any(one.start() < cut < one.end() for one in _ADDRESS.finditer(last[0] + first[0])):
            is_signed = _SIGN.match(last[0][-1]) or (_SIGN.search(first[0]) and not _ADDRESS.match(first[0]))
            return line + below if is_signed and not _NUMBER.match(below) else None
    return one_line(f"{line}\n{below}")


def _is_prose(line: Paragraph) -> bool:
    return line.indent >= 0 and not line.around and not line.level and not line.mark


def _width(line: Paragraph) -> int:
    return sum(2 if is_wide(char) else 1 for char in line.text)


def _begins(line: Paragraph) -> bool:
    return bool(ENTRY.match(line.text) or CHAPTER.match(line.text) or _BEGINS.match(line.text))


def _is_open(text: str) -> bool:
    """Whether a text cannot end there: behind a comma, or within brackets or quotes."""
    return text[-1] in _OPEN or any(text.count(left) > text.count(right) for left, right in _PAIRS)


class _Text:
    """How the lines of a text are broken."""

    def __init__(self, lines: Sequence[Paragraph], pages: Sequence[Paragraph]) -> None:
        self.pages = [one.line for one in pages]
        self.widest = max(map(_width, lines), default=0)
        long = [one for one in lines if _width(one) > _LEAST // 2 and not is_chapter(one.text)]
        full = [one for one in long if self._is_full(one)]
        cut = [one for one in full if self._is_cut(one)]
        self.has_cut = _LEAST <= self.widest <= _MOST and len(cut) > 0
        self.is_broken = self.has_cut and len(cut) > 1 and len(cut) * _SHARE >= len(long)
        self.edge = min((one.indent for one in long), default=0)
        self.is_indented = any(one.indent >= self.edge + _INDENT for one in full)

    def _is_full(self, line: Paragraph) -> bool:
        return _width(line) >= self.widest - _SLACK

    def _is_cut(self, line: Paragraph) -> bool:
        return self._is_full(line) and line.text[-1] not in _STOPS and not _begins_no_text(line)

    def goes_on(self, line: Paragraph, below: Paragraph) -> bool | None:
        """Whether a line goes on in the one below; ``None`` where nobody knows."""
        if not self.is_broken:
            is_text = not _begins(below) and (self._is_cut(below) or below.text[-1] in _STOPS)
            return None if is_text and self._is_cut(line) and not is_chapter(line.text) else False
        begin, end = line.line, below.line
        is_full, has_stop = self._is_full(line), line.text[-1] in _STOPS and not _IN_ADDRESS.search(line.text)
        begins = below.indent > self.edge if self.is_indented else _begins(below)
        is_near = self.is_indented and below.indent - self.edge < _INDENT and not _begins(below)
        if begins or is_chapter(below.text) or (is_chapter(line.text) and not is_full):
            return None if is_full and not has_stop and (is_near or not begins) else False
        if end - begin > 1 and not any(begin < page < end for page in self.pages):
            return None if not has_stop and (is_full or re.search("[，；]", line.text)) else False
        if re.search(r"\d[.,]?$", line.text) and below.text[0].isdigit():
            return None  # 1,113 that is cut is one number, and blanks are none of it
        if has_stop:
            return (True if self.is_indented else None) if is_full else False
        if is_full or _is_open(line.text):
            return True
        return None if _width(line) > _LEAST // 2 else False


def _begins_no_text(line: Paragraph) -> bool:
    """Whether a line is an item without a sentence, such as the label of a table's row: 2.重复申请."""
    return _begins(line) and not re.search("[，。；：]", line.text)
