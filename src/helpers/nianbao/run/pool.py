"""Run one function on many items, each in a process of its own.

A process that crashes, hangs, uses too much memory or leaves children behind affects only its own item. When this process
dies, all processes of the items die too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nianbao.language import say
from nianbao.run.helper import SHARED, Helper
from nianbao.run.process import cause, context_for, kill, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from nianbao.run.process import Limits

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Running(Generic[T]):
    item: T
    process: BaseProcess
    pipe: Connection
    helper: Helper | None
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
        Takes an item and the reason why its process ended without a result: crashed, killed, out of time or memory.
        Returns a result for that item.
    helper : callable, optional
        Runs in a process beside, which `SHARED` items share at a time. Its argument is a control pipe, from which `received`
        takes one pipe for each item; the function gets the other end of that pipe as second argument. A helper process that
        dies is replaced for the next item.
    """
    context = context_for(limits, function.__module__)
    waiting = list(reversed(items))
    running: dict[int, _Running[T]] = {}
    places = min(limits.at_a_time, len(items))
    helpers = [Helper(context, helper, limits) for _ in range(-(-places // SHARED))] if helper else []
    # Each helper is listed once for each item that it serves at a time.
    free: list[Helper | None] = list(islice(cycle(helpers or [None]), places))
    ending: list[BaseProcess] = []
    try:
        while waiting or running:
            while waiting and free:
                item, beside = waiting.pop(), free.pop()
                try:
                    one = _begin(context, function, item, beside, limits)
                except (OSError, EOFError) as error:
                    free.append(beside)
                    yield lost(item, say("no process could be started: {why}", why=error))
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
            kill(process)
            process.join(5)


def _begin(
    context: BaseContext, function: Callable[..., Any], item: T, helper: Helper | None, limits: Limits
) -> _Running[T]:
    ours, theirs = context.Pipe(duplex=False)
    beside = (helper.pipe(),) if helper else ()
    process = start(context, function, (item, *beside), theirs, limits)
    for given in (theirs, *beside):
        given.close()
    return _Running(item, process, ours, helper, time.monotonic() + limits.timeout)


def _result(one: _Running[T], lost: Callable[[T, str], R], limits: Limits) -> tuple[bool, Any]:
    """Whether the item is done, and its result."""
    why, ended = "", not one.process.is_alive()
    if one.pipe.poll():
        try:
            result = one.pipe.recv()
        except (EOFError, OSError):
            one.process.join(1)
            why = cause(one.process.exitcode, limits)
    elif ended:  # A child still holds the pipe; or the process does, and only seems ended because its fork server died.
        why = cause(one.process.exitcode, limits)
    elif time.monotonic() >= one.deadline:
        why = say("not done within {seconds:g} s (--timeout)", seconds=limits.timeout)
    else:
        return False, None
    # A process that gave a result is not joined: the next one starts while the system removes it.
    kill(one.process)
    one.pipe.close()
    if why:
        one.process.join(5)
    return True, lost(one.item, why) if why else result
