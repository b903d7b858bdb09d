"""The parts of a packed file, and XML, within bounds: nothing is unpacked that has not been measured."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum, auto
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

# The names that ISO 29500 Strict has for what every program else calls otherwise.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")


class Why(Enum):
    """Why a packed file is not read."""

    DAMAGED, LOCKED, PARTS, LARGE, ELEMENTS, ENTITIES = (auto() for _ in range(6))


class Kind(NamedTuple):
    """A kind of packed files.

    Parameters
    ----------
    parts, size, elements : int
        How many parts it may have, how many bytes those may have that are read, and how many elements each of them.
    refusal : function
        What is raised, by why, and by how many parts or bytes there are.
    """

    parts: int
    size: int
    elements: int
    refusal: Callable[[Why, int], Exception]


class Package:
    """A packed file: its names, and the parts that are asked for.

    Raises
    ------
    Exception
        The kind's refusal, when it is damaged or locked, or holds more than the kind may.
    """

    def __init__(self, raw: bytes, kind: Kind) -> None:
        self.kind, self.left = kind, kind.size
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise kind.refusal(Why.DAMAGED, 0) from None
        if len(self.names) > kind.parts:
            raise kind.refusal(Why.PARTS, len(self.names))
        self._parts: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """One part, b'' when it is not there; all of them together have a bound."""
        if name not in self._parts:
            self._parts[name] = self._unpacked(name) if name in self.names else b""
        return self._parts[name]

    def fits(self, name: str, most: int) -> bool:
        """Whether a part has no more bytes than so many, and than may still be read."""
        return name in self._parts or name not in self.names or self._zip.getinfo(name).file_size <= min(most, self.left)

    def _unpacked(self, name: str) -> bytes:
        about, refusal = self._zip.getinfo(name), self.kind.refusal
        if about.flag_bits & 1:
            raise refusal(Why.LOCKED, 0)
        if about.file_size > self.left:
            raise refusal(Why.LARGE, self.kind.size - self.left + about.file_size)
        try:
            with self._zip.open(about) as part:
                data = part.read(self.left + 1)
        except Exception:  # zlib's errors, lzma's: whatever a broken stream raises
            raise refusal(Why.DAMAGED, 0) from None
        if len(data) != about.file_size:
            raise refusal(Why.DAMAGED, 0)
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

    def tree(self, name: str) -> Element | None:
        """One part as XML; ``None`` for one that is not there."""
        data, refusal = self.read(name), self.kind.refusal
        if not data:
            return None
        # A part in UTF-16 has a NUL in each tag.
        if b"\0" in data[:200] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise refusal(Why.ENTITIES, 0)
        if data.count(b"<") > self.kind.elements:
            raise refusal(Why.ELEMENTS, 0)
        try:
            return ElementTree.fromstring(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data))
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
            raise refusal(Why.DAMAGED, 0) from None

    def related(self, part: str = "") -> dict[str, list[str]]:
        """The parts that belong to a part, or to the package itself, by what they are to it: ``styles``, ``comments`` …"""
        found: dict[str, list[str]] = {}
        for kind, name in self.relations(part).values():
            found.setdefault(kind, []).append(name)
        return found

    def relations(self, part: str = "") -> dict[str, tuple[str, str]]:
        """The same parts by the ids that the part has for them: what each is to it, and its name."""
        found: dict[str, tuple[str, str]] = {}
        tree = self.tree(join(dirname(part), "_rels", f"{basename(part)}.rels"))
        for at, one in enumerate(tree if tree is not None else ()):
            if one.get("TargetMode") != "External":
                name = normpath(join("/", dirname(part), one.get("Target", ""))).lstrip("/")
                found[one.get("Id") or f"{at}"] = one.get("Type", "").rpartition("/")[2], name
        return found


def tree_of(text: str) -> Element:
    """A part that the kit has written itself, and is about to pack, as XML."""
    return ElementTree.fromstring(text)


def parse(
    data: bytes,
    kind: Kind,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML piece by piece; names come without their prefix.

    Raises
    ------
    Exception
        The kind's refusal, when it is no XML, defines entities of its own, or has too many elements.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    count = 0

    def counted(name: str, about: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > kind.elements:
            raise kind.refusal(Why.ELEMENTS, 0)
        start(name.rpartition(":")[2], about)

    parser.StartElementHandler = counted
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise kind.refusal(Why.ENTITIES, 0)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise kind.refusal(Why.DAMAGED, 0) from None
