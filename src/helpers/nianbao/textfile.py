"""The bytes of a text file → its text, in whatever encoding an office's programs wrote it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.characters import cleaned, named
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import NotRead, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from nianbao.characters import Odd

UNREADABLE = Kind("F101", Severity.FAULT, "文件无法读取")
STRANGER = Kind("F109", Severity.FAULT, "不会读取的文件")
REFUSED = Kind("F110", Severity.FAULT, "文字里有控制符")
TOO_MUCH = Kind("F111", Severity.FAULT, "超出读取的上限")
ENCODING = Kind("I107", Severity.NOTE, "文件编码")
LEFT_OVER = Kind("I114", Severity.NOTE, "去掉了不可见字符")

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LONGEST_LINE = 20_000  # characters, several times as many as the longest paragraph has
MOST_LINES = 20_000
MOST_FAULTS = 50  # of one kind of thing in one file; nobody reads more at once
SHOWN = 10  # odd characters, each named once
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")  # the bytes of a character
_LOW, _LAST_COMMON = 0x80, 0xC6  # what the second byte of two in five characters is below in Big5; the first of common ones
_FEWEST_LOW, _MOST_LOW, _LEAST_COMMON = 8, 0.2, 0.9
# How a note of the bureau's own begins, with slips of the hand too.
OPENS = r"(?:[<＜‹〈《«][^\S\n]*[!！](?!DOCTYPE|[>＞›〉》»])|[!！]--(?!>)|[<＜‹]--)"
# A note, which is not printed. One in which another begins was not closed: to leave it out would take the text between
# them with it.
COMMENT = re.compile(rf"<!--(?!-?>)(?:(?!{OPENS}).)*?-->", re.S)
# A picture that stands in the text itself is no line that anyone has typed.
_PICTURE = re.compile(r"data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=]*")


@dataclass(slots=True)
class TextFile:
    """A file's text, '' when it cannot be used; why it cannot, and how it was read."""

    name: str
    text: str = ""
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def read_text(
    path: Path, name: str, expected: str, save_as: str = " UTF-8 ", read: Callable[[Path], bytes] = read_file
) -> TextFile:
    """Read one text file with one kind of line break and without unseen characters; never raises.

    Parameters
    ----------
    name : str
        What findings call it.
    expected, save_as : str
        What the file should be, and how to save it as that.
    read : callable
        What opens it: `InputFiles.read` for the files of params.
    """
    result = TextFile(name)

    def unreadable(found: str, action: str) -> TextFile:
        result.faults.append(Finding(UNREADABLE, name, Source(name), found, expected, action))
        return result

    try:
        raw = read(path)
    except NotRead as error:
        return unreadable(error.found, error.action)
    if raw.startswith(WORKBOOKS):
        return unreadable("是 Excel 工作簿，不是文本", f"另存为{save_as}".strip())
    try:
        text, encoding = decoded(raw)
    except UnicodeError:
        return unreadable("不是可识别的编码（UTF-8、UTF-16、GBK）", f"另存为{save_as}".strip())
    text, refused, taken = cleaned(lines_of(text))
    result.faults = [*_refusals(name, refused), *_too_much(name, text)]
    result.notes = [*encoding_notes(name, encoding, save_as), *_left_over(name, taken)]
    result.text = "" if result.faults else text
    return result


