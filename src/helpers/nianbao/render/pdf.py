"""Turn a page into PDF: pandoc turns it into Typst markup, and Typst typesets it.

The PDF is made from the HTML that is published, so both show the same, including what an analyst adds to the notebook.
"""

from __future__ import annotations

import json
import logging
import re
import tempfile
import unicodedata
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from nianbao import addresses, fonts, markdown, pictures
from nianbao.errors import RenderError
from nianbao.language import say
from nianbao.paths import TEMPLATES
from nianbao.render import calls, dots, ends, objects, rowheads, statutory, unparted, wide
from nianbao.render.code import marked
from nianbao.render.colours import coloured
from nianbao.render.pandoc import PANDOC
from nianbao.render.verdict import Verdict
from nianbao.shown.seen import MADE_BY
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.render.formcells import Cell
    from nianbao.render.page import Page
    from nianbao.render.statutory import Form

# In clean HTML < and > stand around tags only, and " around the values of attributes only (see `Page`).
_TABLE_TAG = re.compile(r"(<t(?:[dh]|able))\b([^>]*)")
_BROWSER_ONLY = re.compile(r' (?:id|class|headers|scope)="[^"]*"|( [^ ="]+="[^"]*")')
_RUN_IN = re.compile(r'<strong class="run-in">(.*?)</strong>', re.S)
_EMPTY_HEADING = re.compile(
    r"<h([1-6])\b[^>]*>(?:\s|\u200b|<br[^>]*>|<wbr>|</?(?:span|strong|em|b|i|a|code)\b[^>]*>)*</h\1>"
)
# A table without a cell shows its name at most, and Typst sets none.
_EMPTY_TABLE = re.compile(r"<table\b[^>]*>((?:[^<]|<(?!t[dh]\b|/?table\b))*+)</table>")
_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.S)
# Rows of <th> with which a body of a table begins, and more rows behind them. pandoc takes them for a head.
_HEAD_ROWS = re.compile(
    r"(?<=<tbody>)(?:\s*<tr\b[^>]*>\s*(?:<th\b[^>]*>(?:[^<]|<(?!/?t[rdh]\b|/?table\b))*+</th>\s*)++</tr>)++(?=\s*<tr\b)"
)
_ROWSPAN = re.compile(r'<th\b[^>]* rowspan="(\d+)"')
# As report.lua marks a formula.
_FORMULA = re.compile(r"#formula\(.*?/\*formula\*/", re.S)
_MARK, _TRIES = ", mark: ", 4  # of a table of which nobody knows where it stands, and how often pages are planned for it
MAIN, LOOK = "main.typ", "report.typ"
# Names of symbols that pandoc writes and this Typst has under others; a text in quotation marks is none.
_SYMBOL = re.compile(
    r'"(?:\\.|[^"\\])*"|\b(sect|times\.circle|dot\.circle|minus\.circle|dash\.circle|bracket\.[lr]\.double)\b'
)
_NOW = {"sect": "inter", "bracket.l.double": "bracket.l.stroked", "bracket.r.double": "bracket.r.stroked"}
_SUFFIX = {"svg+xml": "svg", "jpeg": "jpg"}


def typeset(page: Page, official: Path | None = None) -> bytes:
    """The page as the bytes of a PDF: A4, tagged, with bookmarks.

    The fonts are those in the folder ``official``, then the pinned ones, never those of the machine.

    Raises
    ------
    RenderError
        When a report that is no draft holds a character without a glyph, or when pandoc or Typst refuses the page.
    """
    day = date.fromisoformat(page.date) if page.date else date(1970, 1, 1)
    verdict = Verdict.of(page)
    # A heading that shows nothing is none: PDF/UA forbids it.
    body = _EMPTY_HEADING.sub("", _EMPTY_TABLE.sub(_named_only, unparted.pieced(verdict.marked(page.body))))
    body, forms = statutory.taken_out(body)
    if page.is_chinese:
        body = ends.told(body, official)
    # pandoc keeps the classes of spans, and of nothing else in a line.
    body = coloured(marked(_RUN_IN.sub(r'<span class="run-in">\1</span>', body)))
    body = wide.laid(body)
    markup, images, tables = _laid(page, day, body, forms, official)
    markup[MAIN] += verdict.in_typst(markup[MAIN])
    # Formulas are set in a font of their own.
    if missing := fonts.missing(_FORMULA.sub("", "".join(markup.values())), official):
        # The markup also holds names and alternative texts, which are not printed and need no glyphs.
        printed = markdown.plain_text(page.body) + "".join(verdict.blocks)
        if page.state is State.PUBLISHED:
            fonts.check(missing, printed)
        markup = _spelled(markup, [one for one in missing if one in printed], official, page.is_draft)
    try:
        try:
            made = _compiled(_files(page, day, markup), images, day, official)
        except typst.TypstError:
            sound = _FORMULA.sub(lambda formula: _sound(formula[0], official), markup[MAIN])
            if sound == markup[MAIN]:
                raise
            made = _compiled(_files(page, day, {**markup, MAIN: sound}), images, day, official)
    except typst.TypstError as error:
        raise RenderError(say("Typst cannot set the page: {error}", error=error)) from error
    parts = objects.read(made)
    rowheads.tag(parts.texts, list(statutory.in_order(body, {name: cells for name, (_, cells) in tables.items()})))
    return objects.written(parts)


