"""Convert narrative Markdown to HTML, in a dialect that suits Chinese text.

The dialect is the part of CommonMark, with tables, that docs/text.md lists; whatever else is typed is text and printed as it
stands. Raw HTML is refused, except comments and a few inline tags without attributes.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from nianbao import addresses, blocks, blocktokens, inlines
from nianbao.captions import captioned
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import InputFiles
from nianbao.pictures import NO_TEXT, ORNAMENT, Album, Unfit
from nianbao.rowlabels import labelled
from nianbao.textfile import MOST_FAULTS, TOO_MUCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

UNSAFE = Kind("F305", Severity.FAULT, "正文内容无法安全排版")
LINK = Kind("F307", Severity.FAULT, "链接发布后打不开")
TAGS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "u", "b", "i", "s", "sub", "sup", "br", "hr", "ul", "ol", "li",
    "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "ruby", "rt",
}  # fmt: skip
_ALLOWED_HTML = re.compile(r"(</?(br|sub|sup|u|b|i|s|ruby|rt)\s*/?>|<!--.*?-->|\s)+", re.S)
# #话题# and #1 are text.
_STUCK_HEADING = re.compile(
    r" {0,3}(?!(#|＃)[^#＃\s][^#＃]*\1)(?:#{1,6}[*（(《“「【]*[^\W\d_]|#{2,6}[*（(]*\d|#*＃(?!\d))",
)
_WIDE_SPACE = re.compile(r"^( {0,3}(?:#{1,6}|[-+*>]|\d+\.))[\u3000\u00a0]+", re.M)
_BLANK = re.compile(r"^[^\S\n]+$", re.M)
NEXT_LINE = re.compile(r"\S[^\S\n]*\n[^\S\n]*\S")
MOST_NESTED = 20
# What to do with HTML, by what stands in it.
_INSTEAD = {
    "<table": "写成 Markdown 的表格：|甲|乙|，表头下面加一行 |---|---|；合并的格子拆开，每格都写",
    "break": "删去：分页由排版决定",
    "center": "删去标记，只留文字：位置由排版决定",
}
_OTHERWISE = "用 Markdown 写，或删去这段 HTML"
_TAG = re.compile(r"<(/?)(?!br\b)\w")
_HOST = re.compile(r"[\w.-]+\.(cn|com|net|org)\b", re.I)
_HEADING_TAG = re.compile(r"<(/?)h([1-6])\b")
_CLEANER = nh3.Cleaner(
    tags=TAGS, url_schemes={"http", "https", "mailto", "data"}, link_rel=None,
    attributes={"a": {"href"}, "img": {"src", "alt"}, "td": {"style"}, "th": {"style"}},
    filter_style_properties={"text-align"},
)  # fmt: skip
_PICTURE = re.compile(r'<img [^>]*alt="([^"]*)"[^>]*>')
_RUN_IN = re.compile(r"<p><strong>([（(][一二三四五六七八九十]+[）)][^<]+)</strong>")


def to_html(
    text: str,
    name: str,
    first_line: int,
    folder: Path,
    attached: Mapping[str, str] | None = None,
    album: Album | None = None,
) -> tuple[str, list[Finding]]:
    """One passage of Markdown as sanitised HTML, and a fault for each thing that cannot be typeset or leads nowhere.

    Parameters
    ----------
    text : str
        The passage; it starts on line ``first_line`` of the file ``name``.
    folder : Path
        Where images are looked for; they are put into the page as data URIs.
    attached : mapping, optional
        Images by the addresses that stand for them, as data URIs.
    album : Album, optional
        The pictures of all passages; without it images have to lie in the folder itself.
    """
    env: dict[str, Any] = {}
    written, tokens = text.split("\n"), parsed(text, env)
    found = [
        *_too_much(env),
        *_too_deep(tokens),
        *_in_lines(written, tokens),
        *_in_tokens(tokens, folder, attached or {}, album or Album(InputFiles(folder))),
    ]
    faults = [Finding(kind, "正文", Source(name, first_line + line), *said) for kind, line, *said in found]
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = (
        labelled(_CLEANER.clean(html))
        .replace("<table>", '<div class="scroll"><table>')
        .replace("</table>", "</table></div>")
    )
    return _RUN_IN.sub(r'<p><strong class="run-in">\1</strong>', captioned(clean)), faults


def levelled(html: str, above: list[tuple[int, int]]) -> str:
    """Clean HTML whose headings skip no level: each is one level below the one that it stands under at most.

    ``above`` are the headings that it stands under, of each the level as written and as given; it is kept up to date.
    """

    def given(tag: re.Match[str]) -> str:
        level = int(tag[2])
        if not tag[1]:
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, min(level, above[-1][1] + 1) if above else level))
        return f"<{tag[1]}h{above[-1][1] if above else level}"

    return _HEADING_TAG.sub(given, html)


Problem = tuple[Kind, int, str, str, str]
"""The kind of a fault, its line from 0, and what its finding says."""


def _too_much(env: Mapping[str, Any]) -> Iterator[Problem]:
    for line, found, limit in env["too_much"][:MOST_FAULTS]:
        yield TOO_MUCH, line, found, limit, "分成几段；核对是否多打了符号"


def _too_deep(tokens: Iterable[Token]) -> Iterator[Problem]:
    """Emphasis, links and tags inside one another: of more than a page ever has, the PDF cannot be made."""
    for token in tokens:
        depth = 0
        for inner in token.children or ():
            if inner.type == "html_inline":
                opened = [one[1] for one in _TAG.finditer(inner.content)]
                depth += opened.count("") - opened.count("/")
            depth += inner.nesting
            if depth > MOST_NESTED:
                limit, action = f"最多{MOST_NESTED}层", "删去多余的标记；核对是否漏了结束的标记"
                yield TOO_MUCH, token.map[0] if token.map else 0, "强调、上下标等标记一层套一层，太深了", limit, action
                break


def _in_lines(written: Sequence[str], tokens: Sequence[Token]) -> Iterator[Problem]:
    for index, line in enumerate(written):
        if _STUCK_HEADING.match(line):
            expected, action = "半角的 # 号，后有一个空格", "在半角 # 号和标题文字之间加一个空格"
            yield UNSAFE, index, f"“{line[:20]}”不会成为标题", expected, action
    for index, count, columns in _overfull(tokens, written):
        found, action = f"这一行有{count}格，表头只有{columns}格", "补上表头或删去多的格；文字里的竖线写作 \\|"
        yield UNSAFE, index, found, "与表头同样多的格", action


def _overfull(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The rows with more cells than their table's head, which would not be printed: line from 0, cells, columns."""
    columns, in_head = 0, False
    for token in tokens:
        if token.type in {"thead_open", "thead_close"}:
            in_head = token.type == "thead_open"
            columns = 0 if in_head else columns
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and not in_head:
            row = lines[token.map[0]].strip(" \t>").removeprefix("|")
            written = [number for number, cell in enumerate(escapedSplit(row), 1) if cell.strip()]
            if written and written[-1] > columns:
                yield token.map[0], written[-1], columns


