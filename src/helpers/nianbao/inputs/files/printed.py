"""What a workbook prints above and below the pages of a sheet, without the codes for fonts, numbers of pages and days."""

from __future__ import annotations

import re
import struct

_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]{1,3} ?|.)', re.DOTALL)
_PART, _AMPERSAND = re.compile("&[LCR]"), "&&"
_FOLIO = re.compile(r"&[PN](?:[+-][0-9]+)?")
_OF_PAGES = re.compile(r"[第共页码:：,，、/\\\s\x00—–－-]|page|of", re.I)
_LINE = re.compile(r"\s*\n\s*")
_HEAD = struct.Struct("<28xH4H")  # of what an XLS says of its even and first pages, behind the kind of the record
_ELEMENTS = {f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer")}
_OF_ODS = {f"{part}{page}" for part in ("header", "footer") for page in ("", "-left", "-first")}


def lines(text: str) -> list[str]:
    """The lines of one header or footer, as XLSX and XLS write it; numbers of pages, days, names of files are none."""
    parts = _PART.split(text.replace("\r", ""))
    plain = (_CODE.sub(_written, _FOLIO.sub("\x00", part)) for part in parts)
    return [line.replace("\x00", "") for part in plain for line in _told(part)]


def _written(code: re.Match[str]) -> str:
    return "&" if code[0] == _AMPERSAND else ""


def _told(part: str) -> list[str]:
    some = (line.strip() for line in _LINE.split(part))
    return [line for line in some if line and ("\x00" not in line or _OF_PAGES.sub("", line))]


def of_even_and_first(record: bytes) -> list[str]:
    """The lines that an XLS prints on even pages and the first one."""
    if len(record) < _HEAD.size:
        return []
    at, found = _HEAD.size, list[str]()
    for count in _HEAD.unpack_from(record)[1:]:
        if count:
            size = count * 2 if record[at + 2] & 1 else count
            text = record[at + 3 : at + 3 + size].decode("utf-16-le" if record[at + 2] & 1 else "latin-1", "replace")
            found += lines(text)
            at += 3 + size
    return found


class OfXlsx:
    """Collects the headers and footers of an XLSX sheet."""

    def __init__(self) -> None:
        self.inside = ""
        self.found: list[str] = []

    def start(self, name: str) -> None:
        """Take the beginning of an element."""
        if name in _ELEMENTS:
            self.inside = name
            self.found.append("")

    def text(self, some: str) -> None:
        """Take some text."""
        if self.inside:
            self.found[-1] += some

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == self.inside:
            self.inside = ""

    @property
    def lines(self) -> list[str]:
        """What is printed there, a line each."""
        return [line for one in self.found for line in lines(one)]


class OfOds:
    """Collects the headers and footers of an ODS workbook by the pages that its sheets are printed on."""

    def __init__(self) -> None:
        self.page, self.inside, self.in_line = "", "", False
        self.found: dict[str, list[str]] = {}
        self.pages: dict[str, str] = {}  # of the styles of sheets

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element of the styles, or of the contents."""
        if name == "style" and about.get("style:family") == "table":
            self.pages[about.get("style:name", "")] = about.get("style:master-page-name", "")
        elif name == "master-page":
            self.page = about.get("style:name", "")
            self.found[self.page] = []
        elif name in _OF_ODS and self.page and about.get("style:display") != "false":
            self.inside = name
        elif self.inside and name == "p":
            self.in_line = True
            self.found[self.page].append("")
        elif self.in_line and name in {"page-number", "page-count"}:
            self.found[self.page][-1] += "\x00"
            self.in_line = False  # what stands there is a number of some page
        elif self.in_line and name in {"date", "time", "sheet-name", "file-name"}:
            self.in_line = False

    def text(self, some: str) -> None:
        """Take some text."""
        if self.in_line:
            self.found[self.page][-1] += some

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == self.inside:
            self.inside, self.in_line = "", False
        elif name == "p":
            self.in_line = False
        elif self.inside and name in {"page-number", "page-count", "date", "time", "sheet-name", "file-name"}:
            self.in_line = True
        elif name == "master-page":
            self.page = ""

    def of(self, style: str) -> list[str]:
        """What is printed on the pages of a sheet with a style, a line each."""
        return [line.replace("\x00", "") for one in self.found.get(self.pages.get(style, ""), ()) for line in _told(one)]
