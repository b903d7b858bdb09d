"""A published page → PDF: pandoc turns it into Typst markup, Typst sets it; the only importer of pandoc and typst.

PDF is made from the very HTML that is published, so the two cannot disagree, and whatever an analyst adds to the notebook
reaches both.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

import pypandoc
import typst

from helpers import fonts, markdown
from helpers.errors import RenderError
from helpers.paths import TEMPLATES

_TABLE_TAG, _BROWSER_ONLY = re.compile(r"(<t(?:[dh]|able))\b([^>]*)"), re.compile(r' (?:id|class|headers|scope)="[^"]*"')
_MARK = "\x01"
_TABLE = re.compile(f"{_MARK}(.*?){_MARK}", re.S)
_IMAGE, _SUFFIX = re.compile(r'src="(data:image/[^"]*)"'), {"svg+xml": "svg", "jpeg": "jpg"}


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
    page = page.partition("<main>")[2].rpartition('<p class="tools">')[0]
    body, images = _to_typst(page)
    if missing := fonts.missing(body, official):
        # The markup holds names and alternative texts as well, which are not printed.
        fonts.check(missing, markdown.plain_text(page))
    # Where Typst finds files: it takes texts from memory, but no images.
    with tempfile.TemporaryDirectory() if images else nullcontext(TEMPLATES) as folder:
        for name, data in images.items():
            (Path(folder) / name).write_bytes(data)
        try:
            made: bytes = compiler(official).compile(
                _with_files(_preamble(about, day) + body),
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
    images: dict[str, bytes] = {}

    def taken_out(image: re.Match[str]) -> str:
        uri = unescape(image[1])
        kind = uri[len("data:image/") :].partition(";")[0].partition(",")[0]
        name = f"image{len(images)}.{_SUFFIX.get(kind, kind)}"
        with urlopen(uri) as opened:
            images[name] = opened.read()
        return f'src="{name}"'

    # What only a browser uses makes up most of a table's markup, and a third of pandoc's time.
    body = _TABLE_TAG.sub(lambda tag: tag[1] + _BROWSER_ONLY.sub("", tag[2]), page)
    # Where a label may break it does: its column is narrower on paper.
    body = body.replace("<wbr>", "<br>").replace(_MARK, "")
    markup = _PANDOC.convert(_IMAGE.sub(taken_out, body))
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


class _Pandoc:
    """pandoc as a process that stays: a page takes it a third of the time that a start and a page take.

    It is the one that was installed with the kit; pypandoc itself would take a newer one it finds on the machine, and so
    make other bytes. It ends when this process closes the pipe, by ending at the latest.
    """

    PATH = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
    HEAP = ("+RTS", "-H4k", "-A4m", "-O16m", "-RTS")  # half the memory it takes by default, in the same time
    PAGES = 240  # after which it starts anew: it keeps a little of each

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = self.pages = 0

    def convert(self, body: str) -> str:
        """A page's body as Typst markup; `RenderError` when pandoc cannot read it."""
        with self.lock:
            stdin, stdout = self._pipes()
            try:
                stdin.write(json.dumps(body).encode() + b"\n")
                stdin.flush()
                done, said = json.loads(stdout.readline())
            except (OSError, ValueError):
                done, said = False, f"it ended with code {self.end()}"
        if not done:
            raise RenderError(f"pandoc cannot read the page: {said}")
        return str(said)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        self.pages += 1
        if self.pages > self.PAGES or self.owner != os.getpid():
            self.end()
        if self.process is None:
            # Without a data folder it reads nothing of the user's.
            command: list[str | Path] = [self.PATH, *self.HEAP, "--data-dir", TEMPLATES]
            command += ["--from", TEMPLATES / "convert.lua", os.devnull]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
            self.owner, self.pages = os.getpid(), 1
        assert self.process.stdin
        assert self.process.stdout
        return self.process.stdin, self.process.stdout

    def end(self) -> int | None:
        """Let the process end, if there is one and it is this process's own; its exit code."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return None
        process.communicate()
        return process.returncode


_PANDOC = _Pandoc()
atexit.register(_PANDOC.end)
