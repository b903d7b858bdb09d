"""Start processes: forked from one that has the libraries loaded (``forkserver``), or spawned where that does not work.

Whether the fork server works is asked once, by the first process forked from it. One that does not answer is killed, so that
no start waits for ever.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import multiprocessing
import os
import threading
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run import caller, descendants, forking
from nianbao.run.process import LOST, how_ended, kill, note, run
from nianbao.run.transfer import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from nianbao.run.process import Limits

TRIES = 5  # to start a process in one way, while others kill the fork server
LOADING, STARTING = 60.0, 20.0  # seconds that the fork server may take to load, and then to start a process
# What a machine lacks that runs too many processes or has too many files open: others end, and then there is room.
_SCARCE = {errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM}
KILLED = -9


class _UnfitError(Exception):
    """The fork server does not work, and will not at the next attempt either."""


class Starter:
    """Starts processes for the functions of one module, in the best way that works.

    Parameters
    ----------
    module : str
        The module of the functions, which the fork server loads.
    limits : Limits
    """

    process = 0  # the process that the rest holds for; another may have been forked from it, while a thread held the lock
    lock = threading.Lock()
    proven: int | None = 0  # the fork server that is known to work, by its process id
    unfit = False  # whether this process cannot use any fork server

    def __init__(self, module: str, limits: Limits) -> None:
        if Starter.process != os.getpid():
            Starter.process, Starter.lock = os.getpid(), threading.Lock()
            caller.forget_server()
        self.module, self.limits = module, limits
        wanted = limits.start_method or (
            forking.METHOD if forking.METHOD in multiprocessing.get_all_start_methods() else "spawn"
        )
        # Each way stands in for the one before it, when that does not work.
        self.ways: list[tuple[str, tuple[str, ...]]] = [("spawn", ())]
        if wanted == forking.METHOD and not Starter.unfit:
            self.ways = list(dict.fromkeys([(wanted, limits.preload), (wanted, ()), *self.ways]))
        self.asked = len(self.ways) == 1

    def start(self, function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None) -> BaseProcess:
        """Start a process that calls the function and sends its result through the pipe, if there is one.

        Raises
        ------
        OSError
            When the machine has no room for one more process now.
        UsageError
            When no process starts in any way, or what the reports need cannot be loaded.
        """
        tries = 0
        while True:
            try:
                with (
                    Starter.lock,
                    caller.as_anywhere(),
                    contextlib.nullcontext() if function.__module__ == "__main__" else caller.without_main(),
                ):
                    return self._started(function, arguments, pipe)
            except _UnfitError as error:
                self._give_up(error)
                Starter.unfit = len(self.ways) == 1
            except (OSError, EOFError) as error:
                if isinstance(error, OSError) and error.errno in _SCARCE:
                    raise
                tries += 1
                if tries == TRIES:
                    self._give_up(_UnfitError(_named(error)))
                    tries = 0
                time.sleep(0.1)  # The fork server was killed; the next attempt starts another.

    def _started(self, function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None) -> BaseProcess:
        method, preload = self.ways[0]
        context = multiprocessing.get_context(method)
        if method == forking.METHOD:
            self._serve(context, preload)
        elif not self.asked:
            self.asked = True  # once, even when somebody kills the process that is asked
            _ask(context)
        with _answering(STARTING):
            return _begun(context, function, arguments, pipe, self.limits.mebibytes)

    def _serve(self, context: BaseContext, preload: tuple[str, ...]) -> None:
        """See that a fork server runs, and that it works."""
        try:
            forking.begin(self.module, preload)
        except OSError as error:
            if error.errno in _SCARCE:
                raise
            raise _UnfitError(_named(error)) from error
        if Starter.proven != forking.process():
            _ask(context)
            Starter.proven = forking.process()

    def _give_up(self, why: _UnfitError) -> None:
        """Go on in the next way, or say that there is none; raises `UsageError`."""
        (_, preload), *others = self.ways
        if not others:
            raise UsageError(say("no process could be started: {why}", why=why)) from why
        if preload:
            said = say("the modules of the notebooks are not loaded beforehand: {why}", why=why)
        else:
            said = say("the reports' processes start slowly, because none can be forked: {why}", why=why)
        logging.getLogger("nianbao").warning(said)
        if (process := forking.process()) is not None:
            descendants.end({process})
        self.ways = others


def sweep() -> None:
    """Kill what the fork server has adopted: the orphans of processes that were killed or crashed.

    Each process of a batch opens a session, so an orphan is in another one than the fork server. Processes that this
    program has forked from the same server on its own are not.
    """
    with Starter.lock:
        if (process := forking.process()) is None:
            return
        known = {one.pid for one in multiprocessing.active_children()}
        orphans = set()
        for pid in descendants.children(process) - known:
            with contextlib.suppress(OSError):
                if os.getsid(pid) != os.getsid(process):
                    orphans.add(pid)
        descendants.end(orphans)


def problem() -> str:
    """What keeps this process from loading what the reports need; '' when nothing does."""
    try:
        __import__(forking.WARM)
    except Exception as error:
        return _named(error)
    return ""


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _begun(
    context: BaseContext, function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection | None, memory: int
) -> BaseProcess:
    with caller.as_no_daemon():
        process: BaseProcess = context.Process(target=run, args=(function, arguments, pipe, memory))  # type: ignore[attr-defined]  # every context has it
        process.start()
    note(process)
    return process


def _ask(context: BaseContext) -> None:
    """Ask a first process whether what the reports need is loaded, or can be.

    Raises
    ------
    UsageError
        When it cannot be loaded, because the installation is broken.
    _UnfitError
        When no process comes so far as to answer.
    OSError, EOFError
        When somebody has killed it meanwhile.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours:
        with theirs:
            process = _first(context, theirs)
        try:
            said = _answer(process, Incoming(ours))
        finally:
            kill(process)
    if said:
        raise UsageError(say("the kit cannot be loaded: {why}\n  install it again, as the README says", why=said))


