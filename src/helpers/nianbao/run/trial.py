"""Import modules whose import may do anything, when a trial in a process of its own has shown that it does no harm.

A module may raise, exit, hang or crash when it is imported, or leave threads or children behind. Such a module is left to
the reports that need it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.run import descendants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATIENCE = 15  # seconds for all trials
HARMLESS = 98  # an exit code that no module gives


def load(names: Sequence[str]) -> None:
    """Import those of the modules that do no harm: all at once, or one by one when one of them does."""
    until = time.monotonic() + PATIENCE
    wanted = [name for name in names if name not in sys.modules]
    groups = [wanted] if _is_harmless(wanted, until) else [[name] for name in wanted if _is_harmless([name], until)]
    for name in (name for group in groups for name in group):
        with contextlib.suppress(BaseException), silent():
            __import__(name)


def _is_harmless(names: Sequence[str], until: float) -> bool:
    """Whether a process that imports the modules goes on, and has no new thread and no child then."""
    child = os.fork()
    if child == 0:
        _beside(names)
    ended = status = 0
    while not ended and time.monotonic() < until:
        time.sleep(0.002)
        ended, status = os.waitpid(child, os.WNOHANG)
    if not ended:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    descendants.end_own()  # what it has left; nothing else is forked from this process while it loads
    return bool(ended) and os.waitstatus_to_exitcode(status) == HARMLESS


def _beside(names: Sequence[str]) -> None:
    """In a process of its own: have another one try, whose parent is not the fork server, and end as it ends."""
    code = 1
    try:
        os.setsid()
        descendants.adopt()
        descendants.die_when_orphaned()
        if (child := os.fork()) == 0:
            _try(names)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        os._exit(code if code > 0 else 1)


def _try(names: Sequence[str]) -> None:
    """In the trial's process: import the modules, and tell by the exit code."""
    code = 1
    try:
        os.setsid()
        signal.alarm(PATIENCE + 1)  # in case this process loses its parent elsewhere than on Linux
        descendants.adopt()
        descendants.die_when_orphaned()
        before = _threads()
        with silent():
            for name in names:
                __import__(name)
        # Some libraries, such as OpenBLAS, end their threads before a fork, and start them again when they need them.
        if (child := os.fork()) == 0:
            os._exit(0)
        os.waitpid(child, 0)
        if _threads() <= before and not descendants.children(os.getpid()):
            code = HARMLESS
    finally:
        os._exit(code)


def _threads() -> int:
    """How many threads this process has; on Linux those that libraries have started are among them."""
    return len([*Path("/proc/self/task").iterdir()]) if sys.platform == "linux" else threading.active_count()


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Give the standard streams nothing to read, and let nothing be seen of what is written to them."""
    kept = [os.dup(number) for number in range(3)]
    sink = os.open(os.devnull, os.O_RDWR)
    try:
        for number in range(3):
            os.dup2(sink, number)
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        for number, one in enumerate(kept):
            os.dup2(one, number)
        for one in (*kept, sink):
            os.close(one)
