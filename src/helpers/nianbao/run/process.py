"""Start and end the processes of a batch.

They are forked from a process that has the libraries loaded (``forkserver``), or spawned where there is no fork. Each leads
a process group of its own and ends when this process ends.
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

from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

PRELOAD = "nianbao.run.warm"
TRIES = 5  # attempts to start a process
POSIX = os.name == "posix"
_STARTING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes run at a time, and what each may take.

    Parameters
    ----------
    workers : int
        Processes at a time; 0 means one per core.
    timeout : float
        Seconds of wall time that a process may take.
    memory : int
        MiB that a process may take beyond what it starts with; 0 means no limit. Applied on Linux only.
    start_method : str
        forkserver or spawn; '' means forkserver where the system has it.
    preload : tuple of str
        Modules that the fork server loads besides the kit's own, such as those that the notebook imports.
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
    """Start a process that calls the function and sends its result through the pipe, if there is one.

    Raises
    ------
    OSError, EOFError
        When the process does not start in `TRIES` attempts.
    """
    for attempt in range(TRIES):
        process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_child, args=(function, arguments, pipe, limits.memory)
        )
        try:
            with contextlib.nullcontext() if function.__module__ == "__main__" else _without_main():
                process.start()
            break
        except (OSError, EOFError):  # The fork server was killed; the next attempt starts another.
            if attempt == TRIES - 1:
                raise
            time.sleep(0.1)
    return process


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keep a process that starts meanwhile from running the caller's script again, as multiprocessing would.

    The process needs only the module of its function, and so the script needs no ``if __name__ == "__main__"``.
    """
    with _STARTING:  # Two builds in threads of one process would take each other's empty module for the script.
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def cause(code: int | None, limits: Limits) -> str:
    """A sentence that says with which exit code or signal a process ended without a result."""
    how = say("exit code {code}", code=code)
    if code is not None and code < 0:
        how = signal.Signals(-code).name if -code in signal.valid_signals() else say("signal {number}", number=-code)
    said = say("the report's process ended without a result ({how})", how=how)
    if limits.memory:
        said += say("; it was limited to {memory} MiB more than it started with (--memory)", memory=limits.memory)
    return said


def kill(process: BaseProcess) -> None:
    """Kill a process and its process group, which holds the processes that it started."""
    if POSIX and process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def context_for(limits: Limits, module: str) -> BaseContext:
    """The multiprocessing context that starts processes for a function of ``module``."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(limits.start_method or ("forkserver" if "forkserver" in methods else "spawn"))
    if context.get_start_method() == "forkserver":
        # `PRELOAD` comes last, because it freezes what all of them have loaded.
        context.set_forkserver_preload(["nianbao.run.pool", module, *limits.preload, PRELOAD])
    return context


def _child(function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None, memory: int) -> None:
    """Run in the new process: lead a group, drop all output, limit the memory, and send the function's result."""
    if POSIX:
        os.setsid()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    multiprocessing.set_start_method(None, force=True)  # its own processes may start by another method
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
    """Kill this process and its group when its parent dies, so that nothing is published after a run was killed."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        if POSIX:
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _limit_memory(mebibytes: int) -> None:
    """Limit the process to this many MiB beyond what it has now; an allocation beyond that raises MemoryError."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123  read once, nothing to resolve
        born = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (born + mebibytes * 2**20, born + mebibytes * 2**20))
