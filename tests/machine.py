"""Which tests need which machine, and elsewhere are skipped and say so; which cases of a test are tried in the gate only."""

import json
import os
import sys
import time
from itertools import cycle, islice

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals or modes as POSIX has them")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, mounts or limits as Linux has them")
ROOT_ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk: needs root on Linux"
)


def in_turn(*axes):
    """Cases of what does not depend on one another: each value of every axis, beside those of the others in turn."""
    return [*islice(zip(*map(cycle, axes), strict=False), max(map(len, axes)))]


def by_turns(cases, turns):
    """The cases of a test, the first of so many for every run, and the others for the gate."""
    return [one if not at % turns else pytest.param(one, marks=pytest.mark.slow) for at, one in enumerate(cases)]


def apart(function, *arguments):
    """What a function returns in a process forked for it, its seconds of CPU, and the MiB that it takes besides."""
    import resource

    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        try:
            before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
            found = function(*arguments)
            seconds, most = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            os.write(writer, json.dumps([found, seconds, (most - before) // 1024]).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        told = said.read()
    os.waitpid(child, 0)
    assert told, "it has ended its process"
    return json.loads(told)
