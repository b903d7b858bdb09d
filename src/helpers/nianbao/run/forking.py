"""The fork server: which modules it loads, when it starts and how it ends. This module is imported fast.

The command starts it ahead of everything else, so that it loads while the command itself does.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
from multiprocessing import forkserver, resource_tracker
from typing import TYPE_CHECKING

from nianbao.run import caller, descendants, machine

if TYPE_CHECKING:
    from collections.abc import Sequence

METHOD = "forkserver"
GUARD, POOL, BATCH, WARM = (f"nianbao.run.{name}" for name in ("guard", "pool", "batch", "warm"))
WANTED = "NIANBAO_PRELOAD"  # the variable that tells the fork server, while it starts, what it may load besides


class Ahead:
    """The fork server that was started ahead, by its process id, until a process is wanted of it."""

    process: int | None = None


def ahead() -> None:
    """Start the fork server now, where it works and has a core of its own, unless there is one.

    One that nobody wants ends with this process.
    """
    if METHOD in multiprocessing.get_all_start_methods() and machine.cores() > 1:
        caller.forget_server()
        if process():
            return
        with contextlib.suppress(OSError), caller.as_anywhere(), caller.without_main():
            begin(BATCH)
            Ahead.process = process()


def begin(module: str, preload: Sequence[str] = ()) -> None:
    """See that a fork server runs, which loads a module of the kit, and the ``preload`` if it can; raises `OSError`."""
    if Ahead.process and preload and Ahead.process == process():  # It does not know of them.
        descendants.end({Ahead.process})
        os.waitpid(Ahead.process, 0)
        caller.forget_server()
    Ahead.process = None
    # `WARM` comes last, because it freezes what all of them have loaded.
    multiprocessing.get_context(METHOD).set_forkserver_preload([GUARD, POOL, module, WARM])
    atexit.unregister(_end)
    atexit.register(_end)
    os.environ[WANTED] = " ".join(preload)
    try:
        with caller.uninterrupted():
            forkserver.ensure_running()
    finally:
        os.environ.pop(WANTED, None)


def process() -> int | None:
    """The process id of the fork server that this process has started; multiprocessing has no public name for it."""
    pid: int | None = vars(forkserver._forkserver).get("_forkserver_pid")
    return pid


def _end() -> None:
    """End the fork server that nobody wanted; if they are stopped, any, and multiprocessing's tracker.

    When this process exits, it waits for news of all that were forked from the server; the tracker would keep the command's
    output open.
    """
    tracker: int | None = vars(resource_tracker._resource_tracker).get("_pid")
    known = {one for one in (process(), tracker) if one is not None}
    descendants.end({one for one in known if descendants.is_stopped(one) or one == Ahead.process})
