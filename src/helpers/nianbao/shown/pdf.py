"""A PDF → what its tags say, as a screen reader reads them. Only this module knows PDFium."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from nianbao.shown import joined
from nianbao.shown.blocks import BULLET, PLAIN, Cell, Paragraph, Piece, Table
from nianbao.shown.seen import Seen, is_stamped, seen_in, squeezed
from nianbao.shown.torn import torn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.shown.blocks import Block, Looks

# Tags inside a line.
_PICTURE = "Figure"
_INLINE = {"Span", "Link", "Em", "Strong", "Code", "Sub", "Quote", "Ruby", "RB", "RT", "RP", _PICTURE, "Annot"}
_LEVEL = re.compile("H([1-6])")
_DEEPEST = 100  # levels of tags
_LONGEST = 1 << 16  # characters of one piece of text, which is part of a line
_ROOM: Any = ctypes.create_string_buffer(2 * _LONGEST)  # where PDFium puts each text
_CELLS = {"TD", "TH"}
_BULLETS = {"–", "◦"}  # of lists in lists
_NUMBER, _SIZE = ctypes.c_float(), ctypes.c_ulong()
_NUMBER_AT, _SIZE_AT = ctypes.addressof(_NUMBER), ctypes.addressof(_SIZE)


def _of_numbers(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives handles as numbers: typed pointers take most of a call's time."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_HANDLE, _INT, _LONG, _NAME = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p
_PIECES = _of_numbers(raw.FPDFPage_CountObjects, _INT, _HANDLE)
_PIECE = _of_numbers(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
_TEXT = _of_numbers(raw.FPDFTextObj_GetText, _LONG, _HANDLE, _HANDLE, _HANDLE, _LONG)
_MARK = _of_numbers(raw.FPDFPageObj_GetMarkedContentID, _INT, _HANDLE)
_CHILDREN = _of_numbers(raw.FPDF_StructElement_CountChildren, _INT, _HANDLE)
_CHILD = _of_numbers(raw.FPDF_StructElement_GetChildAtIndex, _HANDLE, _HANDLE, _INT)
_TYPE = _of_numbers(raw.FPDF_StructElement_GetType, _LONG, _HANDLE, _HANDLE, _LONG)
_MARK_OF = _of_numbers(raw.FPDF_StructElement_GetChildMarkedContentID, _INT, _HANDLE, _INT)
_ABOUT = _of_numbers(raw.FPDF_StructElement_GetAttributeCount, _INT, _HANDLE)
_ONE_OF = _of_numbers(raw.FPDF_StructElement_GetAttributeAtIndex, _HANDLE, _HANDLE, _INT)
_VALUE = _of_numbers(raw.FPDF_StructElement_Attr_GetValue, _HANDLE, _HANDLE, _NAME)
_AS_NUMBER = _of_numbers(raw.FPDF_StructElement_Attr_GetNumberValue, _INT, _HANDLE, _HANDLE)
_AS_TEXT = _of_numbers(raw.FPDF_StructElement_Attr_GetStringValue, _INT, _HANDLE, _HANDLE, _LONG, _HANDLE)
_AS_BYTES = _of_numbers(raw.FPDF_StructElement_Attr_GetBlobValue, _INT, _HANDLE, _HANDLE, _LONG, _HANDLE)


class _Tag:
    """A tag: its type, what it says of a cell, a table or of how words look, and what stands in it by its place.

    The places are the same on every page.
    """

    __slots__ = ("across", "along", "inside", "looks", "said", "type")

    def __init__(self, type_: str) -> None:
        self.type, self.across, self.along, self.looks, self.said = type_, 1, 1, PLAIN, ""
        self.inside: dict[int, _Tag | str] = {}


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF says, page by page whether it is stamped as a draft, and what it says of itself."""

    blocks: list[Block]
    stamps: tuple[bool, ...]
    about: dict[str, str]


def read(made: bytes) -> Seen:
    """What a PDF says in the order of its tags; untagged are page numbers, stamps and repeated heads of tables."""
    document = parsed(made)
    title = squeezed(document.about.pop("Title", ""))
    seen = seen_in(document.blocks, document.stamps, (title, *document.about.values()))
    return replace(seen, torn=tuple(_torn(made)))


