"""How a report counts its chapters and what stands in them: 一、, 第一部分, （一）, 1."""

from __future__ import annotations

import re

from nianbao.inputs.layout import title_key
from nianbao.wording import HAN

CHAPTER = re.compile(rf"(?:第[{HAN}]+(?:部分|章)|[{HAN}]+\s*[、.．，,])")
LEVEL_TWO = re.compile(rf"[（(][{HAN}]+[）)]")
ENTRY = re.compile(rf"[（(]?[{HAN}0-9]{{1,3}}[）)、.．，]|第[{HAN}]+(?:部分|章)")
# The first of what is counted in one way, and any.
WAYS = (
    (re.compile(r"第?一(?:部分|章|\s*[、.．，,])"), re.compile(rf"第?[{HAN}]+(?:部分|章|\s*[、.．，,])")),
    (re.compile("[(（]一[)）]"), LEVEL_TWO),
    (re.compile("1[、.．](?![0-9])"), re.compile("[1-9][、.．](?![0-9])")),
)
LONGEST = 40  # characters of a heading


def is_chapter(text: str) -> bool:
    """Whether a line heads a chapter, by its numeral: 一、, 第一部分."""
    return len(text) < LONGEST and bool(CHAPTER.match(text))


def is_part_title(text: str) -> bool:
    """Whether a text may be the title of a table's part: 第二十条第（一）项."""
    return title_key(text).startswith("第") and not is_chapter(text)