def _first(context: BaseContext, pipe: Connection) -> BaseProcess:
    with _answering(LOADING) as late:
        try:
            return _begun(context, problem, (), pipe, 0)
        except (OSError, EOFError) as error:
            code = _code_of_server()
            if late.is_set():
                raise _UnfitError(_late()) from error
            if code is None or code == KILLED:
                raise
            raise _UnfitError(how_ended(code)) from error


def _answer(process: BaseProcess, answer: Incoming) -> str:
    until = time.monotonic() + LOADING
    try:
        while not answer.is_whole():
            if not wait([answer.pipe], max(0.0, until - time.monotonic())):
                raise _UnfitError(_late())
    except (OSError, EOFError) as error:
        process.join(1)
        if process.exitcode in {None, KILLED, LOST}:
            raise
        raise _UnfitError(how_ended(process.exitcode)) from error
    said: str = answer.value()
    return said


def _late() -> str:
    return say("not loaded within {seconds:g} s", seconds=LOADING)


def _code_of_server() -> int | None:
    """The exit code of the fork server, or minus the signal that ended it; ``None`` when nobody can say."""
    pid = forking.process()
    for _ in range(20 if pid and hasattr(os, "waitid") else 0):
        with contextlib.suppress(ChildProcessError):
            if ended := os.waitid(os.P_PID, pid or 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        time.sleep(0.05)  # It closes its pipes a little before it has ended.
    return None


@contextlib.contextmanager
def _answering(seconds: float) -> Iterator[threading.Event]:
    """Kill the fork server, with all that is forked from it, if the block takes longer: whoever waits for it gets an error.

    The event tells whether this was so.
    """
    late = threading.Event()

    def end() -> None:
        if pid := forking.process():
            late.set()
            descendants.end({pid})

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    try:
        yield late
    finally:
        watch.cancel()
