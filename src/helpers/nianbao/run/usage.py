"""Measure what a job costs: seconds by step, CPU seconds and peak memory, with its children."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from nianbao.run import descendants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Meter:
    """Measures a job, from the moment the meter is made."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._cpu = -_cpu()
        self._steps: dict[str, float] = {}

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Record the wall seconds of the ``with`` block under a name."""
        start = time.perf_counter()
        yield
        self._steps[name] = time.perf_counter() - start

    def add(self, spent: Mapping[str, float]) -> None:
        """Add what another process has spent on the job, as its meter gives it: its steps and its CPU seconds."""
        self._cpu += spent["cpu"]
        self._steps |= {name: seconds for name, seconds in spent.items() if name not in {"cpu", "peak"}}

    @property
    def seconds(self) -> float:
        """Wall seconds so far."""
        return time.perf_counter() - self._start

    def spent(self) -> dict[str, float]:
        """Seconds of each step, ``cpu`` seconds, and ``peak`` MiB where it is known, of this process and its children.

        The CPU seconds hold those that were added; the peak does not.
        """
        return {**self._steps, "cpu": self._cpu + _cpu(), **_peak()}


def _cpu() -> float:
    """The CPU seconds of this process and its children so far; of a child that lives on Linux only."""
    times = os.times()
    living = sum(map(descendants.cpu, descendants.children(os.getpid())))
    return times.user + times.system + times.children_user + times.children_system + living


def _peak() -> dict[str, float]:
    if sys.platform == "win32":
        return {}
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {
        "peak": sum(resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    }
