"""A Word document → what Word shows, with its tracked changes taken as accepted."""

from __future__ import annotations

from functools import lru_cache
from posixpath import basename, dirname, join
from typing import TYPE_CHECKING

from nianbao.alike import WHITE
from nianbao.packed import Kind, Package, tree_of
from nianbao.shown import joined, prints, worddrawn, wordfindings, wordrows
from nianbao.shown.blocks import PICTURE, RESTYLED, ROW_GONE, UNSEEN_ROW, Cell, Note, Paragraph, Piece, Table
from nianbao.shown.prints import PROPERTY, Printed
from nianbao.shown.seen import Seen, is_stamped, seen_in, squeezed
from nianbao.shown.wordchanges import GONE, Changes, Splits, as_one, has_lost_end, placed, text_of, unended
from nianbao.shown.wordinks import Inks, ground_of, of_paragraph
from nianbao.shown.wordrows import children
from nianbao.shown.wordruns import PICTURES, PLAINLY, SKIPPED, Words, boxes, plain, runs
from nianbao.shown.wordstyles import NUMBERLESS, Styles, W, name_of, number_in, number_of, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from nianbao.packed import Why
    from nianbao.shown.blocks import Block, Looks
    from nianbao.shown.wordstyles import Style

DOCUMENT = "word/document.xml"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P, _TBL, _TR, _TC, _VAL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "val"))
OWN = f"{W}own"
"""What a paragraph says of `Paragraph.own` until it is packed."""
_SIDES = ("default", "even")
_SEAM = "TableSeam"  # the kit's own style of what lies between two parts of one table
_HEADS = {"TableHead", "TableHeadRight", "TableLabel"}  # the kit's own styles of headings in tables


def read(made: bytes) -> Seen:
    """What a published document says from its first paragraph to its last, without what its headers and footers repeat."""
    package = Package(made, _OWN)
    body = _part(package, DOCUMENT)[0]
    links = {one.get("Id"): one.get("Target", "") for one in _part(package, "word/_rels/document.xml.rels")}
    headers = {one.get(f"{W}type"): one.get(f"{_R}id") for one in body.iter(f"{W}headerReference")}
    stamps = tuple(
        side in headers and is_stamped(squeezed(plain(_part(package, f"word/{links[headers[side]]}")))) for side in _SIDES
    )
    about = [one.text or "" for one in _part(package, "docProps/core.xml")]
    # How words look, as styles say, is nothing that is read back.
    found = _Walk(Styles(None, package.tree("word/numbering.xml")), Words(body), is_all=True).visit(body)
    return seen_in(found, stamps, (squeezed(about[0]), *about[1:]))


def _refusal(why: Why, amount: int) -> Exception:
    return ValueError(f"{why.name} {amount}")


_OWN = Kind(1 << 20, 1 << 32, 1 << 32, _refusal)


def _part(package: Package, name: str) -> Element:
    found = package.tree(name)
    if found is None:
        raise ValueError(f"no {name}")
    return found


def document_in(package: Package) -> str:
    """The name of the part that is the document: as the package says, else the usual one."""
    return next(iter(package.related().get("officeDocument", ())), DOCUMENT)


def prints_of(package: Package) -> Printed | None:
    """What a document of the kit's was printed with; none where it does not say that."""
    for name in package.related().get("custom-properties", ()):
        found = package.tree(name) if PROPERTY.format(1).encode() in package.read(name) else None
        if found is not None:
            return prints.read({one.get("name", ""): "".join(one.itertext()).strip() for one in found})
    return None


def printed_in(parts: Mapping[str, str]) -> Printed:
    """What a document shows that is about to be packed: each part by its name → its XML, whose paragraphs may say `OWN`."""
    [body], numbering = (tree_of(parts[name]) for name in (DOCUMENT, "word/numbering.xml"))
    styles = _style_sheet(parts["word/styles.xml"])
    pictures = [(name, _own(one)) for one in body.iter(_P) for name in pictured(one)]
    walk = _Walk(Styles(styles, numbering), Words(body))
    return Printed(walk.visit(body), pictures, [*wordfindings.texts(body, walk.left)])


@lru_cache(maxsize=4)
def _style_sheet(text: str) -> Element:
    """The kit's own styles, which most documents have alike, as XML."""
    return tree_of(text)


def pictured(element: Element) -> list[str]:
    """What a document says of each picture in an element, else its name."""
    return [one.get("descr") or one.get("name") or "" for one in element.iter(worddrawn.ABOUT)]