def _laid(
    page: Page, day: date, body: str, forms: Mapping[str, Form], official: Path | None
) -> tuple[dict[str, str], dict[str, bytes], dict[str, tuple[str, list[list[Cell]]]]]:
    """The markup of a page by file, with its images, and its statutory tables with their cells.

    Where Typst finds that a table of which nobody knew where it stands leaves many lines empty, the pages are planned again
    by what it has found, until it finds the same.
    """
    widths = fonts.widths(official)["body"] if page.is_chinese else None
    found: dict[int, int] = {}
    for left in range(_TRIES, -1, -1):
        told = calls.told(body, forms, found) if page.is_chinese else body
        markup, images = _to_typst(told, widths)
        tables = statutory.placed(forms, markup[MAIN])
        markup |= {name: text for name, (text, _) in tables.items()}
        if not left or _MARK not in markup[MAIN]:
            break
        asked = _found(_files(page, day, markup), images, official)
        lines = {mark: line for mark, line, _ in asked}
        if not any(is_poor for *_, is_poor in asked) and all(found.get(mark, line) == line for mark, line in lines.items()):
            break
        found = lines if left > 1 else {}
    return markup, images, tables


def _found(files: dict[str, bytes], images: Mapping[str, bytes], official: Path | None) -> list[tuple[int, int, bool]]:
    """The marks of tables, below which line Typst finds each, and whether it leaves many lines empty; see report.typ."""
    with _folder(images) as folder:
        try:
            said = typst.query(files, "<found>", field="value", root=folder, **_settings(official))
        except typst.TypstError:
            return []  # a formula that Typst cannot set is told of later
    return [(mark, line, is_poor) for mark, line, is_poor in json.loads(said)]


def _compiled(files: dict[str, bytes], images: Mapping[str, bytes], day: date, official: Path | None) -> bytes:
    """The document as the bytes of a PDF; raises `typst.TypstError`."""
    with _folder(images) as folder:
        when = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
        made: bytes = compiler(official).compile(files, root=folder, timestamp=when, pdf_standards=["a-2a", "ua-1"])
    return made


@contextmanager
def _folder(images: Mapping[str, bytes]) -> Iterator[Path]:
    """Where Typst finds images, and the look of reports: it parses a text from memory for each page, and a file once."""
    with tempfile.TemporaryDirectory() if images else nullcontext(TEMPLATES) as folder:
        for name, data in {**images, LOOK: (TEMPLATES / LOOK).read_bytes()}.items() if images else ():
            (Path(folder) / name).write_bytes(data)
        yield Path(folder)


def _sound(formula: str, official: Path | None) -> str:
    """The markup of a formula, up to its last bracket; that of its TeX where Typst cannot set it."""
    try:
        document = f'#import "{LOOK}": *\n#set document(title: "x")\n{formula}]'
        compiler(official).compile({MAIN: document.encode()}, root=TEMPLATES, pdf_standards=["a-2a"])
    except typst.TypstError as error:
        tex = formula.removeprefix("#formula(").partition(")[$")[0]
        logging.getLogger("nianbao").warning(say("the PDF shows a formula as TeX: {tex} ({error})", tex=tex, error=error))
        return f"#[#raw({_spelled({MAIN: tex}, fonts.missing(tex, official), official)[MAIN]})"
    return formula


@lru_cache
def _settings(official: Path | None) -> dict[str, Any]:
    """The fonts that Typst has, and which stand in for others."""
    paths = [str(path) for path in (*fonts.folders(official), fonts.KIT)]
    return {
        "font_paths": typst.Fonts(include_system_fonts=False, font_paths=paths),
        "sys_inputs": {"stand-ins": " ".join(fonts.stand_ins(official))},
    }


@lru_cache
def compiler(official: Path | None) -> Any:
    """The Typst compiler with its fonts loaded, one for each ``official``.

    It may be made before a fork but must not compile before it: it compiles with threads, and a fork does not copy these.
    """
    return typst.Compiler(**_settings(official))


def drawn(picture: bytes, kind: str, dots: int, official: Path | None) -> bytes:
    """A picture of any kind that a page may hold as PNG, with so many dots an inch; raises `RenderError`."""
    name = f"picture.{_SUFFIX.get(kind, kind)}"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(picture)
        page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{name}")'
        try:
            made: bytes = compiler(official).compile({MAIN: page.encode()}, root=folder, format="png", ppi=dots)
        except typst.TypstError as error:
            raise RenderError(say("Typst cannot set the page: {error}", error=error)) from error
    return made


