"""The protocol of the place where reports are kept; only its implementations know how the files are laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from nianbao.job_id import JobId, ReportId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest

LOG, PARTIAL = "output.log", "report.ipynb"
"""The files of a stage that tell why a job failed: what its cells printed, and the notebook as far as it ran."""
INDEX, FINDINGS, MARK = "index.html", "findings.html", b'<meta name="generator" content="nianbao">'
PAGES = (INDEX, FINDINGS)
"""The list of all reports, and the words of the findings that it counts."""
LONGEST_INDEX = 64 * 2**20  # bytes; ten thousand reports have 5 MB
LOCK, FAILED, CHECKED, APART, LOGS = ".nianbao-lock", ".failed", ".checked", ".kept", ".logs"
OURS = frozenset({*PAGES, LOCK, FAILED, CHECKED, APART, LOGS, ".gitkeep", ".gitignore"})
"""What lies in a store besides the folders of reports and runs."""


class Store(Protocol):
    """Keeps reports. A store is a picklable value: every process of a batch has its own copy.

    A report's folder is replaced in whole or not at all; a reader trusts it when its manifest matches. What people put into
    a folder, which no manifest names, is kept. Methods that write raise `UsageError` when they cannot write.
    """

    def locked(self) -> AbstractContextManager[None]:
        """Lock the store for one build; raises `BusyError` when another build holds it."""

    def refusals(self) -> list[str]:
        """Why a build would be refused here now, as far as that is seen without writing; nothing when nothing is seen."""

    def repair(self) -> list[str]:
        """Put in order what a killed run left, and put aside `PAGES` that a person has written into.

        Returns one line for each thing that was done or cannot be done; raises nothing for one folder.
        """

    def scratch(self) -> AbstractContextManager[Path]:
        """A local folder that lasts as long as a build; only its user can read and write it."""

    def require_reached(self, scratch: Path) -> None:
        """Require that this process reaches the store that a build holds, on whatever machine it runs.

        ``scratch`` is that build's scratch folder. Raises `UsageError` when it does not; what an executor on other machines
        asks there before it builds anything.
        """

    def require_there(self, scratch: Path) -> None:
        """Require that the build that holds the store, whose scratch folder is given, can still publish in it.

        Raises `StoreError` with the reason when it cannot; a full disk is none, as it may be full for one report only.
        """

    def stage(self, job: JobId, scratch: Path | None = None) -> Path:
        """A new empty local folder for a report's files, at the same depth below the root as their final folder.

        With the scratch folder of the build that holds the store; raises `StoreError` when that is no longer there.
        """

    def drop(self, stage: Path) -> None:
        """Delete a stage whose files are not wanted."""

    def publish(self, stage: Path, job: JobId, manifest: Manifest) -> list[str]:
        """Add the manifest to a stage and put the stage in the place of the report's folder.

        Returns where that is now which is not the kit's, and whose name the new files need. Raises `NianbaoError` when
        something cannot be moved, or listed by a manifest: then the report's folder stays as it was.
        """

    def fail(self, stage: Path, job: JobId, said: str) -> str:
        """Keep `LOG` and `PARTIAL` of a failed job's stage, with the traceback ``said``; returns where they are kept."""

    def lost(self, job: JobId, said: str) -> str:
        """Keep the stages that a lost process left, as `fail` does; '' when nothing is kept."""

    def keep_log(self, job: JobId, text: str) -> str:
        """Keep what the cells of a job printed that was just published, in place of what is kept of it; '' keeps nothing.

        Returns where it is kept.
        """

    def log(self, job: JobId) -> str:
        """What the cells of a report's last failed job have printed, as far as it is kept; '' when there is none."""

    def failure(self, job: JobId) -> str:
        """The address, relative to the index, of the traceback of a report's last failure; '' when there is none."""

    def failures(self) -> list[JobId]:
        """All reports and runs whose last build failed and left a traceback, in order."""

    def ids(self) -> list[JobId]:
        """All reports and runs that have a folder here, in order."""

    def strangers(self) -> list[str]:
        """The addresses, relative to the index, of what lies here and belongs to no report and no run."""

    def manifest(self, job: JobId, deep: bool = False) -> Manifest | None:
        """The manifest of a report; ``None`` when there is none, or when a file is missing or not as large as it says.

        With ``deep`` also when a file has other bytes.
        """

    def record(self, job: JobId) -> Manifest | None:
        """The manifest of a report, whether or not it matches the files; ``None`` when it cannot be read, or was changed."""

    def files(self, job: JobId) -> list[str]:
        """The names of the files in a report's folder, without the manifest; raises `OSError` when nobody may look."""

    def read(self, job: JobId, name: str) -> bytes:
        """The bytes of one file in a report's folder; raises `OSError` when it is not there."""

    def size(self, job: JobId, name: str) -> int:
        """How many bytes a file in a report's folder has; raises `OSError` when it is not there."""

    def place(self, job: JobId, name: str) -> str:
        """Where a person finds one file of a job's folder, as a path or address."""

    def address(self, job: JobId, name: str) -> str:
        """The address of one file of a job's folder, relative to the index."""

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        """The last verdict, if it was kept under this key (any when ''); ``None`` when there is none, or it was changed."""

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        """Remember a verdict under the key of its inputs."""

    def index(self, name: str = INDEX) -> bytes | None:
        """One of the `PAGES` as it is; ``None`` when there is none. Raises `UsageError` when it cannot be read."""

    def write_index(self, text: str, name: str = INDEX) -> str:
        """Write one of the `PAGES` in whole; returns where it is."""
