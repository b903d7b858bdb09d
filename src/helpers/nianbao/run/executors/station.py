"""What a worker of a cluster does: it runs each item in a process of its own, as the pool of one machine does."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import language
from nianbao.errors import NianbaoError, UsageError
from nianbao.language import reason, say
from nianbao.run import machine
from nianbao.run.helper import Helpers
from nianbao.run.pool import each
from nianbao.run.process import LEAST
from nianbao.run.server import Starter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from nianbao.run.executors.agreement import Agreement
    from nianbao.run.process import Limits

IDLE = 60.0  # seconds after which the helpers of a batch end that sends nothing more: nobody may have told its end
REMEMBERED = 100  # batches that are over, of which an item may still come


class UnfitError(NianbaoError):
    """A worker cannot take items of a batch, whatever they are.

    Parameters
    ----------
    address : str
        The worker's address.
    why : str
        For a person.
    """

    def __init__(self, address: str, why: str) -> None:
        super().__init__(address, why)
        self.address, self.why = address, why


@dataclass(frozen=True, slots=True)
class Work:
    """What all items of a batch share.

    Parameters
    ----------
    batch, topic : str
        Its name; and that under which the worker reports which items have begun.
    chinese : bool
        Whether whoever asked for the batch reads Chinese: messages are in that language, whatever the worker's locale is.
    function, lost, limits, helper
        As for `nianbao.run.pool.each`.
    """

    batch: str
    topic: str
    agreement: Agreement
    chinese: bool
    function: Callable[..., Any]
    lost: Callable[[Any, str, float], Any]
    limits: Limits
    helper: Callable[[Connection], None] | None


@dataclass(frozen=True)
class Spoken:
    """A function that speaks the language of whoever asked for the batch, in the process where it is called."""

    function: Callable[..., Any]
    chinese: bool

    def __post_init__(self) -> None:
        # The fork server loads the module of the function.
        object.__setattr__(self, "__module__", self.function.__module__)

    def __call__(self, *arguments: Any) -> Any:
        language.speak(self.chinese)
        return self.function(*arguments)


class Station:
    """The places of one batch in this worker.

    ``limits`` gives each place the same share of the worker's memory; ``running`` holds, by key, the end of a pipe that is
    closed to end an item.
    """

    known: ClassVar[dict[str, Station]] = {}  # those of this process, by batch
    over: ClassVar[deque[str]] = deque(maxlen=REMEMBERED)
    lock = threading.Lock()

    def __init__(self, work: Work, places: int, mebibytes: int) -> None:
        memory = work.limits.memory if work.limits.memory is not None else max(LEAST, mebibytes // places)
        self.batch, self.limits = work.batch, replace(work.limits, workers=places, memory=memory)
        self.helpers = Helpers(Starter(work.function.__module__, self.limits), work.helper, places)
        self.running: dict[str, Connection] = {}
        self._idle: threading.Timer | None = None
        self._agreement: Agreement | None = None
        self._asking = threading.Lock()

    @classmethod
    @contextlib.contextmanager
    def of(cls, work: Work, key: str, places: int, mebibytes: int) -> Iterator[tuple[Station, Connection]]:
        """Within the context, an item is at work at the station of its batch; the pipe is at its end when it is to end."""
        until, end = Pipe(duplex=False)
        with until, end:
            with cls.lock:
                if work.batch in cls.over:
                    raise _over()
                if work.batch not in cls.known:
                    cls.known[work.batch] = cls(work, places, mebibytes)
                station = cls.known[work.batch]
                station.running[key] = end
                if station._idle:
                    station._idle.cancel()
            try:
                yield station, until
            finally:
                station._rest(key)

    def require(self, agreement: Agreement) -> None:
        """Require that this process makes the same bytes, which is asked once; raises `UsageError` with all that differs."""
        with self._asking:
            if self._agreement != agreement:
                if unlike := agreement.differences():
                    raise UsageError("; ".join(unlike))
                self._agreement = agreement

    def _rest(self, key: str) -> None:
        """One item less is at work; when nothing more comes, the station is left."""
        with Station.lock:
            del self.running[key]
            if not self.running:
                self._idle = threading.Timer(IDLE, self.expire)
                self._idle.daemon = True
                with contextlib.suppress(RuntimeError):  # no room for one more thread
                    self._idle.start()

    def expire(self) -> None:
        """End the helpers, unless an item has come meanwhile."""
        with Station.lock:
            if self.running or Station.known.get(self.batch) is not self:
                return  # An item has come at this moment.
            del Station.known[self.batch]
        self.helpers.end()


def run(work: Work, key: str, item: Any) -> Any:
    """Run one item on this worker; its result.

    Raises
    ------
    UnfitError
        When this worker would make other bytes, or cannot start a process.
    UsageError
        When the item is to end before.
    """
    from distributed import get_worker

    language.speak(work.chinese)
    worker, function = get_worker(), Spoken(work.function, work.chinese)
    mebibytes = (worker.memory_manager.memory_limit or machine.memory() * 2**20) // 2**20
    try:
        with Station.of(work, key, worker.state.nthreads, mebibytes) as (station, until):
            station.require(work.agreement)
            worker.log_event(work.topic, (key, worker.address))
            for result in each(function, [item], work.lost, station.limits, station.helpers, until=until):
                return result
    except (NianbaoError, OSError, MemoryError, RuntimeError) as error:
        raise UnfitError(worker.address, reason(error) or type(error).__name__) from None
    raise _over()


async def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function beside the event loop of a worker, which goes on telling the scheduler that it lives."""
    return await asyncio.to_thread(function, *arguments)


def leave(batch: str) -> None:
    """End what still runs here of a batch, and the helpers beside it; no item of it begins any more."""
    with Station.lock:
        Station.over.append(batch)
        station = Station.known.pop(batch, None)
        for end in station.running.values() if station else ():
            end.close()
    if station:
        station.helpers.end()


def stop(batch: str, key: str) -> None:
    """End one item of a batch, and wait until it has ended."""
    with Station.lock:
        running = station.running if (station := Station.known.get(batch)) else {}
        if key in running:
            running[key].close()
    while key in running:
        time.sleep(0.01)


def _over() -> UsageError:
    return UsageError(say("the batch is over"))
