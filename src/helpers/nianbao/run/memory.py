"""The memory of the fork server, laid out so that a fork of it costs less."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
from pathlib import Path

_LARGE = 2**21  # bytes of a large page
_COLLAPSE = 25  # madvise(2): gather memory in large pages now; since Linux 6.1
FORKS = 100  # which together save what gathering takes: a quarter of a second of CPU


def gather_in_time() -> None:
    """Have the memory of this process gathered in large pages before its hundredth fork, where Linux can.

    A fork copies a table with an entry for each page, of which a hundred MiB have 26,000, and its end empties that again.
    Gathered, a report's process takes 3 ms of CPU less, of 45: a small batch would not get back what gathering takes.
    """
    gatherer, forks = os.getpid(), itertools.count(1)

    def count() -> None:
        if os.getpid() == gatherer and next(forks) == FORKS:  # what is forked from it has this function too
            _gather()

    if hasattr(os, "register_at_fork"):  # Windows has not
        os.register_at_fork(before=count)


def _gather() -> None:
    with contextlib.suppress(OSError, AttributeError, ValueError):
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
        for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
            span, rights, _, _, inode, *_ = line.split()
            begin, end = (int(address, 16) for address in span.split("-"))
            begin, end = -(-begin // _LARGE) * _LARGE, end // _LARGE * _LARGE
            if rights == "rw-p" and inode == "0" and begin < end:  # not the memory of a file
                advise(begin, end - begin, _COLLAPSE)
