"""Read HTML back as a browser does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.render.htmltree import INLINE, UNSEEN, body_of, is_for_the_screen, parsed
from nianbao.render.seen import Grid, Seen, Slot, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

STAMP = "草稿"


def read(made: bytes) -> Seen:
    """What a published page shows inside ``<main>``, without what is for the screen only, and how it is stamped."""
    tree = parsed(made)
    reader = _Reader()
    main, stamp, header = (tree.css_first(one) for one in ("main", "body > .stamp", "body > header"))
    if main:
        reader.visit(main)
    texts = (stamp and stamp.attributes.get("data-mark"), header and header.text())
    marks = tuple(STAMP in (text or "") for text in texts)
    title = tree.css_first("title")
    about = [node.attributes.get("content") or "" for node in tree.css("meta[name]")]
    return Seen(reader.blocks, marks, tuple(reader.grids), (squeezed(title.text()) if title else "", *about))


def blocks_of(fragment: str) -> tuple[str, ...]:
    """The blocks that a fragment of HTML shows."""
    return read_fragment(fragment).blocks


def read_fragment(fragment: str) -> Seen:
    """What a fragment of HTML shows."""
    reader = _Reader()
    reader.visit(body_of(fragment))
    return Seen(reader.blocks, (), tuple(reader.grids))


class _Reader:
    """Collects the text of a tree, with a line break where a block begins or ends, and the tables in it."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.grids: list[Grid] = []
        self.rows: list[list[Slot]] = []  # of the table around

    @property
    def blocks(self) -> tuple[str, ...]:
        return tuple(filter(None, "".join(self.said).split("\n")))

    def visit(self, node: LexborNode) -> None:
        """Read what stands in an element, however deep."""
        around = [self._within(node)]
        while around:
            child = next(around[-1], None)
            if child is None:
                around.pop()
            else:
                around.append(self._within(child))

    def _within(self, node: LexborNode) -> Iterator[LexborNode]:
        """Read the text of an element, and give each element in it that is to be read next."""
        number, said = 0, self.said
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                said.append(squeezed(child.text_content or ""))
            elif tag in INLINE:
                said.append("“" if tag == "q" else "")
                yield child
                said.append("”" if tag == "q" else "")
            elif tag in {"td", "th"}:
                self._cell(child, tag)
            elif tag == "table":
                self._table(child)
            elif tag not in UNSEEN and not is_for_the_screen(child):
                said.append("\n")
                if tag == "li":
                    number = number + 1 if number else _first(node)
                    said.append(f"{number}.\n" if node.tag == "ol" else "•\n")
                if tag == "tr":
                    self.rows.append([])
                yield child
                said.append("\n")

    def _table(self, table: LexborNode) -> None:
        around, self.rows = self.rows, []
        self.said.append("\n")
        self.visit(table)
        self.said.append("\n")
        self.grids.append(tuple(map(tuple, self.rows)))
        self.rows = around

    def _cell(self, cell: LexborNode, tag: str) -> None:
        begin, attributes = len(self.said), cell.attributes
        self.said.append("\n")
        self.visit(cell)
        text = "".join(self.said[begin:]).replace("\n", "")
        self.said.append("\n")
        across, along = (_count(attributes.get(name)) for name in ("colspan", "rowspan"))
        self.rows[-1].append(Slot(text, across, along, tag == "th"))


def _count(value: str | None) -> int:
    """A number of an attribute; browsers let no cell span more than 1,000 columns."""
    return min(int(value[:5]), 1000) if value and value.isdecimal() else 1


def _first(ordered: LexborNode) -> int:
    return _count(ordered.attributes.get("start"))
