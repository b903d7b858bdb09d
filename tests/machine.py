"""Which tests need which machine, and elsewhere are skipped and say so."""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from multiprocessing import get_context

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals or modes as POSIX has them")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, mounts or limits as Linux has them")
ROOT_ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk: needs root on Linux"
)


def in_turn(*axes):
    """As many cases as the longest axis has values, each with one value of every axis; a shorter one begins anew.

    Axes whose lengths share a divisor do not meet in all ways. Values that belong together are one axis of tuples.
    """
    return [*islice(zip(*map(cycle, axes), strict=False), max(map(len, axes)))]


@contextmanager
def apart(function=None, *arguments):
    """A function ``ran(name, function, *arguments)``, which calls another in a process of its own.

    It gives what is returned, the seconds of CPU, and the MiB that it takes besides; an error has the name as its note.
    Each process is forked from a small one: a large one has let go of memory, which would be taken again and not counted.
    Functions are named by their modules, as that process is a new one. What it calls itself before, ``function``, loads what
    each of the others would load.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as small:
        if function:
            small.submit(function, *arguments).result()

        def ran(name, function, *arguments):
            try:
                return small.submit(_forked, function, *arguments).result()
            except Exception as error:
                error.add_note(name)
                raise

        yield ran


def _forked(function, *arguments):
    with ProcessPoolExecutor(1, get_context("fork")) as child:
        return child.submit(_measured, function, *arguments).result()


def _measured(function, *arguments):
    before, begun = most(), time.process_time()
    found = function(*arguments)
    return found, time.process_time() - begun, (most() - before) // 2**20


def most():
    """The bytes of memory that this process had when it had most."""
    import resource  # which Windows has not

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
