"""What a worker of a cluster does: it runs each item in a process of its own, as the pool of one machine does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import language
from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run import machine
from nianbao.run.helper import Helpers
from nianbao.run.pool import each
from nianbao.run.process import LEAST
from nianbao.run.server import Starter

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from nianbao.run.executors.agreement import Agreement
    from nianbao.run.process import Limits

IDLE = 60.0  # seconds after which the helpers of a batch end that sends nothing more: nobody may have told its end


@dataclass(frozen=True, slots=True)
class Work:
    """What all items of a batch share.

    Parameters
    ----------
    batch : str
        Its name; under it the worker reports which items have begun.
    chinese : bool
        Whether whoever asked for the batch reads Chinese: messages are in that language, whatever the worker's locale is.
    function, lost, limits, helper
        As for `nianbao.run.pool.each`.
    """

    batch: str
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

    ``limits`` gives each place the same share of the worker's memory; ``until`` is closed when the batch is over.
    """

    known: ClassVar[dict[str, Station]] = {}  # those of this process, by batch
    lock = threading.Lock()

    def __init__(self, work: Work, places: int, mebibytes: int) -> None:
        memory = work.limits.memory if work.limits.memory is not None else max(LEAST, mebibytes // places)
        self.batch, self.limits = work.batch, replace(work.limits, workers=places, memory=memory)
        self.helpers = Helpers(Starter(work.function.__module__, self.limits), work.helper, places)
        self.until, self._open = Pipe(duplex=False)
        self.busy = 0
        self._idle: threading.Timer | None = None

    @classmethod
    def of(cls, work: Work, places: int, mebibytes: int) -> Station:
        """The station of a batch, made when it is first asked for; one more item is at work there."""
        with cls.lock:
            if work.batch not in cls.known:
                require(work.agreement)
                cls.known[work.batch] = cls(work, places, mebibytes)
            station = cls.known[work.batch]
            station.busy += 1
            if station._idle:
                station._idle.cancel()
            return station

    def rest(self) -> None:
        """One item less is at work; when nothing more comes, the station is left."""
        with Station.lock:
            self.busy -= 1
            if not self.busy:
                self._idle = threading.Timer(IDLE, leave, [self.batch])
                self._idle.daemon = True
                self._idle.start()


def run(work: Work, key: str, item: Any) -> Any:
    """Run one item on this worker; its result.

    Raises
    ------
    UsageError
        When this worker would make other bytes, or cannot start a process, or when the batch is over.
    """
    from distributed import get_worker

    language.speak(work.chinese)
    worker, function = get_worker(), Spoken(work.function, work.chinese)
    places = worker.state.nthreads
    station = Station.of(work, places, (worker.memory_manager.memory_limit or machine.memory() * 2**20) // 2**20)
    worker.log_event(work.batch, key)
    try:
        for result in each(function, [item], work.lost, station.limits, station.helpers, until=station.until):
            return result
    finally:
        station.rest()
    raise UsageError(say("the batch is over"))


def require(agreement: Agreement) -> None:
    """Require that this process makes the same bytes; raises `UsageError` with all that differs."""
    if unlike := agreement.differences():
        raise UsageError("; ".join(unlike))


def leave(batch: str) -> None:
    """End what still runs here of a batch, and the helpers beside it."""
    with Station.lock:
        station = Station.known.pop(batch, None)
    if station:
        station._open.close()
        station.helpers.end()
