"""The command's stdout and stderr: data are shown and never obeyed, and a reader that goes away stops nothing."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

from nianbao.characters import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROLS = re.compile(f"[{CONTROLS}]")


def harmless(text: str) -> str:
    r"""The text with ``\u001b`` for each control character, as JSON writes it."""
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Printed:
    """A stream that prints `harmless` text. When nobody reads it any more it prints to nowhere, and the command goes on."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Print the text; its length."""
        with self._reader():
            self.stream.write(harmless(text))
        return len(text)

    def flush(self) -> None:
        """Hand on what has been printed."""
        with self._reader():
            self.stream.flush()

    @contextlib.contextmanager
    def _reader(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in {errno.EPIPE, errno.EINVAL}:  # Windows calls a pipe without a reader EINVAL.
                raise
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)


def print_json(value: Any) -> None:
    """Print a value as one JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Within the context stdout and stderr are `Printed`, in ASCII locales too; closed streams lead to nowhere."""
    _open_closed()
    before = sys.stdout, sys.stderr
    for stream in before:
        if isinstance(stream, TextIOWrapper):  # In an ASCII locale Chinese is escaped, and no error.
            stream.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = map(Printed, before)
    try:
        yield
        sys.stdout.flush()
    finally:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        sys.stdout, sys.stderr = before


def _open_closed() -> None:
    """Open what the caller has closed, or the next file that is opened would be taken for it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # It gets the lowest free number, which is this one.
            os.set_inheritable(number, True)  # In the processes of the reports it is open as well.
        if getattr(sys, name) is None:
            # It stays open as long as the process runs.
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115
