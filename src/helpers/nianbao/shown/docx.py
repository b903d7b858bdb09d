"""A Word document → what Word shows, with its tracked changes taken as accepted."""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import WHITE
from nianbao.packed import Kind, Package
from nianbao.shown.blocks import (
    BREAK,
    CHANGE,
    COMMENT,
    ENDNOTE,
    FOOTNOTE,
    PICTURE,
    UNSEEN_ROW,
    Cell,
    Note,
    Paragraph,
    Piece,
    Table,
)
from nianbao.shown.seen import STAMP, Seen, seen_in, squeezed
from nianbao.shown.wordinks import Inks, ground_of
from nianbao.shown.wordstyles import Styles, W, name_of, number_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from nianbao.packed import Why
    from nianbao.shown.blocks import Block, Looks
    from nianbao.shown.wordstyles import Style

DOCUMENT = "word/document.xml"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P, _TBL, _TR, _TC, _VAL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "val"))
_GONE = {f"{W}del", f"{W}moveFrom"}
_CAME = {f"{W}ins", f"{W}moveTo"}
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", f"{_MC}Fallback"}
_COMMENTED = f"{W}commentRangeStart"
_REFERENCES = {
    f"{W}commentReference": COMMENT, f"{W}footnoteReference": FOOTNOTE, f"{W}endnoteReference": ENDNOTE,
}  # fmt: skip
_RUNS, _TEXTS = {f"{W}r", f"{_M}r"}, {f"{W}t", f"{_M}t", f"{W}delText"}
_CHOICE = "下拉框"
_DRAWN = {f"{W}drawing", f"{W}pict", f"{_MC}AlternateContent"}
_PICTURES = {*_DRAWN, f"{W}object"}
_LEAST_HEIGHT = 60  # twentieths of a point
# Parts of formulas that stand above or below their line, or beside a sign that is none of the text.
_RAISED = {
    **dict.fromkeys(("num", "sup", "deg", "rad", "m", "d", "nary", "acc", "bar", "groupChr", "borderBox", "limUpp"), "sup"),
    **dict.fromkeys(("eqArr", "sPre"), "sup"),
    **dict.fromkeys(("den", "sub", "lim"), "sub"),
}
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
        side in headers and STAMP in squeezed(plain(_part(package, f"word/{links[headers[side]]}"))) for side in _SIDES
    )
    about = [one.text or "" for one in _part(package, "docProps/core.xml")]
    # How words look, as styles say, is nothing that is read back.
    found = _Walk(Styles(None, package.tree("word/numbering.xml"))).visit(body)
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


def part_of(package: Package, document: str, kind: str) -> Element | None:
    """A part that belongs to a document: its ``styles``, ``comments`` …; ``None`` where it has none."""
    names = package.related(document).get(kind) or [f"{dirname(document)}/{kind}.xml"]
    return package.tree(names[0])


def blocks_in(package: Package, body: Element, document: str = DOCUMENT) -> list[Block]:
    """What stands in the body of a document."""
    styles = Styles(*(part_of(package, document, kind) for kind in ("styles", "numbering")))
    return _Walk(styles, Inks(styles.known)).visit(body)


def plain(element: Element) -> str:
    """All text below an element, deleted text too."""
    return "".join(one.text or "" for one in element.iter() if one.tag in {f"{W}t", f"{W}delText"})


class _Walk:
    """Collects the paragraphs and tables of a body."""

    def __init__(self, styles: Styles, inks: Inks | None = None) -> None:
        self.styles, self.inks = styles, inks
        self.ground, self.in_cell = WHITE, False

    def visit(self, element: Element) -> list[Block]:
        found: list[Block] = []
        is_seam = False  # whether the next table goes on with the one before
        for child in element:
            if child.tag == _P:
                found.append(self._paragraph(child))
                is_seam = name_of(child) == _SEAM
            elif child.tag == _TBL:
                made = self._table(child)
                if is_seam and len(found) > 1 and isinstance(before := found[-2], Table):
                    del found[-1]
                    before.notes.update({len(before.rows) + row: note for row, note in made.notes.items()})
                    before.rows += made.rows
                else:
                    found.append(made)
            elif child.tag not in _GONE and child.tag not in _SKIPPED:
                found += self.visit(child)
        return found

    def _paragraph(self, paragraph: Element) -> Paragraph:
        name = name_of(paragraph)
        style, number = self.styles.of(paragraph, name), self.styles.numbered(paragraph, name)
        made = Paragraph([], style.level, (number.mark,) if number.mark else (), number.depth)
        if number.prefix:
            made.pieces.append(Piece(number.prefix, style.words))
        for run, around in _runs(paragraph, made.notes):
            if not around.is_gone:
                looks = self._looks(run, style, paragraph)
                made.pieces += _pieces(run, looks._replace(raised=around.raised) if around.raised else looks)
                boxes = _boxes(run)
                made.boxes += [block for box in boxes for block in self.visit(box)]
                if self.inks and not boxes and any(one.tag in _PICTURES for one in run):
                    made.pieces.append(Piece("", style.words._replace(doubt=PICTURE)))
        return made

    def _looks(self, run: Element, style: Style, paragraph: Element) -> Looks:
        """How the words of a run look. In a cell, whose ground a style of tables may colour, unseen ones are in doubt."""
        looks = self.styles.run(run, style)
        if not self.inks:
            return looks
        ground = ground_of(paragraph.find(f"{W}pPr"), self.ground)
        why = "" if looks.around else self.inks.unseen(run, name_of(paragraph), ground)
        return looks._replace(doubt=why) if self.in_cell else looks._replace(around=looks.around or why)

    def _within(self, cell: Element, about: Element | None) -> list[Block]:
        """What stands in a cell."""
        outer = self.ground, self.in_cell
        self.ground, self.in_cell = ground_of(about, self.ground), True
        found = self.visit(cell)
        self.ground, self.in_cell = outer
        return found

    def _table(self, table: Element) -> Table:
        made = Table([])
        begun: dict[int, Cell] = {}  # by its column: the cell that may go on in the next row
        for number, row in enumerate(_children(table, _TR)):
            properties = row.find(f"{W}trPr")
            if changed := _changed(properties) or _changed_cell(row):
                kind, who = changed
                made.notes[number] = Note(CHANGE, who, f"{kind}：{plain(row)}")
            elif self.inks and _is_flat(properties):
                made.notes[number] = Note(UNSEEN_ROW, "", plain(row))
            column = number_in(properties, "gridBefore")
            made.rows.append([Cell([], column)] if column else [])
            for cell in _children(row, _TC):
                about = cell.find(f"{W}tcPr")
                across = max(number_in(about, "gridSpan"), 1)
                merged = about.find(f"{W}vMerge") if about is not None else None
                if merged is not None and merged.get(_VAL) != "restart" and column in begun:
                    begun[column].along += 1
                else:
                    begun[column] = Cell(self._within(cell, about), across, 1, _is_head(cell))
                    made.rows[-1].append(begun[column])
                column += across
        return made


