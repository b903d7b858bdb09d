"""The executor of a Dask cluster: its scheduler hands each item to a worker, and those of a lost worker to others."""

from __future__ import annotations

import contextlib
import logging
import queue
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nianbao.errors import ClusterError, UsageError
from nianbao.language import is_chinese, say
from nianbao.run.caller import without_main
from nianbao.run.executors import station
from nianbao.run.executors.agreement import Agreement
from nianbao.run.executors.executor import nothing
from nianbao.run.executors.station import Work
from nianbao.run.origin import leave
from nianbao.run.process import MOST_JOBS
from nianbao.run.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection

    from distributed import Client, Future

    from nianbao.run.executors.executor import Places
    from nianbao.run.job import Job
    from nianbao.run.process import Limits

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4  # items for each thread of the workers that the scheduler has at a time: a worker never waits for the next one
LEAST_AHEAD = 16  # also while there is no worker yet
MOST_LOST = 3  # workers that an item may take with it
ASKED = 10.0  # seconds that workers may take to answer
PAUSE = 0.02  # seconds between two looks at what has come
OWN = re.compile(r"local:([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Dask:
    """Runs jobs on the workers of a Dask cluster, of any kind that Dask knows.

    Each report has a process of its own there too. A worker needs the same nianbao, Python and packages, and the same
    folders of params, outputs and fonts under the same paths; all of that is checked before anything is built.

    Parameters
    ----------
    scheduler : str or distributed.Client
        The address of a scheduler (``tcp://host:8786``, ``tls://…``), the path of a scheduler file (``….json``), ``local:N``
        for a cluster of N workers on this machine that lasts as long as the build; or a client that is connected.
    """

    scheduler: str | Client

    @contextlib.contextmanager
    def at_work(self, jobs: Sequence[Job], folder: Path) -> Iterator[Places]:
        """The workers, while a batch lasts; see `Executor.at_work`.

        Raises
        ------
        UsageError
            When dask is not installed, no scheduler answers, or workers would make other bytes.
        """
        mark = folder / "mark", uuid.uuid4().hex
        if is_shared := bool(jobs) and isinstance(jobs[0].options.store, LocalStore):
            mark[0].write_text(mark[1], "utf-8")
        with _connected(self.scheduler) as client:
            cluster = Cluster(client, Agreement.of(jobs, mark if is_shared else None))
            try:
                cluster.require()
                yield cluster
            finally:
                if jobs and (origin := jobs[0].options.origin):
                    _soon(client.run, leave, origin.work, on_error="ignore")


@contextlib.contextmanager
def _connected(scheduler: str | Client) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        said = 'a cluster needs dask: pip install "nianbao[cluster]" ({why})'
        raise UsageError(say(said, why=error)) from error
    if isinstance(scheduler, Client):
        yield scheduler
        return
    with contextlib.ExitStack() as opened:
        try:
            if own := OWN.fullmatch(scheduler):
                if int(own[1]) > MOST_JOBS:
                    raise UsageError(say("--scheduler {address}: at most {most} workers", address=scheduler, most=MOST_JOBS))
                with without_main():  # which the workers would run again
                    # Each worker starts processes of its own beside it: one thread is one report at a time.
                    made = LocalCluster(n_workers=int(own[1]), threads_per_worker=1, dashboard_address=None,
                                        silence_logs=logging.CRITICAL)  # fmt: skip
                address: Any = opened.enter_context(made)
            else:
                address = scheduler
            given = {"address": address}
            if str(address).endswith(".json"):  # the client would wait until there is such a file
                given = {"scheduler_file": str(Path(address).resolve(strict=True))}
            client = opened.enter_context(Client(**given, timeout=ASKED))
        except (OSError, ValueError, TimeoutError) as error:
            said = "no Dask scheduler answers at {address}: {why}"
            raise UsageError(say(said, address=scheduler, why=str(error) or type(error).__name__)) from error
        yield client


@contextlib.contextmanager
def _reached() -> Iterator[None]:
    """Turn what a client says that does not reach its scheduler into one error."""
    try:
        yield
    except (OSError, RuntimeError, TimeoutError) as error:
        raise _gone(f": {error}") from error


def _gone(why: str = "") -> ClusterError:
    return ClusterError(say("the scheduler of the cluster is gone, or has dropped the reports") + why)


@dataclass(slots=True)
class _Task(Generic[T]):
    item: T
    future: Future = field(repr=False)
    since: float
    begun: int = 0  # how many workers have begun it
    lost: int = 0  # how often the scheduler has given it up


class Cluster:
    """The workers of a cluster, as the places of one batch."""

    def __init__(self, client: Client, agreement: Agreement) -> None:
        self.client, self.agreement = client, agreement
        self._threads, self._asked = 0, 0.0

    def require(self) -> None:
        """Require that the workers that are there make the same bytes; one that comes later is asked when it comes.

        Raises
        ------
        UsageError
            With a line for each worker that would not, and what differs.
        """
        with _reached():
            said = self.client.run(_unlike, self.agreement, on_error="return")
        # One that is lost at this moment does not answer; it is asked again when it comes back.
        unlike = [f"{address}: {why}" for address, why in sorted(said.items()) if why and not isinstance(why, OSError)]
        if unlike:
            raise UsageError(
                say("workers of the cluster are not as this machine:") + "".join(f"\n  {one}" for one in unlike)
            )

    def at_a_time(self, limits: Limits) -> int:
        """As many as the workers have threads, or as `Limits.workers` says."""
        return limits.workers or max(1, self._count())

    def _count(self) -> int:
        if time.monotonic() - self._asked > 1:
            with _reached():
                self._threads, self._asked = sum(self.client.nthreads().values()), time.monotonic()
        return self._threads

    def each(
        self,
        function: Callable[..., R],
        items: Sequence[T],
        lost: Callable[[T, str, float], R],
        limits: Limits,
        helper: Callable[[Connection], None] | None = None,
        *,
        begun: Callable[[T], Any] = nothing,
        again: Callable[[T, R], bool] = nothing,
    ) -> Generator[R, None, None]:
        """See `Places.each`. An item that has taken `MOST_LOST` workers with it is ``lost``."""
        if not items:
            return
        work = Work(f"nianbao-{uuid.uuid4().hex}", self.agreement, is_chinese(), function, lost, limits, helper)
        batch = _Batch(self, work, lost, begun)
        waiting = list(reversed(items))
        try:
            while waiting or batch.tasks:
                room = limits.workers or max(LEAST_AHEAD, AHEAD * self._count())
                while waiting and len(batch.tasks) < room:
                    batch.submit(waiting.pop())
                for item, result in batch.ended():
                    if again(item, result):
                        waiting.append(item)
                    else:
                        yield result
        finally:
            batch.close()


class _Batch(Generic[T, R]):
    """The items of one batch that the scheduler has."""

    def __init__(self, cluster: Cluster, work: Work, lost: Callable[[T, str, float], R], begun: Callable[[T], Any]) -> None:
        from distributed import as_completed

        self.client, self.work, self.lost, self.begun = cluster.client, work, lost, begun
        self.tasks: dict[str, _Task[T]] = {}
        self._done = as_completed([], with_results=True)
        self._news: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._count = 0
        self.client.subscribe_topic(work.batch, lambda event: self._news.put(event[1]))

    def submit(self, item: T, lost: int = 0) -> None:
        key = f"{self.work.batch}-{self._count}"
        self._count += 1
        with _reached():
            future = self.client.submit(station.run, self.work, key, item, key=key, pure=False)
        self.tasks[key] = _Task(item, future, time.monotonic(), lost=lost)
        self._done.add(future)

    def ended(self) -> list[tuple[T, R]]:
        """The items that have ended meanwhile, with their results."""
        found = []
        while not self._news.empty():
            if (task := self.tasks.get(key := self._news.get())) is None:
                continue
            task.begun += 1
            if task.begun + task.lost > MOST_LOST:
                del self.tasks[key]
                task.future.cancel()
                found.append(self._given_up(task))
            else:
                self.begun(task.item)
        if not self._done.has_ready():
            time.sleep(PAUSE)
        for future, result in self._done.next_batch(block=False):
            if (key := str(future.key)) in self.tasks:
                found += self._result(key, future.status, result)
        return found

    def _result(self, key: str, status: str, result: Any) -> list[tuple[T, R]]:
        """The item of a task with its result; none where it is tried again."""
        from distributed import KilledWorker

        task = self.tasks.pop(key)
        if status == "finished":
            if not task.begun:
                self.begun(task.item)
            return [(task.item, result)]
        if status != "error":
            raise _gone()
        error = result[1]
        if isinstance(error, UsageError):
            raise error
        if not isinstance(error, KilledWorker):
            return [(task.item, self.lost(task.item, f"{type(error).__name__}: {error}", time.monotonic() - task.since))]
        # The scheduler blames all items that the lost worker had; those that had begun may be the cause.
        if (times := task.lost + max(1, task.begun)) >= MOST_LOST:
            return [self._given_up(task)]
        self.submit(task.item, times)
        return []

    def _given_up(self, task: _Task[T]) -> tuple[T, R]:
        why = say("the worker that built it was lost {count} times", count=MOST_LOST)
        return task.item, self.lost(task.item, why, time.monotonic() - task.since)

    def close(self) -> None:
        """Cancel what the scheduler still has, and end what runs on the workers that answer."""
        left = [task.future for task in self.tasks.values()]

        def end() -> None:
            self.client.unsubscribe_topic(self.work.batch)
            self.client.cancel(left)
            self.client.run(station.leave, self.work.batch, on_error="ignore")

        _soon(end)


def _soon(function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    """Call a function that asks workers, and wait for it no longer than `ASKED`: one of them may not answer."""

    def call() -> None:
        with contextlib.suppress(Exception):
            function(*arguments, **named)

    asking = threading.Thread(target=call, daemon=True)
    asking.start()
    asking.join(ASKED)


def _unlike(agreement: Agreement) -> str:
    return "; ".join(agreement.differences())
