"""Office files are archives of XML: their parts, within bounds, without entities."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from nianbao.importing.flow import Unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MIB = 1 << 20
MOST_PARTS, LARGEST_PART, MOST_TAGS = 5_000, 24 * _MIB, 500_000
_READ_AGAIN = "用 Word 或 WPS 打开，另存一份"


class Package:
    """An archive whose parts are read one by one.

    Raises
    ------
    Unreadable
        When it is cut off, holds more than any report, or is locked.
    """

    def __init__(self, raw: bytes, what: str) -> None:
        self.what = what
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(raw))
            names = self.archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
            raise Unreadable("文件不完整，或已损坏", what, "重新下载或另存一份") from None
        if len(names) > MOST_PARTS:
            raise Unreadable(f"里面有{len(names)}个文件", f"最多{MOST_PARTS}个", _READ_AGAIN)
        self.names = set(names)
        if any(one.flag_bits & 1 for one in self.archive.infolist()):
            raise Unreadable("文件加了密码", f"没有密码的{what}", "打开后去掉密码，另存一份")

    def bytes(self, name: str) -> bytes:
        """A part's bytes; b'' for a part that is not there."""
        if name not in self.names:
            return b""
        try:
            if self.archive.getinfo(name).file_size > LARGEST_PART:
                raise _too_large(name)
            with self.archive.open(name) as part:
                data = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError):
            raise Unreadable("文件不完整，或已损坏", self.what, "重新下载或另存一份") from None
        except Exception as error:  # zlib.error, lzma's: whatever a broken stream raises
            if isinstance(error, Unreadable):
                raise
            raise Unreadable("文件不完整，或已损坏", self.what, "重新下载或另存一份") from None
        if len(data) > LARGEST_PART:
            raise _too_large(name)
        return data

    def xml(self, name: str) -> Element | None:
        """A part as XML; ``None`` for one that is not there."""
        data = self.bytes(name)
        if not data:
            return None
        # A part in UTF-16 has a NUL in each tag.
        if b"\0" in data[:200] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Unreadable("XML 里有自定义的实体，或不是 UTF-8", self.what, _READ_AGAIN)
        if data.count(b"<") > MOST_TAGS:
            raise _too_large(name)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
            raise Unreadable("XML 不完整，或已损坏", self.what, "重新下载或另存一份") from None


def _too_large(name: str) -> Unreadable:
    return Unreadable(f"展开以后的 {name} 太大", f"最多 {LARGEST_PART // _MIB} MiB、{MOST_TAGS} 个标签", _READ_AGAIN)
