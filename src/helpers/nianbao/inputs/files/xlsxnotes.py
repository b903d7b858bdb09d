"""The comments on the cells of an XLSX workbook's sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.inputs.files.inspected import MOST_COMMENTS, Comment, damaged
from nianbao.inputs.files.packed import parse
from nianbao.wording import column_number

if TYPE_CHECKING:
    from nianbao.inputs.files.inspected import Bounds
    from nianbao.inputs.files.packed import Package

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_IN_THREADS = "tc="  # the author of what stands in old programs for a thread of comments


def place_of(address: str) -> tuple[int, int]:
    """The row and column, from 0, of an address such as ``C5``.

    Raises
    ------
    Refused
        When it is no address.
    """
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise damaged()
    return int(found[2]) - 1, column_number(found[1])


def comments(package: Package, sheet: str, name: str, bounds: Bounds) -> list[Comment]:
    """The comments on a sheet, those in threads with all that was answered."""
    parts = package.related(sheet)
    people = _people(package) if "threadedComment" in parts else {}
    found = [one for part in parts.get("comments", ()) for one in _plain(package.read(part))]
    found = [one for one in found if not one.who.startswith(_IN_THREADS)]
    found += [one for part in parts.get("threadedComment", ()) for one in _threads(package.read(part), people)]
    for one in found:
        bounds.add(name, 0, 0, len(one.said))
    if len(found) > MOST_COMMENTS:
        bounds.refuse(f"有{len(found)}条批注", f"最多{MOST_COMMENTS}条", name)
    return sorted(found)


def _plain(data: bytes) -> list[Comment]:
    made: list[Comment] = []
    authors: list[str] = []
    inside = ""

    def start(name: str, about: dict[str, str]) -> None:
        nonlocal inside
        inside = name if name in {"author", "t"} else ""
        if name == "author":
            authors.append("")
        elif name == "comment":
            number = about.get("authorId", "")
            who = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            made.append(Comment(*place_of(about.get("ref", "")), who, ""))

    def text(some: str) -> None:
        if inside == "author":
            authors[-1] += some
        elif inside == "t" and made:
            made[-1] = made[-1]._replace(said=made[-1].said + some)

    def end(name: str) -> None:
        nonlocal inside
        inside = "" if name == inside else inside

    if data:
        parse(data, start, end, text)
    return made


def _threads(data: bytes, people: dict[str, str]) -> list[Comment]:
    made: list[Comment] = []
    inside = ""

    def start(name: str, about: dict[str, str]) -> None:
        nonlocal inside
        inside = name
        if name == "threadedComment":
            made.append(Comment(*place_of(about.get("ref", "")), people.get(about.get("personId", ""), ""), ""))

    def text(some: str) -> None:
        if inside == "text" and made:
            made[-1] = made[-1]._replace(said=made[-1].said + some)

    if data:
        parse(data, start, None, text)
    return made


def _people(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, about: dict[str, str]) -> None:
        if name == "person":
            found[about.get("id", "")] = about.get("displayName", "")

    for name in package.names:
        if name.startswith("xl/persons/") and (data := package.read(name)):
            parse(data, start)
    return found
