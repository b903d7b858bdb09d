"""A value through a pipe, in pieces so small that a pipe takes each of them whole.

The receiver takes whole pieces only, and so never waits for a sender that was stopped in the middle of a large value.
"""

from __future__ import annotations

import pickle
import select
from typing import TYPE_CHECKING, Any

from nianbao.run import message

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# POSIX promises that a write of so many bytes is not cut in two. Four of them are the length that goes ahead.
SIZE = getattr(select, "PIPE_BUF", 4096) - 8
LARGEST = 2**28  # bytes of a result; one of thousands of reports is smaller
_MORE, _LAST = b"+", b"."


def send(pipe: Connection, value: Any) -> None:
    """Send a value of those that `message` reads."""
    data = pickle.dumps(value)
    last = len(data) - (len(data) - 1) % SIZE - 1  # where the last piece begins
    for at in range(0, last, SIZE):
        pipe.send_bytes(_MORE + data[at : at + SIZE])
    pipe.send_bytes(_LAST + data[last:])


class Incoming:
    """A value on its way."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe, self._data = pipe, bytearray()

    def is_whole(self) -> bool:
        """Take the pieces that are there; whether they are all.

        Raises
        ------
        EOFError, OSError
            When no sender is left.
        message.Refused
            When it is larger than any result.
        """
        while self.pipe.poll():
            piece = self.pipe.recv_bytes()
            if len(self._data) + len(piece) > LARGEST:
                raise message.Refused(f"> {LARGEST} bytes")
            self._data += piece[1:]
            if piece[:1] == _LAST:
                return True
        return False

    def value(self) -> Any:
        """The value, when it is whole; raises `message.Refused` for what no result is."""
        return message.read(self._data)
