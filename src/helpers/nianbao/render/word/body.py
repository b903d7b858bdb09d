"""A page's body, which is clean HTML, as the paragraphs and tables of a Word document."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.render.headings import title_lines
from nianbao.render.page import OWN
from nianbao.render.wide import PICTURE
from nianbao.render.word import markup
from nianbao.render.word.blanks import typed
from nianbao.render.word.blocks import ENDS, SEAM, Block
from nianbao.render.word.book import Listing, is_place
from nianbao.render.word.looks import HEADINGS, INSIDE, heading, looking
from nianbao.render.word.markup import PLAIN, Look
from nianbao.render.word.pages import beside
from nianbao.render.word.paragraphs import TABLE_END, Paragraphs
from nianbao.render.word.rows import is_text, rows_of
from nianbao.render.word.signature import indents, is_signature
from nianbao.render.word.styles import CHARACTER, SIZE, TABLE_SIZE
from nianbao.render.word.tables import tables
from nianbao.render.word.widths import CHARACTER as CHARACTER_IN_CELL
from nianbao.shown import htmltree
from nianbao.shown.joined import NAME_GOES_ON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

_CLOSING = 8 * 28  # characters of a last paragraph that stays on one page with the signature
_IN_CELL = f'<w:p><w:pPr><w:pStyle w:val="{{}}"/>{ENDS}</w:pPr>{{}}</w:p>'
_LONG_LIST, _LAST_NAMES = 5, 2  # attachments of a list that may go over a page, and those of it that stay with the signature
_CLOSES = {"Normal", "Listed", "Picture", "PictureName"}  # what stays with the signature below it
_RUBY = {"-text", "rt", "rp"}
_MOST_DEEP, _LAST_NUMBER = 8, 32767  # levels of lists that Word knows below the first, numbers of a list


class Writer(Paragraphs):
    """Collects paragraphs and tables while it visits a tree."""

    _begins = False  # an attachment, with its heading
    breaks = ""  # what a chance to break a line becomes

    def visit(self, node: LexborNode, look: Look = PLAIN) -> None:
        """Write what stands in an element. HTML may be nested deeper than functions may call one another."""
        self._place(node)
        ahead: list[tuple[Iterator[LexborNode], Look, Callable[[], None]]] = [
            (node.iter(include_text=True), look, self._stay)
        ]
        while ahead:
            children, look, leave = ahead[-1]
            child = next(children, None)
            if child is None:
                ahead.pop()
                leave()
                continue
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                self._runs.append((text if self._is_kept else typed(text, look), look))
            elif tag in htmltree.INLINE:
                self._place(child)
                if not self._is_written(child, tag, look):
                    quoted = partial(self._runs.append, ("”", look)) if tag == "q" else self._stay
                    inner = looking(tag, child.attributes, look, self._is_kept, self.book.targets)
                    ahead.append((child.iter(include_text=True), inner, quoted))
            elif tag not in htmltree.UNSEEN and not htmltree.is_for_the_screen(child):
                self.end()
                self._place(child)
                if leave_block := self._entered(child, tag, look):
                    ahead.append((child.iter(include_text=True), look, self._owning(child, leave_block)))

    def _owning(self, node: LexborNode, leave: Callable[[], None]) -> Callable[[], None]:
        """How to leave an element: with it end the blocks of the notebook's cell that it says it is shown by."""
        own, begin = node.attributes.get(OWN), len(self.out)

        def leave_own() -> None:
            leave()
            self.book.own.update(dict.fromkeys(range(begin, len(self.out)), int(own or 0)))

        return leave_own if own else leave

    def _stay(self) -> None:
        """Leave an element that changed nothing."""

    def _is_written(self, node: LexborNode, tag: str, look: Look) -> bool:
        """Write an element inside a line that holds no text of its own; whether it was one."""
        attributes = node.attributes
        if tag == "br":
            self._runs.append(("\n", look))
        elif tag == "wbr":
            self._runs += [(self.breaks, look)] if self.breaks else []
        elif tag == "img":
            address, alt, width, height = (attributes.get(name) or "" for name in ("src", "alt", "width", "height"))
            if address:
                drawing = self.book.pictures.drawing(address, alt, width, height, self.room, beside(self.out))
                self._runs.append(f"{self.book.link(look.link)}{drawing}</w:hyperlink>" if look.link else drawing)
        elif tag == "ruby" and {one.tag for one in node.iter(include_text=True)} <= _RUBY:
            self._ruby(node, look)
        elif tag == "math":
            made = next(self.book.formulas, "")
            if made and attributes.get("display") == "block":
                self.end()
                self._runs.append(f"<m:oMathPara>{made}</m:oMathPara>")
                self.end()
            else:
                self._runs.append(made or (node.text(), look))
        else:
            self._runs += [("“", look)] if tag == "q" else []
            return False
        return True

    def _ruby(self, node: LexborNode, look: Look) -> None:
        """Characters, and above them how they are read."""
        base = ""
        for one in node.iter(include_text=True):
            text = typed(one.text_content or "" if one.tag == "-text" else one.text(), look)
            if one.tag == "rt" and base:
                read = markup.ruby(base, text, look, TABLE_SIZE if self.cell else SIZE)
                self._runs.append(f"{self.book.link(look.link)}{read}</w:hyperlink>" if look.link else read)
                base = ""
            elif one.tag != "rp":
                base += text
        self._runs += [(base, look)] if base else []

    def _entered(self, node: LexborNode, tag: str, look: Look) -> Callable[[], None] | None:
        """Begin a block: how to leave it, or nothing where it is written already."""
        kind = (node.attributes.get("class") or "").partition(" ")[0]
        if tag == "h1":
            self._title(node)
        elif tag in HEADINGS:
            self._heading(node, tag, look)
        elif tag == "table":
            self._table(node, look)
        elif tag in {"ul", "ol"}:
            self._list(node, tag, look)
        elif tag == "hr":
            self.end_item()
            self.paragraph("Rule", "")
            if node.parent and node.parent.attributes.get("class") == "footnotes":
                self.out[-1].keep()
        elif kind == "signature" and is_signature(node):
            self._signature(node)
        else:
            self._close_text() if kind == "attached" else None
            self._begins = self._begins or kind == "attachment"
            return self._in_style(INSIDE.get(kind) or INSIDE.get(tag) or self.style, tag == "pre" or self._is_kept)
        return None

    def _in_style(self, style: str, is_kept: bool = False) -> Callable[[], None]:
        """Have paragraphs in a style, inside of a cell in the cell's; how to go back."""
        around = self.style, self._is_kept
        self.style, self._is_kept = self.cell or style, is_kept

        def leave() -> None:
            self.end()
            self.style, self._is_kept = around

        return leave

    def _styled(self, node: LexborNode, style: str, look: Look, behind: str = "") -> None:
        leave = self._in_style(style)
        self.visit(node, look)
        self._runs += [(behind, look)] if behind else []
        leave()

    def _heading(self, node: LexborNode, tag: str, look: Look) -> None:
        begins, self._begins = self._begins and tag == "h2", self._begins and tag != "h2"
        style, outline = heading(tag, node.text()) if self.book.line else (HEADINGS[tag], "")
        self.outline = "" if self.cell else outline
        self._styled(node, "Attachment" if begins else style, look)
        self.outline = ""

    def _title(self, node: LexborNode) -> None:
        """The title; where it takes several lines, it breaks between its parts."""
        leave = self._in_style("Title")
        self.visit(node)
        if title_lines([one.text() for one in node.css(".title-part")]) > 1:
            for at in range(len(self._runs) - 1, 0, -1):
                self._runs.insert(at, ("\n", PLAIN)) if not is_place(self._runs[at - 1]) else None
        leave()

    # -- lists

    def _list(self, node: LexborNode, tag: str, look: Look) -> None:
        self.end_item()
        first = int(node.attributes.get("start") or 1) if tag == "ol" else 1
        items = [one for one in node.iter() if one.tag == "li"]
        self._level += 1
        level = min(self._level, _MOST_DEEP)
        is_counted = first + len(items) <= _LAST_NUMBER
        if is_counted:
            self.book.lists.append(Listing(level, first, tag == "ol", self._around.count(tag)))
        mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{len(self.book.lists)}"/></w:numPr>' if is_counted else ""
        if self.cell and mark:
            mark += f'<w:ind w:left="{max(0, self._level) * self.step}" w:firstLineChars="0" w:firstLine="0"/>'
        self._around.append(tag)
        for number, item in enumerate(items, first):
            self.end()
            self._mark = mark
            self._runs += [] if is_counted else [(f"{number}. ", look)]
            around, self.style = self.style, self.cell or "Listed"
            self.visit(item, look)
            self.end_item()
            self.style = around
        self._around.pop()
        self._level -= 1

    # -- tables and the signature

    def _table(self, node: LexborNode, look: Look) -> None:
        self.end_item()
        captions = [one for one in node.iter() if one.tag == "caption"]
        for caption in captions:
            self._styled(caption, "Caption", look)
        is_own = node.attributes.get("class") == "statutory"

        def cell(inside: LexborNode, style: str, look: Look, width: int) -> str:
            self.book.smaller |= {style} if "-" in style else set()
            for one in (inside.parent, inside) if self.book.targets else ():
                self._place(one)
            if is_text(inside) and not look.link:
                text = typed(inside.text(), look).strip(" ")
                content = (self._taken() if self._runs else "") + (markup.run(text, look) if text else "")
                return _IN_CELL.format(style, content) if content else ""
            inner = Writer(self.book, style, ENDS, width, style)
            inner.breaks = "\n" if is_own else inner.breaks
            inner._runs += filter(None, [self._taken()])
            inner.visit(inside, look)
            inner.end()
            self._runs += filter(None, [inner._taken()])
            return "".join(one.whole() for one in inner.out)

        table = rows_of(node, cell, self._wide, look)
        table.name = " ".join(one.text().strip() for one in captions)
        for number, made in enumerate(tables(table, self.room)):
            for caption in captions if number and not is_own else ():
                self._styled(caption, "Caption", look, NAME_GOES_ON)
            if self.out and self.out[-1].rows:
                self.out.append(Block("Seam", SEAM) if is_own else TABLE_END)
            self.out.append(made)

    def _wide(self, node: LexborNode) -> int:
        """How wide the widest picture of a cell is; a formula is thought to be as wide as in the PDF."""
        found = [round(PICTURE * CHARACTER_IN_CELL)] if node.css_first("math") else []
        for one in node.css("img"):
            address, width, height = (one.attributes.get(name) or "" for name in ("src", "width", "height"))
            found += [self.book.pictures.across(address, width, height)] if address else []
        return max(found, default=0)

    def _close_text(self) -> None:
        """Let the last paragraph of the text stay with the signature, or the list of attachments above it."""
        if self.out and self.out[-1].style in _CLOSES and len(self.out[-1].text) < _CLOSING:
            self.out[-1].keep()

    def _signature(self, node: LexborNode) -> None:
        """Name and date: the date four characters from the right, the name centred over it."""
        lines = list(node.iter())
        self._close_text()
        listed = [*takewhile(lambda one: one.style.startswith("Attached"), reversed(self.out))]
        for one in listed[_LAST_NAMES:-1] if len(listed) > _LONG_LIST else ():
            one.loosen()
        left, right = (round(side * CHARACTER) for side in indents([line.text() for line in lines]))
        # The editor's line is not left alone on a page.
        is_followed = node.next is not None and (node.next.attributes or {}).get("class") == "editor"
        for number, line in enumerate(lines, 1):
            self.style = "SignedOn" if number == len(lines) > 1 else "Signature"
            place = f'<w:ind w:leftChars="0" w:left="{left}" w:rightChars="0" w:right="{right}"/>'
            kept = "<w:keepNext/>" if is_followed and number == len(lines) else ""
            self.added = kept + place
            self.visit(line)
            self.end()
        self.style, self.added = "Normal", ""
