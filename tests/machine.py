"""Which tests need which machine, and elsewhere are skipped and say so; which cases of a test are tried in the gate only."""

import os
import sys
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
