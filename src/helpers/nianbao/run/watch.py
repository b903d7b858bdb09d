"""What is called while a batch runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.job import Outcome, Verdict
    from nianbao.run.verify import Proof


class Watch:
    """The methods that a batch calls as it proceeds. Here they do nothing; a subclass overrides those it needs."""

    def misplaced(self, faults: Sequence[Finding]) -> None:
        """Called before the checks, with a fault for each misnamed folder in params."""

    def planned(self, total: int) -> None:
        """Called before anything is written, with the number of reports and runs; what it raises ends the batch."""

    def repaired(self, said: Sequence[str]) -> None:
        """Called at the start and at the end, with one line for each thing repaired after an interrupted process."""

    def begin(self, what: str, total: int) -> None:
        """Called when a phase, ``checking``, ``building`` or ``proving``, of ``total`` targets begins."""

    def checked(self, verdict: Verdict) -> None:
        """Called when one report has been checked."""

    def listed(self, verdicts: Sequence[Verdict]) -> None:
        """Called when all reports have been checked, before any is built."""

    def unread(self, names: Sequence[str]) -> None:
        """Called before anything is built, with the output formats whose files nobody can read back."""

    def started(self, job: JobId, attempt: int) -> None:
        """Called when a process begins to build one report, for the first time (1) or another."""

    def retried(self, outcome: Outcome) -> None:
        """Called when an attempt at one report has failed and another one follows."""

    def rebuilt(self, count: int) -> None:
        """Called when all has been built, with the number of reports, if any, that were begun again elsewhere.

        The workers of a cluster that had begun them were lost.
        """

    def ended(self, outcome: Outcome) -> None:
        """Called when it is known what came of one report, also of one that is up to date or blocked."""

    def proved(self, proof: Proof) -> None:
        """Called by `verify` when one report has been rendered again."""


SILENT = Watch()
