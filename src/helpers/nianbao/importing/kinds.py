"""The registry of the kinds of files that can be imported, told apart by their content; one entry a kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.importing import bookfile, docxfile, htmlfile, kitfile, plainfile, unseen
from nianbao.importing.flow import Unreadable, bounded
from nianbao.shown.docx import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.importing.flow import Flow
    from nianbao.statute.formats import Library

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
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


def _is_archive_of_page(raw: bytes) -> bool:
    """Whether bytes are a page that was saved with its pictures in one file, encoded as mail."""
    head = raw[:4096].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _read_archive_of_page(_: bytes, __: Library) -> Flow:
    raise Unreadable("是单个文件的网页（.mhtml、.mht）", "网页（.html）", "在浏览器里打开，另存为“网页，仅 HTML”")


def _read_entities(_: bytes, __: Library) -> Flow:
    raise Unreadable("网页里有自定义的实体（<!ENTITY>）", "没有自定义实体的网页", "在浏览器里打开，另存为“网页，仅 HTML”")


def _alike(read_: Callable[[bytes], Flow]) -> Callable[[bytes, Library], Flow]:
    """A way of reading that is the same whatever formats there are."""
    return lambda raw, _: read_(raw)


def _is_kit(raw: bytes) -> bool:
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


KINDS = (
    Kind(_is_docx, _alike(docxfile.read)),
    Kind(_is_workbook, bookfile.read),
    Kind(lambda raw: raw.startswith(PDF), _alike(kitfile.read_pdf)),
    Kind(_is_kit, kitfile.read_json),
    Kind(_is_archive_of_page, _read_archive_of_page),
    Kind(lambda raw: htmlfile.is_html(raw) and b"<!ENTITY" in raw, _read_entities),
    Kind(htmlfile.is_html, _alike(htmlfile.read)),
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
    kind = next((one for one in KINDS if one.is_one(raw)), None)
    if kind is None:
        raise _unknown(raw)
    try:
        return unseen.without(bounded(kind.read(raw, library)))
    except (RecursionError, MemoryError, json.JSONDecodeError):
        raise Unreadable("嵌套太深，或内容太多", READ, "核对是否放错了文件") from None


def _unknown(raw: bytes) -> Unreadable:
    """What a file is that no entry reads."""
    if raw.startswith(OLE):
        if _holds("EncryptedPackage", "EncryptionInfo")(raw):
            return Unreadable("文件加了密码", "没有密码的文件", "打开后去掉密码，另存一份")
        if _holds("WordDocument")(raw):
            return Unreadable("是旧式的 Word 文档（.doc）", READ, "用 Word 或 WPS 另存为 .docx")
        return Unreadable("是旧式的 Office 文件", READ, "用 Office 或 WPS 另存为 .docx 或 .xlsx")
    if raw.startswith(ZIP) and _holds("opendocument.text")(raw):
        return Unreadable("是 ODT 文档", READ, "用 LibreOffice 或 WPS 另存为 .docx")
    if raw.startswith(b"PK"):
        return Unreadable("是压缩包，或不完整的 Office 文件", READ, "解开压缩包，或重新另存一份")
    if raw.startswith(b"{\\rtf"):
        return Unreadable("是 RTF 文件", READ, "用 Word 或 WPS 另存为 .docx")
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")):
        return Unreadable("是图片，里面没有文字", READ, "用文字版的报告")
    return Unreadable("不是文字，也不是认得的文件", READ, "核对是否放错了文件")
