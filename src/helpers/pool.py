"""Runs one function on many items, each in a process of its own: forked from one that has the libraries loaded
(``forkserver``), or spawned where there is no fork.

Whatever a process does, crash, hang, eat memory, leave children behind, stays with its own item. When this process dies,
all of them do.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

PRELOAD = "helpers.warm"
POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes at a time (0: one per core); what one may take: seconds of wall time, MiB of memory (0: any).

    ``start_method`` is forkserver or spawn ('': forkserver where there is one); ``preload`` names modules the fork server
    loads besides the kit's own, such as those the notebook imports.
    """

    workers: int = 0
    timeout: float = 600.0
    memory: int = 0
    start_method: str = ""
    preload: tuple[str, ...] = ()

    @property
    def at_a_time(self) -> int:
        return self.workers or os.cpu_count() or 1


NO_LIMITS = Limits()


@dataclass(slots=True)
class _Running(Generic[T]):
    item: T
    process: BaseProcess
    pipe: Connection
    deadline: float


def each(function: Callable[[T], R], items: Sequence[T], lost: Callable[[T, str], R], limits: Limits) -> Iterator[R]:
    """Run the function on each item; results come as they are ready.

    Parameters
    ----------
    function : callable
        Importable by name; its argument and result are picklable.
    lost : callable
        Makes the result of an item whose process ended without one: crashed, killed, out of time or memory.
    """
    context = _context(limits)
    waiting = list(reversed(items))
    running: dict[int, _Running[T]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < limits.at_a_time:
                one = _start(context, function, waiting.pop(), limits)
                running[one.process.sentinel] = one
            soonest = min(one.deadline for one in running.values())
            wait([*running, *(one.pipe for one in running.values())], timeout=max(0.0, soonest - time.monotonic()))
            for sentinel, one in list(running.items()):
                ended, result = _result(one, lost, limits)
                if ended:
                    del running[sentinel]
                    yield result
    finally:
        for one in running.values():
            _end(one.process)


def _start(context: BaseContext, function: Callable[[T], Any], item: T, limits: Limits) -> _Running[T]:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(function, item, theirs, limits.memory))  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Running(item, process, ours, time.monotonic() + limits.timeout)


def _result(one: _Running[T], lost: Callable[[T, str], R], limits: Limits) -> tuple[bool, Any]:
    """Whether the item is done, and its result."""
    why = ""
    if one.pipe.poll():
        try:
            result = one.pipe.recv()
        except (EOFError, OSError):
            one.process.join(1)
            why = _cause(one.process.exitcode, limits)
    elif time.monotonic() >= one.deadline:
        why = f"not done within {limits.timeout:g} s (--timeout)"
    else:
        return False, None
    _end(one.process)
    one.pipe.close()
    return True, lost(one.item, why) if why else result


def _cause(code: int | None, limits: Limits) -> str:
    how = f"exit code {code}"
    if code is not None and code < 0:
        how = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
    hint = f"; it was limited to {limits.memory} MiB more than it started with (--memory)" if limits.memory else ""
    return f"the report's process ended without a result ({how}){hint}"


def _end(process: BaseProcess) -> None:
    """Make sure the process is gone, with whatever it started: each leads a group of its own."""
    if POSIX and process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join(5)


def _context(limits: Limits) -> BaseContext:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(limits.start_method or ("forkserver" if "forkserver" in methods else "spawn"))
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([PRELOAD, *limits.preload])
    return context


def _child(function: Callable[[Any], Any], item: Any, pipe: Connection, memory: int) -> None:
    """The process of one item: a group of its own, silent, its memory limited; its result goes through the pipe."""
    if POSIX:
        os.setsid()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    if memory and sys.platform == "linux":
        _limit_memory(memory)
    pipe.send(function(item))
    pipe.close()


def _die_with_parent() -> None:
    """A run that was killed leaves no process behind, and none that publishes after it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    if POSIX:
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _limit_memory(mebibytes: int) -> None:
    """Let the process take so much more memory than it was born with; what goes beyond is a MemoryError."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123  read once, nothing to resolve
        born = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (born + mebibytes * 2**20, born + mebibytes * 2**20))
