"""A published page → PDF: pandoc turns it into Typst markup, Typst sets it; the only importer of pandoc and typst.

PDF is made from the very HTML that is published, so the two cannot disagree, and whatever an analyst adds to the notebook
reaches both.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypandoc
import typst

from helpers import fonts, markdown
from helpers.errors import RenderError
from helpers.paths import TEMPLATES

# The one that was installed with the kit: pypandoc itself would take a newer one it finds on the machine, and so other bytes.
_PANDOC = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
# A heap that a report fits in, of a size for its memory to be used twice: a quarter less time and memory than by default.
_HEAP = ("+RTS", "-H4k", "-A28m", "-RTS")
_TABLE_TAG, _BROWSER_ONLY = re.compile(r"(<t(?:[dh]|able))\b([^>]*)"), re.compile(r' (?:id|class|headers|scope)="[^"]*"')


def typeset(page: str, about: dict[str, Any], official: Path | None = None) -> bytes:
    """The page as PDF: A4, pinned fonts only (or those of ``official`` before them), tagged, with bookmarks.

    Parameters
    ----------
    page, about
        What `export.html` returned; ``title``, ``bureau``, ``date`` and ``draft`` go into the document.

    Raises
    ------
    RenderError
        For a character without a glyph, or when pandoc or Typst refuses the page.
    """
    day = date.fromisoformat(about["date"]) if about["date"] else date(1970, 1, 1)
    body, images = _to_typst(page)
    used = set(body)  # the findings on top of a draft are not
    fonts.check("".join(char for char in markdown.plain_text(page.partition("<main>")[2]) if char in used), official)
    files = {"main.typ": (_preamble(about, day) + body).encode(), "report.typ": (TEMPLATES / "report.typ").read_bytes()}
    try:
        return compiler(official).compile(
            files | images,
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
            pdf_standards=["a-2a", "ua-1"],
        )
    except typst.TypstError as error:
        raise RenderError(f"Typst cannot set the page: {error}") from error


@lru_cache
def compiler(official: Path | None) -> typst.Compiler:
    """The compiler that knows the fonts; it may be made before a fork, but not have compiled before it: its threads stay behind."""
    return typst.Compiler(
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in fonts.folders(official)]),
        sys_inputs={"stands-in": "yes" if fonts.stands_in(official) else "no"},
    )


def _preamble(about: dict[str, Any], day: date) -> str:
    texts = {key: str(about[key]).replace("\\", "\\\\").replace('"', '\\"') for key in ("title", "bureau")}
    when = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
    return (
        '#import "report.typ": *\n'
        f'#show: report.with(title: "{texts["title"]}", author: "{texts["bureau"]}", date: {when}, '
        f"draft: {str(about['draft']).lower()})\n"
    )


def _to_typst(page: str) -> tuple[str, dict[str, bytes]]:
    """The page's text as Typst markup, and its images under the names they have there."""
    body = page.partition("<main>")[2].rpartition('<p class="tools">')[0]
    # What only a browser uses makes up most of a table's markup, and a third of pandoc's time.
    body = _TABLE_TAG.sub(lambda tag: tag[1] + _BROWSER_ONLY.sub("", tag[2]), body)
    # Where a label may break it does: its column is narrower on paper.
    body = body.replace("<wbr>", "<br>")
    command = [
        _PANDOC,
        *_HEAP,
        "--from=html+east_asian_line_breaks",
        "--to=typst",
        "--wrap=none",
        "--extract-media=media",
        f"--lua-filter={TEMPLATES / 'report.lua'}",
    ]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, input=body.encode(), capture_output=True, cwd=folder, check=False)
        images = {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*.*")}
    if done.returncode:
        raise RenderError(f"pandoc cannot read the page: {done.stderr.decode(errors='replace').strip()}")
    # A byte order mark inside a text prints nothing, and PDF/A forbids it.
    return done.stdout.decode().replace("\ufeff", ""), images
