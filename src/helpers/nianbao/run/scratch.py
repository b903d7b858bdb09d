"""What the check of a report leaves for its build: the report as it was read, so that nothing is read twice.

It lies in the scratch folder of the batch, where the cells of other reports could write. So each job has a secret of its
own, which only its check and its own process know, and what is not sealed with it is not read.
"""

from __future__ import annotations

import hmac
import pickle
from typing import TYPE_CHECKING

from nianbao.run.store import disk

if TYPE_CHECKING:
    from nianbao.document.document import Document
    from nianbao.run.job import Job

HASH, _LONG = "sha256", 32


def keep(job: Job, loaded: Document) -> None:
    """Leave the report for the build; when it cannot be written, the build reads the inputs again."""
    if job.read:
        data = pickle.dumps(loaded)
        try:  # Another process may read what this one writes again.
            disk.write_whole(job.read, hmac.digest(job.seal, data, HASH) + data)
        except OSError:
            job.read.unlink(missing_ok=True)


def kept(job: Job) -> bytes:
    """The report, pickled; b'' where none was left, or not by the job's own check. It is taken away."""
    if not job.read or not job.read.exists():
        return b""
    found = job.read.read_bytes()
    job.read.unlink()
    data = found[_LONG:]
    return data if hmac.compare_digest(found[:_LONG], hmac.digest(job.seal, data, HASH)) else b""
