"""Print the progress of a batch while it runs, and its summary at the end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.command.sparing import Sparing
from nianbao.findings import Severity, tally
from nianbao.job_id import ReportId
from nianbao.language import is_chinese, say
from nianbao.run.batch import CHECKING
from nianbao.run.store.store import FINDINGS, INDEX
from nianbao.run.watch import Watch
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tqdm import tqdm

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.job import Outcome, Verdict
    from nianbao.run.verify import Proof, Proven

SLOW, SHOWN = 5, 10


class Progress(Watch):
    """Shows a live bar with rate and time left on a terminal, else a line for the checks and for each report; on stderr."""

    def __init__(self, quiet: bool = False, draft: bool = False) -> None:
        self.quiet, self.draft = quiet, draft
        self.bar: tqdm[Any] | None = None
        self.done = self.total = 0

    def misplaced(self, faults: Sequence[Finding]) -> None:
        for fault in faults if not self.quiet else ():
            print(fault, end="\n\n", file=sys.stderr)

    def repaired(self, said: Sequence[str]) -> None:
        for line in said:
            print(f"nianbao: {line}", file=sys.stderr)

    def unread(self, names: Sequence[str]) -> None:
        said = "files of the format {names} are not read back: the package that makes them has no reader"
        print(f"nianbao: {say(said, names=', '.join(names))}", file=sys.stderr)

    def begin(self, what: str, total: int) -> None:
        self.close()
        self.done, self.total = 0, total
        if sys.stderr.isatty() and total:
            from tqdm import tqdm

            # The bar moves the cursor; no data are in it.
            to = getattr(sys.stderr, "stream", sys.stderr)
            self.bar = tqdm(total=total, desc=say(what), unit=say(" reports"), leave=False, dynamic_ncols=True, file=to)
        elif what == CHECKING and total and not self.quiet:  # which ends without a line for each report
            print(say("reports being checked: {count}", count=total), file=sys.stderr, flush=True)

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
                head = say("── {name}: blocked", name=f"{verdict.id} {verdict.title}".strip())
                print(f"{head} {verdict.error}".rstrip(), file=sys.stderr)
                grave = [finding for finding in verdict.findings if finding.severity.blocks]
                # Faults are all said at once; of errors a report just begun has dozens, and `check` lists them.
                shown = [finding for at, finding in enumerate(grave) if finding.severity is Severity.FAULT or at < SHOWN]
                print(*shown, sep="\n", file=sys.stderr)
                if more := len(grave) - len(shown):
                    said = "{count} more errors: nianbao check --bureau {bureau} --year {year}"
                    print(say(said, count=more, bureau=verdict.id.bureau, year=verdict.id.year), file=sys.stderr)
                print(file=sys.stderr)

    def retried(self, outcome: Outcome) -> None:
        if not self.quiet:
            said = "{name} {state}, attempt {attempt}; tried again: {why}"
            why, state = outcome.message.partition("\n")[0], outcome.state
            line = say(said, name=outcome.id, state=state, attempt=outcome.attempts, why=why)
            self._above_bar(line)

    def rebuilt(self, count: int) -> None:
        if not self.quiet:
            self._above_bar(say("built again, as workers were lost: {count} reports", count=count))

    def ended(self, outcome: Outcome) -> None:
        if not outcome.attempts or outcome.state is State.DUE:  # It was not built, and the bar does not count it.
            return
        self.done += 1
        if self.bar is not None:
            self.bar.update()
            if self.done == self.total:
                self.close()
        elif not self.quiet:
            line = f"[{self.done}/{self.total}] {outcome.id} {outcome.state} {outcome.seconds:.1f}s"
            print(line, file=sys.stderr, flush=True)

    def _above_bar(self, line: str) -> None:
        if self.bar is None:
            print(line, file=sys.stderr, flush=True)
        else:
            self.bar.write(line, file=sys.stderr)

    def proved(self, proof: Proof) -> None:
        self.done += 1
        if self.bar is not None:
            self.bar.update()
        elif not self.quiet:
            print(f"[{self.done}/{self.total}] {proof.id} {proof.state}", file=sys.stderr, flush=True)


def counted(ones: Iterable[State | Proven]) -> str:
    """``已发布 3，阻断 1``, the most frequent first."""
    listed = list(ones)
    kinds = sorted(dict.fromkeys(listed), key=listed.count, reverse=True)
    return say(", ").join(f"{one} {listed.count(one)}" for one in kinds) or say("no reports")


def tallied(findings: Iterable[Finding]) -> str:
    """``错误 2，提示 1``: how many findings of each severity, the gravest first; '' without any."""
    severities = [finding.severity for finding in findings]
    if is_chinese():
        return tally(severities)
    return ", ".join(f"{one.code} {severities.count(one)}" for one in Severity if one in severities)


def print_missing(count: int) -> None:
    """Say how many reports of other bureaus were not compared, if any."""
    if count:
        print(say("not compared with {count} reports of other bureaus that were never checked: nianbao check", count=count))


def print_summary(outcomes: Sequence[Outcome], seconds: float, index: str) -> None:
    """Print what was blocked or failed, then warnings, of many of a kind the first few, the slowest, and the drafts.

    ``index`` is where the index is, beside which all findings stand; '' where it could not be written.
    """
    _print_bad(outcomes)
    good = [(one.id, finding) for one in outcomes if one.state.is_good for finding in one.findings]
    warned = [(one, finding) for one, finding in good if finding.severity is Severity.WARNING]
    sparing = Sparing(warned)
    for one, finding in warned:
        if sparing.takes(finding):
            print(f"{one} {finding}")
    for line in sparing.rest(
        say(", ").join([*([shown(index).removesuffix(INDEX) + FINDINGS] if index else []), "--format json"])
    ):
        print(line)
    made = sorted((one for one in outcomes if one.state in {State.PUBLISHED, State.DRAFT}), key=lambda one: one.seconds)
    if len(made) > SLOW:
        slowest = (say("{name} {seconds:.1f} s", name=one.id, seconds=one.seconds) for one in made[: -SLOW - 1 : -1])
        print(say("slowest: {names}", names=say(", ").join(slowest)))
    _print_told(outcomes)
    for outcome in outcomes:
        if outcome.state is State.DRAFT:
            where = shown(next(iter(sorted(outcome.outputs, key=lambda path: not path.endswith(".html"))), ""))
            print(
                say(
                    "{name} {state} ({found}): {where}",
                    name=outcome.id,
                    state=State.DRAFT,
                    found=tallied(outcome.findings) or say("no findings"),
                    where=where,
                )
            )
        if outcome.state.is_good and outcome.attempts > 1:
            said = "{name} {state} at attempt {attempt}"
            print(say(said, name=outcome.id, state=outcome.state, attempt=outcome.attempts))
    _print_undone(outcomes)
    for state in (State.BLOCKED, State.FAILED) if warned else ():  # which stand far above
        if names := [named(one.id, one.title) for one in outcomes if one.state is state]:
            print_names(str(state), names)
    total = say(
        "{count} in all: {states}; {seconds:.1f} s",
        count=len(outcomes),
        states=counted(one.state for one in outcomes),
        seconds=seconds,
    )
    print(total)


def _print_told(outcomes: Sequence[Outcome]) -> None:
    """Print what is to be known of good outcomes: once for all of which the same is said."""
    told: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.state.is_good and outcome.message:
            told.setdefault(outcome.message, []).append(outcome)
    for why, some in told.items():
        if len(some) == 1:
            print(say("{name} {state}: {why}", name=some[0].id, state=some[0].state, why=why))
        else:
            print_names(why, [one.id for one in some])


def _print_bad(outcomes: Sequence[Outcome]) -> None:
    """Print what failed, then what was blocked, each with the reason."""
    for outcome in sorted(outcomes, key=lambda one: one.state != State.FAILED):
        if not outcome.state.is_good and outcome.state is not State.DUE:
            why = outcome.message or tallied(outcome.findings)
            tried = say(" after {count} attempts", count=outcome.attempts) if outcome.attempts > 1 else ""
            name = named(outcome.id, outcome.title)
            print(say("{name} {state}{tried}: {why}", name=name, state=outcome.state, tried=tried, why=why))


def _print_undone(outcomes: Sequence[Outcome]) -> None:
    """Print what is not done, by the reason."""
    undone: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.state is State.DUE:
            undone.setdefault(outcome.message, []).append(named(outcome.id, outcome.title))
    for why, names in undone.items():
        print_names(why, names)


def named(one: JobId, title: str) -> str:
    """A report with the name that its bureau is called by: its title up to the year."""
    name = title.partition(f"{one.year}年")[0].strip() if isinstance(one, ReportId) else ""
    return f"{one} {name}".strip()


def print_names(why: str, names: Sequence[JobId | str]) -> None:
    """Print what holds of some jobs, how many they are, and the first of them."""
    more = say(" and {count} more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
    listed = say(", ").join(map(str, names[:SHOWN])) + more
    print(say("{why} ({count}): {names}", why=why, count=len(names), names=listed))


def shown(place: str) -> str:
    """A path as a person would type it here: relative where it lies below the working directory."""
    try:
        return Path(place).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return place