def _in_tokens(tokens: Iterable[Token], folder: Path, attached: Mapping[str, str], album: Album) -> Iterator[Problem]:
    """What is wrong with HTML, images and links; images are put in place, and links that lead nowhere become text."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        at = line
        for inner in (token, *(token.children or ())):
            at += inner.type in {"softbreak", "hardbreak"}
            if inner.type in {"html_inline", "html_block"} and not _ALLOWED_HTML.fullmatch(inner.content):
                shown = inner.content.strip().partition("\n")[0][:40]
                expected = "文字，或不带属性的 br、sub、sup、u、b、i、s、ruby"
                action = next((one for mark, one in _INSTEAD.items() if mark in inner.content), _OTHERWISE)
                yield UNSAFE, at, f"“{shown}”", expected, action
            elif inner.type == "image":
                name = _address(inner, "src")[:60]
                try:
                    _embed(inner, folder, attached, album)
                except Unfit as error:
                    yield UNSAFE, at, f"图片“{name}”{error.found}", "报告文件夹里完好的 png、jpg、svg 图片", error.action
                _describe(inner)
        for below, address in _unlink(token.children or ()):
            found = f"链接“{address[:60]}”" if address else "链接没有地址"
            yield LINK, line + below, found, "http://、https://、mailto: 开头的地址，或本页内的 #…", _mended(address)


def rendered(text: str) -> str:
    """One passage of Markdown as clean HTML, for its words: each picture is its alternative text."""
    return _CLEANER.clean(_PICTURE.sub(r"［图：\1］", _PARSER.renderer.render(parsed(text, {}), _PARSER.options, {})))


def breaks(text: str) -> list[int]:
    """The lines, from 0, that begin a paragraph of their own in a passage though no blank line is above them."""
    return blocktokens.breaks(read(text)) if NEXT_LINE.search(text) else []


def undescribed(text: str) -> Iterator[tuple[int, str]]:
    """The pictures of a passage without an alternative text: the line of each, from 0, and its address."""
    line = 0
    for token in read(text) if "![" in text else ():
        line = token.map[0] if token.map else line
        at = line
        for inner in token.children or ():
            at += inner.type in {"softbreak", "hardbreak"}
            if inner.type == "image" and not inner.content.strip():
                yield at, _address(inner, "src")


def _describe(image: Token) -> None:
    """Give a picture without an alternative text one that tells of it, and an ornament none."""
    text = image.content.strip()
    if not text or text in ORNAMENT:
        image.children = [] if text else [Token("text", "", 0, content=NO_TEXT)]


def plain_text(html: str) -> str:
    """The text of an HTML fragment without its tags, one line per block."""
    return nh3.clean(re.sub(r"</(p|h\d|li|tr|td|th)>", r"\n</\1>", html), tags=set()).strip()


def parsed(text: str, env: dict[str, Any]) -> list[Token]:
    """What the parser makes of a passage, a blank line of ideographic spaces too; ``env`` gets what takes too long."""
    return _PARSER.parse(_WIDE_SPACE.sub(r"\1 ", _BLANK.sub("", text)), env)


@lru_cache(maxsize=32)  # as many texts as a report has, which one rule reads behind the other
def read(text: str) -> tuple[Token, ...]:
    """What the parser makes of a passage, to be looked at only."""
    return tuple(parsed(text, {}))


def _unlink(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Leave of each link that leads nowhere its text; yield how many lines below the first it stands, and its address."""
    line, hidden = 0, False
    for token in tokens:
        line += token.type in {"softbreak", "hardbreak"}
        if token.type == "link_open":
            address = _address(token, "href")
            hidden = not addresses.is_link(address)
            if hidden:
                yield line, address
        if token.type in {"link_open", "link_close"}:
            token.hidden = hidden


