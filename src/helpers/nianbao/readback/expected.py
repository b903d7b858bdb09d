"""What every published form of a report has to show, taken from the Document."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Union

from nianbao.document import pieces, tables
from nianbao.inputs.cells import place_of
from nianbao.language import say
from nianbao.shown.html import texts_of
from nianbao.shown.seen import squeezed
from nianbao.statute.tree import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.document.document import Document
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Passage
    from nianbao.statute.tree import CellKey, Labels, Node, Part, Table

TITLE, LISTED, SIGNATURE, HEAD = "标题", "附件说明", "落款", "表头"
Spot = Union[str, "CellKey"]
"""What a block of a table is, in words, or the key of a cell."""
Cross = tuple["CellKey", tuple[str, ...], tuple[str, ...], str]
"""A cell as a grid shows it: its key, the headings left of it, those above it, its text; all squeezed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands together: the blocks of a title, of a chapter's text, or of a table with the notes below it.

    A statutory table also has the spot of each block, and its cells in printed order.
    """

    name: str
    blocks: tuple[str, ...]
    table: Table | None = None
    spots: tuple[Spot, ...] = ()
    cells: tuple[Cross, ...] = ()

    def place(self, index: int) -> str:
        """The block of a number as a person names it."""
        if not self.table:
            return say("{name}, paragraph {number}", name=self.name, number=index + 1)
        spot = self.spots[index]
        return f"{self.table.name} {spot}" if isinstance(spot, str) else place_of(self.table, *spot)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the report. Its texts stand in this order, and so do its tables; a notebook may mix the two otherwise."""

    texts: tuple[Piece, ...]
    tables: tuple[Piece, ...] = field(default=())


def expected(document: Document) -> list[Chapter]:
    """The whole report in reading order."""
    report, narrative = document.report, document.narrative
    listed, signature = pieces.listed(narrative), pieces.signature(report)
    return [
        _text(TITLE, document.title.html),
        *_chapters(report, [narrative.preamble]),
        *_chapters(report, narrative.sections),
        *([_text(LISTED, listed)] if listed else []),
        *([_text(SIGNATURE, signature.html)] if signature.pieces else []),
        *_chapters(report, narrative.attachments),
    ]


def _text(name: str, html: str) -> Chapter:
    return Chapter((Piece(name, texts_of(html)),))


def _chapters(report: Report, passages: Iterable[Passage]) -> Iterator[Chapter]:
    for passage in passages:
        head = tuple(filter(None, [squeezed(passage.heading)]))
        name, texts = passage.place, list[Piece]()
        # Above a table that stands first the heading stands alone.
        above = head if passage.pieces and not passage.pieces[0][0] else ()
        if head and not above:
            texts.append(Piece(name, head))
        for html in (html for table, html in pieces.placed(passage) if not table):
            texts.append(Piece(name, (*above, *texts_of(html))))
            above = ()
        yield Chapter(tuple(texts), tuple(_table(report, report.format.tables[table]) for table in passage.tables))


def _table(report: Report, table: Table) -> Piece:
    lines: list[tuple[Spot, str]] = [("名称", table.caption)]
    cells: list[Cross] = []
    for part in table.parts:
        columns = _headings(report, table, part, part.column_chains)
        lines += _head(table, part, columns)
        above = (squeezed(part.title),) if part.title else ()
        over = [(*above, *map(squeezed, column.texts)) for column in columns]
        for row in _headings(report, table, part, part.row_chains):
            lines += [(f"行名“{text}”", text) for text in row.texts[row.known :]]
            left = tuple(map(squeezed, row.texts))
            for column, heads in zip(columns, over, strict=True):
                key = (row.labels, column.labels)
                text = tables.printed(report, tables.cell_at(report, table, key), column.unit)
                lines.append((key, text))
                cells.append((key, left, heads, squeezed(text)))
    lines += [("注", aside.text) for aside in report.asides.get(table.id, ()) if aside.printed]
    found = [(spot, text) for spot, one in lines if (text := squeezed(one))]
    return Piece(table.name, tuple(text for _, text in found), table, tuple(spot for spot, _ in found), tuple(cells))


def _head(table: Table, part: Part, columns: list[_Heading]) -> Iterator[tuple[Spot, str]]:
    """The blocks of a part's head as it is read aloud: row by row, each heading in the row where it begins."""
    yield HEAD, part.title
    if any(one.stub_depth for one in table.parts):
        yield HEAD, part.corner or part.stub
    for level in range(part.head_depth):
        yield from ((HEAD, head.texts[level]) for head in columns if head.known <= level < len(head.texts))


@dataclass(frozen=True, slots=True)
class _Heading:
    """The headings of one row or column, from the outermost on.

    ``texts`` are its labels as printed; of these the first ``known`` stand there already, for the row or column before as
    well. ``unit`` is what they fix.
    """

    labels: Labels
    texts: tuple[str, ...]
    known: int
    unit: str


def _headings(report: Report, table: Table, part: Part, chains: Iterable[tuple[Node, ...]]) -> list[_Heading]:
    found: list[_Heading] = []
    before: tuple[Node, ...] = ()
    for chain in chains:
        # The lines of a row that stands several times share its label.
        shown = chain[: next((level for level, node in enumerate(chain, 1) if node.repeats), len(chain))]
        known = len(list(takewhile(lambda pair: pair[0] is pair[1], zip(shown, before, strict=False))))
        labels = labels_of(chain)
        texts = tuple(tables.typed(report, table, part, labels[:level]) for level in range(1, len(shown) + 1))
        found.append(_Heading(labels, texts, known, chain[-1].unit if chain else ""))
        before = shown
    return found
