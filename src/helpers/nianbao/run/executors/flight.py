"""The items of a batch that a Dask scheduler has, and those that have to be tried again, or alone."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nianbao.language import say
from nianbao.run.executors import station
from nianbao.run.executors.station import UnfitError
from nianbao.run.executors.workers import gone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from distributed import Future

    from nianbao.run.executors.agreement import Agreement
    from nianbao.run.executors.station import Work
    from nianbao.run.executors.workers import Workers

T = TypeVar("T")
R = TypeVar("R")

MOST_LOST = 3  # workers that an item may take with it
PAUSE = 0.02  # seconds between two looks at what has come


@dataclass(slots=True)
class _Task(Generic[T]):
    item: T
    work: Work
    future: Future = field(repr=False)
    lost: int  # workers that were lost with it before
    only: frozenset[str]  # the workers that may take it; when empty, any
    is_alone: bool  # whether nothing else runs where it runs
    since: float = field(default_factory=time.monotonic)
    begun: list[str] = field(default_factory=list)  # the workers that have begun it


class Flight(Generic[T, R]):
    """The items of one batch on their way: waiting, with the scheduler, and suspected.

    Who loses a worker is not known where several items run on it. One that has lost all but the last of `MOST_LOST` is
    suspected: it waits until all others have ended, and runs on a worker where nothing else does.
    """

    def __init__(
        self,
        workers: Workers,
        renewed: Callable[[], Agreement | None],
        work: Work,
        items: Sequence[T],
        begun: Callable[[T], Any],
    ) -> None:
        from distributed import as_completed

        self.workers, self.renewed, self.work, self.begun = workers, renewed, work, begun
        self.waiting = [(item, 0) for item in reversed(items)]
        self.suspects: list[T] = []
        self.tasks: dict[str, _Task[T]] = {}
        self._done = as_completed([], loop=workers.client.loop, with_results=True)
        self._there: dict[str, int] = {}
        self._count = 0

    @property
    def is_over(self) -> bool:
        return not (self.waiting or self.tasks or self.suspects)

    def again(self, item: T) -> None:
        """Let an item run once more, before all that wait."""
        self.waiting.append((item, 0))

    def fill(self, most: int) -> None:
        """Hand items to the scheduler, until it has so many."""
        alone = [task for task in self.tasks.values() if task.is_alone]
        if self.waiting and not alone:
            fit = self.workers.fit() if self.workers.unfit else {}
            while self.waiting and len(self.tasks) < most and (fit or not self.workers.unfit):
                item, lost = self.waiting.pop()
                self._submit(item, lost, fit)
        elif len(alone) == len(self.tasks) and self.suspects:
            free = self.workers.fit().keys() - {address for task in alone for address in task.only}
            for address, _ in zip(sorted(free), range(most - len(alone)), strict=False):
                if self.suspects:
                    self._submit(self.suspects.pop(), MOST_LOST - 1, [address], is_alone=True)

    def _submit(self, item: T, lost: int, only: Any, *, is_alone: bool = False) -> None:
        key = f"{self.work.batch}-{self._count}"
        self._count += 1
        with self.workers.reached():
            future = self.workers.client.submit(
                station.run, self.work, key, item, key=key, pure=False, workers=[*only] or None
            )
        self.tasks[key] = _Task(item, self.work, future, lost, frozenset(only), is_alone)
        self._done.add(future)

    def ended(self) -> Iterator[tuple[T, R]]:
        """The items that have ended meanwhile, with their results; raises `ClusterError` after the last of them."""
        from distributed import CancelledError

        yield from self._heard()
        if not self._done.has_ready():
            time.sleep(PAUSE)
        are_dropped = False
        for future, result in self._done.next_batch(block=False):
            if task := self.tasks.pop(str(future.key), None):
                # What has come counts, whatever the scheduler has lost since.
                if isinstance(result, CancelledError):
                    are_dropped = True
                else:
                    yield from self._result(task, result)
        if are_dropped:
            raise gone()
        yield from self._stranded()

    def _heard(self) -> list[tuple[T, R]]:
        """What comes of the news that items have begun: one that begins again was lost with the worker before."""
        found = []
        while not self.workers.news.empty():
            key, address = self.workers.news.get()
            if (task := self.tasks.get(key)) is None:
                continue
            task.begun.append(address)
            lost = task.lost + len(task.begun) - 1
            if lost < MOST_LOST - (not task.is_alone):
                self.begun(task.item)
            else:
                del self.tasks[key]
                task.future.cancel()
                self.workers.tell(station.stop, self.work.batch, key, only=[address])
                found += self._lost(task, lost)
        return found

    def _stranded(self) -> list[tuple[T, R]]:
        """What comes of items whose workers are gone, of which the scheduler waits for the same ones to come back."""
        if (there := self.workers.threads()) is self._there:
            return []
        self._there, found = there, []
        for key, task in [*self.tasks.items()]:
            if task.only and not task.only & there.keys():
                del self.tasks[key]
                task.future.cancel()
                found += self._lost(task, task.lost + len(task.begun))
        return found

    def _result(self, task: _Task[T], result: Any) -> list[tuple[T, R]]:
        from distributed import KilledWorker

        # Of an error its kind, itself and its traceback come; no result is a tuple.
        error = result[1] if isinstance(result, tuple) else None
        if error is None:
            return [(task.item, result)]
        if isinstance(error, UnfitError):
            if task.work is self.work and not self._is_renewed():
                self.workers.refuse(error.address, error.why)
            return self._lost(task, task.lost + sum(address != error.address for address in task.begun))
        if isinstance(error, KilledWorker):
            # The scheduler blames all items that the lost worker had; those that had begun may be the cause.
            return self._lost(task, task.lost + max(1, len(task.begun)))
        return [(task.item, self._failed(task, f"{type(error).__name__}: {error}"))]

    def _is_renewed(self) -> bool:
        """Whether workers were asked for what is not so here either any more; from now on they are asked anew."""
        if agreement := self.renewed():
            self.work = replace(self.work, agreement=agreement)
        return agreement is not None

    def _lost(self, task: _Task[T], lost: int) -> list[tuple[T, R]]:
        """What comes of an item with which so many workers were lost; a result only when it is given up."""
        if task.is_alone and lost >= MOST_LOST:
            why = say("the worker that built it was lost {count} times", count=MOST_LOST)
            return [(task.item, self._failed(task, why))]
        if lost >= MOST_LOST - 1:
            self.suspects.append(task.item)
        else:
            self.waiting.append((task.item, lost))
        return []

    def _failed(self, task: _Task[T], why: str) -> R:
        result: R = self.work.lost(task.item, why, time.monotonic() - task.since)
        return result

    def close(self) -> None:
        """Cancel what the scheduler still has, and end what runs on the workers that answer."""
        self.workers.soon(self.workers.client.cancel, [task.future for task in self.tasks.values()])
        self.workers.tell(station.leave, self.work.batch)
