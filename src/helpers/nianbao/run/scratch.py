"""What the check of a report leaves for its build: the report as it was read, so that nothing is read twice.

It lies in the scratch folder of the batch, where the cells of other reports could write. So each job has a secret of its
own, which only its check and its own process know, and what is not sealed with it is not read.
"""

from __future__ import annotations

import hmac
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING

from nianbao.inputfiles import NotRead, read_file
from nianbao.run.store import disk

if TYPE_CHECKING:
    from pathlib import Path

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
            _take_away(job.read)


def kept(job: Job) -> bytes:
    """The report, pickled; b'' where none was left, or not by the job's own check. It is taken away."""
    if not job.read:
        return b""
    try:
        found = read_file(job.read)
    except NotRead:  # nothing is there, or a cell has put something else in its place: a folder, a pipe
        return b""
    _take_away(job.read)
    data = found[_LONG:]
    return data if hmac.compare_digest(found[:_LONG], hmac.digest(job.seal, data, HASH)) else b""


def _take_away(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
