"""Read a PDF back by its tags, as a screen reader does. Only this module knows PDFium."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from nianbao.shown.seen import Seen, squeezed

STAMP = "草稿"
# Tags inside a line, as PDFium hands them out.
_INLINE = {
    f"{name}\0".encode("utf-16-le")
    for name in ("Span", "Link", "Em", "Strong", "Code", "Sub", "Quote", "Ruby", "RB", "RT", "RP", "Figure", "Annot")
}
_LONGEST = 1 << 16  # characters of one piece of text, which is part of a line
_ROOM: Any = ctypes.create_string_buffer(2 * _LONGEST)  # where PDFium puts each text


def _of_numbers(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives handles as numbers: typed pointers take most of a call's time."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_HANDLE, _INT = ctypes.c_void_p, ctypes.c_int
_PIECES = _of_numbers(raw.FPDFPage_CountObjects, _INT, _HANDLE)
_PIECE = _of_numbers(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
_TEXT = _of_numbers(raw.FPDFTextObj_GetText, ctypes.c_ulong, _HANDLE, _HANDLE, _HANDLE, ctypes.c_ulong)
_MARK = _of_numbers(raw.FPDFPageObj_GetMarkedContentID, _INT, _HANDLE)
_CHILDREN = _of_numbers(raw.FPDF_StructElement_CountChildren, _INT, _HANDLE)
_CHILD = _of_numbers(raw.FPDF_StructElement_GetChildAtIndex, _HANDLE, _HANDLE, _INT)
_TYPE = _of_numbers(raw.FPDF_StructElement_GetType, ctypes.c_ulong, _HANDLE, _HANDLE, ctypes.c_ulong)
_MARK_OF = _of_numbers(raw.FPDF_StructElement_GetChildMarkedContentID, _INT, _HANDLE, _INT)
_DEEPEST = 100  # levels of tags
Path = tuple[int, ...]
"""A place in the tree of tags: of each level the number of the child. It is the same on every page."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its type, such as ``H2`` or ``TD``, and the columns and rows that a cell takes."""

    type: str
    across: int = 1
    along: int = 1


def tagged(made: bytes, most_pages: int) -> tuple[dict[Path, Tag], dict[Path, str]]:
    """All tags of a PDF, and the text of each place that holds some, by their places; nothing for an untagged one.

    Raises
    ------
    ValueError
        When it cannot be read, is locked, or has too many pages.
    """
    tags: dict[Path, Tag] = {}
    texts: dict[Path, str] = defaultdict(str)
    try:
        with pypdfium2.PdfDocument(made) as document:
            if len(document) > most_pages:
                raise ValueError(f"{len(document)} pages")
            for page in document:
                pieces = _texts(page)
                for path, _, mark in _marks(page, tags):
                    texts[path] += pieces.get(mark, "").replace("\x02", "-")
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    return tags, dict(texts)


def read(made: bytes) -> Seen:
    """What a PDF says in the order of its tags; untagged are page numbers, stamps and repeated heads of tables."""
    tagged: dict[Path, str] = defaultdict(str)
    blocks: dict[Path, Path] = {}
    stamps = []
    with pypdfium2.PdfDocument(made) as document:
        about = document.get_metadata_dict(skip_empty=True)
        pages = list(document)  # kept open together, so that each font is read once
        for page in pages:
            texts = _texts(page)
            stamps.append(STAMP in texts.pop(-1, ""))
            for path, block, mark in _marks(page):
                tagged[path] += texts.get(mark, "")
                blocks[path] = block
    said: dict[Path, str] = defaultdict(str)
    for path in sorted(tagged):
        said[blocks[path]] += tagged[path]
    # PDFium hands out a hyphen at a line's end as U+0002.
    found = (squeezed(text.replace("\x02", "-")) for text in said.values())
    title = squeezed(about.pop("Title", ""))
    return Seen(tuple(filter(None, found)), tuple(stamps), about=(title, *about.values()))


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


def _marks(page: Any, tags: dict[Path, Tag] | None = None) -> list[tuple[Path, Path, int]]:
    """The marks of a page: the place of each, that of the block it belongs to, and its number.

    ``tags`` collects the tags on the way to them.
    """
    found: list[tuple[Path, Path, int]] = []
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            if element := raw.FPDF_StructTree_GetChildAtIndex(tree, index):
                _collect(ctypes.cast(element, _HANDLE).value, (index,), (index,), found)
                if tags is not None:
                    _describe(element, (index,), tags)
    finally:
        raw.FPDF_StructTree_Close(tree)
    return found


def _describe(element: Any, path: Path, tags: dict[Path, Tag]) -> None:
    """Note an element and all below it; a page hands out those that it shows."""
    size = raw.FPDF_StructElement_GetType(element, _ROOM, _LONGEST)
    spans = {"ColSpan": 1, "RowSpan": 1}
    for index in range(raw.FPDF_StructElement_GetAttributeCount(element)):
        about = raw.FPDF_StructElement_GetAttributeAtIndex(element, index)
        for name in spans:
            value, number = raw.FPDF_StructElement_Attr_GetValue(about, name.encode()), ctypes.c_float()
            if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, number):
                spans[name] = int(number.value)
    tags[path] = Tag(_ROOM[:size].decode("utf-16-le").strip("\0"), spans["ColSpan"], spans["RowSpan"])
    for index in range(raw.FPDF_StructElement_CountChildren(element) if len(path) < _DEEPEST else 0):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
            _describe(child, (*path, index), tags)


def _collect(element: int | None, path: Path, block: Path, found: list[tuple[Path, Path, int]]) -> None:
    for index in range(_CHILDREN(element)):
        here = (*path, index)
        if child := _CHILD(element, index):
            size = _TYPE(child, _ROOM, _LONGEST)
            _collect(child, here, block if _ROOM[:size] in _INLINE else here, found)
        elif (mark := _MARK_OF(element, index)) >= 0:
            found.append((here, block, mark))
