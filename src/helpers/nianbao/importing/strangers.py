"""Files that hold no report that can be read, whatever they are called: what they are, and what to do.

Among them the texts of a report's folder, narrative.md and the YAML files, told from texts of elsewhere.
"""

from __future__ import annotations

import codecs
import re
from typing import NoReturn

from nianbao.importing.flow import INSTEAD, Unreadable
from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.textfile import decoded

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_UNPACK = "解开压缩包，导入里面的文件"
_AS_DOCX, _AS_XLSX = "用 Word 或 WPS 打开，另存为 .docx", "用 Excel 或 WPS 打开，另存为 .xlsx"
_WITH_WORDS = "用文字版的报告；只有图片的，照着录入"
_PAGE, _MAIL = "在浏览器里打开，另存为“网页，仅 HTML”", "打开邮件，把附件或正文另存出来，再导入"
# How a file begins → what it is, and what to do.
_SIGNS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"{\\rtf",), "RTF 文件（.rtf，有的叫 .doc）", _AS_DOCX),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"8BPS"), "图片，里面没有文字", _WITH_WORDS),
    ((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"), "压缩包（RAR、7Z 等）", _UNPACK),
    ((b"\xdb\xa5", b"\x31\xbe\0\0"), "很旧的 Word 文档（.doc）", _AS_DOCX),
    ((b"MZ", b"\x7fELF", b"SQLite format 3\0"), "程序或数据库", "核对是否放错了文件"),
    ((b"[InternetShortcut]", b"L\0\0\0\x01\x14\x02\0"), "快捷方式，里面没有报告", "打开它指的网页或文件，另存后导入"),
    ((b"CAJ\0", b"KDH ", b"HN\0\0", b"%!PS"), "版式文件（CAJ、PostScript 等）", INSTEAD),
)
# What an archive or a compound file names inside → what it is, and what to do.
_PACKED = (
    (("OFD.xml",), "OFD 版式文件", INSTEAD),
    (("ppt/presentation.xml",), "演示文稿（.pptx）", "用 Word 版的报告"),
    (("FixedDocumentSequence", "FixedDocSeq"), "XPS 版式文件", INSTEAD),
    (("opendocument.text",), "ODT 文档", "用 LibreOffice 或 WPS 另存为 .docx"),
    (("application/epub",), "电子书（.epub）", INSTEAD),
    (("Index/Document.iwa",), "Pages 或 Numbers 的文件", "在里面导出为 Word 或 Excel"),
)
_COMPOUND = (
    (("EncryptedPackage", "EncryptionInfo"), "加了密码的文件", "打开后去掉密码，另存一份"),
    (("WpsDocument", "WpsCustomData", "KSOProductBuildVer"), "WPS 文字的文件（.wps 或 .doc）", "用 WPS 另存为 .docx"),
    (("WordDocument",), "旧式的 Word 文档（.doc）", _AS_DOCX),
    (("PowerPoint Document",), "旧式的演示文稿（.ppt）", "用 Word 版的报告"),
    (("__substg1.0_", "__properties_version1.0"), "Outlook 的邮件（.msg）", _MAIL),
    (("ETExtData", "EtWorkbook"), "WPS 表格的文件（.et）", "用 WPS 另存为 .xlsx"),
    (("Book",), "很旧的工作簿（.xls）", _AS_XLSX),
)
_XML = (
    (b"schemas.microsoft.com/office/word", "Word 2003 的 XML 文档", _AS_DOCX),
    (b"schemas-microsoft-com:office:spreadsheet", "Excel 2003 的 XML 表格", _AS_XLSX),
    (b"application/vnd.oasis.opendocument", "ODF 的 XML 文件", "用 LibreOffice 或 WPS 另存为 .docx 或 .xlsx"),
    (b"uof", "UOF（标文通）文件", "用 WPS 另存为 .docx 或 .xlsx"),
    (b"<svg", "图片（.svg）", _WITH_WORDS),
    (b"", "XML 文件，不是网页", "核对是否放错了文件"),
)
_PICTURES = re.compile(rb"\.(?:png|jpe?g|gif|bmp|tiff?|webp)", re.I)
_FILES = re.compile(rb"\.(?:docx?|xlsx?|pdf|html?|csv|wps|et)", re.I)
_HEADER = re.compile(rb"(?im)^(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|x-[a-z-]+):")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096
# What a placeholder may begin with: `narrative.names.scope`, with tables as people write them.
_NAME = r"(?:机关(?:简称)?|年度|事实|上年|表[ 　]?[0-9０-９一二三四五六七八九十]{1,2})(?!\w)"
_PLACEHOLDER = re.compile(rf"\{{\{{[-(\s]*{_NAME}|\{{%[^%\n]*?(?<!\w){_NAME}")
_HEADING = re.compile("^#{1,3} ", re.M)  # a foreign text that has a placeholder seldom is Markdown
_OF_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body)\b", re.I)
_SEALED = re.compile(rb"<!-- seal [0-9a-f]{64} -->")  # of `run.seal`: reports have none
_KEY = re.compile(r"([a-z][a-z0-9_]*)[\x22']?\s*[:：](?=\s|$)")
_TABLE = re.compile(r"table[0-9]+")


