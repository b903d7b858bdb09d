"""The fork server's memory in huge pages: to fork it, and to end what is forked, then takes two thirds of the time.

What Linux does for a fork and for its end it does page by page, and the libraries take 25,000 pages of 4 KiB.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

AFTER = 40  # forks, which save together what it takes: 3 ms each, of 0.12 s
_SIZE = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")
_COLLAPSE = 25  # MADV_COLLAPSE of linux/mman.h, from Linux 6.1 on; older ones refuse it, and nothing is lost
# What the process has allocated: the heap, and what lies in no file.
_OWN = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw-p \S+ \S+ 0 +(?:\[heap\])?$", re.M)


def when_it_pays() -> None:
    """Have Linux put this process's memory into huge pages as soon as the process has forked so often that it pays."""
    owner, forks = os.getpid(), count(1)

    def forking() -> None:
        if os.getpid() == owner and next(forks) == AFTER:
            with suppress(OSError, ValueError):
                collapse()

    if sys.platform == "linux":
        os.register_at_fork(before=forking)


def collapse() -> None:
    """Put the memory that this process has allocated into huge pages, as far as Linux has room for them.

    Raises
    ------
    OSError, ValueError
        Where this Linux has no huge pages.
    """
    size = int(_SIZE.read_text("ascii"))
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for first, last in _OWN.findall(Path("/proc/self/maps").read_text("ascii")):
        begin, end = -(-int(first, 16) // size) * size, int(last, 16) // size * size
        if begin < end:
            advise(begin, end - begin, _COLLAPSE)
