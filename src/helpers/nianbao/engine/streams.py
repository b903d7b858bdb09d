"""What cells print, in one order with what child processes and C code write to the same descriptors."""

from __future__ import annotations

import codecs
import ctypes
import os
import sys
import tempfile
import threading
from contextlib import nullcontext
from typing import Any

from ipykernel.iostream import OutStream

CHUNK = 2**20


class Stream(OutStream):
    """ipykernel's stream, which takes in what others have written before it takes the cell's next text."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.others: Others | None = None
        self.descriptor: int | None = None
        self.sending = threading.RLock()

    def write(self, string: str) -> int | None:
        """Take a text; see `ipykernel.iostream.OutStream`. The end of a line, which `print` writes apart, stays with it.

        A forked process writes where every other process does, so that what it wrote is there when it has ended.
        """
        if self.descriptor is not None:
            with open(self.descriptor, "w", encoding="utf-8", errors="replace", newline="", closefd=False) as file:
                return file.write(string)
        if self.others and string != "\n":
            self.hear()
        taken: int | None = super().write(string)
        return taken

    def hear(self, to_the_end: bool = False) -> bool:
        """Take in what others have written since the last call; whether there was anything.

        ``to_the_end`` means that nothing follows: of half a character, the other half is not waited for.
        """
        text = self.others.read(to_the_end) if self.others else ""
        if text:
            super().write(text)
        return bool(text)

    def _flush(self) -> None:
        if self.descriptor is not None:  # What is kept here is the text of the process that this one was forked from.
            return
        # One thread at a time: otherwise a cell could send its result ahead of a text that another thread is sending. A
        # forked process has no such lock: nobody there might let it go.
        with self.sending if self.others else nullcontext():
            self.hear()
            super()._flush()


class Capture:
    """Captures what child processes and C code write to stdout and stderr while a cell runs, as the cell's output.

    In this context both descriptors lead to files, which are read before the cell prints and before any other output is
    published; stdin is empty. The standard kernel captures the same. Neither captures anything on Windows.
    """

    def __init__(self, kernel: Any) -> None:
        self.on = False
        self.kept: list[int] = []
        self.given: list[int] = []
        self.streams: tuple[Stream, ...] = ()
        if os.name != "posix":
            return
        self.library = _Library()
        self.streams = kernel.stdout, kernel.stderr
        self.kept = [os.dup(number) for number in range(3)]
        self.given = [os.open(os.devnull, os.O_RDONLY)]
        for stream, kept in zip(self.streams, self.kept[1:], strict=True):
            stream.others, stream._original_stdstream_copy = Others(self.library), kept
            self.given.append(stream.others.written)
        kernel.iopub_thread.before_sending = self.publish
        os.register_at_fork(after_in_child=self._leave)

    def __enter__(self) -> None:
        self._switch(True)

    def __exit__(self, *_: object) -> None:
        self._switch(False)

    def _switch(self, on: bool) -> None:
        if self.streams:
            self.library.flush()
        self.on = on
        for number, target in enumerate(self.given if on else self.kept):
            os.dup2(target, number)

    def publish(self) -> None:
        """Publish what has been written since the last call."""
        for stream in self.streams:
            if stream.hear(to_the_end=True):
                stream.flush()

    def _leave(self) -> None:
        """Leave the files to the process that this one was forked from, and write to the descriptors."""
        for number, stream in enumerate(self.streams, 1):
            stream.others, stream.descriptor = None, number
        self.streams = ()

    def close(self) -> None:
        """Close the files and descriptors."""
        files = [stream.others.reading for stream in self.streams if stream.others]
        for stream in self.streams:
            stream.others = None
        self.streams = ()
        for number in (*self.kept, *self.given, *files):
            os.close(number)


class Others:
    """What others write to a file without a name, which stands for a descriptor.

    It is opened twice, so that writing does not move the position of reading.
    """

    def __init__(self, library: _Library) -> None:
        self.library, self.read_so_far, self.lock = library, 0, threading.Lock()
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with tempfile.NamedTemporaryFile() as file:
            self.written = os.dup(file.fileno())
            self.reading = os.open(file.name, os.O_RDONLY)

    def read(self, to_the_end: bool) -> str:
        """What has been written since the last call."""
        self.library.flush()
        is_all = self.library.size(self.reading) == self.read_so_far and not (to_the_end and self.decoder.getstate()[0])
        if is_all or not self.lock.acquire(blocking=False):
            return ""  # there is nothing, or another thread reads it
        try:
            text = ""
            while raw := os.pread(self.reading, CHUNK, self.read_so_far):
                self.read_so_far += len(raw)
                text += self.decoder.decode(raw)
            return text + self.decoder.decode(b"", to_the_end)
        finally:
            self.lock.release()


class _Library:
    """What is asked of C's library before each text that a cell prints.

    It is asked with Python's lock held: whoever lets the lock go waits 5 ms for each thread that computes. It flushes, which
    may take time, only where there is something to flush.
    """

    def __init__(self) -> None:
        held, free = ctypes.PyDLL(None), ctypes.CDLL(None)
        self.seek = held.lseek
        self.seek.argtypes, self.seek.restype = (ctypes.c_int, ctypes.c_long, ctypes.c_int), ctypes.c_long
        # Flushing all streams would wait for a thread that reads from one; standard error keeps nothing back.
        self.stdout = ctypes.c_void_p.in_dll(free, "__stdoutp" if sys.platform == "darwin" else "stdout")
        self.pending = getattr(held, "__fpending", None) or (lambda stream: 1)
        self.fflush = free.fflush

    def flush(self) -> None:
        """Write what C code has printed: C's library keeps it back as long as it writes to no terminal."""
        if self.pending(self.stdout):
            self.fflush(self.stdout)

    def size(self, descriptor: int) -> int:
        """How many bytes a file has."""
        size: int = self.seek(descriptor, 0, os.SEEK_END)
        return size
