"""Run pandoc as a process that stays: clean HTML → Typst markup, TeX → MathML → Word's formulas. Only this room knows it."""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pypandoc

from nianbao.errors import RenderError
from nianbao.language import say
from nianbao.paths import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pandoc:
    """The pandoc process. It stays, because a start for each page would take three times as long.

    It runs the pandoc that was installed with nianbao. pypandoc would run a newer one that it finds on the machine, which
    could make other bytes. It ends when this process closes the pipe, at the latest when this process ends.
    """

    PATH = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
    # Half the memory of the defaults, in the same time; and no clock that interrupts it, which takes a tenth of that.
    HEAP = ("+RTS", "-H4k", "-A4m", "-O16m", "-V0", "-RTS")
    PAGES = 240  # then a new process starts, because it keeps some memory of each page

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = self.pages = 0

    def convert(self, body: str, widths: Mapping[str, float] | None = None, cells: Mapping[str, float] | None = None) -> str:
        """A page's body, which is HTML, as Typst markup; raises `RenderError` when pandoc cannot read it.

        With the ``widths`` of letters (`fonts.widths`) it is set as a Chinese page, which says where its lines end
        (`ends.told`). A body with tables needs what their ``cells`` take (`wide.CELLS`).
        """
        return self._asked({"html": body} | ({"widths": widths} if widths else {}) | ({"cells": cells} if cells else {}))

    def mathml(self, tex: str, on_its_own_line: bool, macros: str) -> str:
        """A formula as ``<math>``; '' when pandoc does not understand its TeX. Raises `RenderError` as `convert`.

        ``macros`` are definitions that hold for it, as TeX.
        """
        made = self._asked([tex, on_its_own_line, macros])
        return made if made.startswith("<math") else ""

    def omml(self, formulas: list[str]) -> list[str]:
        """Formulas, each as ``<math>``, as Word's ``<m:oMath>``; '' for one that pandoc does not understand."""
        paragraphs = self._asked({"omml": formulas}).split("</w:p>")[: len(formulas)]
        found = (re.search("<m:oMath>.*</m:oMath>", one, re.S) for one in paragraphs)
        return [_in_order(one[0]) if one else "" for one in found]

    def _asked(self, question: dict[str, Any] | list[str | bool]) -> str:
        with self.lock:
            stdin, stdout = self._pipes()
            try:
                stdin.write(json.dumps(question).encode() + b"\n")
                stdin.flush()
                done, said = json.loads(stdout.readline())
            except (OSError, ValueError):
                done, said = False, say("it ended with code {code}", code=self.end())
        if not done:
            raise RenderError(say("pandoc cannot read the page: {why}", why=said))
        return str(said)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        self.pages += 1
        if self.pages > self.PAGES or self.owner != os.getpid():
            self.end()
        if self.process is None:
            # With a data folder of nianbao's own, pandoc does not read the user's.
            command: list[str | Path] = [self.PATH, *self.HEAP, "--data-dir", TEMPLATES]
            command += ["--from", TEMPLATES / "convert.lua", os.devnull]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
            self.owner, self.pages = os.getpid(), 1
        assert self.process.stdin
        assert self.process.stdout
        return self.process.stdin, self.process.stdout

    def end(self) -> int | None:
        """End the process and give its exit code; ``None`` when this process has started none."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return None
        process.communicate()
        return process.returncode


def _in_order(omml: str) -> str:
    """A formula as its schema has it: no style besides plain text, the number of columns before their side."""
    plain = re.sub("(<m:nor ?/>)<m:sty [^>]*>", r"\1", omml)
    return re.sub("(<m:mcJc [^>]*>)(<m:count [^>]*>)", r"\2\1", plain)


PANDOC = Pandoc()
atexit.register(PANDOC.end)
