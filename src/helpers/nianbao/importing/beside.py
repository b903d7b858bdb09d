"""What a file holds beside its text, to be listed: pictures, and what stands above and below the pages of a document."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from nianbao.importing.flow import DRAWN, Paragraph
from nianbao.importing.furniture import is_among_text
from nianbao.importing.words import one_line
from nianbao.shown import docx, worddrawn
from nianbao.shown.blocks import PICTURE
from nianbao.shown.wordstyles import W, is_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from selectolax.lexbor import LexborNode

SET_IN, ABOVE, BELOW = "嵌入的内容", "页眉", "页脚"
NTH = "第{}幅图"  # the place of a picture
NOT_READ = {SET_IN, PICTURE}
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data", "srcset", "data-srcset")
_SET_IN = "iframe, object, embed, canvas, svg, video, audio"  # nothing in them is read
_IMPORTED = re.compile(r"@import\s+(?:url\()?[\"']?([^\"')\s;]+)")
_CLASS = re.compile(r"\.([\w-]+)")
_OUTSIDE = "样式表不在文件里，表格里有它的类：它藏起、删去的字看不出来，都照读"
_MOST_SHEETS = 5
_WORD = re.compile(r"[^\W\d_]")
_LINE = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_DIAGRAM = re.compile(r"data[0-9]*\.xml")
HEADER, FOOTER = "header", "footer"  # what a part of a document is to it
_MOST, _LONGEST = 200, 100  # pictures of a file, characters of a picture's name
_BEHIND = "{urn:schemas-microsoft-com:vml}textpath"  # 草稿, large and grey
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TITLE = "{urn:schemas-microsoft-com:office:office}title"


def of_page(body: LexborNode) -> list[Paragraph]:
    """The pictures of a page and what is set into it, by what it says of them, else by the names of their files."""
    about = ((one.attributes, _source(one)) for one in pictured(body))
    shown = pictures(said.get("alt") or said.get("title") or _file(source) for said, source in about)
    set_in = [one for one in body.css(_SET_IN) if one.tag != "svg" or one.css_first("text")]
    names = (one.attributes.get("title") or _file(_source(one)) or _words(one) or str(one.tag) for one in set_in)
    return [*shown, *_listed(names, SET_IN, "第{}处嵌入")]


def pictured(body: LexborNode) -> list[LexborNode]:
    """The elements of a page that show pictures."""
    return [one for one in body.css("img") if _source(one)]


def _words(node: LexborNode) -> str:
    """The words of a drawing; '' where it has none but numbers."""
    words = one_line(" ".join(one.text() for one in node.css("text")))[:_LONGEST]
    return words if _WORD.search(words) else ""


def of_sheets(page: str, links: Iterable[LexborNode], body: LexborNode) -> list[tuple[str, str, str]]:
    """The style sheets that a page names and that are not in it, where its tables have looks of which they may speak."""
    sheets = [one.attributes["href"] or "" for one in links if "stylesheet" in (one.attributes["rel"] or "").lower()]
    sheets += [one for one in _IMPORTED.findall(page) if not one.startswith("data:")]
    inside = body.css("tr[class], td[class], th[class], td [class], th [class]") if sheets else []
    classes = {name for one in inside for name in (one.attributes["class"] or "").split()} - {*_CLASS.findall(page)}
    if not classes:
        return []
    names = "、".join(dict.fromkeys(_file(one) or "（没有名称）" for one in sheets[:_MOST_SHEETS]))
    shown = "、".join(sorted(classes)[:_MOST_SHEETS])
    return [(names[:_LONGEST], shown[:_LONGEST], _OUTSIDE)]


def of_document(body: Element, diagrams: Iterable[Element], margins: Iterable[tuple[str, Element]]) -> list[Paragraph]:
    """The pictures of a Word document, the words of its diagrams, those of its headers and footers but for pages' numbers.

    Parameters
    ----------
    diagrams : iterable of Element
    margins : iterable of (str, Element)
        Its headers and footers, each with which of both it is.
    """
    names = [*docx.pictured(body), *(one.get(_TITLE) or "" for one in worddrawn.old_in(body))]
    told = dict.fromkeys(one_line("".join(line.itertext())) for part in diagrams for line in part.iter(_LINE))
    return [*pictures(names), *(Paragraph(one, "图示", around=DRAWN) for one in told if one), *_margins(margins)]


def is_diagram(name: str) -> bool:
    """Whether a part of a package holds the words of a diagram (SmartArt)."""
    return _DIAGRAM.fullmatch(PurePosixPath(name).name) is not None


def _margins(parts: Iterable[tuple[str, Element]]) -> Iterator[Paragraph]:
    seen: set[str] = set()
    for kind, part in parts:
        where = ABOVE if kind == HEADER else BELOW
        for said in lines_of(part):
            if said not in seen:
                seen.add(said)
                yield Paragraph(said, where, around=where)


def lines_of(margin: Element) -> list[str]:
    """The lines of a header or a footer, and the words that stand behind its pages, but for the numbers of pages."""
    lines = [one_line("".join(one.text or "" for one in line.iter(f"{W}t"))) for line in margin.iter(f"{W}p")]
    lines += [one_line(one.get("string") or "") for one in margin.iter(_BEHIND)]
    return [one for one in dict.fromkeys(lines) if one and not one.isdecimal() and not is_among_text(one)]


def shown_margins(body: Element, settings: Element | None) -> list[str]:
    """The ids of the headers and footers that a document shows: those of first and of even pages only where it says so."""
    shown: list[str] = []
    has_even = settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders"))
    for section in body.iter(f"{W}sectPr"):
        shows = {"default": True, "first": is_on(section.find(f"{W}titlePg")), "even": has_even}
        some = (one for tag in ("headerReference", "footerReference") for one in section.iter(f"{W}{tag}"))
        shown += [one.get(_ID, "") for one in some if shows.get(one.get(f"{W}type", "default"))]
    return shown


def pictures(names: Iterable[str]) -> list[Paragraph]:
    """What a file says of its pictures."""
    return _listed(names, PICTURE, NTH)


def _listed(names: Iterable[str], around: str, place: str) -> list[Paragraph]:
    texts = [one_line(name)[:_LONGEST] or "（没有名称）" for name in names]
    more = [f"……共{len(texts)}"] if len(texts) > _MOST else []
    return [Paragraph(text, place.format(at), around=around) for at, text in enumerate([*texts[:_MOST], *more], 1)]


def _source(node: LexborNode) -> str:
    """The address of what an element shows; a page may load it late, when it is scrolled into sight."""
    said = node.attributes
    return next(filter(None, ((said.get(name) or "").split(" ")[0] for name in _SOURCES)), "")


def _file(address: str) -> str:
    """The name of the file that an address names; '' for a picture that the page holds itself."""
    return "" if address.startswith("data:") else unquote(PurePosixPath(urlsplit(address).path).name)