def _own(paragraph: Element | None) -> int:
    """The number of the notebook's cell that prints a paragraph which is about to be packed; 0 of the report's own."""
    return min(number_of(paragraph.get(OWN)), 1_000) if paragraph is not None else 0


def links_in(package: Package, body: Element, document: str) -> Iterator[tuple[str, str]]:
    """The words and the address of each link to another page."""
    listed = package.tree(join(dirname(document), "_rels", f"{basename(document)}.rels"))
    links = (one for one in (listed if listed is not None else ()) if one.get("TargetMode") == "External")
    known = {one.get("Id"): one.get("Target", "") for one in links}
    for one in body.iter(f"{W}hyperlink"):
        if address := known.get(one.get(f"{_R}id"), ""):
            yield plain(one), address


def part_of(package: Package, document: str, kind: str) -> Element | None:
    """A part that belongs to a document: its ``styles``, ``comments`` …; ``None`` where it has none."""
    names = package.related(document).get(kind) or [f"{dirname(document)}/{kind}.xml"]
    return package.tree(names[0])


def findings_in(package: Package, body: Element, document: str) -> list[str]:
    """What a draft says of itself behind its report, paragraph by paragraph."""
    return [*wordfindings.texts(body, wordfindings.ids(Styles(part_of(package, document, "styles"), None).known))]


def blocks_in(package: Package, body: Element, document: str = DOCUMENT) -> list[Block]:
    """What stands in the body of a document."""
    styles = Styles(*(part_of(package, document, kind) for kind in ("styles", "numbering")))
    walk = _Walk(styles, Words(body), Inks(styles.known, part_of(package, document, "fontTable")))
    walk.numbers = {one: number for number, one in enumerate(worddrawn.all_in(body), 1)}
    return walk.visit(body)


