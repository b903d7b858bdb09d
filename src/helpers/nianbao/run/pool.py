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
from itertools import cycle, islice
from multiprocessing.connection import wait
from multiprocessing.reduction import recv_handle, send_handle
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

PRELOAD = "helpers.warm"
TRIES = 5  # to start a process
SHARED = 2  # A helper has less than half of an item's work.
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


class _Helper:
    """A process that stays beside those of the items and serves each of them through a pipe of its own.

    It gets the pipes' other ends through a pipe to this process, and ends when that one is closed.
    """

    def __init__(self, context: BaseContext, serve: Callable[[Connection], None], limits: Limits) -> None:
        self.context, self.serve, self.limits = context, serve, limits
        self.process: BaseProcess | None = None
        self.control: Connection | None = None

    def pipe(self) -> Connection:
        """A new pipe to the helper, which is started when it does not run."""
        ours, theirs = self.context.Pipe()
        with theirs:
            if not self._takes(theirs):
                self.end()
                self.control, its = self.context.Pipe()
                with its:
                    self.process = _start(self.context, self.serve, (its,), None, self.limits)
                self._takes(theirs)
        return ours

    def _takes(self, pipe: Connection) -> bool:
        if self.process and self.control and self.process.is_alive():
            with contextlib.suppress(OSError):
                send_handle(self.control, pipe.fileno(), self.process.pid)
                return True
        return False

    def end(self) -> None:
        """End the helper, if it runs."""
        if self.process and self.control:
            _kill(self.process)
            self.process.join(5)
            self.control.close()


@dataclass(slots=True)
class _Running(Generic[T]):
    item: T
    process: BaseProcess
    pipe: Connection
    helper: _Helper | None
    deadline: float


def each(
    function: Callable[..., R],
    items: Sequence[T],
    lost: Callable[[T, str], R],
    limits: Limits,
    helper: Callable[[Connection], None] | None = None,
) -> Iterator[R]:
    """Run the function on each item; results come as they are ready.

    Parameters
    ----------
    function : callable
        Importable by name; its argument and result are picklable.
    lost : callable
        Makes the result of an item whose process ended without one: crashed, killed, out of time or memory.
    helper : callable, optional
        Runs in a process beside, one for `SHARED` items at a time, and gets a pipe from which `received` takes one pipe for
        each item; the function has its other end as second argument. One that dies is replaced for the next item.
    """
    context = _context(limits, function.__module__)
    waiting = list(reversed(items))
    running: dict[int, _Running[T]] = {}
    places = min(limits.at_a_time, len(items))
    helpers = [_Helper(context, helper, limits) for _ in range(-(-places // SHARED))] if helper else []
    # Each helper as often as it serves an item at a time.
    free: list[_Helper | None] = list(islice(cycle(helpers or [None]), places))
    ending: list[BaseProcess] = []
    try:
        while waiting or running:
            while waiting and free:
                item, beside = waiting.pop(), free.pop()
                try:
                    one = _begin(context, function, item, beside, limits)
                except (OSError, EOFError) as error:
                    free.append(beside)
                    yield lost(item, f"no process could be started: {error}")
                else:
                    running[one.process.sentinel] = one
            soonest = min((one.deadline for one in running.values()), default=0.0)
            wait([*running, *(one.pipe for one in running.values())], timeout=max(0.0, soonest - time.monotonic()))
            for sentinel, one in list(running.items()):
                ended, result = _result(one, lost, limits)
                if ended:
                    del running[sentinel]
                    ending = [process for process in ending if process.is_alive()] + [one.process]
                    free.append(one.helper)
                    yield result
    finally:
        for each_helper in helpers:
            each_helper.end()
        for process in [one.process for one in running.values()] + ending:
            _kill(process)
            process.join(5)


def received(control: Connection) -> Iterator[Connection]:
    """In a helper: the pipes of the items, each when it has something to say or its item is gone, until all are done."""
    pipes: list[Connection] = []
    while True:
        ready = wait([control, *pipes])
        for pipe in [one for one in pipes if one in ready]:
            pipes.remove(pipe)
            yield pipe
        if control in ready:
            try:
                pipes.append(type(control)(recv_handle(control)))
            except EOFError:
                return


def _begin(
    context: BaseContext, function: Callable[..., Any], item: T, helper: _Helper | None, limits: Limits
) -> _Running[T]:
    ours, theirs = context.Pipe(duplex=False)
    beside = (helper.pipe(),) if helper else ()
    process = _start(context, function, (item, *beside), theirs, limits)
    for given in (theirs, *beside):
        given.close()
    return _Running(item, process, ours, helper, time.monotonic() + limits.timeout)


def _start(
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


def _result(one: _Running[T], lost: Callable[[T, str], R], limits: Limits) -> tuple[bool, Any]:
    """Whether the item is done, and its result."""
    why, ended = "", not one.process.is_alive()
    if one.pipe.poll():
        try:
            result = one.pipe.recv()
        except (EOFError, OSError):
            one.process.join(1)
            why = _cause(one.process.exitcode, limits)
    elif ended:  # A child of its own, or the fork server that died before it, holds the pipe.
        why = _cause(one.process.exitcode, limits)
    elif time.monotonic() >= one.deadline:
        why = f"not done within {limits.timeout:g} s (--timeout)"
    else:
        return False, None
    # Not waited for: the next one starts while the system takes this one apart.
    _kill(one.process)
    one.pipe.close()
    if why:
        one.process.join(5)
    return True, lost(one.item, why) if why else result


def _cause(code: int | None, limits: Limits) -> str:
    how = f"exit code {code}"
    if code is not None and code < 0:
        how = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
    hint = f"; it was limited to {limits.memory} MiB more than it started with (--memory)" if limits.memory else ""
    return f"the report's process ended without a result ({how}){hint}"


def _kill(process: BaseProcess) -> None:
    """Make sure the process goes, with whatever it started: each leads a group of its own."""
    if POSIX and process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _context(limits: Limits, module: str) -> BaseContext:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(limits.start_method or ("forkserver" if "forkserver" in methods else "spawn"))
    if context.get_start_method() == "forkserver":
        # The last of them freezes what all have loaded.
        context.set_forkserver_preload([__name__, module, *limits.preload, PRELOAD])
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
