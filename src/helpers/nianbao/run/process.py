"""A process of a batch: what it may take, what it does first and last, and how it is killed.

Each leads a process group of its own and ends when the process that started the batch ends. On Linux its descendants end
with it, whatever group they have gone to; elsewhere those that have left its group stay.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import wait
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run import caller, descendants, machine, transfer

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

POSIX = os.name == "posix"
LEAST = 2048  # MiB; a report takes about 100, and libraries reserve much that they never use
FEWEST = 64  # MiB, below which Typst cannot set a page
# More is a slip of the hand.
MOST_JOBS, MOST_SECONDS, MOST_MEBIBYTES = 1024, 7 * 24 * 3600, 2**24
START_METHODS = ("forkserver", "spawn")
CRASHES = {"SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP", "SIGSYS"}
LOST = 255  # multiprocessing's exit code of a process whose fork server has died
OUT_OF_MEMORY = 97  # the exit code of a process whose function raised MemoryError


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes run at a time, and what each may take.

    Parameters
    ----------
    workers : int
        Processes at a time; 0 means one for each core that this process may use.
    timeout : float
        Seconds of wall time that a process may take.
    memory : int or None
        MiB of address space that a process may take beyond what it starts with; 0 means no limit, ``None`` what `mebibytes`
        says. Applied on Linux only.
    start_method : str
        forkserver or spawn; '' means forkserver where the system has it.
    preload : tuple of str
        Modules that the fork server loads besides the kit's own, such as those that the notebook imports.

    Raises
    ------
    UsageError
        For a number that is none, or out of bounds.
    """

    workers: int = 0
    timeout: float = 600.0
    memory: int | None = None
    start_method: str = ""
    preload: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_whole("workers", self.workers, 0, MOST_JOBS)
        if not (is_number(self.timeout) and 0 < self.timeout <= MOST_SECONDS):
            said = "{name} is {value}; it has to be a number of seconds, more than 0 and at most {most}"
            raise UsageError(say(said, name="timeout", value=repr(self.timeout), most=MOST_SECONDS))
        if self.memory:
            require_whole("memory", self.memory, FEWEST, MOST_MEBIBYTES)
        elif self.memory is not None:
            require_whole("memory", self.memory, 0, 0)
        if self.start_method not in {"", *START_METHODS}:
            said = "{name} is {value}; it has to be one of {known}"
            raise UsageError(say(said, name="start_method", value=repr(self.start_method), known=", ".join(START_METHODS)))

    @property
    def at_a_time(self) -> int:
        return self.workers or machine.cores()

    @property
    def mebibytes(self) -> int:
        """The limit of memory: by default what the machine has, shared among the processes, and no less than `LEAST`."""
        if self.memory is None:
            return max(LEAST, machine.memory() // self.at_a_time)
        return self.memory


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are none, and neither is NaN, which no comparison refuses."""
    return isinstance(value, Real) and not isinstance(value, bool) and value == value


def require_whole(name: str, value: object, least: int, most: int) -> None:
    """Require a whole number within bounds; raises `UsageError` for anything else."""
    if not (is_number(value) and isinstance(value, Integral) and least <= int(value) <= most):
        said = "{name} is {value}; it has to be a whole number from {least} to {most}"
        raise UsageError(say(said, name=name, value=repr(value), least=least, most=most))


NO_LIMITS = Limits()


class Own:
    """The limit that this process runs under: MiB of memory, 0 for none."""

    memory = 0


def cause(code: int | None, limits: Limits) -> str:
    """A sentence that says with which exit code or signal a process ended without a result."""
    memory = limits.mebibytes if sys.platform == "linux" else 0
    if code == OUT_OF_MEMORY:
        said = "more than {memory} MiB, the limit of a report's memory (--memory N allows more, --memory 0 any)"
        return say(said, memory=memory)
    said = say("the report's process ended without a result ({how})", how=how_ended(code))
    if memory and code is not None and code < 0:  # A library that gets no memory often ends the process by a signal.
        said += say(
            "; if its memory ran out: the limit was {memory} MiB (--memory N allows more, --memory 0 any)",
            memory=memory,
        )
    return said


def how_ended(code: int | None) -> str:
    """The exit code of a process, or the name of the signal that ended it, and what that means."""
    if code is None:
        return say("how is not known")
    if code == LOST:
        return say("exit code {code}: the process that started it was killed, or a cell or a library ended it", code=code)
    if code >= 0:
        return say("exit code {code}: a cell or a library ended it, or an error did", code=code)
    name = signal.Signals(-code).name if -code in signal.valid_signals() else say("signal {number}", number=-code)
    if name == "SIGKILL":
        said = "{name}: killed from outside, such as by the system when memory runs out, of which its log tells (dmesg)"
        return say(said, name=name)
    if name in CRASHES:
        return say("{name}: a library crashed", name=name)
    return say("{name}: it was ended from outside", name=name)


def over_limit() -> str:
    """What to add to the message of a MemoryError in this process."""
    if not Own.memory:
        return say(" (more memory than the machine has)")
    said = " (a report's memory is limited to {memory} MiB; --memory N allows more, --memory 0 any)"
    return say(said, memory=Own.memory)


def kill(process: BaseProcess) -> None:
    """Kill a process, its process group and, on Linux, its descendants."""
    if process.pid and not _is_another(process) and (process.is_alive() or _leads_session(process.pid)):
        descendants.end({process.pid})
    kill_group(process)


def note(process: BaseProcess) -> None:
    """Note when a process that was just started began: the system gives the number of one that has ended to another."""
    process.nianbao_began = descendants.began(process.pid or 0)  # type: ignore[attr-defined]  # read by this room alone


def _is_another(process: BaseProcess) -> bool:
    """Whether its number belongs to a process that began at another time."""
    now = descendants.began(process.pid or 0)
    return bool(now) and now != getattr(process, "nianbao_began", now)


def _leads_session(pid: int) -> bool:
    """Whether the process lives all the same: one whose fork server was killed seems to have ended."""
    try:
        return POSIX and os.getsid(pid) == pid
    except OSError:
        return False


def kill_group(process: BaseProcess) -> None:
    """Kill a process and its process group: enough for one that has ended its own descendants before it gave a result."""
    if _is_another(process):
        return
    if POSIX and process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def run(function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None, memory: int) -> None:
    """In the new process, lead a group, drop all output, limit the memory, and send the function's result by `transfer`."""
    if POSIX:
        os.setsid()
        signal.signal(signal.SIGCONT, signal.SIG_DFL)  # the fork server has a handler
        signal.signal(signal.SIGINT, signal.default_int_handler)  # and ignores Ctrl-C; here it interrupts a cell
    caller.as_before()
    descendants.adopt()
    descendants.wake_when_orphaned()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    multiprocessing.set_start_method(None, force=True)  # its own processes may start by another method
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    if memory and sys.platform == "linux":
        _limit_memory(memory)
        Own.memory = memory
    try:
        result = function(*arguments)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        descendants.end_own()
    if pipe:
        transfer.send(pipe, result)
        pipe.close()


def _die_with_parent() -> None:
    """Kill this process and all its own when its parent dies, so that nothing is published after a run was killed."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        descendants.end_own()
        if POSIX:
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _limit_memory(mebibytes: int) -> None:
    """Limit the process to this many MiB beyond what it has now; an allocation beyond that raises MemoryError."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123  read once, nothing to resolve
        born = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (born + mebibytes * 2**20, born + mebibytes * 2**20))
