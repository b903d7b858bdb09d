"""A real Dask cluster on this machine: one scheduler and some workers, each a process that can be killed or stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import psutil
from distributed import Client

WAIT = 300.0


class Cluster:
    """A scheduler and its workers, with a nanny each, as `dask worker` starts them."""

    def __init__(self, folder, workers=2, threads=1, **settings):
        self.folder, self.started, self.count = folder, [], 0
        folder.mkdir(exist_ok=True)
        self.settings = {f"DASK_DISTRIBUTED__{name}": value for name, value in settings.items()}
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", self.file)
        deadline = time.monotonic() + WAIT
        while not self.file.exists():
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        with Client(scheduler_file=str(self.file), timeout=WAIT) as client:
            self.address = client.scheduler.address
        self.nannies = [self.add(threads) for _ in range(workers)]
        self.wait_for_workers()

    def wait_for_workers(self):
        """Wait until each nanny has a worker that the scheduler knows."""
        if self.nannies:
            with Client(self.address, timeout=WAIT) as client:
                client.wait_for_workers(len(self.nannies), timeout=WAIT)

    def add(self, threads=1, *words, **environment):
        """One more worker."""
        self.count += 1
        return self._start("worker", self.address, "--nthreads", threads, "--name", f"w{self.count}", *words, **environment)

    def _start(self, what, *words, **environment):
        log = (self.folder / f"{what}.log").open("ab")
        command = [sys.executable, "-m", "dask", what, "--no-dashboard", *map(str, words)]
        given = os.environ | self.settings | {"DASK_TEMPORARY_DIRECTORY": str(self.folder)} | environment
        with log:
            made = subprocess.Popen(command, stdout=log, stderr=log, env=given, start_new_session=True)
        self.started.append(made)
        return made

    def workers(self):
        """The processes of the workers, without their nannies."""
        found = []
        for nanny in self.nannies:
            with contextlib.suppress(psutil.Error):
                found += [
                    one for one in psutil.Process(nanny.pid).children() if "resource_tracker" not in " ".join(one.cmdline())
                ]
        return found

    def jobs(self):
        """The processes of reports and of the press, on all workers."""
        found = []
        for worker in self.workers():
            with contextlib.suppress(psutil.Error):
                servers = [one for one in worker.children() if "forkserver" in " ".join(one.cmdline())]
                found += [child for server in servers for child in server.children()]
        return found

    def end(self):
        for one in self.started:
            with contextlib.suppress(psutil.Error):
                below = psutil.Process(one.pid).children(recursive=True)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(one.pid, signal.SIGKILL)
                for child in below:
                    with contextlib.suppress(psutil.Error):
                        child.kill()
            one.wait()