def forget() -> None:
    """Make Typst drop its cached results of all but the last pages: a third of its memory, in no measurable time.

    Typst drops a result that ten documents in a row have not used. Empty documents count, so five are compiled here.
    """
    for _ in range(5):
        compiler(None).compile({"main.typ": b""}, format="svg")


def _spelled(
    markup: dict[str, str], characters: Sequence[str], official: Path | None, numbers: bool = False
) -> dict[str, str]:
    """Markup with names, or ``numbers``, for characters that not even Typst's own fonts have: 〔rocket〕 for 🚀.

    A Han character has a number for its name: 〔U+20BB7〕 for 𠮷.
    """
    for one in characters:
        try:
            compiler(official).compile({"main.typ": f'#set document(title: "x")\n{one}'.encode()}, pdf_standards=["a-2a"])
        except typst.TypstError:
            name = unicodedata.name(one, f"U+{ord(one):04X}")
            shown = fonts.numbered(one) if numbers or name.startswith("CJK ") else f"〔{name.lower()}〕"
            logging.getLogger("nianbao").warning(say("no font has “{char}” ({name}): the PDF names it", char=one, name=name))
            markup = {path: text.replace(one, shown) for path, text in markup.items()}
    return markup


def _preamble(page: Page, day: date) -> str:
    title, bureau = (text.replace("\\", "\\\\").replace('"', '\\"') for text in (page.title, page.bureau))
    stamp = f'"{page.stamp}"' if page.is_draft else "none"
    when = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
    return (
        f'#import "{LOOK}": *\n#set document(keywords: "{MADE_BY}")\n'
        f'#show: report.with(title: "{title}", author: "{bureau}", date: {when}, draft: {stamp})\n'
    ) + ("" if page.is_chinese else f'#show: plain.with("{page.language.partition("-")[0].lower()}")\n')


def _to_typst(body: str, widths: Mapping[str, float] | None) -> tuple[dict[str, str], dict[str, bytes]]:
    """A page's body as Typst markup by file, and its images by the file names that the markup uses."""
    images: dict[str, bytes] = {}
    names: dict[str, str] = {}

    def taken_out(image: re.Match[str]) -> str:
        address = unescape(image[2])
        if address not in names:
            kind = addresses.picture_kind(address)
            try:
                data, kind = dots.even(pictures.data_of(address), kind)
            except (ValueError, OSError) as error:
                raise RenderError(say("a picture's data cannot be read: {error}", error=error)) from error
            names[address] = name = f"image{len(names)}.{_SUFFIX.get(kind, kind)}"
            images[name] = data
        return f'{image[1]}{names[address]}"'

    # Attributes that only a browser uses make up most of a table's markup, and take a third of pandoc's time.
    body = _TABLE_TAG.sub(lambda tag: tag[1] + _BROWSER_ONLY.sub(r"\1", tag[2]), body)
    body = _HEAD_ROWS.sub(_of_the_body, body)
    # A byte order mark inside a text prints nothing, and PDF/A forbids it.
    body = body.replace("<wbr>", "\u200b").replace("\ufeff", "")
    body = pictures.IN_HTML.sub(taken_out, body)
    # Of the characters of a body, and of those that HTML may write: more take longer.
    needed = {char: widths[char] for char in sorted({*body, *map(chr, range(0x80))} & widths.keys())} if widths else None
    markup = PANDOC.convert(body, needed, wide.CELLS)
    return {MAIN: _FORMULA.sub(lambda formula: _SYMBOL.sub(_named, formula[0]), markup)}, images


def _named_only(table: re.Match[str]) -> str:
    """The name of a table, as a paragraph."""
    name = _CAPTION.search(table[1])
    return f"<p>{name[1]}</p>" if name else ""


def _of_the_body(head: re.Match[str]) -> str:
    """Rows of which pandoc makes no head where their cells reach into rows below: it would cut these cells."""
    *rows, _ = head[0].split("</tr>")
    reach = max(number + int(along) for number, row in enumerate(rows) for along in _ROWSPAN.findall(row) or ("1",))
    if reach <= len(rows):
        return head[0]
    before, _, last = rows[0].rpartition("<th")
    rest = "</tr>".join((last.replace("</th>", "</td>"), *rows[1:], ""))
    return f"{before}<td{rest}"


def _named(symbol: re.Match[str]) -> str:
    name = symbol[1]
    return _NOW.get(name) or name.replace("circle", "o") if name else symbol[0]


def _files(page: Page, day: date, markup: dict[str, str]) -> dict[str, bytes]:
    """The document as files by name, but for the look of reports."""
    files = {name: text.encode() for name, text in markup.items()}
    files[MAIN] = _preamble(page, day).encode() + files[MAIN]
    return files
