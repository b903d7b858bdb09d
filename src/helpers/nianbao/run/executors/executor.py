"""What a batch asks of the one that runs its jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.run.job import Job
    from nianbao.run.process import Limits

T = TypeVar("T")
R = TypeVar("R")


class Places(Protocol):
    """Where the items of a batch run."""

    def at_a_time(self, limits: Limits) -> int:
        """How many items run at the same time."""

    def each(
        self,
        function: Callable[..., R],
        items: Sequence[T],
        lost: Callable[[T, str, float], R],
        limits: Limits,
        helper: Callable[[Connection], None] | None = None,
        *,
        begun: Callable[[T], Any] = ...,
        again: Callable[[T, R], bool] = ...,
    ) -> Generator[R, None, None]:
        """Run the function on each item, in a process of its own, as `nianbao.run.pool.each` does on this machine.

        ``function``, ``lost`` and ``helper`` are importable by name; items and results are picklable. Closing the generator
        kills what still runs, on other machines as far as they answer soon.

        Raises
        ------
        UsageError
            When nothing can run at all.
        ClusterError
            When the places are gone; what ended before has been yielded.
        """


class Executor(Protocol):
    """Runs the jobs of a batch: on this machine, or on others."""

    def at_work(self, jobs: Sequence[Job], folder: Path) -> AbstractContextManager[Places]:
        """The places of a batch, while it lasts.

        Parameters
        ----------
        jobs : sequence of Job
            What the batch consists of.
        folder : Path
            The store's scratch folder. Other machines see it when they share the folder of the outputs.

        Raises
        ------
        UsageError
            When there are no places, or when jobs would come out differently there.
        ClusterError
            When the places are gone before they have answered.
        """
