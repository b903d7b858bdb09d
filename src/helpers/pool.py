"""Runs one function on many items, each in a process of its own: forked from one that has the libraries loaded
(``forkserver``), or spawned where there is no fork.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
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

PRELOAD = ["helpers.warm"]
# Reports whose notebooks use pandas share its import; too few reports would wait longer for it than they gain.
PRELOAD_MANY, MANY = [*PRELOAD, "pandas"], 8


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes at a time (0: one per core); what one may take: seconds of wall time, MiB of memory (0: any)."""

    workers: int = 0
    timeout: float = 600.0
    memory: int = 0


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
    context = _context(len(items))
    waiting = list(reversed(items))
    running: dict[int, _Running[T]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < (limits.workers or os.cpu_count() or 1):
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
            one.process.kill()


def _start(context: BaseContext, function: Callable[[T], Any], item: T, limits: Limits) -> _Running[T]:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(function, item, theirs, limits.memory), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Running(item, process, ours, time.monotonic() + limits.timeout)


def _result(one: _Running[T], lost: Callable[[T, str], R], limits: Limits) -> tuple[bool, Any]:
    """Whether the item is done, and its result."""
    if one.pipe.poll():
        try:
            result = one.pipe.recv()
        except EOFError:
            one.process.join(1)
            code = one.process.exitcode
            how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
            result = lost(one.item, f"the report's process ended without a result ({how})")
    elif time.monotonic() >= one.deadline:
        one.process.kill()
        result = lost(one.item, f"not done within {limits.timeout:g} s (--timeout)")
    else:
        return False, None
    one.process.join(5)
    one.pipe.close()
    return True, result


def _context(items: int) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD_MANY if items > MANY else PRELOAD)
    return context


def _child(function: Callable[[Any], Any], item: Any, pipe: Connection, memory: int) -> None:
    """The process of one item: what it prints goes nowhere, its memory is limited, its result goes through the pipe."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    if memory and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory * 2**20, memory * 2**20))
    pipe.send(function(item))
    pipe.close()
