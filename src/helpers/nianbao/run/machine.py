"""What this machine has, or lets this process have: cores, memory and open files."""

from __future__ import annotations

import contextlib
import os
from functools import lru_cache
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")


@lru_cache(maxsize=1)
def cores() -> int:
    """How many cores this process may use, whole ones of a control group's share; at least one."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):  # no such group, or "max"
        share, period = (_GROUPS / "cpu.max").read_text("ascii").split()
        usable = min(usable, int(share) // int(period))
    return max(1, usable)


@lru_cache(maxsize=1)
def memory() -> int:
    """MiB that this machine has, or fewer when a control group of this process may use less; 0 when it cannot be known."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0
    return min([whole, *limits_of(Path("/proc/self/cgroup"), _GROUPS)]) // 2**20


def files() -> int:
    """How many files this process may have open."""
    if os.name != "posix":
        return 2**16
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 2**16


def limits_of(membership: Path, groups: Path) -> list[int]:
    """The limits, in bytes, of a process's control groups, of cgroup version 2 (0::/path) or 1 (4:memory:/path).

    A group is also held by the limits of those above it. In a container the path may lead outside of what is mounted there;
    then the container's own group lies at the top.
    """
    found = []
    with contextlib.suppress(OSError):
        for line in membership.read_text("utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if controllers and "memory" not in controllers.split(","):
                continue
            top, name = (groups / "memory", "memory.limit_in_bytes") if controllers else (groups, "memory.max")
            group = top / path.lstrip("/")
            for folder in (group, *group.parents):
                with contextlib.suppress(OSError, ValueError):  # no such group, or "max"
                    found.append(int((folder / name).read_text("ascii")))
                if folder == top:
                    break
    return found
