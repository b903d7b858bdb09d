"""A Word document → its flow, with its tracked changes, comments and footnotes; changes are taken as accepted."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing import beside
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Flow, Grid, Paragraph, Picture, Unreadable
from nianbao.importing.gathered import Gathered
from nianbao.importing.remark import Remark
from nianbao.importing.words import one_line
from nianbao.inputfiles import picture_limit
from nianbao.packed import Kind, Package, Why
from nianbao.shown import docx, wordruns
from nianbao.shown.blocks import CHANGE, COMMENT, ENDNOTE, FOOTNOTE, RESTYLED
from nianbao.shown.seen import squeezed
from nianbao.shown.wordstyles import W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

    from nianbao.importing.flow import Block
    from nianbao.shown.prints import Printed

_WHAT = "Word 文档（.docx）"
_NOWHERE, _WHOLE, _FINDINGS = "位置不明", "全文", "核查发现"
_MAIN = re.compile(rb"(?:wordprocessingml|ms-word)\.[\w.]+\.main\+xml")
_MIB = 1 << 20
_MOST_WORDS, _MOST_LOOKS = 30, 3  # characters that are quoted of a place, and paragraphs whose look was changed
_LARGE = "太大"  # why a picture is not read
_READ_AGAIN = "用 Word 或 WPS 打开，另存一份"


def _refusal(why: Why, amount: int) -> Unreadable:
    if why is Why.LOCKED:
        return Unreadable("文件加了密码", f"没有密码的{_WHAT}", "打开后去掉密码，另存一份")
    if why is Why.PARTS:
        return Unreadable(f"里面有{amount}个文件", f"最多{WORD.parts}个", _READ_AGAIN)
    if why in {Why.LARGE, Why.ELEMENTS}:
        limit = f"最多 {WORD.size // _MIB} MiB，每部分{WORD.elements}个标签"
        return Unreadable("展开以后太大", limit, _READ_AGAIN)
    if why is Why.ENTITIES:
        return Unreadable("XML 里有自定义的实体，或不是 UTF-8", _WHAT, _READ_AGAIN)
    return Unreadable("文件不完整，或已损坏", _WHAT, "重新下载或另存一份")


WORD = Kind(5_000, 24 * _MIB, 500_000, _refusal)


def is_one(raw: bytes) -> bool:
    """Whether an archive is a Word document, whatever its parts are called."""
    try:
        return bool(_MAIN.search(Package(raw, WORD).read("[Content_Types].xml")))
    except Unreadable:
        return False


def read(raw: bytes) -> Flow:
    """The flow of a document.

    Raises
    ------
    Unreadable
        When it is damaged, locked or larger than any report; when it has macros, or parts that are other documents.
    """
    package = Package(raw, WORD)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        raise Unreadable("文档里有宏", f"没有宏的{_WHAT}", "用 Word 或 WPS 另存为 .docx")
    name = docx.document_in(package)
    document = package.tree(name)
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Unreadable("里面没有正文", _WHAT, _READ_AGAIN)
    if next(body.iter(f"{W}altChunk"), None) is not None:
        raise Unreadable("文档里嵌有另一个文件", "只有文字和表格的 Word 文档", "用 Word 打开，另存一份")
    into = Gathered()
    into.take(docx.blocks_in(package, body, name))
    told, words = _pointed(into.blocks), _commented(body)
    remarks = [replace(one, place=told(one.place, one.near), block=one.place) for one in into.remarks]
    comments = docx.part_of(package, name, "comments")
    for comment in comments if comments is not None else ():
        number = comment.get(f"{W}id", "")
        anchor = into.anchors.get((COMMENT, number), _NOWHERE)
        place = told(anchor, words.get(number, ""))
        said = " ".join(one_line(wordruns.plain(paragraph)) for paragraph in comment.iter(f"{W}p"))
        remarks.append(Remark(COMMENT, place, comment.get(f"{W}author", ""), said, block=anchor))
    for part, kind in (("footnotes", FOOTNOTE), ("endnotes", ENDNOTE)):
        notes = docx.part_of(package, name, part)
        for note in notes if notes is not None else ():
            if said := one_line(wordruns.plain(note)):
                anchor = into.anchors.get((kind, note.get(f"{W}id", "")), _NOWHERE)
                remarks.append(Remark(kind, told(anchor), "", said, block=anchor))
    parts = package.related(name)
    margins = ((kind, package.tree(one)) for kind in (beside.FOOTER, beside.HEADER) for one in parts.get(kind, ()))
    diagrams = [tree for one in sorted(package.names) if beside.is_diagram(one) and (tree := package.tree(one)) is not None]
    around = beside.of_document(body, diagrams, ((kind, margin) for kind, margin in margins if margin is not None))
    printed = _printed(package, name, body)
    blocks = (replace(one, printed=printed) if isinstance(one, Grid) else one for one in into.blocks)
    if (changed := _restyled(into.anchors)) is not None:
        remarks.append(Remark(CHANGE, _WHOLE, "", f"字体、段落格式的改动，没有取用{changed}"))
    links, known = tuple(docx.links_in(package, body, name)), docx.prints_of(package)
    if known:
        printed_there = {squeezed(one) for one in known.findings}
        new = (one for one in docx.findings_in(package, body, name) if squeezed(one) not in printed_there)
        remarks += [Remark(COMMENT, _FINDINGS, "", f"写在这一页上的话：{one_line(one)}") for one in new]
    pictures = tuple(_pictures(into, package, name))
    return Flow("Word 文档", (*blocks, *around), tuple(remarks), links=links, given=_given(known), pictures=pictures)


def _pictures(into: Gathered, package: Package, document: str) -> Iterator[Picture]:
    """The pictures of a document, without their bytes where these are not what a reader sees, or cannot be read."""
    parts = package.relations(document)
    for above, one in into.pictures:
        _, part = parts.get(one.address, ("", ""))
        data, odd = b"", one.odd or ("" if package.fits(part, picture_limit()) else _LARGE)
        with suppress(Unreadable):
            data = b"" if odd else package.read(part)
        yield Picture(beside.NTH.format(one.number), above, data, one.words, one.name, odd)


def _given(printed: Printed | None) -> tuple[tuple[Block, int], ...]:
    """What a document of the kit's was printed with, as `Flow.given`; none where it does not say that."""
    into = Gathered()
    if printed is None:
        return ()
    own: list[int] = []
    try:
        for one in printed.blocks:
            into.take([one])
            own += [one.own] * (len(into.blocks) - len(own))
    except (Unreadable, RecursionError):
        return ()
    pictures = beside.pictures(name for name, _ in printed.pictures)
    return (*zip(into.blocks, own, strict=True), *zip(pictures, (own for _, own in printed.pictures), strict=False))


