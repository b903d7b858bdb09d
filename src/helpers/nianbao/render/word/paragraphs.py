"""The paragraphs of a Word document, as their runs come one after another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.render.word import markup
from nianbao.render.word.blanks import Part, trimmed, without_last_line
from nianbao.render.word.blocks import ABOVE, Block, below, spaced
from nianbao.render.word.book import Book, is_place
from nianbao.render.word.lines import TEXT, narrowed
from nianbao.render.word.markup import PLAIN
from nianbao.render.word.signature import SET
from nianbao.render.word.styles import AREA

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STEP_IN_CELL = 180
_NUMBER = re.compile('<wp:docPr id="([0-9]+)"')
# What parts two tables, as Word makes one of two that touch, and what ends a document with one.
TABLE_END, LAST = (Block(one, f'<w:p><w:pPr><w:pStyle w:val="{one}"/></w:pPr></w:p>') for one in ("TableEnd", "TableSeam"))


class Paragraphs:
    """Collects runs, and makes paragraphs of them.

    ``room`` is the width that tables and pictures have; in a ``cell`` all paragraphs have its style.
    """

    def __init__(self, book: Book, style: str = "Normal", added: str = "", room: int = AREA, cell: str = "") -> None:
        self.book = book
        self.out: list[Block] = []
        self.style, self.added = style, added  # of paragraphs
        self.outline = ""  # the level of a heading, where its style has another
        self.room, self.cell = room, cell
        self.step = _STEP_IN_CELL if cell else book.step  # of a list to the one in it
        self._runs: list[Part] = []  # text, or a run
        self._mark = ""  # of a list item that has no paragraph yet
        self._level = -1  # of lists
        self._around: list[str] = []  # the tags of the lists around
        self._is_kept = False  # whether blanks are

    def end(self) -> None:
        """End the paragraph, if something stands in it."""
        runs, self._runs = self._runs, []
        shown = list(without_last_line(runs) if self._is_kept else trimmed(runs))
        if all(map(is_place, shown)):
            self._runs = shown  # they belong to what comes next
            return
        style = self.style
        alone = {_style_alone(one) for one in shown if not is_place(one) and one[0].strip()}
        if len(alone) == 1 and not self._mark and not self.cell:
            style = alone.pop() or style
        mark, self._mark = self._mark, ""
        shift = self._level * self.step if self._level > 0 and not mark else 0
        indent = f'<w:ind w:left="{shift}"/>' if shift else ""
        if style in SET:
            shown, style = SET[style](shown)
        text = "".join(one[0] for one in shown if not isinstance(one, str))
        indent += narrowed(style, text) if self.book.line else ""
        self.paragraph(style, self._written(shown, style), mark + indent, text)

    def close(self) -> None:
        """End the document, which has no table at its end: what stands below one must not need a page of its own."""
        self.end()
        rows = self.out[-1].rows if self.out else None
        if rows or not self.out:
            self.out.append(LAST if rows and not rows.kind else TABLE_END)
        last = self.out[-1]  # the places below it lie in it
        self.out[-1] = replace(last, xml=f"{last.xml.removesuffix('</w:p>')}{self._taken()}</w:p>")

    def end_item(self) -> None:
        """End the paragraph; a list item without one gets an empty one for its mark."""
        self.end()
        if self._mark:
            self.paragraph(self.style, "", self._mark)
            self._mark = ""

    def paragraph(self, style: str, inside: str, given: str = "", text: str = "") -> None:
        """Add a paragraph."""
        if self.out and self.out[-1].rows and style not in {"TableNote", "TableText"}:
            self.out.append(TABLE_END)
        if self.out and (self.out[-1].style in ABOVE.get(style, ()) or (self.out[-1].rows and style == "TableNote")):
            self.out[-1].keep()
        if style == "BelowTitle" and self.out and self.out[-1].style == "Number":  # the empty line is below the day
            self.out[-1].xml = spaced(self.out[-1].xml, 0)
        made = below(self.out[-1:], style, self.added + given + self.outline, inside, text, self.book.line)
        if style == "Picture":
            made.is_tall = not self.book.pictures.tall.isdisjoint(map(int, _NUMBER.findall(inside)))
        made.inset += max(0, self._level) * self.step if style == "Listed" else 0
        self.out.append(made)

    def _written(self, runs: list[Part], style: str) -> str:
        """The runs of a paragraph in a style. Code is as large as small text around it."""
        made, link, is_small = [], "", style not in TEXT and not style.startswith("Heading")
        for one in runs:
            look = PLAIN if isinstance(one, str) else one[1]
            if is_small and look.style == "CodeText":
                look = replace(look, style="CodeSmall")
            if look.link != link:
                made.append("</w:hyperlink>" if link else "")
                link = look.link
                made.append(self.book.link(link) if link else "")
            made.append(one if isinstance(one, str) else markup.run(one[0], look))
        return "".join(made) + ("</w:hyperlink>" if link else "")

    def _place(self, node: LexborNode | None) -> None:
        if node is not None and (place := self.book.place(node.attributes.get("id"))):
            self._runs.append(place)

    def _taken(self) -> str:
        """The places that no paragraph has yet, for the one that takes them."""
        taken, self._runs = self._runs, []
        return "".join(one for one in taken if isinstance(one, str))


def _style_alone(part: Part) -> str:
    """The style of a paragraph in which nothing but such parts stands; '' for text."""
    if not isinstance(part, str):
        return ""
    return "Picture" if "<w:drawing" in part else "Formula" if part.startswith("<m:oMathPara") else ""
