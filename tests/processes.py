"""What processes of a pool do in tests, importable by name there as well."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from nianbao.run.helper import received


def act(what):
    """What an item can do to its process, or to others; what it cannot is its result."""
    name, _, place = what.partition(": ")
    return ACTS[name](*filter(None, [place])) if name in ACTS else what


def raise_error():
    raise RuntimeError("not caught")


def orphan():
    """End, and leave a child that keeps the pipe open."""
    if os.fork():
        os._exit(4)
    time.sleep(600)


def stop_the_fork_server():
    os.kill(os.getppid(), signal.SIGSTOP)
    return "stopped the fork server"


def stop_in_mid_send():
    """Stop this process as soon as it has written something to a pipe."""
    write = Connection._send

    def stopping(self, *data):
        write(self, *data)
        os.kill(os.getpid(), signal.SIGSTOP)

    Connection._send = stopping
    return bytes(10**6)


def idle(control):
    """As a helper: take no order of any item."""
    for _ in received(control):
        time.sleep(600)


class Calling:
    """What a cell can send in the place of a result: its pickle names what is called when it is read."""

    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return os.mkdir, (self.place,)


def daemon():
    """Start a daemon as daemons start, in a session of its own and without a parent; its process id."""
    script = "import os, sys, time; os.fork() and os._exit(0); os.setsid(); print(os.getpid(), flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True) as started:
        return int(started.stdout.readline())


def daemon_and(end):
    """Start a daemon, note its process id in a file, and come to a bad end."""

    def run(place):
        Path(place).write_text(str(daemon()), "ascii")
        end()

    return run


def crash():
    ctypes.string_at(0)


def hang():
    time.sleep(600)


ACTS = {
    "large": lambda: "x" * 1_000_000,
    "exit": lambda: os._exit(3),
    "crash": crash,
    "hang": hang,
    "hoard": lambda: len(bytearray(4 * 2**30)),
    "raise": raise_error,
    "child": lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid,
    "orphan": orphan,
    "daemon": daemon,
    "daemon, crash": daemon_and(crash),
    "daemon, hang": daemon_and(hang),
    "stop the fork server": stop_the_fork_server,
    "stop in mid-send": stop_in_mid_send,
    "send a call": Calling,
    "loaded": lambda: sorted({"nianbao.run.warm", "typst", "IPython"} & {*sys.modules}),
    "pid": os.getpid,
}


def lost(item, why, seconds):
    return f"{item}: {why}"


def alive(pid):
    """Whether a process runs; a zombie that nobody has reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def tell(control):
    """A helper that tells its process, and dies when it is asked to."""
    for pipe in received(control):
        with pipe, contextlib.suppress(EOFError, ConnectionResetError):
            if pipe.recv() == "die":
                os._exit(1)
            pipe.send(os.getpid())


def ask(what, pipe):
    if what == "crash":
        os._exit(3)
    assert pipe.recv() > 1  # the helper's process id
    pipe.send(what)
    if what == "die":
        with contextlib.suppress(EOFError):
            pipe.recv()
        return "asked it to die"
    return pipe.recv()