def _printed(package: Package, name: str, body: Element) -> tuple[str, ...]:
    """The lines of the headers and footers that the pages of a document show."""
    parts = package.relations(name)
    shown = [parts[one][1] for one in beside.shown_margins(body, docx.part_of(package, name, "settings")) if one in parts]
    margins = (package.tree(one) for one in dict.fromkeys(shown))
    return tuple(dict.fromkeys(line for one in margins if one is not None for line in beside.lines_of(one)))


def _pointed(blocks: Iterable[Block]) -> Callable[..., str]:
    """What tells a place as a person finds it in Word: by its chapter, by the words there, by its number in the chapter.

    Lines that only breaks part are one paragraph.
    """
    chapters, counted, chapter, count = dict[str, str](), dict[str, str](), "", 0
    for one in blocks:
        if isinstance(one, Paragraph) and is_chapter(one.text):
            chapter, count = one.text, 0
            counted[one.place] = ""
        elif isinstance(one, Paragraph) and one.place not in chapters:
            count += not one.goes_on
            counted[one.place] = f"{'本章' if chapter else ''}第{count}段"
        chapters[one.place] = chapter

    def told(place: str, words: str = "") -> str:
        known = chapters.get(place) or next((of for one, of in chapters.items() if place.startswith(f"{one}第")), "")
        quoted = f"“{words[:_MOST_WORDS]}{'…' * (len(words) > _MOST_WORDS)}”" if words else ""
        return "，".join(filter(None, (known, quoted, counted.get(place, place))))

    return told


def _restyled(anchors: Iterable[tuple[str, str]]) -> str | None:
    """The first words of the paragraphs whose looks a tracked change has changed; none where there is no such."""
    some = [one_line(words) for kind, words in anchors if kind == RESTYLED]
    words = [*filter(None, some)]
    quoted = "、".join(f"“{one[:_MOST_WORDS]}{'…' * (len(one) > _MOST_WORDS)}”" for one in words[:_MOST_LOOKS])
    more = f"等{len(words)}段" if len(words) > _MOST_LOOKS else ""
    return (f"：{quoted}{more}" if words else "") if some else None


def _commented(body: Element) -> dict[str, str]:
    """The words from the beginning of each comment's range to its end, by the number of the comment."""
    found, begun = dict[str, str](), dict[str, str]()
    for one in body.iter():
        number = one.get(f"{W}id", "")
        if one.tag == f"{W}commentRangeStart":
            begun[number] = ""
        elif one.tag == f"{W}commentRangeEnd" and number in begun:
            found[number] = one_line(begun.pop(number))
        elif one.tag == f"{W}t":
            begun = {number: words + (one.text or "") for number, words in begun.items()}
    return found
