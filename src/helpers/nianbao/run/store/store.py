"""What the batch asks of the place where reports are kept. Nobody else knows how it is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from nianbao.report_id import ReportId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest


class Store(Protocol):
    """A picklable value: every process of a batch has its own copy.

    A report's folder is replaced in whole or not at all; who reads one trusts it when its manifest matches. Methods that
    write raise `UsageError` when they cannot.
    """

    def locked(self) -> AbstractContextManager[None]:
        """Hold the store for one build; `UsageError` when another build holds it."""

    def repair(self) -> list[str]:
        """Undo what a killed run left; says what it did."""

    def scratch(self) -> AbstractContextManager[Path]:
        """A local folder that lasts as long as a build, for its user alone to read and write."""

    def stage(self, report: ReportId) -> Path:
        """A new empty local folder in which a report's files are made, as deep below the root as they will lie."""

    def drop(self, stage: Path) -> None:
        """Take a stage back whose files are not wanted."""

    def publish(self, stage: Path, report: ReportId, manifest: Manifest) -> None:
        """Take a stage back and put it in the place of what was published; the manifest is the commit mark."""

    def fail(self, stage: Path, report: ReportId, said: str) -> str:
        """Take a stage back as what a failed job left, with its traceback; returns where it can be looked at."""

    def lost(self, report: ReportId, said: str) -> str:
        """The same of whatever stages a lost process has left; '' when it has left none."""

    def failure(self, report: ReportId) -> str:
        """The address, relative to the index, of what the last failure of a report said; '' when it has not failed."""

    def reports(self) -> list[ReportId]:
        """All reports that have a folder here, in order."""

    def manifest(self, report: ReportId) -> Manifest | None:
        """The manifest of a folder, trusted when its files are as large as it says; ``None`` without one to trust."""

    def record(self, report: ReportId) -> Manifest | None:
        """The manifest of a folder as it stands there, whatever became of the files."""

    def files(self, report: ReportId) -> list[str]:
        """The names of what lies in a report's folder, beside its manifest."""

    def read(self, report: ReportId, name: str) -> bytes:
        """One file of a report's folder."""

    def address(self, report: ReportId) -> str:
        """A report's folder relative to the index, for links."""

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        """What the checks found when the inputs had this key, or last; ``None`` when they have not been checked."""

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        """Remember a verdict under the key of its inputs."""

    def write_index(self, text: str) -> str:
        """Write the index page in whole; returns where it is."""
