"""import.md: what an import read, what has to be decided, and what was made of what stood there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.inputs import questions
from nianbao.inputs.questions import QUESTION, UNDER
from nianbao.narrative.placeholders import TAG
from nianbao.textfile import COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.imported import Imported

_HEAD = """# 导入记录

由 nianbao import 写成，说明本文件夹里的数据从哪里来、怎样读出来。数据以各文件为准，改数据不用改这里。

"""
_SOURCES, _RETURNED = "## 来源", "## 改回来的稿子"  # what an import was made of; a file that was merged
_EARLIER = "\n# 之前的导入\n\n"
_NOTHING, _NOTHING_NEW = "没有。", "没有新的。之前的导入列出的在下面，仍要看。"
_SOURCE = re.compile(rf"({TAG.pattern}|{COMMENT.pattern})", re.S)
_SIGN = re.compile(r"[\\`*_\[\]<>|#]")
_BAR = re.compile(r"(?<!\\)\|")
_LONGEST, _LONGEST_ITEM = 200, 4_000  # characters of a text that is quoted, and of what has to be decided


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that was read: its name, what kind it is, its SHA-256."""

    name: str
    kind: str
    sha256: str


def write(origins: Sequence[Origin], made: Imported, earlier: str = "") -> str:
    """import.md.

    Parameters
    ----------
    earlier : str
        The import.md that is there. What it lists stays, below what this import lists; what the last one listed in the
        same words does not.
    """
    latest = _listed(origins, made, _NOTHING_NEW if has_questions(earlier) else _NOTHING)
    before = earlier.removeprefix(_HEAD).replace(_EARLIER, "\n", 1)
    if any(f"{before}\n{head}".startswith(f"{latest}\n{head}") for head in (_SOURCES, _RETURNED)):
        before = before.removeprefix(latest).removeprefix("\n")
    return f"{_HEAD}{latest}{_EARLIER}{before}" if before else f"{_HEAD}{latest}"


def is_listed(made: Imported, earlier: str) -> bool:
    """Whether the last import in an import.md lists all that another import lists, but for the names of its files."""
    return {*_listed((), made).split("\n")} - {_NOTHING} <= {*earlier.split(_EARLIER, 1)[0].split("\n")}


def has_questions(earlier: str) -> bool:
    """Whether any import in an import.md asks anything."""
    return any(questions.asked(earlier))


def _listed(origins: Sequence[Origin], made: Imported, unasked: str = _NOTHING) -> str:
    """What one import lists; ``unasked`` is said where it asks nothing."""
    lines = [
        _RETURNED if made.is_merged else _SOURCES,
        "",
        *_table(("文件", "种类", "SHA-256"), [(one.name, one.kind, one.sha256) for one in origins]),
    ]
    lines += ["", UNDER, ""]
    if not made.questions:
        lines.append(unasked)
    for question, about in made.questions.items():
        lines += [f"{QUESTION}{_inert(question)}", "", *(f"- {_inert(one, _LONGEST_ITEM)}" for one in about), ""]
    if made.revised:
        lines += _section("稿子改了的内容", ("章", "印的", "稿子"), made.revised)
    changes = [change for taken in made.taken.values() for change in taken.changes]
    changed = [(one.cell, one.place, f"“{one.found}”", f"“{one.taken}”", one.rule) for one in changes]
    changed += [("正文", place, f"“{before}”", f"“{after}”", "标点改全角") for place, before, after in made.written.widened]
    lines += _section("改写的内容", ("单元格或段落", "原件的位置", "原文", "写作", "规则"), changed)
    lines += _section("认定的内容", ("原件的位置", "原文", "认作"), made.said)
    lines += _section("没有取用的内容", ("原件的位置", "原文", "原因"), made.left_out)
    faulty = {key: taken for key, taken in made.taken.items() if taken.faults}
    for key, taken in faulty.items():
        name = made.form.tables[key].name
        rows = [row.split("\t") for row in taken.whole.split("\n")]
        width = max(map(len, rows))
        lines += ["", f"## 原件的{name}", "", *_table([""] * width, [(*row, *[""] * (width - len(row))) for row in rows])]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rows = list(rows)
    return ["", f"## {title}", "", *(_table(head, rows) if rows else [_NOTHING])]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    cells = ([_BAR.sub(r"\\|", _inert(one)) for one in row] for row in rows)
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in cells)]


def _inert(text: str, longest: int = _LONGEST) -> str:
    """A text that is nothing but text in a line of Markdown.

    What narrative.md has to have letter by letter, placeholders, conditions and comments, can be copied from it.
    """
    shown = " ".join(text.split())
    shown = shown if len(shown) <= longest else f"{shown[:longest]}……（共{len(shown)}个字符）"
    parts = enumerate(_SOURCE.split(shown))
    return "".join(f"`{one}`" if at % 2 and "`" not in one else _SIGN.sub(r"\\\g<0>", one) for at, one in parts)
