"""Slips of the hand in a YAML text, each with its line and how to write it: a full-width colon, a missing blank, a tab, …

YAML complains of such a line somewhere else, or not at all. The text is looked at only when YAML cannot be read, or around
the lines where the typed reading found faults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.yamlbraces import COMMENT, HALF, QUOTED, Slip, inside, may_be_key, no_colon

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

LOOKED_AT = 50_000  # characters of a file that a hand has typed, where one looks for its slips
MOST_SLIPS = 50
TAB, WIDE_SPACE = "\t", "\u3000"
_MARGIN = re.compile(r"[ \t\u00a0\u2000-\u200b\u3000\ufeff]*")
_DASH = re.compile(r"-(?:[ \t]+|$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")


@dataclass(slots=True, eq=False)
class _Line:
    """One line as a clerk sees it: ``mark`` is what follows its first word, ``: ``, ``：``, ``:`` or nothing."""

    number: int
    margin: str
    indent: int
    word: str = ""
    mark: str = ""
    value: str = ""
    at: int = 0
    """Where the value stands in the text."""
    is_item: bool = False
    parent: _Line | None = None
    children: list[_Line] = field(default_factory=list)
    holds_keys: bool = False

    @property
    def is_key(self) -> bool:
        return self.mark == ": "

    @property
    def is_slip(self) -> bool:
        return self.mark in {"：", ":"}

    @property
    def holds_text(self) -> bool:
        """Whether a line below it that is set deeper goes on with its text."""
        return bool(self.value) and not self.value.startswith(("&", "!"))


def slips(text: str, within: Container[int] | None = None) -> list[Slip]:
    """The slips of a text that YAML cannot read, in order; of one that it can read, those on the lines ``within``.

    In a text that can be read a line such as ``电话：123`` may be meant as it stands; the caller has faults on these lines.
    """
    if len(text) > LOOKED_AT:
        return []
    lines, within_values = _lines(text)
    found = [slip for line in lines for slip in _of_line(line, within is not None)] + within_values
    return sorted((one for one in found if within is None or one.line in within), key=lambda one: one.line)[:MOST_SLIPS]


def block(text: str, number: int) -> range:
    """The numbers of a line and of all lines below it that are set deeper."""
    lines = text.split("\n")
    own, end = _indent(lines[number - 1]), number
    for at in range(number, len(lines)):
        if lines[at].strip() and _indent(lines[at]) <= own:
            break
        end = at + 1
    return range(number, end + 1)


def unindented(text: str, number: int, hollow: Container[int]) -> Slip | None:
    """A slip when a line should stand below the key before it, one of the ``hollow`` lines, and is not set deeper."""
    lines, _ = _lines(text) if len(text) <= LOOKED_AT else ([], [])
    for before, line in pairwise(lines):
        if line.number == number and before.number in hollow and before.indent >= line.indent and not before.value:
            found, expected = f"“{before.word}:”下面的内容没有缩进", f"比“{before.word}:”多缩进两个空格"
            return Slip(number, found, expected, "在行首加空格；下面同属一组的各行也一样", spoils_siblings=True)
    return None


def _indent(line: str) -> int:
    margin = _MARGIN.match(line)
    return sum(2 if char in {TAB, WIDE_SPACE} else 1 for char in margin.group()) if margin else 0


def _lines(text: str) -> tuple[list[_Line], list[Slip]]:
    """The lines that begin a key, an item or a text, each with the one it stands below; and the slips inside values."""
    root = _Line(0, "", -1)
    stack, lines, found = [root], [], []  # type: list[_Line], list[_Line], list[Slip]
    offset, done, deeper_than = 0, 0, -2
    for number, raw in enumerate(text.split("\n"), 1):
        begin, offset = offset, offset + len(raw) + 1
        if not raw.strip() or begin < done or raw.startswith(("---", "...", "%")):
            continue
        if deeper_than > -2 and len(raw) - len(raw.lstrip(" ")) > deeper_than:
            continue
        margin = raw[: len(raw) - len(_MARGIN.sub("", raw, count=1))]
        if raw[len(margin) :].startswith("#"):
            continue
        deeper_than = -2
        for line in _parts(number, raw, margin, begin):
            _place(line, stack)
            lines.append(line)
        if line.value and not line.is_slip and not (line.mark == "" and line.parent and line.parent.holds_text):
            if _BLOCK.match(line.value):
                deeper_than = line.indent if line.mark else line.indent - 1
            else:
                done = inside(text, line.at, line.number, line.value, found)
    return lines, found


def _parts(number: int, raw: str, margin: str, begin: int) -> Iterator[_Line]:
    """The dashes of a line, and what follows them."""
    at, indent = len(margin), _indent(raw)
    while dash := _DASH.match(raw, at):
        yield _Line(number, margin, indent, is_item=True)
        indent, at, margin = indent + len(dash.group()), dash.end(), ""
    yield _split(_Line(number, margin, indent, at=begin + at), raw[at:])


def _split(line: _Line, written: str) -> _Line:
    """Tell a key from its value."""
    quoted = QUOTED.match(written)
    body = written if quoted else COMMENT.sub("", written)
    start = quoted.end() if quoted else 0
    ends = [found.start() for found in re.finditer(r"[{\[\"]", body[start:])]
    head = body[start : start + ends[0]] if ends else body[start:]
    half = HALF.search(body, start)
    first = min((at for at in (head.find("："), head.find(":")) if at >= 0), default=-1) + start
    if half and half.start() <= start + len(head) and (not quoted or not body[start : half.start()].strip()):
        line.word, line.mark, first = body[: half.start()].strip(), ": ", half.start()
    elif first >= start and may_be_key(body[:first].strip(), body[first:], quoted is not None):
        line.word, line.mark = body[:first].strip(), body[first]
    else:
        first = -1
    rest = body[first + 1 :]
    line.value = rest.strip()
    line.at += first + 1 + len(rest) - len(rest.lstrip())
    return line


def _place(line: _Line, stack: list[_Line]) -> None:
    """Find the line that a line stands below."""
    while stack[-1].indent > line.indent or (
        stack[-1].indent == line.indent and not (line.is_item and not stack[-1].is_item)
    ):
        stack.pop()
    line.parent = stack[-1]
    line.parent.children.append(line)
    line.parent.holds_keys |= line.is_key
    stack.append(line)


def _of_line(line: _Line, is_readable: bool) -> Iterator[Slip]:
    """The slip of a line's beginning, if any: its margin, its colon or its place."""
    parent = line.parent
    goes_on = parent is not None and parent.holds_text and not line.is_key
    if parent is None or goes_on:
        return
    if odd := next((char for char in line.margin if char != " "), ""):
        name = "制表符（Tab）" if odd == TAB else "全角空格" if odd == WIDE_SPACE else "特殊空格"
        yield Slip(line.number, f"缩进用了{name}", "用半角空格缩进", "把行首改为半角空格，与同一层的各行对齐")
    elif line.is_slip:
        is_mapping = parent.holds_keys or line.holds_keys
        if is_readable or is_mapping or (line.value[:1] == "{" and HALF.search(line.value)):
            yield no_colon(line.number, line.word, line.mark, line.value)
    elif line.is_key and not is_readable:
        yield from _misplaced(line, parent)


def _misplaced(line: _Line, parent: _Line) -> Iterator[Slip]:
    if parent.holds_text and parent.is_key:
        found = f"比“{parent.word}:”多缩进，而“{parent.word}:”已有值“{parent.value[:20]}”"
        yield Slip(line.number, found, f"与“{parent.word}:”对齐，或删去它后面的值", "去掉行首多余的空格")
    elif line.indent != (first := parent.children[0]).indent and not first.margin.strip(" "):
        found = f"缩进{line.indent}个空格，同一层的第{first.number}行缩进{first.indent}个"
        yield Slip(line.number, found, "同一层的各行缩进相同", "对齐这一层的各行")