def decoded(raw: bytes) -> tuple[str, str]:
    """The text, and how its encoding is called in a note: '' for UTF-8, UTF-16 (with BOM), GBK or Big5.

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
    text, encoding = _in_a_codepage(raw)
    if "\0" in text:
        raise UnicodeError("no text")
    return text, encoding


def _in_a_codepage(raw: bytes) -> tuple[str, str]:
    """The text in GBK; in Big5 where too many of its characters are none of today's in GBK, and nearly all common in Big5.

    Traditional text in GBK has bytes that Big5 does not know; a few rare characters, as in names, tell nothing.
    """
    pairs = _PAIR.findall(raw)
    low, common = (sum(map(is_so, pairs)) for is_so in (lambda one: one[1] < _LOW, lambda one: one[0] <= _LAST_COMMON))
    if low >= _FEWEST_LOW and low > _MOST_LOW * len(pairs) and common > _LEAST_COMMON * len(pairs):
        try:
            return raw.decode("cp950"), "Big5"
        except UnicodeDecodeError:
            pass
    return raw.decode("gb18030"), "GBK"


def encoded(name: str, text: str) -> bytes:
    """A file's bytes: UTF-8, and a CSV begins with the mark by which spreadsheets know it."""
    return text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")


def lines_of(text: str) -> str:
    """The text with one kind of line break, as Python reads a file."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_notes(name: str, encoding: str, save_as: str) -> list[Finding]:
    """A note when a file was not read as UTF-8, with how to save it so that the note goes."""
    if not encoding:
        return []
    return [Finding(ENCODING, name, Source(name), f"按 {encoding} 读取", "UTF-8", f"另存为{save_as}可免此提示")]


def without_pictures(text: str) -> str:
    """The text without the data of pictures that stand in it, to be measured."""
    return _PICTURE.sub("", text) if "data:image/" in text else text


def mentions(path: Path, keys: Iterable[str], read: Callable[[Path], bytes] = read_file) -> bool:
    """Whether one of the keys stands anywhere in a YAML file but in a comment line; quicker by far than to parse it.

    The keys are ASCII, which has the same bytes in UTF-8 and in GBK.
    """
    try:
        raw = read(path)
        lines = (decoded(raw)[0].encode() if raw.startswith(WIDE) else raw).splitlines()
    except (NotRead, UnicodeError):
        return False
    words = [key.encode() for key in keys]
    return any(word in line for line in lines if not line.lstrip().startswith(b"#") for word in words)


def escaped(name: str, line: int, char: str) -> Finding:
    """The fault of a refused character that was written as an escape."""
    source = Source(name, line)
    return Finding(REFUSED, name, source, f"用转义写了{named(char)}", "看得见的文字", "删去这个转义")


def _refusals(name: str, refused: list[Odd]) -> Iterator[Finding]:
    for odd in refused[:SHOWN]:
        action = "删去这个字符；它看不见，多半是从别处粘贴进来的"
        yield Finding(REFUSED, odd.near, Source(name, odd.line), str(odd), "看得见的文字", action)


def _left_over(name: str, taken: list[Odd]) -> Iterator[Finding]:
    for odd in taken[:SHOWN]:
        yield Finding(LEFT_OVER, odd.near, Source(name, odd.line), str(odd), "", "已去掉；从文件里删去可免此提示")


def _too_much(name: str, text: str) -> Iterator[Finding]:
    """A fault for the first line that is too long, and for too many lines."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        source = Source(name, MOST_LINES + 1)
        yield Finding(TOO_MUCH, name, source, f"有{len(lines)}行", f"最多{MOST_LINES}行", "删去多余的行；核对文件是否放错")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE and (length := len(without_pictures(line))) > LONGEST_LINE:
            source = Source(name, number)
            yield Finding(TOO_MUCH, f"第{number}行", source, f"{length}个字符", f"一行最多{LONGEST_LINE}个字符", "分成几行")
            return


def first_of(name: str, faults: list[Finding], more: int = 0) -> list[Finding]:
    """The first of the faults of a file, and how many more there are; ``more`` of them are not in the list."""
    more = max(more, 0) + max(len(faults) - MOST_FAULTS, 0)
    if not more:
        return faults
    found, expected = f"至少还有{more}处故障没有列出", f"一次最多列出{MOST_FAULTS}处"
    return [*faults[:MOST_FAULTS], Finding(TOO_MUCH, name, Source(name), found, expected, "先改正以上各处")]
