"""A process that publishes a report into a bucket for each line that it reads, each time in a process forked from it.

What a build loads is loaded once: a test that kills many of them does not wait for it each time.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import s3fs  # noqa: F401  # which `prepare` wants loaded

from nianbao.job_id import ReportId
from nianbao.run.store import connection, objects
from nianbao.run.store.address import place_of
from nianbao.run.store.bucket import BucketStore
from records import manifest

LEASE = 0.3  # seconds that the next one waits for one that was killed
FORMATS = ("html", "pdf", "docx")


def publish(address, work, job, text):
    """Publish a report of four files, as a build does: under the lease, with the store repaired before and after."""
    store = BucketStore(objects.Objects(place_of(address)), Path(work), lease=LEASE)
    with store.locked():
        store.repair()
        stage = store.stage(job)
        for kind in ("json", *FORMATS):
            (stage / f"report.{kind}").write_text(f"{text} {kind}\n" * 500, "utf-8")
        store.publish(stage, job, manifest(str(job), formats=FORMATS))
        store.repair()


@contextmanager
def publisher(address, work, environment):
    """The process; give its `begin` a job and a text, and it returns the process id of the one that publishes them."""
    words = [sys.executable, __file__, address, str(work)]
    given = {**os.environ, **environment}
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=given) as process:

        def begin(job, text):
            print(job.bureau, job.year, text, file=process.stdin, flush=True)
            return int(process.stdout.readline())

        def end():
            """Wait for the one that was begun; how it ended, as `os.waitpid` says."""
            return int(process.stdout.readline())

        yield begin, end
        process.stdin.close()


def main(address, work):
    connection.prepare()
    for line in sys.stdin:
        bureau, year, text = line.split()
        if child := os.fork():
            print(child, flush=True)
            print(os.waitpid(child, 0)[1], flush=True)
        else:
            publish(address, work, ReportId(bureau, int(year)), text)
            os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
