"""Print the progress of a batch while it runs, and its summary at the end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from nianbao.findings import Severity, tally
from nianbao.run.batch import Watch
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tqdm import tqdm

    from nianbao.findings import Finding
    from nianbao.run.job import Outcome, Verdict

SLOW, SHOWN = 5, 10


class Progress(Watch):
    """Shows a live bar with rate and time left on a terminal, else one line for each report; always on stderr."""

    def __init__(self, quiet: bool = False, draft: bool = False) -> None:
        self.quiet, self.draft = quiet, draft
        self.bar: tqdm[Any] | None = None
        self.done = self.total = 0

    def misplaced(self, faults: Sequence[Finding]) -> None:
        for fault in faults:
            print(fault, end="\n\n", file=sys.stderr)

    def repaired(self, said: Sequence[str]) -> None:
        for line in said:
            print(f"nianbao: {line}", file=sys.stderr)

    def begin(self, what: str, total: int) -> None:
        self.close()
        self.done, self.total = 0, total
        if sys.stderr.isatty() and total:
            from tqdm import tqdm

            self.bar = tqdm(total=total, desc=what, unit="份", leave=False, dynamic_ncols=True)

    def close(self) -> None:
        """Remove the bar."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None

    def checked(self, verdict: Verdict) -> None:
        if self.bar is not None:
            self.bar.update()

    def listed(self, verdicts: Sequence[Verdict]) -> None:
        """List the faults and errors of reports that are not built; with ``draft`` only faults stop a report."""
        self.close()
        for verdict in verdicts if not self.quiet else ():
            if verdict.is_faulty or (verdict.is_blocked and not self.draft):
                print(f"── {verdict.id} {verdict.title}：不得发布 {verdict.error}".rstrip(), file=sys.stderr)
                grave = [finding for finding in verdict.findings if finding.severity.blocks]
                # All faults are shown, but only the first errors: a report just begun has dozens, and `check` lists them.
                shown = [finding for at, finding in enumerate(grave) if finding.severity is Severity.FAULT or at < SHOWN]
                print(*shown, sep="\n", file=sys.stderr)
                if len(grave) > len(shown):
                    about = f"--bureau {verdict.id.bureau} --year {verdict.id.year}"
                    print(f"另有 {len(grave) - len(shown)} 条错误：nianbao check {about}", file=sys.stderr)
                print(file=sys.stderr)

    def built(self, outcome: Outcome) -> None:
        self.done += 1
        if self.bar is not None:
            self.bar.update()
            if self.done == self.total:
                self.close()
        elif not self.quiet:
            line = f"[{self.done}/{self.total}] {outcome.id} {outcome.state} {outcome.seconds:.1f}s"
            print(line, file=sys.stderr, flush=True)


def count(states: Iterable[str]) -> str:
    """``已发布 3，阻断 1``, the most frequent first."""
    listed = list(states)
    names = sorted(dict.fromkeys(listed), key=listed.count, reverse=True)
    return "，".join(f"{name} {listed.count(name)}" for name in names) or "没有报告"


def print_summary(outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print the warnings of built reports, the slowest reports, the blocked and failed ones, and the totals."""
    for outcome in outcomes:
        for finding in outcome.findings if outcome.state in {State.PUBLISHED, State.DRAFT} else ():
            if finding.severity is Severity.WARNING:
                print(f"{outcome.id} {finding}")
    made = sorted((one for one in outcomes if one.state in {State.PUBLISHED, State.DRAFT}), key=lambda one: one.seconds)
    if len(made) > SLOW:
        print("最慢：" + "，".join(f"{one.id} {one.seconds:.1f} 秒" for one in made[: -SLOW - 1 : -1]))
    for outcome in sorted(outcomes, key=lambda one: one.state == State.FAILED):
        if not outcome.state.is_good:
            print(f"{outcome.id} {outcome.state}：{tally(one.severity for one in outcome.findings) or outcome.message}")
    print(f"{len(outcomes)} 份报告：{count(one.state for one in outcomes)}；用时 {seconds:.1f} 秒")
