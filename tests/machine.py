"""Which tests need which machine; elsewhere they are skipped, and say so."""

import os
import sys

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals or modes as POSIX has them")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, mounts or limits as Linux has them")
ROOT_ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk: needs root on Linux"
)
