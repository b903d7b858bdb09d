"""``make bench-cluster``: a Dask cluster here beside the local pool on the same cores, and its scheduler alone."""

import argparse
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import cloudpickle
import psutil
from distributed import Client

from bench import make_reports
from clusters import Cluster
from nianbao.run.asked import jobs_asked, options_of
from nianbao.run.executors import dask, station
from nianbao.run.executors.agreement import Agreement
from nianbao.run.executors.workers import Workers
from nianbao.run.process import NO_LIMITS
from nianbao.run.work import run_job


def build(root, *words):
    """Seconds that a build takes, and the peak memory of its own process in MiB."""
    command = [sys.executable, "-m", "nianbao", "build", "--force", *map(str, words)]
    begin, most = time.monotonic(), 0
    with (root / "build.log").open("wb") as log:
        running = psutil.Popen(command, cwd=root, stdout=log, stderr=log, env=os.environ | {"LC_ALL": "C.UTF-8"})
        while running.poll() is None:
            most = max(most, memory(running))
            time.sleep(0.2)
    assert running.returncode == 0, (root / "build.log").read_text("utf-8")[-2000:]
    return time.monotonic() - begin, most


def memory(process):
    """MiB that a process has."""
    try:
        return process.memory_info().rss / 2**20
    except psutil.Error:
        return 0.0


@contextmanager
def workers(count, threads=1):
    with tempfile.TemporaryDirectory(prefix="nianbao-cluster-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder) / "cluster", count, threads)
        try:
            yield cluster
        finally:
            cluster.end()


def beside_the_pool(root, count, cores):
    build(root, "--jobs", cores, "--bureau", "bench-b00000")  # what is read and compiled once
    alone, own = build(root, "--jobs", cores)
    print(f"local pool            {alone:6.1f} s for {count} reports, {alone / count:.3f} s each; {own:.0f} MiB")
    spread, client = build(root, "--scheduler", f"local:{cores}")
    beside = f"{alone / spread:.2f} of the pool's throughput"
    print(f"--scheduler local:{cores}   {spread:6.1f} s, {beside}; command {client:.0f} MiB")
    # As `dask worker` starts one, and as two of them share this machine.
    for some, threads in ((1, cores), (cores, 1)):
        with workers(some, threads) as cluster:
            scheduler = psutil.Process(cluster.scheduler.pid)
            build(root, "--scheduler", cluster.address, "--bureau", "bench-b00000")
            spread, client = build(root, "--scheduler", cluster.address)
            held = sum(map(memory, cluster.workers()))
            print(
                f"Dask, {some} × {threads} threads   {spread:6.1f} s, {alone / spread:.2f} of the pool's throughput; "
                f"command {client:.0f} MiB, scheduler {memory(scheduler):.0f} MiB, workers themselves {held:.0f} MiB"
            )


def stub(work, key, item):
    """What stands for the work on a report: its outcome, as large as a real one."""
    return item[1]


def scheduler_alone(root, count):
    """Jobs as they are sent, results as they come back, and nothing in between."""
    options = options_of(root / "params", None, ("html", "pdf"), None)
    jobs, _ = jobs_asked(options, None, None, ("bench-b00000",), ())
    outcome = run_job(jobs[0])
    work = station.Work("batch", "topic", Agreement.of(jobs, root), True, run_job, print, NO_LIMITS, None)
    sent, back = len(cloudpickle.dumps((work, "key", jobs[0]))), len(cloudpickle.dumps(outcome))
    print(f"bytes a job           {sent} to the worker, {back} back")
    with workers(2) as cluster, Client(cluster.address) as client, mock.patch.object(station, "run", stub):
        scheduler, own = psutil.Process(cluster.scheduler.pid), psutil.Process()
        places = dask.Cluster(Workers(client), work.agreement, jobs)
        for some in (count // 10, count):
            used = scheduler.cpu_times().user + scheduler.cpu_times().system
            begin, most, ours = time.monotonic(), 0.0, 0.0
            for number, _ in enumerate(places.each(run_job, [(jobs[0], outcome)] * some, print, NO_LIMITS)):
                if number % 100 == 0:
                    most, ours = max(most, memory(scheduler)), max(ours, memory(own))
            seconds = time.monotonic() - begin
            used = scheduler.cpu_times().user + scheduler.cpu_times().system - used
            print(
                f"{some:6} stub jobs      {seconds:6.1f} s, {1000 * seconds / some:.2f} ms each, {1000 * used / some:.2f} "
                f"ms of CPU in the scheduler; scheduler {most:.0f} MiB, client {ours:.0f} MiB at most"
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--stubs", type=int, default=10_000)
    asked, cores = parser.parse_args(), len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        make_reports(root, asked.reports)
        scheduler_alone(root, asked.stubs)
        beside_the_pool(root, asked.reports, cores)


if __name__ == "__main__":
    main()
