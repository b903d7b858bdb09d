"""A store that is laid out like no other: whoever computed a path inside it himself would find nothing."""

import errno
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import StoreError
from nianbao.job_id import ReportId
from nianbao.run.store.local import LocalStore
from nianbao.run.store.store import INDEX


@dataclass(frozen=True, slots=True)
class FlatStore(LocalStore):
    """Every report's folder at one level, its name turned round: ``kept/r2020_of_shili-jyj``."""

    def _folder(self, job):
        return self.root / "kept" / f"r{job.year}_of_{job.bureau}"

    def ids(self):
        found = [path.name[1:].split("_of_") for path in self.root.glob("kept/r*_of_*") if path.is_dir()]
        return sorted(ReportId(bureau, int(year)) for year, bureau in found)


class FullStore(LocalStore):
    """A folder on a disk that is full when the index is to be written."""

    def write_index(self, text, name=INDEX):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class LostStore(LocalStore):
    """A folder that is gone as soon as a file ``gone`` lies beside it."""

    def manifest(self, job, deep=False):
        if (self.root.parent / "gone").exists():
            raise StoreError("the outputs are gone")
        return super().manifest(job, deep)


class FatalStore(LocalStore):
    """A folder in which whoever has published a report is killed before it can say so."""

    def publish(self, stage, job, manifest):
        super().publish(stage, job, manifest)
        os.kill(os.getpid(), signal.SIGKILL)


def listed(root: Path):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.*") if path.is_file())