def _torn(made: bytes) -> Iterator[tuple[int, str]]:
    """The page and the text of each torn line."""
    if lines := torn(made):
        with pypdfium2.PdfDocument(made) as document:
            texts = {place: _texts(document[place]) for place, _ in lines}
        yield from ((place + 1, squeezed(texts[place].get(mark, ""))) for place, mark in lines)


def parsed(made: bytes, most_pages: int = 0) -> Document:
    """What a PDF says; nothing for one without tags. ``most_pages`` is a bound where it is not 0.

    Raises
    ------
    ValueError
        When it cannot be read, is locked, or has too many pages.
    """
    root, stamps = _Tag(""), []
    try:
        with pypdfium2.PdfDocument(made) as document:
            if most_pages and len(document) > most_pages:
                raise ValueError(f"{len(document)} pages")
            about = document.get_metadata_dict(skip_empty=True)
            for page in list(document):  # kept open together, so that each font is read once
                texts = _texts(page)
                stamps.append(is_stamped(texts.pop(-1, "")))
                _add(page, root, texts)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    return Document(_Walk().visit(root), tuple(stamps), about)


def _texts(page: Any) -> dict[int, str]:
    """The text of a page by the mark that ties it to a tag; -1 for what has none."""
    opened = page.get_textpage()  # it is closed when nothing refers to it
    sheet, handle = ctypes.cast(opened.raw, _HANDLE), ctypes.cast(page.raw, _HANDLE)
    found: dict[int, str] = defaultdict(str)
    for index in range(_PIECES(handle)):
        piece = _PIECE(handle, index)
        if (size := _TEXT(piece, sheet, _ROOM, _LONGEST)) > 2:  # else it is a line or a picture
            found[_MARK(piece)] += _ROOM[: size - 2].decode("utf-16-le")
    return found


