"""HTML → what a browser shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from typing import TYPE_CHECKING

from nianbao.shown.blocks import (
    ADDED,
    BREAK,
    BULLET,
    ELSEWHERE,
    PICTURE,
    PLAIN,
    UNSAID,
    WRITTEN,
    Cell,
    Drawn,
    Looks,
    Paragraph,
    Piece,
    Table,
)
from nianbao.shown.htmltree import INLINE, UNSEEN, body_of, is_for_the_screen, parsed
from nianbao.shown.seen import Seen, is_stamped, seen_in, squeezed
from nianbao.shown.wordnumbers import roman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from nianbao.shown.blocks import Block

Look = Callable[["LexborNode", Looks], Looks]
"""How the words in an element look, by the element and how those around it look."""
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_PICTURES = {"img", "svg", "canvas", "object", "embed", "iframe", "video"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_IN_LETTERS = 400
_MOST_ACROSS, _DIGITS = 1000, 9  # columns of a cell, and digits that tell them
_COUNT = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
_ADDED = {ADDED, WRITTEN, *UNSAID}
_LEAST_LABEL = 3  # letters beside digits


def read(made: bytes) -> Seen:
    """What a published page shows inside ``<main>``, without what is for the screen only, and how it is stamped."""
    tree = parsed(made)
    main, stamp, header = (tree.css_first(one) for one in ("main", "body > .stamp", "body > header"))
    texts = (stamp and stamp.attributes.get("data-mark"), header and header.text())
    title = tree.css_first("title")
    about = [node.attributes.get("content") or "" for node in tree.css("meta[name]")]
    found = blocks_in(main) if main else []
    stamps = tuple(is_stamped(text or "") for text in texts)
    return seen_in(found, stamps, (squeezed(title.text()) if title else "", *about))


def read_fragment(fragment: str) -> Seen:
    """What a fragment of HTML shows."""
    return seen_in(blocks_in(body_of(fragment)))


def texts_of(fragment: str) -> tuple[str, ...]:
    """The texts of the blocks that a fragment of HTML shows, squeezed."""
    return read_fragment(fragment).blocks


def blocks_in(node: LexborNode, look: Look | None = None, unseen: Set[str] = UNSEEN, looks: Looks = PLAIN) -> list[Block]:
    """What stands in an element, however deep.

    Parameters
    ----------
    look : function, optional
        Without it all words look plain, and what is for the screen only is left out, as what is hidden there.
    unseen : set of str
        The tags of which nothing is shown.
    looks : Looks
        How the words look that stand in the element itself.
    """
    return _Walk(look, unseen).visit(node, looks)


class _Walk:
    """Collects the paragraphs and tables of a tree; it walks on a stack of its own."""

    def __init__(self, look: Look | None, unseen: Set[str]) -> None:
        self.look, self.unseen = look, unseen
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.pictures: list[Drawn] = []
        self.level, self.depth = 0, 0
        self.marks: tuple[str, ...] = ()

    def visit(self, node: LexborNode, looks: Looks) -> list[Block]:
        around = [self._within(node, looks)]
        while around:
            step = next(around[-1], None)
            if step is None:
                around.pop()
            else:
                around.append(self._within(*step))
        self._end()
        return self.blocks

    def _within(self, node: LexborNode, looks: Looks) -> Iterator[tuple[LexborNode, Looks]]:
        """Take the text of an element, and give each element in it that is to be read next, with its looks."""
        look, items = self.look, None
        if looks.doubt in ELSEWHERE and not (node.text() if looks.doubt in UNSAID else any(map(str.isdigit, node.text()))):
            # The digits that it shows stand in no words of its own, and are seen where those are not.
            self.pieces.append(Piece("", looks if looks.is_gone else looks._replace(around="")))
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if self._is_taken(child, tag, looks) or tag in self.unseen:
                continue
            made = look(child, looks) if look else looks
            if tag == "table":
                self._end(is_whole=True)
                self.blocks.append(self._table(child, made))
            elif made.is_gone and not looks.is_gone and _is_block(child):
                self.blocks += self._inside(child, made)  # what takes no room ends no paragraph
            elif tag in INLINE:
                if tag == "q":
                    self.pieces.append(Piece("“", looks))
                yield child, made
                if tag == "q":
                    self.pieces.append(Piece("”", looks))
            elif look or not (is_for_the_screen(child) or "hidden" in child.attributes):
                self._end()
                outer = self.level, self.depth
                self.level = _LEVELS.get(tag, self.level)
                self.depth += tag in {"ol", "ul"}
                if tag == "li":
                    items = items or _Items(node)
                    self.marks = (*self.marks, items.mark(child))
                yield child, made
                self._end(is_whole=tag == "li")
                self.level, self.depth = outer

    def _is_taken(self, child: LexborNode, tag: str, looks: Looks) -> bool:
        """Whether it holds nothing: words, the end of a line, a picture; these are taken."""
        if tag not in {"-text", "br"} and (tag not in _PICTURES or not self.look):
            return False
        if tag == "-text":
            for at, line in enumerate(_lines(child.text_content or "") if looks.has_lines else [child.text_content or ""]):
                self.pieces += [BREAK] * (at > 0) + [Piece(line, looks)]
        else:
            self.pieces.append(Piece("", looks._replace(doubt=PICTURE)) if tag in _PICTURES else BREAK)
            if tag == "img" and self.look and not self.look(child, looks).around:
                self.pictures += _held(child)
        return True

    def _end(self, is_whole: bool = False) -> None:
        """End a paragraph, if it has begun; where an item of a list is at its end, one that holds nothing has its mark."""
        if (pieces := self.pieces) or is_whole:
            pictures = self.pictures
            self.pieces, self.pictures = [], []
            is_said = not all(one.text.isspace() for one in pieces if one.text)
            is_shown = not self.marks and any(not one.text and one.looks.doubt in _ADDED for one in pieces)
            if is_said or is_shown or (is_whole and self.marks):
                self.blocks.append(Paragraph(pieces, self.level, self.marks, self.depth, pictures=pictures))
                self.marks = ()
            elif pictures:
                self.blocks.append(Paragraph(pictures=pictures))

    def _table(self, table: LexborNode, looks: Looks) -> Table:
        made, look = Table([], [], looks), self.look
        for part in table.iter():
            if part.tag == "caption":
                made.captions += self._inside(part, look(part, looks) if look else looks)
            elif part.tag in {"thead", "tbody", "tfoot"}:
                around = look(part, looks) if look else looks
                rows = [(one, look(one, around) if look else around) for one in part.iter() if one.tag == "tr"]
                rows = [(row, within) for row, within in rows if within.is_gone <= looks.is_gone]
                for left, (row, within) in zip(range(len(rows), 0, -1), rows, strict=True):
                    made.rows.append([*self._cells(row, within, looks.is_gone, left)])
        _doubt_by_labels(made.rows)
        return made

    def _cells(self, row: LexborNode, looks: Looks, are_gone: bool, left: int) -> Iterator[Cell]:
        """The cells of a row; none reaches below its part of the table, which has so many rows from this one on."""
        for cell in row.iter():
            if cell.tag in {"td", "th"}:
                within = self.look(cell, looks) if self.look else looks
                if within.is_gone <= are_gone:
                    about = cell.attributes
                    across, along = _count(about.get("colspan"), 1), min(_count(about.get("rowspan"), 0) or left, left)
                    blocks = self._inside(cell, within)
                    if not blocks and within.doubt:  # what is shown there stands elsewhere
                        blocks.append(Paragraph([Piece("", within)]))
                    yield Cell(blocks, across, along, cell.tag == "th")

    def _inside(self, node: LexborNode, looks: Looks) -> list[Block]:
        only = node.first_child
        if (
            looks.doubt not in ELSEWHERE and only is not None and only.tag == "-text" and only.next is None
        ):  # as in most cells
            return [Paragraph([Piece(only.text_content or "", looks)])]
        return _Walk(self.look, self.unseen).visit(node, looks)


def _held(image: LexborNode) -> Iterator[Drawn]:
    """The picture of an element, where the page holds it itself; what a page shows until it has loaded another is none."""
    said = {name: text or "" for name, text in image.attributes.items()}
    if said.get("src", "").startswith("data:") and not any(name.startswith("data-") or name == "srcset" for name in said):
        yield Drawn(image.mem_id, said["src"], said.get("alt", ""))


def _doubt_by_labels(rows: list[list[Cell]]) -> None:
    """Make the figures doubtful whose labels are: those of a row, and those below a head whose own words nobody sees."""
    if not any(_written_elsewhere(cell) for row in rows for cell in row):
        return
    below = ""
    spans: list[tuple[str, int]] = []
    for row in rows:
        spans = [(why, left - 1) for why, left in spans if left > 1]
        texts = [_text(cell) for cell in row]
        has_figures = any(map(_is_figure, texts))
        for cell, text in zip(row, texts, strict=True):
            why = "" if _is_figure(text) else _written_elsewhere(cell)
            spans += [(why, cell.along)] if why else []
            below = below or ("" if text or has_figures else why)
        why = below or (spans[0][0] if spans else "")
        for cell, text in zip(row, texts, strict=True) if why else ():
            if any(map(str.isdigit, text)):
                cell.blocks.append(Paragraph([Piece("", PLAIN._replace(doubt=why))]))


def _pieces(cell: Cell) -> Iterator[Piece]:
    return (piece for one in cell.blocks if isinstance(one, Paragraph) for piece in one.pieces if not piece.looks.around)


def _text(cell: Cell) -> str:
    """The words of a cell that are seen, without white space."""
    return "".join("".join(piece.text for piece in _pieces(cell)).split())


def _is_figure(text: str) -> bool:
    return any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) < _LEAST_LABEL


def _written_elsewhere(cell: Cell) -> str:
    """Why a reader sees other words in a cell than stand there; '' where none does."""
    return next((piece.looks.doubt for piece in _pieces(cell) if piece.looks.doubt in {ADDED, WRITTEN}), "")


def _is_block(node: LexborNode) -> bool:
    """Whether an element is a block, or holds one or a line's end."""
    return node.tag not in INLINE or any(one.tag not in INLINE or one.tag == "br" for one in node.traverse())


