"""The values of a batch, all picklable: the options, and the job, the verdict and the outcome of one report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from nianbao.checks.signature import Signature
from nianbao.findings import Finding, blocks, has_faults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nianbao.job_id import JobId, ReportId
    from nianbao.paths import ReportPaths
    from nianbao.run.origin import Origin
    from nianbao.run.store.store import Store
    from nianbao.run.targets import Target
    from nianbao.state import State


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every job of a build.

    Parameters
    ----------
    params : Path
        The folder of the inputs.
    store : Store
        Where reports are kept.
    formats : tuple of str
        Names of output formats; of a whole batch empty for those in which each report is published.
    draft : bool
        Build drafts only, stamped and beside what is published; of what has errors too.
    force : bool
        Build what is up to date as well.
    deep : bool
        Hash the files of what is up to date, to find those that were changed.
    fonts : Path or None
        A folder of official fonts for the PDF.
    log_output : bool
        Keep what the cells of good reports print.
    retries : int
        How many more times a job is tried that has failed.
    fail_fast : bool
        End the batch after the first job that has failed or is blocked.
    origin : Origin or None
        Where inputs come from, when params or outputs have an address.
    """

    params: Path
    store: Store
    formats: tuple[str, ...]
    draft: bool = False
    force: bool = False
    deep: bool = False
    fonts: Path | None = None
    log_output: bool = False
    retries: int = 0
    fail_fast: bool = False
    origin: Origin | None = None

    @property
    def place(self) -> Path:
        """Params as a report reads them: from a stage the way there is the one that its notebook will be published with."""
        return self.origin.place if self.origin else self.params.resolve()


@dataclass(frozen=True, slots=True)
class Job:
    """One target to build.

    Parameters
    ----------
    inputs : dict
        Hashes of the single input files.
    parts : dict
        Hashes of everything the outputs depend on, by what it is: data, narrative, notebook, code, …
    key, check_key : str
        The hash of all parts, and of those that a verdict depends on.
    read : Path or None
        A scratch file of the batch. The check leaves the report in it as read, and the build takes it from there; without it
        the build reads the inputs again.
    seal : bytes
        A secret of this job alone, with which that file is sealed (`scratch`).
    """

    target: Target
    options: Options
    inputs: dict[str, str]
    parts: dict[str, str]
    key: str
    check_key: str
    read: Path | None = None
    seal: bytes = field(default=b"", repr=False)

    @property
    def id(self) -> JobId:
        return self.target.id

    @property
    def report(self) -> ReportPaths | None:
        """The report whose findings decide whether this may be built; ``None`` for other runs."""
        return self.target.report


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report's faults and findings, found before anything is built.

    ``error`` says why it could not be checked. ``signature`` is what checks across bureaus need of it, and ``across`` what
    they have found: warnings that depend on the reports of others.
    """

    id: ReportId
    findings: tuple[Finding, ...] = ()
    title: str = ""
    error: str = ""
    signature: Signature | None = None
    across: tuple[Finding, ...] = ()

    @property
    def shown(self) -> tuple[Finding, ...]:
        """All findings, also those across bureaus, the gravest first."""
        return in_order(self.findings, self.across)

    @property
    def is_faulty(self) -> bool:
        """Whether it cannot be rendered, not even as a draft."""
        return bool(self.error) or has_faults(self.findings)

    @property
    def is_blocked(self) -> bool:
        """Whether it must not be published."""
        return bool(self.error) or blocks(self.findings)

    def forbids(self, options: Options) -> bool:
        """Whether the report must not be built with these options."""
        return self.is_faulty or (self.is_blocked and not options.draft)

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON values."""
        findings = [finding.to_json() for finding in self.shown]
        about = {"title": self.title, "findings": findings, "error": self.error, "blocked": self.is_blocked}
        return {**self.id.to_json(), **about}

    def kept(self) -> dict[str, Any]:
        """The verdict as JSON values for a store, with its signature, and the findings across bureaus apart."""
        own, across = ([one.to_json() for one in some] for some in (self.findings, self.across))
        signature = self.signature.to_json() if self.signature else None
        return {**self.to_json(), "findings": own, "across": across, "signature": signature}

    @classmethod
    def from_json(cls, report: ReportId, plain: dict[str, Any]) -> Verdict:
        """The verdict on a report from the JSON values that `to_json` returned."""
        return cls(report, tuple(map(Finding.from_json, plain["findings"])), plain["title"])

    @classmethod
    def from_kept(cls, report: ReportId, plain: dict[str, Any]) -> Verdict:
        """The verdict on a report from the JSON values that `kept` returned."""
        signature = Signature.from_json(plain["signature"]) if plain["signature"] else None
        across = tuple(map(Finding.from_json, plain["across"]))
        return replace(cls.from_json(report, plain), signature=signature, across=across)


def in_order(findings: Sequence[Finding], across: Sequence[Finding]) -> tuple[Finding, ...]:
    """A report's own findings, which are in order, with those across bureaus behind its own of their severity."""
    ranks = [*accumulate((one.severity.rank for one in findings), max), *(one.severity.rank for one in across)]
    return tuple(one for _, one in sorted(zip(ranks, (*findings, *across), strict=True), key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a build for one target.

    ``state`` is PUBLISHED, DRAFT, CURRENT, BLOCKED, FAILED, or DUE where the batch ended before; ``outputs`` has the SHA-256
    of each file that was made, or is still current, by its path; ``seconds`` is the wall time; ``message`` says why it
    failed or could not be checked, where the files of a failed job are kept, and what was moved out of the way of new files;
    ``spent`` holds the seconds of each step, the CPU seconds with children (``cpu``) and the peak memory in MiB (``peak``);
    ``attempts`` is how many processes have begun it, 0 where none had to; ``log`` is where what its cells printed is kept,
    '' where it is not. All but the first and last of these are those of the last attempt.
    """

    id: JobId
    state: State
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    message: str = ""
    title: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    attempts: int = 0
    log: str = ""

    def to_json(self) -> dict[str, Any]:
        """The outcome as JSON values."""
        return {
            **self.id.to_json(),
            **self.state.to_json(),
            "title": self.title,
            "findings": [finding.to_json() for finding in self.findings],
            "outputs": self.outputs,
            "message": self.message,
            "seconds": self.seconds,
            "spent": self.spent,
            "attempts": self.attempts,
            "log": self.log,
        }
