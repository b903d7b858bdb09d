"""The registry of the kinds of files that can be imported, told apart by their content; one entry a kind."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.importing import docxfile, kitfile, plainfile, radicals, strangers, unseen
from nianbao.importing.flow import (
    LONGEST,
    LONGEST_CELL,
    MOST_BLOCKS,
    MOST_CHARACTERS,
    Grid,
    Paragraph,
    Unreadable,
)
from nianbao.importing.html import webpage
from nianbao.importing.strangers import OLE
from nianbao.importing.workbooks import bookfile
from nianbao.shown.docx import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.importing.flow import Flow
    from nianbao.statute.formats import Library

ZIP, PDF = b"PK\x03\x04", b"%PDF-"
_OBJECT = re.compile(rb'\s*\{\s*(?:["}]|\Z)')
READ = "网页、Word 文档（.docx）、CSV、电子表格，或 nianbao 自己生成的文件"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: whether bytes are one, and how they are read by the formats that there are."""

    is_one: Callable[[bytes], bool]
    read: Callable[[bytes, Library], Flow]


def _holds(*names: str) -> Callable[[bytes], bool]:
    """Whether an archive, or a compound file, names one of these parts."""
    known = [name.encode() for name in names] + [name.encode("utf-16-le") for name in names]
    return lambda raw: any(name in raw for name in known)


def _is_docx(raw: bytes) -> bool:
    return raw.startswith(ZIP) and (_holds(DOCUMENT)(raw) or docxfile.is_one(raw))


def _is_workbook(raw: bytes) -> bool:
    """Whether bytes are an XLSX, an ODS or an XLS; one with a password is said to be so by its reader."""
    packed = raw.startswith(ZIP) and _holds("xl/workbook.xml", "xl/workbook.bin", "opendocument.spreadsheet")(raw)
    return packed or (raw.startswith(OLE) and _holds("Workbook")(raw) and not _holds("WordDocument")(raw))


def _read_entities(_: bytes, __: Library) -> Flow:
    raise Unreadable("网页里有自定义的实体（<!ENTITY>）", "没有自定义实体的网页", "在浏览器里打开，另存为“网页，仅 HTML”")


def _is_pdf(raw: bytes) -> bool:
    """Whether bytes are a PDF; a mark or line breaks may stand before it."""
    return raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(PDF)


def _alike(read_: Callable[[bytes], Flow]) -> Callable[[bytes, Library], Flow]:
    """A way of reading that is the same whatever formats there are."""
    return lambda raw, _: read_(raw)


def _is_kit(raw: bytes) -> bool:
    """Whether bytes are JSON: an object with a key, or the beginning of one; ``{{ title }}`` is none."""
    return _OBJECT.match(raw.removeprefix(b"\xef\xbb\xbf")) is not None


KINDS = (
    Kind(_is_docx, _alike(docxfile.read)),
    Kind(_is_workbook, bookfile.read),
    Kind(_is_pdf, _alike(kitfile.read_pdf)),
    Kind(_is_kit, kitfile.read_json),
    Kind(strangers.is_of_folder, _alike(strangers.refuse_of_folder)),
    Kind(strangers.is_of_outputs, _alike(strangers.refuse_of_outputs)),
    Kind(lambda raw: webpage.is_html(raw) and b"<!ENTITY" in raw, _read_entities),
    Kind(webpage.is_html, _alike(webpage.read)),
    Kind(plainfile.is_text, _alike(plainfile.read)),
)


def read(raw: bytes, library: Library) -> Flow:
    """The flow of a file; ``library`` holds the formats whose tables it may have.

    Raises
    ------
    Unreadable
        When it is of no known kind, or cannot be read.
    """
    if not raw.strip():
        raise Unreadable("文件是空的", READ, "核对是否放错了文件")
    raw = strangers.marked(raw)
    stranger = strangers.named(raw)
    kind = None if stranger else next((one for one in KINDS if one.is_one(raw)), None)
    if kind is None:
        what, action = stranger or strangers.unknown(raw) or ("不是文字，也不是认得的文件", "核对是否放错了文件")
        is_ = "" if what.startswith("不") else "是 " if what[0].isascii() else "是"
        raise Unreadable(f"{is_}{what}", READ, action)
    try:
        return radicals.written_out(unseen.without(_bounded(kind.read(raw, library))))
    except (RecursionError, MemoryError, json.JSONDecodeError):
        raise Unreadable("嵌套太深，或内容太多", READ, "核对是否放错了文件") from None


def _bounded(flow: Flow) -> Flow:
    """The flow.

    Raises
    ------
    Unreadable
        When it is larger than any report.
    """
    texts = [(one.place, [one.text], LONGEST) for one in flow.blocks if isinstance(one, Paragraph)]
    texts += [
        (one.place, [cell for row in one.rows for cell in row], LONGEST_CELL) for one in flow.blocks if isinstance(one, Grid)
    ]
    for place, some, limit in texts:
        longest = max(map(len, some), default=0)
        if longest > limit:
            what = "一段" if limit == LONGEST else "一格"
            raise Unreadable(f"{place}有{longest}个字符", f"{what}最多{limit}个字符", "核对是否放错了文件，或分成几段")
    length = sum(len(text) for _, some, _ in texts for text in some)
    if len(flow.blocks) > MOST_BLOCKS or length > MOST_CHARACTERS:
        found = f"有{len(flow.blocks)}段、{length}个字符，不像一份报告"
        raise Unreadable(found, f"最多{MOST_BLOCKS}段、{MOST_CHARACTERS}个字符", "只保留报告的正文")
    return flow