class _Walk:
    """Collects the paragraphs and tables of a body, ``is_all`` with what a draft says of itself."""

    def __init__(self, styles: Styles, words: Words, inks: Inks | None = None, is_all: bool = False) -> None:
        self.styles, self.words, self.inks = styles, words, inks
        self.numbers: dict[Element, int] = {}  # of the pictures of the document, where they are wanted
        self.left = wordfindings.ids({} if is_all else styles.known)
        self.ground, self.in_cell, self.size = WHITE, False, styles.size
        self.is_counting = True  # not in a row that a tracked change has taken out

    def visit(self, element: Element) -> list[Block]:
        found: list[Block] = []
        splits = Splits()
        last: Element | None = None  # the paragraph that stands before, if one does
        goes_on: Paragraph | None = None  # one whose end a tracked change has taken out, if the next block is a paragraph
        for child in element:
            if child.tag == _P and name_of(child) in self.left:
                continue
            if child.tag == _P:
                one = self._paragraph(child)
                if goes_on:
                    found.remove(goes_on)
                    one = as_one(goes_on, one)
                found.append(one)
                splits.add(child, one, is_joined=goes_on is not None)
                goes_on = unended(child, one)
                last = child
            elif child.tag == _TBL:
                goes_on, splits, made = None, Splits(), self._table(child)
                is_seam, last = last is not None and name_of(last) == _SEAM, None  # it goes on with the table before
                if is_seam and len(found) > 1 and isinstance(before := found[-2], Table):
                    del found[-1]
                    before.notes.update({len(before.rows) + row: note for row, note in made.notes.items()})
                    before.rows += made.rows
                elif not joined.join(found, made, _told(child)):
                    found.append(made)
            elif child.tag not in GONE and child.tag not in SKIPPED:
                found += self.visit(child)
        return found

    def _paragraph(self, paragraph: Element) -> Paragraph:
        name = name_of(paragraph)
        style, is_counted = self.styles.of(paragraph, name), self.is_counting and not has_lost_end(paragraph)
        number = self.styles.numbered(paragraph, name) if is_counted else NUMBERLESS
        marks = (number.mark,) if number.mark else ()
        made = Paragraph([], style.level, marks, number.depth, own=_own(paragraph), number=number.prefix)
        if number.prefix:
            made.pieces.append(Piece(number.prefix, style.words))
        of_all = of_paragraph(paragraph.find(f"{W}pPr"), self.in_cell) if self.inks else ""
        self.words.begin()
        at, changes = list[int](), Changes(made.notes)  # how many characters stand before each note
        for run, around in runs(paragraph, changes):
            looks = self._looks(run, style, paragraph)
            changes.restyle(run, looks.struck, self._was_struck(run, style), is_within=around.is_changed)
            at += [len(text_of(made))] * (len(made.notes) - len(at))
            doubt = looks.doubt or around.doubt or of_all
            if doubt or around is not PLAINLY:
                looks = looks._replace(raised=around.raised or looks.raised, doubt=doubt, within=around.within)
            pieces = [*self.words.of(run, looks), *([Piece("", looks)] if around.doubt else [])]
            if not around.is_gone:
                made.pieces += pieces
                hanging = boxes(run)
                made.boxes += [block for box in hanging for block in self.visit(box)]
                made.pictures += worddrawn.shown_in(run, self.numbers) if self.numbers and not looks.around else ()
                if self.inks and not hanging and any(one.tag in PICTURES for one in run):
                    made.pieces.append(Piece("", style.words._replace(doubt=PICTURE)))
        made.notes = placed(made.notes, at, text_of(made), plain(paragraph))
        about = paragraph.find(f"{W}pPr") if self.inks else None
        if about is not None:
            changes.restyle(about, self.styles.run(about, style).struck, self._was_struck(about, style), is_within=True)
            changes.is_restyled |= about.find(f"{W}pPrChange") is not None
        if changes.is_restyled:
            made.notes.append(Note(RESTYLED, "", plain(paragraph)))
        return made

    def _was_struck(self, element: Element, style: Style) -> bool | None:
        """Whether words, or the end of a paragraph, were struck before a tracked change of their looks; none without one."""
        change = stands_in(element, "rPr/rPrChange") if self.inks else None
        return self.styles.run(change, style).struck if change is not None else None

    def _looks(self, run: Element, style: Style, paragraph: Element) -> Looks:
        """How the words of a run look. In a cell, whose ground a style of tables may colour, unseen ones are in doubt."""
        looks = self.styles.run(run, style)
        if not self.inks:
            return looks
        ground = ground_of(paragraph.find(f"{W}pPr"), self.ground)
        why, doubt = ("", "") if looks.around else self.inks.of(run, name_of(paragraph), ground)
        if self.in_cell:
            return looks._replace(doubt=why or doubt, size=looks.size or self.size)
        return looks._replace(around=looks.around or why, doubt=doubt)

    def _within(self, cell: Element, about: Element | None) -> list[Block]:
        """What stands in a cell."""
        outer = self.ground, self.in_cell
        self.ground, self.in_cell = ground_of(about, self.ground) if self.inks else WHITE, True
        found = self.visit(cell)
        self.ground, self.in_cell = outer
        return found

    def _table(self, table: Element) -> Table:
        made = Table([], own=_own(next(table.iter(_P), None)))
        self.size, is_counting = self.styles.size_in(table), self.is_counting
        begun: dict[int, Cell] = {}  # by its column: the cell that may go on in the next row
        for number, row in enumerate(children(table, _TR)):
            properties = row.find(f"{W}trPr")
            if changed := wordrows.changed(row):
                made.notes[number] = changed
            elif self.inks and wordrows.is_flat(properties) and plain(row).strip():
                made.notes[number] = Note(UNSEEN_ROW, "", plain(row))
            self.is_counting = is_counting and not (changed and changed.said.startswith(ROW_GONE))
            column = number_in(properties, "gridBefore")
            made.rows.append([Cell([], column)] if column else [])
            last: Cell | None = None
            for cell in children(row, _TC):
                about = cell.find(f"{W}tcPr")
                across = max(number_in(about, "gridSpan"), 1)
                if _goes_on(about, "hMerge") and last:
                    # What goes on from the row above has its columns already.
                    last.across += across if made.rows[-1] and made.rows[-1][-1] is last else 0
                    begun.pop(column, None)
                elif _goes_on(about, "vMerge") and column in begun:
                    last = begun[column]
                    last.along += 1
                else:
                    last = begun[column] = Cell(self._within(cell, about), across, 1, _is_head(cell))
                    made.rows[-1].append(last)
                column += across
        self.is_counting = is_counting
        return made


def _told(table: Element) -> str:
    """What a table says of itself."""
    said = stands_in(table, "tblPr/tblDescription")
    return said.get(_VAL, "") if said is not None else ""


def _goes_on(about: Element | None, merge: str) -> bool:
    """Whether a cell is a part of the one above it (``vMerge``) or on its left (``hMerge``)."""
    merged = about.find(f"{W}{merge}") if about is not None else None
    return merged is not None and merged.get(_VAL) != "restart"


def _is_head(cell: Element) -> bool:
    return (first := cell.find(_P)) is not None and name_of(first).partition("-")[0] in _HEADS
