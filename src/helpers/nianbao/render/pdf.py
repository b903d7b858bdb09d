"""A page → PDF: pandoc turns it into Typst markup, Typst sets it; the only room that knows Typst.

PDF is made from the very HTML that is published, so the two cannot disagree, and whatever an analyst adds to the notebook
reaches both.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import typst

from nianbao import fonts, markdown
from nianbao.errors import RenderError
from nianbao.paths import TEMPLATES
from nianbao.render.pandoc import PANDOC

if TYPE_CHECKING:
    from nianbao.render.page import Page

_TABLE_TAG, _BROWSER_ONLY = re.compile(r"(<t(?:[dh]|able))\b([^>]*)"), re.compile(r' (?:id|class|headers|scope)="[^"]*"')
_MARK = "\x01"
_TABLE = re.compile(f"{_MARK}(.*?){_MARK}", re.S)
_IMAGE, _SUFFIX = re.compile(r'src="(data:image/[^"]*)"'), {"svg+xml": "svg", "jpeg": "jpg"}


def typeset(page: Page, official: Path | None = None) -> bytes:
    """The page as PDF: A4, pinned fonts only (or those of ``official`` before them), tagged, with bookmarks.

    Raises
    ------
    RenderError
        For a character without a glyph, or when pandoc or Typst refuses the page.
    """
    day = date.fromisoformat(page.date) if page.date else date(1970, 1, 1)
    body, images = _to_typst(page.body)
    if missing := fonts.missing(body, official):
        # The markup holds names and alternative texts as well, which are not printed.
        fonts.check(missing, markdown.plain_text(page.body))
    # Where Typst finds files: it takes texts from memory, but no images.
    with tempfile.TemporaryDirectory() if images else nullcontext(TEMPLATES) as folder:
        for name, data in images.items():
            (Path(folder) / name).write_bytes(data)
        try:
            made: bytes = compiler(official).compile(
                _with_files(_preamble(page, day) + body),
                root=folder,
                timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
                pdf_standards=["a-2a", "ua-1"],
            )
        except typst.TypstError as error:
            raise RenderError(f"Typst cannot set the page: {error}") from error
    return made


@lru_cache
def compiler(official: Path | None) -> Any:
    """The compiler that knows the fonts. It may be made before a fork but not compile before it, as threads stay behind."""
    return typst.Compiler(
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in fonts.folders(official)]),
        sys_inputs={"stands-in": "yes" if fonts.stands_in(official) else "no"},
    )


def forget() -> None:
    """Let Typst drop what it has kept of all but the last pages: a third of its memory, for no time that could be measured.

    It drops what ten documents have not needed; empty ones count as well.
    """
    for _ in range(5):
        compiler(None).compile({"main.typ": b""}, format="svg")


def _preamble(page: Page, day: date) -> str:
    title, bureau = (text.replace("\\", "\\\\").replace('"', '\\"') for text in (page.title, page.bureau))
    when = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
    return (
        '#import "report.typ": *\n'
        f'#show: report.with(title: "{title}", author: "{bureau}", date: {when}, draft: {str(page.is_draft).lower()})\n'
    )


def _to_typst(html: str) -> tuple[str, dict[str, bytes]]:
    """The page's text as Typst markup, and its images under the names they have there."""
    images: dict[str, bytes] = {}

    def taken_out(image: re.Match[str]) -> str:
        uri = unescape(image[1])
        kind = uri[len("data:image/") :].partition(";")[0].partition(",")[0]
        name = f"image{len(images)}.{_SUFFIX.get(kind, kind)}"
        with urlopen(uri) as opened:
            images[name] = opened.read()
        return f'src="{name}"'

    # What only a browser uses makes up most of a table's markup, and a third of pandoc's time.
    body = _TABLE_TAG.sub(lambda tag: tag[1] + _BROWSER_ONLY.sub("", tag[2]), html)
    # Where a label may break it does: its column is narrower on paper.
    body = body.replace("<wbr>", "<br>").replace(_MARK, "")
    markup = PANDOC.convert(_IMAGE.sub(taken_out, body))
    # A byte order mark inside a text prints nothing, and PDF/A forbids it.
    return markup.replace("\ufeff", ""), images


def _with_files(markup: str) -> dict[str, bytes]:
    """The document as files, each statutory table in one of its own.

    Typst knows what it has set by its place in a file, and the text above a table moves all that is in the same one: apart,
    the cells that are as in a report before are not set again.
    """
    files: dict[str, bytes] = {}

    def taken_out(table: re.Match[str]) -> str:
        name = f"table{len(files)}.typ"
        files[name] = f'#import "report.typ": *\n{table[1]}'.encode()
        return f'#include "{name}"'

    return {
        "main.typ": _TABLE.sub(taken_out, markup).encode(),
        **files,
        "report.typ": (TEMPLATES / "report.typ").read_bytes(),
    }
