"""Processes for the batch: forked from one that has the libraries loaded (``forkserver``), or spawned where there is no
fork; each leads a group of its own and goes when this process does.
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
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

PRELOAD = "nianbao.run.warm"
TRIES = 5  # to start a process
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


def start(
    context: BaseContext, function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None, limits: Limits
) -> BaseProcess:
    """A process that calls the function; what it returns goes into the pipe."""
    for attempt in range(TRIES):
        process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_child, args=(function, arguments, pipe, limits.memory)
        )
        try:
            with contextlib.nullcontext() if function.__module__ == "__main__" else _without_main():
                process.start()
            break
        except (OSError, EOFError):  # The fork server was killed; the next start starts another.
            if attempt == TRIES - 1:
                raise
            time.sleep(0.1)
    return process


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """A process that starts meanwhile does not run the caller's script again, as multiprocessing would have it: what it
    calls comes from a module, and the script need not keep its lines from running twice.
    """
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def cause(code: int | None, limits: Limits) -> str:
    """Why a process that ended with this code has no result, as far as the code tells."""
    how = f"exit code {code}"
    if code is not None and code < 0:
        how = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
    hint = f"; it was limited to {limits.memory} MiB more than it started with (--memory)" if limits.memory else ""
    return f"the report's process ended without a result ({how}){hint}"


def kill(process: BaseProcess) -> None:
    """Make sure the process goes, with whatever it started: each leads a group of its own."""
    if POSIX and process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def context_for(limits: Limits, module: str) -> BaseContext:
    """How processes start that call a function of this module."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(limits.start_method or ("forkserver" if "forkserver" in methods else "spawn"))
    if context.get_start_method() == "forkserver":
        # The last of them freezes what all have loaded.
        context.set_forkserver_preload(["nianbao.run.pool", module, *limits.preload, PRELOAD])
    return context


def _child(function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None, memory: int) -> None:
    """The process of an item or a helper: a group of its own, silent, its memory limited; its result goes into the pipe."""
    if POSIX:
        os.setsid()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    multiprocessing.set_start_method(None, force=True)  # as this one was started its own need not be
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    if memory and sys.platform == "linux":
        _limit_memory(memory)
    result = function(*arguments)
    if pipe:
        pipe.send(result)
        pipe.close()


def _die_with_parent() -> None:
    """A run that was killed leaves no process behind, and none that publishes after it."""
    if parent := multiprocessing.parent_process():
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
