"""The processes that a process has started, and those that they have started, as Linux tells them.

A daemon leaves its process group and loses its parent. Linux then gives it to the nearest ancestor that adopts, so that it
is still found there. On other systems nothing is adopted and no children are found.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARENT_DEATH, _ADOPT = 1, 36  # PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER of linux/prctl.h
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_ROUNDS = 100  # a process that the kernel holds does not stop, and cannot start another either


def adopt() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_ADOPT, 1)


def end_with_parent() -> None:
    """Have this process, once its parent has ended, kill all its descendants and exit, even if it is stopped meanwhile.

    It kills them as well when it exits by itself: a closed pipe may tell it before the system does that its parent ends.
    What is forked from it is continued when it is killed itself, even if stopped before it has run a line of Python.
    """
    pid, parent = os.getpid(), os.getppid()

    def end_when_orphaned(number: int, frame: object) -> None:
        if os.getpid() == pid and os.getppid() != parent:  # neither a forked process, nor continued by a shell
            end_own()
            os._exit(0)

    def end_at_exit() -> None:
        if os.getpid() == pid:
            end_own()

    adopt()
    atexit.register(end_at_exit)
    wake_when_orphaned()
    os.register_at_fork(after_in_child=wake_when_orphaned)
    signal.signal(signal.SIGCONT, end_when_orphaned)


def wake_when_orphaned() -> None:
    """Have this process continued (SIGCONT) when its parent ends: otherwise a stopped one would stay for ever."""
    _signalled_when_orphaned("SIGCONT")


def die_when_orphaned() -> None:
    """Have this process killed when its parent ends."""
    _signalled_when_orphaned("SIGKILL")


def _signalled_when_orphaned(name: str) -> None:
    if sys.platform == "linux":
        _prctl(_PARENT_DEATH, getattr(signal, name))


def _prctl(option: int, value: int) -> None:
    if _LIBC is not None:
        _LIBC.prctl(option, value, 0, 0, 0)


def children(pid: int) -> set[int]:
    """The processes that a process has started or adopted, zombies among them; none when it has ended."""
    found: set[int] = set()
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/task") as threads:
        for thread in threads:
            with contextlib.suppress(OSError):
                found |= {int(child) for child in Path(thread.path, "children").read_text("ascii").split()}
    return found


def end(pids: Iterable[int]) -> None:
    """Kill processes with all their descendants.

    Each is stopped before its children are looked for: none starts another in between, which would then be missed.
    """
    found: set[int] = set()
    ahead = set(pids)
    for _ in range(_ROUNDS):
        _signal(ahead, "SIGSTOP")
        found |= ahead
        ahead = set().union(*map(children, found)) - found
        if not ahead and all(map(_is_still, found)):
            break
        if not ahead:
            time.sleep(0.001)
    _signal(found, "SIGKILL")


def end_own() -> None:
    """Kill all descendants of this process."""
    for _ in range(_ROUNDS):
        left = {pid for pid in children(os.getpid()) if _state(pid) not in "ZX"}
        if not left:
            return
        end(left)


def is_stopped(pid: int) -> bool:
    """Whether a signal has stopped the process."""
    return _state(pid) in "Tt"


def began(pid: int) -> str:
    """When a process began, in ticks since the machine did; '' where there is none, or nothing tells."""
    told = _told(pid)
    return told[19] if told else ""


def cpu(pid: int) -> float:
    """The CPU seconds of a process and of those of its children that it has seen end; 0 where nothing tells."""
    told = _told(pid)
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK") if told else 0.0


def _signal(pids: Iterable[int], name: str) -> None:
    for pid in pids if os.name == "posix" else ():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, getattr(signal, name))


def _is_still(pid: int) -> bool:
    return _state(pid) in "TtZX"


def _state(pid: int) -> str:
    """The letter that stands for the process's state; X, for dead, where there is none."""
    told = _told(pid)
    return told[0] if told else "X"


def _told(pid: int) -> list[str]:
    """What Linux tells of a process behind its name, see proc_pid_stat(5); nothing where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return []
