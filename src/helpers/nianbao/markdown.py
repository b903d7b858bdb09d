"""Convert narrative Markdown to HTML, in a dialect that suits Chinese text.

The dialect is the part of CommonMark, with tables, that docs/text.md lists; whatever else is typed is text and printed as it
stands. Raw HTML is refused, except comments and a few inline tags without attributes.
"""

from __future__ import annotations

import base64
import mimetypes
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt

from nianbao import blocks, inlines
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import InputFiles, NotRead
from nianbao.textfile import MOST_FAULTS, TOO_MUCH

if TYPE_CHECKING:
    from markdown_it.token import Token

UNSAFE = Kind("F305", Severity.FAULT, "正文内容无法安全排版")
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
_SIGNATURES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/svg+xml": b"<svg"}
_RUN_IN = re.compile(r"<p><strong>([（(][一二三四五六七八九十]+[）)][^<]+)</strong>")


def to_html(
    text: str, name: str, first_line: int, folder: Path, files: InputFiles | None = None
) -> tuple[str, list[Finding]]:
    """One passage of Markdown as sanitised HTML, and a fault for each thing that cannot be typeset.

    Parameters
    ----------
    text : str
        The passage; it starts on line ``first_line`` of the file ``name``.
    folder : Path
        Where images are looked for; they are put into the page as data URIs.
    files : InputFiles, optional
        The door to them; without it they have to lie in the folder itself.
    """
    files = files or InputFiles(folder)
    faults: list[Finding] = []

    def fault(line: int, found: str, expected: str, action: str) -> None:
        faults.append(Finding(UNSAFE, "正文", Source(name, first_line + line), found, expected, action))

    for index, written in enumerate(text.split("\n")):
        if _STUCK_HEADING.match(written):
            fault(index, f"“{written[:20]}”不会成为标题", "半角的 # 号，后有一个空格", "在半角 # 号和标题文字之间加一个空格")
    env: dict[str, Any] = {}
    tokens = _parse(text, env)
    for line, found, limit in env["too_much"][:MOST_FAULTS]:
        faults.append(
            Finding(TOO_MUCH, "正文", Source(name, first_line + line), found, limit, "分成几段；核对是否多打了符号")
        )
    for line, count, columns in blocks.overfull(tokens, text.split("\n")):
        fault(
            line, f"这一行有{count}格，表头只有{columns}格", "与表头同样多的格", "补上表头或删去多的格；文字里的竖线写作 \\|"
        )
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        for inner in (token, *(token.children or ())):
            if inner.type in {"html_inline", "html_block"} and not _ALLOWED_HTML.fullmatch(inner.content):
                shown = inner.content.strip().partition("\n")[0][:40]
                fault(
                    line,
                    f"“{shown}”",
                    "文字，或不带属性的 br、sub、sup、u、b、i、s、ruby",
                    "用 Markdown 写，或删去这段 HTML",
                )
            elif inner.type == "image" and (problem := _embed(inner, folder, files)):
                fault(
                    line,
                    f"图片“{_name(inner)[:60]}”{problem}",
                    "报告文件夹里的 png、jpg、svg 图片",
                    "把图片放进报告文件夹并核对文件名",
                )
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html, tags=TAGS, url_schemes={"http", "https", "ftp", "tel", "mailto", "data"}, link_rel=None,
        attributes={"a": {"href"}, "img": {"src", "alt"}, "td": {"style"}, "th": {"style"}},
        filter_style_properties={"text-align"},
    )  # fmt: skip
    clean = clean.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")
    return _RUN_IN.sub(r'<p><strong class="run-in">\1</strong>', clean), faults


def breaks(text: str) -> list[int]:
    """The lines, from 0, that begin a paragraph of their own in a passage though no blank line is above them."""
    return blocks.breaks(_parse(text, {}))


def plain_text(html: str) -> str:
    """The text of an HTML fragment without its tags, one line per block."""
    return nh3.clean(re.sub(r"</(p|h\d|li|tr|td|th)>", r"\n</\1>", html), tags=set()).strip()


def _parse(text: str, env: dict[str, Any]) -> list[Token]:
    # A line of ideographic spaces is a blank one.
    return _PARSER.parse(_WIDE_SPACE.sub(r"\1 ", _BLANK.sub("", text)), env)


def _embed(token: Token, folder: Path, files: InputFiles) -> str:
    """Replace an image's file name by its data; returns what is wrong with the image, or ''."""
    name = _name(token)
    if name.startswith("data:image/"):
        return ""
    kind = mimetypes.guess_type(name)[0] or ""
    # As written: a link may lead to another place in params, `..` may not.
    path = Path(os.path.normpath(folder / name))
    if not path.is_relative_to(folder):
        return "不在报告文件夹里"
    try:
        data = files.read(path)
    except NotRead as error:
        return error.found
    if kind not in _SIGNATURES or _SIGNATURES[kind] not in data[:4096]:
        return "不是可用的图片格式，或扩展名与内容不符"
    token.attrSet("src", f"data:{kind};base64,{base64.b64encode(data).decode()}")
    return ""


def _name(token: Token) -> str:
    """An image's file name as written; the parser has percent-encoded it."""
    return unquote(str(token.attrGet("src") or ""))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    blocks.install(parser)
    inlines.install(parser)
    return parser


_PARSER = _parser()
