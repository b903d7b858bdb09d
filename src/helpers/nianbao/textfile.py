"""The bytes of a text file → its text, in whatever encoding an office's programs wrote it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENCODING = Kind("I107", Severity.NOTE, "文件编码")


def decoded(raw: bytes) -> tuple[str, str]:
    """The text, and how its encoding is called in a note: '' for UTF-8, UTF-16 (with BOM) or GBK.

    Raises
    ------
    UnicodeError
        When the bytes are no text in any of these encodings.
    """
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnicodeError("UTF-32")
    wide = raw.startswith(WIDE)
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig"), "UTF-16" if wide else ""
    except UnicodeDecodeError:
        if wide:
            raise
    text = raw.decode("gb18030")
    if "\0" in text:
        raise UnicodeError("no text")
    return text, "GBK"


def lines_of(text: str) -> str:
    """The text with one kind of line break, as Python reads a file."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_notes(name: str, encoding: str, save_as: str) -> list[Finding]:
    """A note when a file was not read as UTF-8, with how to save it so that the note goes."""
    if not encoding:
        return []
    return [Finding(ENCODING, name, Source(name), f"按 {encoding} 读取", "UTF-8", f"另存为{save_as}可免此提示")]


def mentions(path: Path, keys: Iterable[str]) -> bool:
    """Whether one of the keys stands anywhere in a YAML file but in a comment line; quicker by far than to parse it.

    The keys are ASCII, which has the same bytes in UTF-8 and in GBK.
    """
    try:
        raw = path.read_bytes()
        lines = (decoded(raw)[0].encode() if raw.startswith(WIDE) else raw).splitlines()
    except (OSError, UnicodeError):
        return False
    words = [key.encode() for key in keys]
    return any(word in line for line in lines if not line.lstrip().startswith(b"#") for word in words)
