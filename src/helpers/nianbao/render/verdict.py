"""What a draft says of itself on paper too: the findings as its panel has them, and marks on the cells where they stand.

A page that is no draft has no panel, and stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nianbao.render.clean import on_screen
from nianbao.shown import htmltree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from nianbao.render.page import Page

TITLE = "核查发现"
_MARKED = "表中粗框的格有错误，虚线框的格有警告。"
ERROR, WARNING = "error", "warning"
_ACCEPTED = "已接受"
_TITLED = re.compile("^= ", re.M)
_CELL = re.compile('<td id="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the panel has it: its class, what it is and where, what is said below, and the id of its cell."""

    kind: str
    head: str
    lines: tuple[str, ...]
    cell: str

    @property
    def mark(self) -> str:
        """How its cell is marked; '' for notes and for what is accepted."""
        if any(one.startswith(_ACCEPTED) for one in self.lines):
            return ""
        return {"F": ERROR, "E": ERROR, "W": WARNING}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings of a draft in the panel's order, below one line that sums them up."""

    summary: str
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, page: Page) -> Verdict:
        """What the panel of a draft says; nothing of a page that is none, or of which nothing was found."""
        begin, end = on_screen(page.body)
        panel = page.body[begin:end] if page.is_draft else ""
        told = htmltree.body_of(panel).css_first("details.findings:has(dl)") if panel else None
        if told is None or (summary := told.css_first("summary")) is None:
            return cls("", ())
        entries, ids = tuple(map(_entry, told.css("ol > li"))), set(_CELL.findall(page.body))
        marked = _MARKED if any(one.mark and one.cell in ids for one in entries) else ""
        return cls(_text(summary).removeprefix(f"{TITLE}：") + marked, entries)

    @property
    def blocks(self) -> tuple[str, ...]:
        """What stands on paper, paragraph by paragraph."""
        told = tuple(line for one in self.numbered for line in (one.head, *one.lines))
        return (TITLE, self.summary, *told) if told else ()

    @property
    def numbered(self) -> Iterator[Entry]:
        """The findings with their numbers."""
        return (Entry(one.kind, f"{at}. {one.head}", one.lines, one.cell) for at, one in enumerate(self.entries, 1))

    def in_typst(self, above: str) -> str:
        """The same as a call in Typst's markup, for what stands ``above``: its heading is as low as a chapter's."""
        if not self.entries:
            return ""
        told = "".join(f"({_literal(one.head)}, ({''.join(map(_listed, one.lines))}))," for one in self.numbered)
        level = 2 if _TITLED.search(above) else 1  # an accessible PDF begins with level 1
        return f"\n#findings({level}, {_literal(TITLE)}, {_literal(self.summary)}, ({told}))\n"

    def marked(self, body: str) -> str:
        """A page's body with a mark on each cell that a finding is about, and the findings as its hint."""
        found: dict[str, list[Entry]] = {}
        for one in self.entries:
            if one.cell and one.mark:
                found.setdefault(one.cell, []).append(one)

        def mark(cell: re.Match[str]) -> str:
            if not (entries := found.get(cell[1])):
                return cell[0]
            grave = ERROR if any(one.mark == ERROR for one in entries) else WARNING
            return f'<td id="{cell[1]}" data-wrong="{grave}" title="{escape("；".join(one.head for one in entries))}"'

        return _CELL.sub(mark, body) if found else body


def _entry(item: LexborNode) -> Entry:
    """An item of the panel's list; its link into the page leads to its cell."""
    link = item.css_first('a[href^="#"]')
    cell = (link.attributes.get("href") or "")[1:] if link is not None else ""
    said = [_text(one) for one in item.css("dl > *")]
    lines = tuple(f"{name}：{text}" for name, text in zip(said[::2], said[1::2], strict=True))
    if link is not None:
        link.decompose()
    below = item.css_first("dl")
    if below is not None:
        below.decompose()
    return Entry(item.attributes.get("class") or "", _text(item), lines, cell)


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _literal(text: str) -> str:
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", text) + '"'


def _listed(text: str) -> str:
    return f"{_literal(text)},"
