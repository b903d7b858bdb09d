"""Run one function on many items, each in a process of its own.

A process that crashes, hangs, uses too much memory or leaves children behind affects only its own item. When this process
dies, all processes of the items die too.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run import machine
from nianbao.run.helper import Helpers
from nianbao.run.message import Refused
from nianbao.run.process import cause, kill, kill_group
from nianbao.run.server import Starter, sweep
from nianbao.run.transfer import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from nianbao.run.helper import Helper
    from nianbao.run.process import Limits

T = TypeVar("T")
R = TypeVar("R")
FILES = 8  # for each process, more than it takes in this one
LEAVING = 5.0  # seconds that killed processes may take to be gone


@dataclass(slots=True)
class _Running(Generic[T]):
    item: T
    process: BaseProcess
    incoming: Incoming
    helper: Helper | None
    deadline: float


def nothing(*_: Any) -> bool:
    """What is called by default: it does nothing, and asks for nothing."""
    return False


def each(
    function: Callable[..., R],
    items: Sequence[T],
    lost: Callable[[T, str, float], R],
    limits: Limits,
    helper: Callable[[Connection], None] | Helpers | None = None,
    *,
    begun: Callable[[T], Any] = nothing,
    again: Callable[[T, R], bool] = nothing,
    until: Connection | None = None,
) -> Generator[R, None, None]:
    """Run the function on each item; results come as they are ready. Closing the generator kills what still runs.

    Parameters
    ----------
    function : callable
        Importable by name; its argument and result are picklable.
    lost : callable
        Takes an item, why its process ended without a result and the seconds it took; returns a result for that item.
    helper : callable, optional
        Runs in a process beside each place where items run, one after another. Its argument is a control pipe, from which
        `received` takes one pipe for each item; the function gets its other end as second argument. `Helpers` stay at the
        end.
    begun, again : callable
        Called with an item when its process has started; and with an item and its result, which is dropped where it returns
        true: the item then runs once more, before all that wait.
    until : Connection, optional
        When its other end is closed, what still runs is killed, and no more results come.

    Raises
    ------
    UsageError
        When this machine cannot start a single process, or what all items need cannot be loaded.
    """
    starter = Starter(function.__module__, limits)
    waiting = list(reversed(items))
    running: dict[int, _Running[T]] = {}
    places = min(limits.at_a_time, len(items), max(1, machine.files() // FILES))
    helpers = helper if isinstance(helper, Helpers) else Helpers(starter, helper, places)
    start = partial(_begin, starter, function, limits)
    ending: list[BaseProcess] = []
    try:
        while waiting or running:
            _fill(waiting, helpers.free, running, start, begun)
            if _wait(running, until):
                return
            for one, result in _done(running, lost, limits):
                ending = [process for process in ending if process.is_alive()] + [one.process]
                helpers.free.append(one.helper)
                if again(one.item, result):
                    waiting.append(one.item)
                else:
                    with _uncounted(running):
                        yield result
    finally:
        helpers.free += [one.helper for one in running.values()]
        if helpers is not helper:
            helpers.end()
        _gone([one.process for one in running.values()] + ending)
        sweep()


@contextlib.contextmanager
def _uncounted(running: dict[int, _Running[T]]) -> Iterator[None]:
    """Within the context, time does not count: nobody reads what the processes send."""
    begin = time.monotonic()
    yield
    for one in running.values():
        one.deadline += time.monotonic() - begin


def _wait(running: dict[int, _Running[T]], until: Connection | None) -> bool:
    """Wait until one of those that run has sent something, has ended, or is out of time; whether it is all over before."""
    soonest = min(one.deadline for one in running.values())
    seconds = min(3600.0, max(0.0, soonest - time.monotonic()))  # some weeks are too many for the system
    pipes = [one.incoming.pipe for one in running.values()]
    return until in wait([*running, *pipes, *([until] if until else [])], seconds)


def _fill(
    waiting: list[T],
    free: list[Helper | None],
    running: dict[int, _Running[T]],
    begin: Callable[[T, Helper | None], _Running[T]],
    begun: Callable[[T], None],
) -> None:
    """Begin the next items while places are free, or until the machine has no room for more."""
    while waiting and free:
        beside = free.pop()
        try:
            one = begin(waiting[-1], beside)
        except (OSError, EOFError) as error:
            free.append(beside)
            if not running:
                raise UsageError(say("no process could be started: {why}", why=error)) from error
            return  # One of those that run will end, and make room.
        running[one.process.sentinel] = one
        del waiting[-1]
        begun(one.item)


def _begin(starter: Starter, function: Callable[..., Any], limits: Limits, item: T, helper: Helper | None) -> _Running[T]:
    with contextlib.ExitStack() as given:
        beside = (given.enter_context(helper.pipe()),) if helper else ()
        ours, theirs = Pipe(duplex=False)
        given.enter_context(theirs)
        try:
            process = starter.start(function, (item, *beside), theirs)
        except BaseException:
            ours.close()
            raise
    return _Running(item, process, Incoming(ours), helper, time.monotonic() + limits.timeout)


def _done(
    running: dict[int, _Running[T]], lost: Callable[[T, str, float], R], limits: Limits
) -> Iterator[tuple[_Running[T], R]]:
    """Those that are done, each with its result; they run no more."""
    for sentinel, one in list(running.items()):
        ended, result = _result(one, lost, limits)
        if ended:
            del running[sentinel]
            yield one, result


def _result(one: _Running[T], lost: Callable[[T, str, float], R], limits: Limits) -> tuple[bool, Any]:
    """Whether the item is done, and its result."""
    ended = not one.process.is_alive()  # asked first: what an ended process has sent is all there
    why = ""
    try:
        if one.incoming.is_whole():
            # A process that gave a result is not joined: the next one starts while the system removes it.
            kill_group(one.process)
            one.incoming.pipe.close()
            return True, one.incoming.value()
    except (EOFError, OSError):
        ended = True
    except Refused as error:
        why = say("its result cannot be read: {why}", why=error)
    if (
        ended and not why
    ):  # A child may still hold the pipe; or the process lives, and only seems ended because its fork server died.
        one.process.join(1)
        why = cause(one.process.exitcode, limits)
    elif not why and time.monotonic() >= one.deadline:
        why = say("not done within {seconds:g} s; --timeout S allows more", seconds=limits.timeout)
    if not why:
        return False, None
    _gone([one.process])
    one.incoming.pipe.close()
    sweep()
    return True, lost(one.item, why, time.monotonic() - one.deadline + limits.timeout)


def _gone(processes: Sequence[BaseProcess]) -> None:
    """Kill processes and wait until they are gone."""
    until = time.monotonic() + LEAVING
    for process in processes:
        kill(process)
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
