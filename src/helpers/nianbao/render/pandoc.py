"""pandoc as a process that stays: clean HTML → Typst markup; the only room that knows pandoc."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import pypandoc

from nianbao.errors import RenderError
from nianbao.paths import TEMPLATES


class Pandoc:
    """The process. A page takes it a third of the time that a start and a page take.

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


PANDOC = Pandoc()
atexit.register(PANDOC.end)
