"""The executor of this machine: the pool."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from nianbao.run import pool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from nianbao.run.executors.executor import Places
    from nianbao.run.job import Job
    from nianbao.run.process import Limits


class Local:
    """Runs jobs in processes of this machine, as many at a time as `Limits.workers` says."""

    each = staticmethod(pool.each)

    def at_a_time(self, limits: Limits) -> int:
        return limits.at_a_time

    def at_work(self, jobs: Sequence[Job], folder: Path) -> AbstractContextManager[Places]:
        return nullcontext(self)


LOCAL = Local()
