"""A store at an address, where nothing can be renamed: each build of a report has a folder, and manifest.json points to it.

Files go to ``<job>/<folder>/``. The folder is named after the SHA-256 of the manifest's text, gets the manifest first, by
which whoever finds it knows whose the files are. Last comes ``<job>/manifest.json``, the same text, written under the
condition that it is as it was: at that moment the report is published. Stages lie in a folder of this machine.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.digests import digest
from nianbao.errors import NianbaoError, UsageError
from nianbao.language import say
from nianbao.run import manifest as manifests
from nianbao.run.store import checked, failed, indexpage, inside, lease, sweep
from nianbao.run.store.layout import files_of, folder_of, is_copy, job_of, made_in, strangers
from nianbao.run.store.lease import new_holder
from nianbao.run.store.local import LocalStore
from nianbao.run.store.objects import Objects, Overtaken
from nianbao.run.store.seen import Seen
from nianbao.run.store.store import APART, CHECKED, FAILED, INDEX, LOG, LOGS, PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.job_id import JobId, ReportId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.address import Address
    from nianbao.run.store.objects import Object

LEASE = 30.0  # seconds for which a build takes the store; it renews them while it runs


@dataclass(frozen=True, slots=True)
class BucketStore:
    """The outputs at an address. See `Store` for what each method promises.

    Parameters
    ----------
    objects : Objects
        The objects below the address.
    work : Path
        A folder of this machine in which stages lie, as they would in outputs beside params.
    lease : float
        Seconds for which a build that does not answer any more keeps others away.
    holder : str
        By what this build is known from others.
    """

    objects: Objects
    work: Path
    lease: float = field(default_factory=lambda: LEASE)
    holder: str = field(default_factory=new_holder)
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)

    @property
    def root(self) -> Address:
        return self.objects.address

    @property
    def here(self) -> LocalStore:
        """Where the stages lie."""
        return LocalStore(self.work / "outputs")

    def locked(self) -> contextlib.AbstractContextManager[None]:
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with lease.held(self.objects, self.holder, self.lease):
            self.seen.forget()  # What was planned with may have been published by a build that has ended since.
            indexpage.require_own(self.index(), self._place(INDEX))
            yield

    def refusals(self) -> list[str]:
        said = lease.refusals(self.objects)
        try:
            indexpage.require_own(self.index(), self._place(INDEX))
        except UsageError as error:
            said.append(str(error))
        return said

    def repair(self) -> list[str]:
        if not self._is_held():
            return []  # What is half here may be what the build uploads that has taken the store over.
        self.seen.forget()
        said = sweep.repair(self.objects, self.seen, self.ids(), self._is_held)
        if self._is_held():
            said += [self._put_aside(name) for name in PAGES if not indexpage.is_as_written(self.index(name))]
        return said + self.here.repair() if inside.is_folder(self.here.root) else said

    def _put_aside(self, page: str) -> str:
        """A person wrote into the page: what stands there is kept, and a new one is written."""
        name = sweep.move(self.objects, page, sweep.numbered(f"{APART}/{page}"))
        self.seen.forget()
        return say("{page} was changed by hand; what stood there is in {name} now", page=page, name=name)

    def scratch(self) -> contextlib.AbstractContextManager[Path]:
        return self.here.scratch()

    def require_reached(self, scratch: Path) -> None:
        if not self._is_held():
            raise UsageError(say("the outputs at {address} are not the same there", address=self.root))

    def require_there(self, scratch: Path) -> None:
        lease.require_there(self.objects, self.holder)

    def stage(self, job: JobId, scratch: Path | None = None) -> Path:
        lease.require(self.objects, self.holder)
        return self.here.new_stage(job)

    def drop(self, stage: Path) -> None:
        self.here.drop(stage)

    def publish(self, stage: Path, job: JobId, manifest: Manifest) -> list[str]:
        text = manifest.with_outputs(stage).to_json()
        if manifests.Manifest.from_json(text) is None:
            raise NianbaoError(say("the manifest of {name} cannot be read back; nothing was published", name=job))
        raw, pointer = text.encode(), self._pointer(job)
        before = self.objects.look(pointer)
        folder = f"{job}/{folder_of(raw)}"
        self.objects.write(f"{folder}/{manifests.NAME}", raw)
        files = {f"{folder}/{path.name}": path for path in sorted(stage.iterdir())}
        self.objects.upload(files)
        lease.require(self.objects, self.holder)
        try:
            self.objects.replace(pointer, raw, before.tag) if before else self.objects.create(pointer, raw)
        except Overtaken:
            said = "{name}: somebody else has published it meanwhile; their files stay as they are"
            raise NianbaoError(say(said, name=job)) from None
        self._keep_whole(job, folder, raw, files)
        self.drop(stage)
        with contextlib.suppress(NianbaoError, OSError):  # It is published, whatever an earlier run has left.
            self.objects.remove(f"{FAILED}/{job}/{name}" for name in failed.NAMES)
            self.seen.forget_one(self.objects, str(job))
        self.seen.texts[pointer] = raw
        return []

    def _is_held(self) -> bool:
        return lease.is_of(self.objects, self.holder)

    def _keep_whole(self, job: JobId, folder: str, raw: bytes, files: dict[str, Path]) -> None:
        """Upload again what a build has deleted that took the lease over before the manifest was written."""
        with contextlib.suppress(UsageError):
            if self._is_held():
                return
        there = self.objects.find(str(job))
        self.objects.upload({name: path for name, path in files.items() if name not in there})
        self.objects.write(f"{folder}/{manifests.NAME}", raw)

    def fail(self, stage: Path, job: JobId, said: str) -> str:
        lease.require(self.objects, self.holder)
        return self._kept(self.here.fail(stage, job, said), job)

    def lost(self, job: JobId, said: str) -> str:
        lease.require(self.objects, self.holder)
        there = self._kept(self.here.lost(job, said), job)
        return there or (self._place(f"{FAILED}/{job}") if self.objects.find(f"{FAILED}/{job}") else "")

    def _kept(self, place: str, job: JobId) -> str:
        """Put what is kept of a failed job here into the store; returns where it is there."""
        if not place:
            return ""
        folder = f"{FAILED}/{job}"
        kept = Path(place)
        files = {f"{folder}/{name}": kept / name for name in failed.NAMES if (kept / name).is_file()}
        self.objects.upload(files)
        self.objects.remove(f"{folder}/{name}" for name in failed.NAMES if f"{folder}/{name}" not in files)
        failed.forget(kept)
        return self._place(folder)

    def keep_log(self, job: JobId, text: str) -> str:
        name = f"{LOGS}/{job}.log"
        if not text:
            self.objects.remove([name])
            return ""
        self.objects.write(name, text.encode())
        return self._place(name)

    def log(self, job: JobId) -> str:
        with contextlib.suppress(FileNotFoundError):
            return self.objects.read(f"{FAILED}/{job}/{LOG}").decode("utf-8", "replace")
        return ""

    def failure(self, job: JobId) -> str:
        name = f"{FAILED}/{job}/{failed.TRACEBACK}"
        return name if name in self.seen.below(self.objects, f"{FAILED}/{job}") else ""

    def failures(self) -> list[JobId]:
        groups = (one for one in self.seen.everything(self.objects) if one.startswith(f"{FAILED}/"))
        return sorted(one for group in groups if (one := job_of(group[len(FAILED) + 1 :])) and self.failure(one))

    def ids(self) -> list[JobId]:
        groups = self.seen.everything(self.objects)
        # An object may have a report's name, and is no folder.
        return sorted(
            one for group in groups if (one := job_of(group)) and {*self.seen.below(self.objects, group)} != {group}
        )

    def strangers(self) -> list[str]:
        return strangers(self.seen.everything(self.objects))

    def manifest(self, job: JobId, deep: bool = False) -> Manifest | None:
        found = self.record(job)
        if found is None:
            return None
        there, folder = self.seen.below(self.objects, str(job)), self._folder(job)
        sizes = {name: one.size for name in found.outputs if (one := there.get(f"{folder}/{name}"))}
        is_sized = sizes and all(sizes.get(name) == one.bytes for name, one in found.outputs.items())
        if not is_sized or not self._has_copy(job, there, deep):
            return None
        if deep:
            read = self.objects.read_all(f"{folder}/{name}" for name in found.outputs)
            hashes = {name: digest(read.get(f"{folder}/{name}", b"")) for name in found.outputs}
            return found if all(hashes[name] == one.sha256 for name, one in found.outputs.items()) else None
        return found

    def _has_copy(self, job: JobId, there: Mapping[str, Object], deep: bool) -> bool:
        """Whether the manifest in a job's folder is the one that points there; unless deep, as far as a listing tells."""
        pointer, name = self._pointer(job), f"{self._folder(job)}/{manifests.NAME}"
        text = self.seen.text(self.objects, pointer) or b""
        if deep:
            return self.objects.read_all([name]).get(name) == text
        return is_copy(text, there.get(pointer), there.get(name))

    def record(self, job: JobId) -> Manifest | None:
        text = self.seen.text(self.objects, self._pointer(job))
        found = manifests.Manifest.from_json(text) if text else None
        return found if found and found.is_of(job) else None

    def files(self, job: JobId) -> list[str]:
        names, text = self.seen.below(self.objects, str(job)), self.seen.text(self.objects, self._pointer(job))
        found = files_of(str(job), names, self._folder(job).rpartition("/")[2])
        return found or (made_in(str(job), names) if text is not None else [])

    def size(self, job: JobId, name: str) -> int:
        there = self.seen.below(self.objects, str(job)).get(f"{self._folder(job)}/{name}")
        if there is None:
            self.seen.forget_one(self.objects, str(job))
            raise FileNotFoundError(name)
        return there.size

    def read(self, job: JobId, name: str) -> bytes:
        try:
            return self.objects.read(f"{self._folder(job)}/{name}")
        except FileNotFoundError:
            self.seen.forget_one(self.objects, str(job))  # A build may have published it anew.
            raise

    def place(self, job: JobId, name: str) -> str:
        return self._place(self.address(job, name))

    def address(self, job: JobId, name: str) -> str:
        return f"{self._folder(job)}/{name}"

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        text = self.seen.text(self.objects, self._checked(report))
        return checked.verdict_of(text, report, key) if text else None

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        # Where nothing has been built, a check writes nothing.
        with contextlib.suppress(UsageError):
            if self.seen.text(self.objects, lease.NAME):
                raw = checked.text_of(verdict, key).encode()
                self.objects.write(self._checked(verdict.id), raw)
                self.seen.texts[self._checked(verdict.id)] = raw

    def index(self, name: str = INDEX) -> bytes | None:
        there = self.objects.look(name)
        if there is None:
            return None
        indexpage.require_bounded(there.size, self._place(name))
        return self.objects.read(name)

    def write_index(self, text: str, name: str = INDEX) -> str:
        lease.require(self.objects, self.holder)
        indexpage.require_as_written(self.index(name), self._place(name))
        self.objects.write(name, text.encode())
        return self._place(name)

    def _pointer(self, job: JobId) -> str:
        if not all(map(inside.is_name, job.parts)):
            raise UsageError(say("“{name}” is no folder below {folder}", name=job, folder=self.root))
        return f"{job}/{manifests.NAME}"

    def _folder(self, job: JobId) -> str:
        """Where the files of a job lie that its manifest points to."""
        text = self.seen.text(self.objects, self._pointer(job))
        return f"{job}/{folder_of(text)}" if text else str(job)

    def _checked(self, report: ReportId) -> str:
        return f"{CHECKED}/{report.bureau}/{report.year}.json"

    def _place(self, name: str) -> str:
        return str(self.root / name)
