"""The fork server that the command starts ahead of everything else: it is used where it knows enough, and never stays."""

import subprocess
import sys

import psutil
import pytest

from machine import POSIX

pytestmark = POSIX
AHEAD = """
import multiprocessing, os
from nianbao.command.main import nianbao
from nianbao.run import forking, machine
from nianbao.run.process import Limits
from nianbao.run.server import Starter

machine.cores.cache_clear()
os.sched_getaffinity = lambda _: {0, 1}
wanted = WANTED
for words, asked in COMMANDS:
    context = nianbao.make_context("nianbao", ["plan"], resilient_parsing=asked)
    nianbao.resolve_command(context, words)
    nianbao.list_commands(context), nianbao.get_help(context)
first = forking.process()
if wanted is not None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    Starter("nianbao.run.batch", Limits(preload=wanted)).start(os.getppid, (), theirs)
    assert ours.recv_bytes()
print(first, forking.process())
"""


def servers(*commands, wanted=None):
    """The process ids of the fork server that commands start ahead, and of the one there when a process was started.

    A command is its words, and whether a shell asks how they may go on.
    """
    script = AHEAD.replace("COMMANDS", repr(commands)).replace("WANTED", repr(wanted))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=180)
    assert (done.returncode, done.stderr) == (0, "")
    return [int(one) if one != "None" else None for one in done.stdout.split()]


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE  # nobody has asked yet how it ended
    except psutil.NoSuchProcess:
        return True


@pytest.mark.slow
@pytest.mark.by_turns(2)
@pytest.mark.parametrize("command", ["build", "check"])
def test_one_that_no_process_was_wanted_of_ends_with_the_command(command):
    first, last = servers(([command], False))
    assert first == last
    assert is_gone(first)


@pytest.mark.slow
def test_whoever_forks_nothing_starts_none():
    assert servers((["plan"], False), (["build", "-h"], False), (["build"], True)) == [None, None]


@pytest.mark.slow
def test_it_is_the_one_that_processes_are_forked_from():
    first, last = servers((["build"], False), wanted=())
    assert first == last


@pytest.mark.slow
def test_one_that_does_not_know_of_the_notebooks_modules_is_replaced():
    first, last = servers((["build"], False), wanted=("fractions",))
    assert first != last
    assert is_gone(first)
