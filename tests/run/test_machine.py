"""What the machine has, and what a report may take of it by default."""

import os

import pytest

from machine import POSIX
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