def _is_head(cell: Element) -> bool:
    return (first := cell.find(_P)) is not None and name_of(first).partition("-")[0] in _HEADS


class _Around(NamedTuple):
    """What stands around a run: whether a tracked change deletes it, and how a formula raises it."""

    is_gone: bool = False
    raised: str = ""


def _runs(element: Element, notes: list[Note]) -> Iterator[tuple[Element, _Around]]:
    """The runs in an element with what stands around each; what is written on it goes into ``notes``."""
    around = [(iter(element), _Around())]
    while around:
        child = next(around[-1][0], None)
        within = around[-1][1]
        if child is None:
            around.pop()
        elif child.tag == _COMMENTED:
            notes.append(Note(COMMENT, "", child.get(f"{W}id", "")))
        elif child.tag in _GONE or child.tag in _CAME:
            if said := plain(child).strip():
                what = "删除" if child.tag in _GONE else "插入"
                notes.append(Note(CHANGE, child.get(f"{W}author", ""), f"{what}“{said}”"))
            around.append((iter(child), within._replace(is_gone=within.is_gone or child.tag in _GONE)))
        elif child.tag in _RUNS:
            for one in child:
                if one.tag in _REFERENCES:
                    notes.append(Note(_REFERENCES[one.tag], "", one.get(f"{W}id", "")))
            yield child, within
        elif child.tag not in _SKIPPED:
            around.append((iter(child), within._replace(raised=_raised(child) or within.raised)))


def _raised(element: Element) -> str:
    """How a part of a formula stands, or ''."""
    return _RAISED.get(element.tag.removeprefix(_M), "") if element.tag.startswith(_M) else ""


def _pieces(run: Element, looks: Looks) -> Iterator[Piece]:
    """The words of a run; what is read above others is raised."""
    for child in run:
        if child.tag in _TEXTS:
            yield Piece((child.text or "").replace("\n", " "), looks)
        elif child.tag in {f"{W}tab", f"{W}ptab"}:
            yield Piece("\t", looks)
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield BREAK
        elif child.tag == f"{W}noBreakHyphen":
            yield Piece("-", looks)
        elif child.tag == f"{W}sym":
            yield Piece("□", looks)  # a sign of a font of signs, of which nobody knows what it shows
        elif child.tag == f"{W}fldChar" and child.find(f"{W}ffData/{W}ddList") is not None:
            yield Piece("", looks._replace(doubt=_CHOICE))
        elif child.tag == f"{W}ruby":
            for part, look in ((f"{W}rubyBase", looks), (f"{W}rt", looks._replace(raised="sup"))):
                for inner in child.iterfind(f"{part}/{W}r"):
                    yield from _pieces(inner, look)


def _boxes(run: Element) -> list[Element]:
    """The text boxes that hang on a run, without what stands in for them in old programs."""
    if not any(one.tag in _DRAWN for one in run):
        return []
    instead = {box for fallback in run.iter(f"{_MC}Fallback") for box in fallback.iter(f"{W}txbxContent")}
    return [box for box in run.iter(f"{W}txbxContent") if box not in instead]


def _changed(properties: Element | None) -> tuple[str, str] | None:
    """What a tracked change did to a row, and who did it."""
    for name, what in (("del", "删除一行"), ("ins", "插入一行")):
        if properties is not None and (found := properties.find(f"{W}{name}")) is not None:
            return what, found.get(f"{W}author", "")
    return None


def _changed_cell(row: Element) -> tuple[str, str] | None:
    """What a tracked change did to a cell of a row, after which nobody knows whose the others are, and who did it."""
    for name, what in (("cellDel", "删除格"), ("cellIns", "插入格"), ("cellMerge", "合并格")):
        for cell in _children(row, _TC):
            if (found := cell.find(f"{W}tcPr/{W}{name}")) is not None:
                return f"有{what}的一行", found.get(f"{W}author", "")
    return None


def _is_flat(properties: Element | None) -> bool:
    """Whether a row is hidden, or of no height to speak of."""
    if properties is None:
        return False
    is_exact = properties.find(f"{W}trHeight[@{W}hRule='exact']") is not None
    is_exact = is_exact and number_in(properties, "trHeight") < _LEAST_HEIGHT
    return is_exact or properties.find(f"{W}hidden") is not None


def _children(element: Element, tag: str) -> Iterator[Element]:
    """The children of a tag, also where a content control or a tracked change stands around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", *_CAME}:
            yield from _children(child, tag)
