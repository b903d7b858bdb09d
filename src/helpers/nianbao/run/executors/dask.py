"""The executor of a Dask cluster: its scheduler hands each item to a worker, and those of a lost worker to others."""

from __future__ import annotations

import contextlib
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from nianbao.errors import UsageError
from nianbao.language import is_chinese, say
from nianbao.run.caller import uninterrupted, without_main
from nianbao.run.executors.agreement import Agreement
from nianbao.run.executors.flight import Flight
from nianbao.run.executors.station import Work
from nianbao.run.executors.workers import PATIENCE, Workers, begun, grouped
from nianbao.run.pool import nothing
from nianbao.run.process import MOST_JOBS
from nianbao.run.workplace import leave

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection

    from distributed import Client

    from nianbao.run.executors.executor import Places
    from nianbao.run.job import Job
    from nianbao.run.process import Limits

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4  # items for each thread of the workers that the scheduler has at a time: a worker never waits for the next one
LEAST_AHEAD = 16  # also while there is no worker yet
OWN = re.compile(r"local:(.*)")
# Nobody looks at what workers do by Dask's sampling a hundred times a second, or at the pace of its event loops.
UNWATCHED = {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "1s"}


@dataclass(frozen=True, slots=True)
class Dask:
    """Runs jobs on the workers of a Dask cluster, of any kind that Dask knows.

    Each report has a process of its own there too. A worker needs the same nianbao, Python and packages, the same folder of
    fonts, and the same params and outputs: as folders under the same paths, or at addresses that it reaches. All of that is
    checked before anything is built.

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
        ClusterError
            When the scheduler is gone before they have answered.
        """
        agreement = Agreement.of(jobs, folder)
        if jobs:
            jobs[0].options.store.require_reached(folder)
        with _connected(self.scheduler) as client:
            workers = Workers(client)
            with workers.listened():
                cluster = Cluster(workers, agreement, jobs)
                try:
                    cluster.require()
                    yield cluster
                finally:
                    if jobs and (origin := jobs[0].options.origin):
                        workers.tell(leave, origin.work)


@contextlib.contextmanager
def _connected(scheduler: str | Client) -> Iterator[Client]:
    try:
        from distributed import Client
        from distributed.utils import silence_logging_cmgr
    except ImportError as error:
        said = 'a cluster needs dask: pip install "nianbao[cluster]" ({why})'
        raise UsageError(say(said, why=error)) from error
    if isinstance(scheduler, Client):
        yield scheduler
        return
    with contextlib.ExitStack() as opened:
        try:
            own = OWN.fullmatch(scheduler)
            address: Any = opened.enter_context(_own(scheduler, own[1])) if own else scheduler
            given = {"address": address}
            if str(address).endswith(".json"):  # the client would wait until there is such a file
                given = {"scheduler_file": str(Path(address).resolve(strict=True))}
            # A client waits for ever for something that takes its connection and is no scheduler.
            answer = begun(lambda: Client(**given, timeout=PATIENCE))
            client = opened.enter_context(answer.result(2 * PATIENCE))
        except (OSError, ValueError, RuntimeError, TypeError) as error:  # a TypeError of TLS that is not set up
            said = "no Dask scheduler answers at {address}: {why}"
            why = str(error) or say("it does not answer as a scheduler does")
            raise UsageError(say(said, address=scheduler, why=why)) from error
        # What goes wrong on the way is said in words of ours.
        opened.enter_context(silence_logging_cmgr(logging.CRITICAL))
        yield client


@contextlib.contextmanager
def _own(scheduler: str, count: str) -> Iterator[Any]:
    """A cluster on this machine."""
    import dask
    from distributed import LocalCluster

    if not re.fullmatch(r"[1-9]\d{0,8}", count, re.ASCII) or int(count) > MOST_JOBS:
        said = "--scheduler {address}: the number of workers has to be from 1 to {most}"
        raise UsageError(say(said, address=scheduler, most=MOST_JOBS))
    with dask.config.set(UNWATCHED):
        # Workers would run the main module again, and would say where a Ctrl-C has interrupted them.
        with uninterrupted(), without_main():
            # Each worker starts processes of its own beside it: one thread is one report at a time.
            made = LocalCluster(
                n_workers=int(count), threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # otherwise a port that another cluster may have
            )  # fmt: skip
        with made:
            yield made


class Cluster:
    """The workers of a cluster, as the places of one batch."""

    def __init__(self, workers: Workers, agreement: Agreement, jobs: Sequence[Job]) -> None:
        self.workers, self.agreement, self.jobs = workers, agreement, jobs
        self._batches = 0

    def require(self) -> None:
        """Require that the workers that are there make the same bytes; one that comes later is asked with its first item.

        Raises
        ------
        UsageError
            With a line for each worker that would not, and what differs.
        """
        while True:
            said = self.workers.ask(Agreement.told, self.agreement, is_chinese())
            # One that is lost at this moment does not answer; it is asked again when it comes back.
            unlike = {address: str(why) for address, why in said.items() if why and not isinstance(why, OSError)}
            if not unlike:
                return
            if not self.renewed():
                raise UsageError(say("workers of the cluster are not as this machine:") + grouped(unlike))

    def renewed(self) -> Agreement | None:
        """What workers have to agree in, when somebody has saved the inputs of the job by which they were asked so far."""
        if found := self.agreement.renewed(self.jobs):
            self.agreement = found
        return found

    def at_a_time(self, limits: Limits) -> int:
        """As many as the workers have threads, or as `Limits.workers` says."""
        return limits.workers or max(1, sum(self.workers.fit().values()))

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
        self._batches += 1
        name = f"{self.workers.topic}-{self._batches}"
        work = Work(name, self.workers.topic, self.agreement, is_chinese(), function, lost, limits, helper)
        flight: Flight[T, R] = Flight(self.workers, self.renewed, work, items, begun)
        try:
            while not flight.is_over:
                # The scheduler is asked here whether it is still there, also where nothing depends on its answer.
                threads = sum(self.workers.fit().values())
                flight.fill(limits.workers or max(LEAST_AHEAD, AHEAD * threads))
                for item, result in flight.ended():
                    if again(item, result):
                        flight.again(item)
                    else:
                        yield result
        finally:
            flight.close()
