"""What the functions of `api` give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.state import State

if TYPE_CHECKING:
    from nianbao.findings import Finding
    from nianbao.run.job import Outcome, Verdict
    from nianbao.run.plan import Orphan, Step
    from nianbao.run.verify import Proof


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a build: one outcome per target, the faults of folders in params, the index page's place.

    ``problem`` says why the index could not be written; ``missing`` is how many reports of other bureaus were not compared
    with these, because they have never been checked.
    """

    outcomes: tuple[Outcome, ...]
    faults: tuple[Finding, ...]
    index: str
    problem: str = ""
    missing: int = 0

    @property
    def is_good(self) -> bool:
        """Whether everything that was selected is built."""
        return not self.faults and not self.problem and all(outcome.state.is_good for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: one verdict per selected report, sorted by id, and the faults of folders in params.

    ``missing`` is as in `Built`.
    """

    verdicts: tuple[Verdict, ...]
    faults: tuple[Finding, ...]
    missing: int = 0

    @property
    def is_good(self) -> bool:
        """Whether every selected report may be published."""
        return not self.faults and not any(verdict.is_blocked for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do with each target, the faults of folders in params, and the orphans.

    ``strangers`` are the addresses, in the outputs, of what belongs to no report and no run; a build leaves it alone.
    ``refusals`` say why a build would be refused as a whole now, as far as that is seen without writing.
    """

    steps: tuple[Step, ...]
    faults: tuple[Finding, ...]
    orphans: tuple[Orphan, ...]
    strangers: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether a build now would do all that is asked for, as far as that is known before it."""
        return not (self.faults or self.refusals or any(step.state is State.BLOCKED for step in self.steps))


@dataclass(frozen=True, slots=True)
class Proved:
    """The result of a verification: one proof per folder of outputs, sorted by id, and the faults of folders in params.

    ``index`` says what is wrong with the index page, ``has_index`` whether there is one; ``strangers`` are as in `Planned`.
    """

    proofs: tuple[Proof, ...]
    faults: tuple[Finding, ...]
    index: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    has_index: bool = True

    @property
    def is_good(self) -> bool:
        """Whether every proof holds."""
        return not self.faults and not self.index and all(proof.is_good for proof in self.proofs)
