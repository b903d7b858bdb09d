"""What the machine has, and what a report may take of it by default."""

import os
import subprocess
import sys

import pytest

from machine import LINUX, POSIX
from nianbao.run import machine
from nianbao.run.process import LEAST, Limits

GIB = 2**30


@pytest.fixture
def groups(tmp_path):
    """``groups(membership, {folder/file: text})``: the limits that a machine with these control groups has."""

    def found(membership, files):
        (tmp_path / "cgroup").write_text(membership, "utf-8")
        for name, text in files.items():
            path = tmp_path / "groups" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "ascii")
        return machine.limits_of(tmp_path / "cgroup", tmp_path / "groups")

    return found


def test_a_control_group_is_held_by_its_own_limit_and_by_those_above_it(groups):
    files = {"a/memory.max": f"{8 * GIB}\n", "a/b/memory.max": f"{2 * GIB}\n", "a/b/c/memory.max": "max\n"}
    assert sorted(groups("0::/a/b/c\n", files)) == [2 * GIB, 8 * GIB]


def test_control_groups_of_version_1_are_read_as_well(groups):
    files = {"memory/docker/x/memory.limit_in_bytes": str(GIB), "memory/memory.limit_in_bytes": "9223372036854771712"}
    membership = "5:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n0::/\n"
    assert min(groups(membership, files)) == GIB


def test_in_a_container_the_limit_lies_at_the_top(groups):
    assert groups("0::/../outside\n", {"memory.max": str(GIB)}) == [GIB]


def test_a_machine_without_control_groups_has_no_such_limit(tmp_path):
    assert machine.limits_of(tmp_path / "none", tmp_path) == []


@POSIX
def test_the_machines_memory_is_shared_among_the_processes_and_each_has_enough():
    assert 0 < machine.memory() * 2**20 <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert Limits(workers=1).mebibytes == max(LEAST, machine.memory())
    assert Limits(workers=1000).mebibytes == LEAST
    assert Limits(memory=0).mebibytes == 0
    assert Limits(memory=70).mebibytes == 70


HUGE = """
import os, sys
from pathlib import Path
from nianbao.run import hugepages

def huge():
    return sum(int(line.split()[1]) for line in Path("/proc/self/smaps_rollup").open() if line.startswith("AnonHugePages"))

def forked(times):
    for _ in range(times):
        if not (child := os.fork()):
            os._exit(len(set(map(len, kept))) != 1)
        assert os.waitpid(child, 0)[1] == 0

kept = [b"-" * 1000 + str(number).encode().zfill(9) for number in range(20_000)]
try:
    hugepages.collapse()
except OSError:
    sys.exit("none here")
if not huge():
    sys.exit("none here")
more = [b"-" * 1000 + str(number).encode().zfill(9) for number in range(20_000)]
before = huge()
hugepages.when_it_pays()
forked(hugepages.AFTER - 1)
assert huge() <= before
forked(1)
assert huge() > before
assert kept == more
"""


@LINUX
def test_a_process_that_has_forked_often_has_its_memory_in_huge_pages_and_holds_the_same():
    done = subprocess.run([sys.executable, "-c", HUGE], capture_output=True, text=True, check=False)
    if "none here" in done.stderr:
        pytest.skip("this Linux gives no huge pages")
    assert done.returncode == 0, done.stderr