def _mended(address: str) -> str:
    if _HOST.match(address):
        return "在网址前加上 http:// 或 https://"
    return "写完整的网址；只要文字的，删去方括号和后面的地址"


def _embed(token: Token, folder: Path, attached: Mapping[str, str], album: Album) -> None:
    """Replace an image's address by its data; raises `Unfit`."""
    name = _address(token, "src")
    if name in attached:
        token.attrSet("src", attached[name])
    elif addresses.picture_kind(name):
        album.data(name)
    else:
        # As written: a link may lead to another place in params, `..` may not.
        path = Path(os.path.normpath(folder / name))
        if not path.is_relative_to(folder):
            raise Unfit("不在报告文件夹里", "把图片放进报告文件夹并核对文件名")
        token.attrSet("src", album.file(path))


def _address(token: Token, attribute: str) -> str:
    """A link's or an image's address as written; the parser has percent-encoded what is no ASCII.

    One that would be another address without its codes (``https%3A``) is published with them.
    """
    encoded = str(token.attrGet(attribute) or "")
    written = unquote(encoded)
    return encoded if addresses.is_link(written) or addresses.picture_kind(written) else written


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Any address makes a link: one that leads nowhere is said, and not printed with its brackets."""
        return True


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark")
    blocks.install(parser)
    inlines.install(parser)
    return parser


_PARSER = _parser()
