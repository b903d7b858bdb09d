"""The parts of a packed workbook, within bounds: nothing is unpacked that has not been measured."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from nianbao.inputs.files.inspected import Refused, damaged
from nianbao.textfile import TOO_MUCH, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_PARTS, MOST_BYTES, MOST_ELEMENTS = 2000, 8 << 20, 500_000
COPY = "多半有大片空白的行列带着格式：把表格复制到新的工作簿里，另存为 .xlsx"


class Package:
    """A packed file: its names, and the parts that are asked for.

    Raises
    ------
    Refused
        When it is damaged, or has too many parts.
    """

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged() from error
        self.left = MOST_BYTES
        if len(self.names) > MOST_PARTS:
            raise Refused(TOO_MUCH, f"内有{len(self.names)}个部件", f"最多{MOST_PARTS}个", "另存为新的 .xlsx")
        self._parts: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """One part, b'' when it is not there; all of them together have a bound."""
        if name not in self._parts:
            self._parts[name] = self._unpacked(name) if name in self.names else b""
        return self._parts[name]

    def _unpacked(self, name: str) -> bytes:
        about = self._zip.getinfo(name)
        if about.flag_bits & 1:
            raise protected()
        if about.file_size > self.left:
            size = f"{(MOST_BYTES - self.left + about.file_size) / (1 << 20):.0f} MiB"
            expected = f"最多{MOST_BYTES >> 20} MiB"
            raise Refused(TOO_MUCH, f"解开后超过{size}", expected, COPY)
        try:
            with self._zip.open(about) as part:
                data = part.read(self.left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise damaged() from error
        if len(data) != about.file_size:
            raise damaged()
        self.left -= len(data)
        return data

    def only(self, names: Iterable[str]) -> bytes:
        """A packed file with these parts alone, as they were measured."""
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w") as made:
            for name in names:
                if name in self.names:
                    made.writestr(zipfile.ZipInfo(name), self.read(name))
        return into.getvalue()


def protected() -> Refused:
    """The refusal of a workbook that asks for a password."""
    return Refused(UNREADABLE, "设有打开密码", "不设密码的工作簿", "打开后取消密码，再保存")


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML piece by piece; names come without their prefix.

    Raises
    ------
    Refused
        When it is no XML, defines entities of its own, or has more elements than any workbook of a report.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    count = 0

    def counted(name: str, about: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS:
            raise Refused(TOO_MUCH, "空白的行列太多", "一份填报表的行列", COPY)
        start(name.rpartition(":")[2], about)

    parser.StartElementHandler = counted
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise Refused(UNREADABLE, "其中的 XML 定义了实体", "电子表格程序保存的工作簿", "用电子表格打开，另存为新的 .xlsx")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise damaged() from error