def _add(page: Any, root: _Tag, texts: dict[int, str]) -> None:
    """Add the tags of a page and their texts."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            if element := raw.FPDF_StructTree_GetChildAtIndex(tree, index):
                _collect(ctypes.cast(element, _HANDLE).value, index, root, texts, _DEEPEST)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _collect(element: int | None, at: int, around: _Tag, texts: dict[int, str], deepest: int) -> None:
    tag = around.inside.get(at)
    if not isinstance(tag, _Tag) or not tag.type:
        tag = around.inside[at] = _Tag(_named(_ROOM[: _TYPE(element, _ROOM, _LONGEST)]))
        if tag.type in _CELLS:
            _span(element, tag)
        elif tag.type == "Span":
            _look(element, tag)
        elif tag.type == "Table":
            _tell(element, tag)
    inside = tag.inside
    for index in range(_CHILDREN(element) if deepest else 0):
        if child := _CHILD(element, index):
            _collect(child, index, tag, texts, deepest - 1)
        elif text := texts.get(_MARK_OF(element, index)):
            # PDFium hands out a hyphen at a line's end as U+0002.
            inside[index] = text.replace("\x02", "-")
        elif tag.type == "TR":  # a cell without text, or on another page
            inside.setdefault(index, _Tag(""))


@lru_cache(maxsize=100)
def _named(type_: bytes) -> str:
    return type_.decode("utf-16-le").rstrip("\0")


def _span(element: int | None, tag: _Tag) -> None:
    """Note the columns and rows that a cell takes."""
    for index in range(_ABOUT(element)):
        about = _ONE_OF(element, index)
        if (value := _VALUE(about, b"ColSpan")) and _AS_NUMBER(value, _NUMBER_AT):
            tag.across = int(_NUMBER.value)
        if (value := _VALUE(about, b"RowSpan")) and _AS_NUMBER(value, _NUMBER_AT):
            tag.along = int(_NUMBER.value)


def _tell(element: int | None, tag: _Tag) -> None:
    """Note what a table says of itself: more than its cells do."""
    for index in range(_ABOUT(element)):
        value = _VALUE(_ONE_OF(element, index), b"Summary")
        if value and _AS_BYTES(value, _ROOM, _LONGEST, _SIZE_AT):  # as a text PDFium does not decode them
            tag.said = bytes(_ROOM[: _SIZE.value]).decode("utf-16", "replace")


def _look(element: int | None, tag: _Tag) -> None:
    """Note whether words are struck, raised or lowered."""
    for index in range(_ABOUT(element)):
        about = _ONE_OF(element, index)
        if (value := _VALUE(about, b"BaselineShift")) and _AS_NUMBER(value, _NUMBER_AT) and _NUMBER.value:
            tag.looks = tag.looks._replace(raised="sup" if _NUMBER.value > 0 else "sub")
        if (value := _VALUE(about, b"TextDecorationType")) and _AS_TEXT(value, _ROOM, _LONGEST, _SIZE_AT):
            tag.looks = tag.looks._replace(struck=_named(_ROOM[: _SIZE.value]) == "LineThrough")


class _Walk:
    """Collects the paragraphs and tables of a tree of tags."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.level, self.depth = 0, 0
        self.marks: tuple[str, ...] = ()

    def visit(self, tag: _Tag) -> list[Block]:
        self._within(tag, PLAIN)
        self._end()
        return self.blocks

    def _within(self, tag: _Tag, looks: Looks) -> None:
        for _, one in sorted(tag.inside.items()):
            if isinstance(one, str):
                if tag.type != _PICTURE:  # the words of a drawing are none of the text
                    self.pieces.append(Piece(one, looks))
            elif one.type in _INLINE:
                self._within(one, one.looks if one.looks is not PLAIN else looks)
            elif one.type == "Table":
                self._end()
                made = _table(one)
                if not joined.join(self.blocks, made, one.said):
                    self.blocks.append(made)
            elif one.type == "Lbl":
                self._end()
                self.marks = (*self.marks, _marked(squeezed("".join(_texts_in(one))), self.depth))
            else:
                self._end()
                outer = self.level, self.depth
                found = _LEVEL.fullmatch(one.type)
                self.level = int(found[1]) if found else self.level
                self.depth += one.type == "L"
                self._within(one, looks)
                self._end(is_whole=one.type == "LI")
                self.level, self.depth = outer

    def _end(self, is_whole: bool = False) -> None:
        if self.pieces or (is_whole and self.marks):
            self.blocks.append(Paragraph(self.pieces, self.level, self.marks, self.depth))
            self.pieces, self.marks = [], ()


def _marked(sign: str, depth: int) -> str:
    """What stands before an item, as other formats write it: lists in lists have marks of their own on paper."""
    if depth < 2:
        return sign
    number = sign.strip("（）.")
    # A circled number is its number (NFKC).
    return BULLET if sign in _BULLETS else f"{unicodedata.normalize('NFKC', number)}." if number.isdigit() else sign


def _table(tag: _Tag) -> Table:
    made = Table([])
    for _, one in sorted(tag.inside.items()):
        if isinstance(one, _Tag) and one.type in {"THead", "TBody", "TFoot"}:
            made.rows += [_row(row) for _, row in sorted(one.inside.items()) if isinstance(row, _Tag)]
        elif isinstance(one, _Tag) and one.type == "TR":
            made.rows.append(_row(one))
        elif isinstance(one, _Tag):
            made.captions += _Walk().visit(one)
    return made


def _row(tag: _Tag) -> list[Cell]:
    cells = (one for _, one in sorted(tag.inside.items()) if isinstance(one, _Tag))
    return [Cell(_in_cell(one), one.across, one.along, one.type == "TH") for one in cells]


def _in_cell(tag: _Tag) -> list[Block]:
    if len(tag.inside) == 1 and isinstance(only := next(iter(tag.inside.values())), str):  # as in most cells
        return [Paragraph([Piece(only)])]
    return _Walk().visit(tag)


def _texts_in(tag: _Tag) -> Iterator[str]:
    for _, one in sorted(tag.inside.items()):
        yield from [one] if isinstance(one, str) else _texts_in(one)
