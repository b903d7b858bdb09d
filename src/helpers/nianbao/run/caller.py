"""Whoever calls the kit may be a script without a guard, a daemonic process or a forked one: all may start processes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from multiprocessing import forkserver, resource_tracker
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Keep a process that starts meanwhile from running the caller's script again, as multiprocessing would.

    The process needs only the module of its function, and so the script needs no ``if __name__ == "__main__"``. Two builds
    in threads of one process would take each other's empty module for the script, were it not for the lock.
    """
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def as_no_daemon() -> Iterator[None]:
    """Let a daemonic process, such as a worker of a pool, start others; multiprocessing refuses, as nobody would end them.

    The kit's own end with the process that has started them.
    """
    settings = vars(multiprocessing.current_process())["_config"]
    daemon = settings.pop("daemon", None)
    try:
        yield
    finally:
        if daemon is not None:
            settings["daemon"] = daemon


SAFE, OURS = "PYTHONSAFEPATH", "nianbao"  # Python's own variable, and its value where nobody but the kit has set it
SEED = "PYTHONHASHSEED"


@contextlib.contextmanager
def as_anywhere() -> Iterator[None]:
    """Let a process that starts meanwhile work as it would anywhere else.

    It loads its modules from where they are installed and not from the working folder: multiprocessing starts it with
    ``-c``, for which a ``queue.py`` in the working folder comes first. And its sets have one order, also those of cells.
    """
    before = {name: os.environ.get(name) for name in (SAFE, SEED)}
    os.environ.setdefault(SAFE, OURS)
    os.environ[SEED] = "0"
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ.update({} if value is None else {name: value})


def as_before() -> None:
    """In the new process: undo that for the processes which cells start."""
    if os.environ.get(SAFE) == OURS:
        del os.environ[SAFE]


def forget_server() -> None:
    """Let go of a fork server that is no child of this process, but of one that this was forked from: it cannot be used."""
    known = forkserver._forkserver
    if (pid := vars(known).get("_forkserver_pid")) is None:
        return
    with contextlib.suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == 0:
            return
    os.close(vars(known)["_forkserver_alive_fd"])
    type(known).__init__(known)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C, which a terminal sends to all, from a process that starts here until it says itself what becomes of it.

    A process inherits which signals are blocked; `guard` unblocks this one. Here it arrives when the context ends.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # whose start unblocks Ctrl-C
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