class _Items:
    """Counts the items of a list."""

    def __init__(self, around: LexborNode) -> None:
        about = around.attributes
        self.kind = (about.get("type") or "1") if around.tag == "ol" else ""
        self.step = -1 if "reversed" in about else 1
        first = sum(one.tag == "li" for one in around.iter()) if self.step < 0 else 1
        self.number = _number(about.get("start"), first) - self.step

    def mark(self, item: LexborNode) -> str:
        """What stands before an item."""
        self.number = _number(item.attributes.get("value"), self.number + self.step)
        if not self.kind:
            return BULLET
        made = str(self.number)
        if 0 < self.number < _MOST_IN_LETTERS and self.kind in {"a", "A", "i", "I"}:
            made = _lettered(self.number) if self.kind in {"a", "A"} else roman(self.number)
            made = made.upper() if self.kind in {"A", "I"} else made
        return f"{made}."


def _lines(text: str) -> list[str]:
    return re.split("\r\n?|\n", text)


def _lettered(number: int) -> str:
    tens, ones = divmod(number - 1, len(_LETTERS))
    return (_LETTERS[tens - 1] if tens else "") + _LETTERS[ones]


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", text) else otherwise


def _count(text: str | None, least: int) -> int:
    """How many columns or rows a cell takes; browsers let none take more than 1,000. Of rows 0 are all that follow."""
    if text is None:  # as in most cells
        return 1
    found = _COUNT.match(text)
    number = int(found[1][:_DIGITS]) if found else 1
    return min(number, _MOST_ACROSS) if number >= least else 1
