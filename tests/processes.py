"""What processes of a pool do in tests, importable by name there as well."""

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

from nianbao.run.helper import received


def act(what):
    """What an item can do to its process."""
    if what == "exit":
        os._exit(3)
    if what == "crash":
        ctypes.string_at(0)
    if what == "hang":
        time.sleep(60)
    if what == "hoard":
        return len(bytearray(4 * 2**30))
    if what == "raise":
        raise RuntimeError("not caught")
    if what == "child":
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid
    if what == "orphan" and os.fork():
        os._exit(4)
    if what == "orphan":
        time.sleep(60)
    if what == "loaded":
        return sorted({"nianbao.run.warm", "typst", "IPython"} & {*sys.modules})
    if what == "pid":
        return os.getpid()
    return what


def lost(item, why):
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
        with contextlib.suppress(EOFError, ConnectionResetError):
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