def named(raw: bytes) -> tuple[str, str] | None:
    """What a file is that nobody may take for text, and what to do; ``None`` for what may hold a report."""
    bare = raw[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    for signs, what, action in _SIGNS:
        if bare.startswith(signs) and (not bare.startswith((b"BM", b"MZ")) or b"\0" in bare[:32]):
            return what, action
    if raw[4:8] == b"ftyp" or (raw[:4] == b"RIFF" and raw[8:12] in {b"WEBP", b"AVI ", b"WAVE"}):
        return "图片、录音或录像，里面没有文字", _WITH_WORDS
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32 编码的文字", "另存为 UTF-8"
    head = _narrow(raw[: 2 * _HEAD])
    if b"mime-version:" in head and b"multipart/related" in head:
        return "单个文件的网页（.mhtml、.mht）", _PAGE
    if _HEADER.match(head) and len(set(map(bytes.lower, _HEADER.findall(head[:2048])))) > 2:
        return "邮件（.eml）", _MAIL
    if head.startswith(b"<?xml") and b"<html" not in head and b"<!doctype html" not in head:
        return next((what, action) for sign, what, action in _XML if sign in head)
    return None


def unknown(raw: bytes) -> tuple[str, str] | None:
    """What an archive or a compound file is that is no document or workbook which can be read; ``None`` for any other."""
    parts = _COMPOUND if raw.startswith(OLE) else _PACKED if raw.startswith(ZIP) else ()
    for names, what, action in parts:
        if any(name.encode() in raw or name.encode("utf-16-le") in raw for name in names):
            return what, action
    if raw.startswith(OLE):
        return "旧式的 Office 文件", "用 Office 或 WPS 另存为 .docx 或 .xlsx"
    if not raw.startswith(ZIP):
        return None
    if _FILES.search(raw):
        return "压缩包（.zip），报告还在里面", _UNPACK
    if _PICTURES.search(raw):
        return "图片的压缩包（.zip），里面没有文字", _WITH_WORDS
    return "压缩包，或不完整的 Office 文件", "解开压缩包，或重新另存一份"


def marked(raw: bytes) -> bytes:
    """Bytes of text in UTF-16 that do not begin with its mark, with the mark; any others as they are."""
    if len(raw) < 4 or len(raw) % 2 or raw.startswith((*_WIDE, OLE, ZIP)) or not _is_no_utf8(raw):
        return raw
    for mark, codec in zip(_WIDE, ("utf-16-le", "utf-16-be"), strict=True):
        text = raw[: 2 * _HEAD].decode(codec, "ignore")
        if text and sum(map(_is_usual, text)) >= 0.95 * len(text):
            return mark + raw
    return raw


def _is_no_utf8(raw: bytes) -> bool:
    try:
        return "\0" in raw.decode()
    except UnicodeDecodeError:
        return True


def _is_usual(char: str) -> bool:
    """Whether a character is one of a Chinese report: Han, its points, or what a keyboard has."""
    return char in "\t\r\n“”‘’—…·" or " " <= char <= "~" or "\u4e00" <= char <= "\u9fff" or char >= "\uff01" or (
        "\u3000" <= char <= "\u3020"
    )  # fmt: skip


def _narrow(raw: bytes) -> bytes:
    """The beginning of a file in lower case, one byte a letter in UTF-16 too."""
    if raw.startswith(_WIDE):
        raw = raw.decode("utf-16", "ignore").encode()
    return raw.removeprefix(codecs.BOM_UTF8).lstrip().lower()


def is_of_folder(raw: bytes) -> bool:
    """Whether bytes are a text as a report's folder has them: YAML with its keys, or Markdown with its placeholders."""
    try:
        text = decoded(raw)[0]
    except UnicodeError:
        return False
    begun = [line for line in text.splitlines() if line[:1] not in {"", " ", "\t", "#", "-", "}", "]"}]
    keys = [found.group(1) for line in begun if (found := _KEY.match(line))]
    reports = sum(key in ReportParams.model_fields or _TABLE.fullmatch(key) is not None for key in keys)
    if 2 * max(reports, sum(key in BureauParams.model_fields for key in keys)) > len(begun):
        return True
    return bool(_PLACEHOLDER.search(text) and _HEADING.search(text) and not _OF_PAGE.search(text))


def refuse_of_folder(_: bytes) -> NoReturn:
    """Refuse such a file.

    Raises
    ------
    Unreadable
        Always: what it prints stands in other files of its folder.
    """
    expected = "印好的报告（report.html、report.json 等），或别处来的网页、文档、表格"
    action = "要用它，直接复制到那份报告的文件夹里；用上年的正文起草今年的，运行 nianbao new --text"
    raise Unreadable(
        "像是 nianbao 的文件夹里的文件（narrative.md、report.yaml、bureau.yaml），不是印好的报告", expected, action
    )


def is_of_outputs(raw: bytes) -> bool:
    """Whether bytes are the page of nianbao's that lists all reports, or that with the words of their findings."""
    return b'<meta name="generator" content="nianbao">' in raw[:_HEAD] and _SEALED.search(raw) is not None


def refuse_of_outputs(_: bytes) -> NoReturn:
    """Refuse such a page.

    Raises
    ------
    Unreadable
        Always: it tells of reports, and is none.
    """
    expected, action = (
        "印好的报告（report.html、report.json 等）",
        "选那份报告的文件夹里的 report.json、report.html 或 report.docx",
    )
    raise Unreadable("是 nianbao 的目录页或核查发现（index.html、findings.html），不是印好的报告", expected, action)
