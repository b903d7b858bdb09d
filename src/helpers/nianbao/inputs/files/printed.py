"""What a workbook prints above and below the pages of a sheet, without the codes for fonts, numbers of pages and days."""

from __future__ import annotations

import re
import struct

_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[PN](?:[+-][0-9]+)?|[0-9]{1,3} ?|.)', re.DOTALL)
_PAGE, _PART = "\x00", "\x01"  # for the number of a page, and between what stands on the left, in the middle, on the right
_WRITTEN = {"&&": "&", "&L": _PART, "&C": _PART, "&R": _PART}
_OF_PAGES = re.compile(r"[第共页码:：,，、/\\\s\x00—–－-]|page|of", re.I)
_LINE = re.compile(r"\s*\n\s*")
_HEAD = struct.Struct("<28xH4H")  # of what an XLS says of its even and first pages, behind the kind of the record
_ELEMENTS = {f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer")}
_OF_ODS = {f"{part}{page}" for part in ("header", "footer") for page in ("", "-left", "-first")}


def lines(text: str) -> list[str]:
    """The lines of one header or footer, as XLSX and XLS write it; numbers of pages, days, names of files are none."""
    parts = _CODE.sub(_written, text.replace("\r", "")).split(_PART)
    return [line.replace(_PAGE, "") for part in parts for line in _told(part)]


def _written(code: re.Match[str]) -> str:
    return _PAGE if code[0][:2] in {"&P", "&N"} else _WRITTEN.get(code[0], "")


def _told(part: str) -> list[str]:
    some = (line.strip() for line in _LINE.split(part))
    return [line for line in some if line and ("\x00" not in line or _OF_PAGES.sub("", line))]


def of_even_and_first(record: bytes) -> list[str]:
    """The lines that an XLS prints on even pages and the first one, where it prints others there than on odd ones."""
    if len(record) < _HEAD.size:
        return []
    at, found = _HEAD.size, list[str]()
    flags, *counts = _HEAD.unpack_from(record)
    for count, is_printed in zip(counts, [flags & 1, flags & 1, flags & 2, flags & 2], strict=True):
        if count:
            size = count * 2 if record[at + 2] & 1 else count
            text = record[at + 3 : at + 3 + size].decode("utf-16-le" if record[at + 2] & 1 else "latin-1", "replace")
            found += lines(text) if is_printed else []
            at += 3 + size
    return found


class OfXlsx:
    """Collects the headers and footers of an XLSX sheet."""

    def __init__(self) -> None:
        self.inside = ""
        self.pages = {"odd"}
        self.found: list[str] = []

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element. Even pages and the first one have others only where the sheet says so."""
        if name == "headerFooter":
            asked = {"even": about.get("differentOddEven"), "first": about.get("differentFirst")}
            self.pages |= {page for page, said in asked.items() if said in {"1", "true"}}
        if name in _ELEMENTS and name.removesuffix("Header").removesuffix("Footer") in self.pages:
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
