"""The notebook as far as it ran, on disk while it runs, so that it is there when its process is killed."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

LARGEST = 2**23  # bytes; outputs that would make it larger are left out
_HEAD, _TAIL = b'{"cells": [', b'], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'


class Partial:
    """A file that is a whole notebook after every write: each cell is written over what ends the file, with a new end.

    So a cell costs as much as itself, however many there are. It is a help and no more: a full disk does not stop the run.
    """

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        self.end = 0
        self._write(_HEAD)

    def put(self, cell: NotebookNode, done: bool = False) -> None:
        """Add a cell as it is now; the next one takes its place unless it is ``done``."""
        text = self._plain(cell)
        if self.end + len(text) > LARGEST:
            text = self._plain({**cell, "outputs": []})
        if self.end + len(text) <= LARGEST:
            self._write(text, done)

    def _plain(self, cell: dict[str, object]) -> bytes:
        comma = b",\n" if self.end > len(_HEAD) else b""
        return comma + json.dumps(cell, ensure_ascii=False).encode(errors="replace")

    def _write(self, text: bytes, done: bool = True) -> None:
        with contextlib.suppress(OSError):
            os.lseek(self.file, self.end, os.SEEK_SET)
            written = os.write(self.file, text + _TAIL)
            os.ftruncate(self.file, self.end + written)
            self.end += len(text) if done else 0

    def close(self) -> None:
        """Let the file go; it stays as it is."""
        os.close(self.file)


class Echo:
    """Where the streams of cells also go at once: into the log, so that a killed process leaves what it printed."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor, self.left = descriptor, LARGEST

    def write(self, text: str) -> None:
        """Write text, as long as there is room."""
        raw = text.encode(errors="replace")[: self.left]
        self.left -= len(raw)
        if raw:
            with contextlib.suppress(OSError):
                os.write(self.descriptor, raw)

    def flush(self) -> None:
        """Do nothing: all is written already."""
