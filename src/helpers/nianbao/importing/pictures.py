"""The pictures of the files of an import: which go into the report's folder, under which names, and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nianbao import pictures
from nianbao.digests import digest
from nianbao.importing import keeping, prose, record
from nianbao.importing.flow import LINK, Paragraph
from nianbao.importing.words import one_line
from nianbao.pictures import KINDS
from nianbao.shown.blocks import PICTURE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nianbao.importing.flow import Block, Flow, Picture
    from nianbao.importing.outline import Outline
    from nianbao.paths import ReportPaths

NOT_TAKEN = "下列图片没有取用：要用的，另存为 png 或 jpg 放进报告的文件夹，在 narrative.md 里写 ![说明](文件名)"
CHANGED = "稿子里的下列图片与印出的不同，没有改：要改的，把图片放进文件夹，改 narrative.md 里的那一行"
_ANOTHER = "不是印出的那一幅：换过，或者另存时压缩过"
_OUTSIDE = "在正文之外（封面上、落款旁等）"
_BEGINS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_OTHERS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"\x01\0\0\0": "EMF",
    b"\xd7\xcd\xc6\x9a": "WMF",
}
# A program makes names such as image1.png, and puts the way to a file, or a guess of its own, in place of words.
_OWN = re.compile(r"[\w-]*[\u4e00-\u9fff][\w-]*\.(?:png|jpe?g)", re.I)
_MADE = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?)$|^[0-9a-f-]{16,}$|自动生成|generated", re.I)
_MOST_WORDS = 30  # characters that are quoted of a paragraph
_LONGEST = 60  # characters of a file's name


class Saved(NamedTuple):
    """A picture that is a file of the folder: its place, its line in narrative.md, its name."""

    place: str
    line: str
    name: str


@dataclass(slots=True)
class Pictured:
    """What becomes of the pictures of an import.

    Parameters
    ----------
    files : dict
        The name of each file that is to be written → its bytes; one that is there already is not.
    asked : list of str
        The pictures that are not taken, with why.
    behind : dict
        The lines of the pictures, by the place of the text behind which they stand.
    """

    saved: list[Saved] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    behind: dict[str, list[str]] = field(default_factory=dict)

    def without(self, left_out: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """What was left out but for the pictures that were taken after all."""
        places = {one.place for one in self.saved}
        return [one for one in left_out if one[2] != PICTURE or one[0] not in places]

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """What was made of the pictures, as `Imported.said`."""
        return [(one.place, one.line, f"图片，存为 {one.name}") for one in self.saved]


def taken(
    flows: Sequence[Flow], paths: ReportPaths, laid_out: Mapping[Path, Collection[bytes]], outline: Outline
) -> Pictured:
    """Judge and name the pictures of all files; one that lies in the folder already keeps its name there."""
    into = Pictured()
    there = {digest(data): path.name for path in _there(paths) if (data := record.there(path)) is not None}
    chapters = (*outline.chapters, *outline.attachments)
    parts = [*outline.preamble, *(part for one in chapters for part in (one.heading, *one.parts))]
    places, signed = {part.place for part in parts}, {place for _, place in outline.values.values()}
    for flow in flows:
        for one in flow.pictures:
            anchor = _anchor(flow.blocks[: one.above], places, signed)
            kind, why = _kind(one) if anchor else ("", _OUTSIDE)
            if why:
                into.asked.append(f"{one.place}{_said(one)}：{why}")
                continue
            known = digest(one.data)
            if known not in there:
                there[known] = _name(one, kind, paths, laid_out, into)
                into.files[there[known]] = one.data
            line = f"![{prose.escaped(_words(one))}]({there[known]})"
            into.saved.append(Saved(one.place, line, there[known]))
            into.behind.setdefault(anchor, []).append(line)
    return into


def changed(flow: Flow, own: Flow) -> list[str]:
    """What is otherwise in the pictures of a file that came back: put in, taken out, another one in their place.

    ``own`` is what the folder prints now. A picture is known by what the file says of it, and by its bytes; those that cells
    of the notebook have printed are looked at with these.
    """
    listed = {one.place: one.text for one in _listed(flow.blocks)}
    of_cells = {one.text for one in _listed(block for block, cell in flow.given if cell)}
    printed = [one.text for one in _listed(block for block, cell in flow.given if not cell)]
    told, bytes_ = {*printed, *(one.text for one in _listed(own.blocks))}, {one.data for one in own.pictures}
    found = []
    for one in flow.pictures:
        text = listed.get(one.place, "")
        if text not in of_cells and one.data not in bytes_:
            why = (one.odd or _ANOTHER) if text in told else _above(flow.blocks[: one.above])
            found.append(f"{one.place}{_said(one)}：{why}")
    gone = Counter(printed) - Counter(listed.values())
    return found + [f"“{text}”：稿子删去了" for text in gone.elements()]


def _listed(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The lines that list the pictures of a file."""
    return (one for one in blocks if isinstance(one, Paragraph) and one.around == PICTURE)


def _above(blocks: Sequence[Block]) -> str:
    """Behind what a picture stands, by the words of that."""
    text = next((one.text for one in reversed(blocks) if isinstance(one, Paragraph) and one.around in {"", LINK}), "")
    return f"新放的，在“{text[:_MOST_WORDS]}{'…' * (len(text) > _MOST_WORDS)}”后面" if text else "新放的，在最前面"


def _there(paths: ReportPaths) -> Iterator[Path]:
    """The pictures that lie in the folder."""
    files = sorted(paths.folder.iterdir()) if paths.folder.is_dir() else []
    return (path for path in files if path.suffix.lower() in KINDS and path.is_file())


def _kind(one: Picture) -> tuple[str, str]:
    """The suffix of a picture's file; or why it is not taken."""
    if one.odd or not one.data:
        return "", one.odd or "读不出来"
    kind = next((kind for begin, kind in _BEGINS.items() if one.data.startswith(begin)), "")
    if not kind:
        other = next((name for begin, name in _OTHERS.items() if one.data.startswith(begin)), "")
        return "", f"是 {other} 格式" if other else "不是 png、jpg"
    try:
        pictures.fit(one.data, KINDS[f".{kind}"])
    except pictures.Unfit as error:
        return "", error.found
    return kind, ""


def _name(one: Picture, kind: str, paths: ReportPaths, laid_out: Mapping[Path, Collection[bytes]], into: Pictured) -> str:
    """The name of a new file: the picture's own, else 图 with the first number that is free."""

    def is_free(name: str) -> bool:
        return name not in into.files and not keeping.is_persons(paths, paths.folder / name, laid_out)

    own = one.name if len(one.name) <= _LONGEST and _OWN.fullmatch(one.name) else ""
    if own and KINDS["." + own.rpartition(".")[2].lower()] == KINDS[f".{kind}"] and is_free(own):
        return own
    number = 1
    while not is_free(f"图{number}.{kind}") or any(name.startswith(f"图{number}.") for name in into.files):
        number += 1
    return f"图{number}.{kind}"


def _words(one: Picture) -> str:
    """What the author of a file says of a picture; '' where a program has made that."""
    words = one_line(one.words)
    return "" if _MADE.search(words) else words


def _said(one: Picture) -> str:
    words = _words(one)
    return f"“{words}”" if words else ""


def _anchor(above: Sequence[Block], places: Collection[str], signed: Collection[str]) -> str:
    """The place in the text behind which a picture stands; '' where it stands beside the text or its signature."""
    for block in reversed(above):
        if block.place in places:
            return block.place
        if block.place in signed or (isinstance(block, Paragraph) and block.around not in {"", LINK}):
            return ""
    return ""
