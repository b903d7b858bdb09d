"""``--events``: what happens in a batch, one line of JSON for each event as it happens (docs/api.md)."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TextIO

from nianbao import __version__
from nianbao.command.progress import Progress
from nianbao.command.stopped import Stopped
from nianbao.command.terminal import harmless
from nianbao.errors import BusyError, NianbaoError, UsageError
from nianbao.language import reason, say
from nianbao.run.store.lock import lock

if TYPE_CHECKING:
    from types import TracebackType

    from nianbao.job_id import JobId
    from nianbao.run.job import Outcome
    from nianbao.run.results import Built
    from nianbao.state import State

STDOUT = "-"
FIRST = '{"event": "batch_begun"'  # so begins a file of events


class Events(Progress):
    """The progress of a batch, also written to a file; with '' as the file it is only shown.

    The file is opened when the batch is planned, and its first line is written before anything else is. One that cannot be
    written any more is said once, stops nothing, and makes `problem` true.
    """

    def __init__(self, target: str, quiet: bool, draft: bool) -> None:
        super().__init__(quiet, draft)
        self.target, self.problem, self.start = target, False, time.monotonic()
        self.file: TextIO | None = None
        self.states: Counter[State] = Counter()
        self.asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Remove the bar, say that a batch was stopped, which `over` has not said, and how far it came; close the file."""
        self.close()
        if isinstance(error, Stopped) and self.asked:
            error.add_note(self._so_far())
        if error:
            is_meant = isinstance(error, (NianbaoError, Stopped))
            self._end(getattr(error, "exit_code", 1), message=str(error) if is_meant else repr(error))
        if self.file and self.target != STDOUT:
            self.file.close()

    def _so_far(self) -> str:
        """How many targets there are, how many came to which state, and how many are left."""
        states = (f"{state} {count}" for state, count in self.states.most_common())
        left = say("not done {count}; the next build does them", count=self.asked - self.states.total())
        return say(", ").join((say("{count} in all", count=self.asked), *states, left))

    def planned(self, total: int) -> None:
        self.asked = total
        if not self.target:
            return
        try:
            self.file = _opened(self.target)
            self._put("batch_begun", total=total, nianbao=__version__)
        except OSError as error:
            self._let_go()
            raise UsageError(say("cannot write to {path}: {why}", path=self.target, why=reason(error))) from error

    def begin(self, what: str, total: int) -> None:
        super().begin(what, total)
        self._write("phase_begun", phase=what, total=total)

    def started(self, job: JobId, attempt: int) -> None:
        self._write("report_begun", name=str(job), attempt=attempt)

    def retried(self, outcome: Outcome) -> None:
        super().retried(outcome)
        self._write("report_retried", name=str(outcome.id), attempt=outcome.attempts, message=outcome.message)

    def rebuilt(self, count: int) -> None:
        super().rebuilt(count)
        self._write("reports_rebuilt", count=count)

    def ended(self, outcome: Outcome) -> None:
        super().ended(outcome)
        self.states[outcome.state] += 1
        self._write("report_ended", **outcome.to_json())

    def over(self, built: Built, code: int) -> None:
        """Say what a batch that was not stopped has come to, and the exit code of the command."""
        self._end(code, index=built.index, message=built.problem, missing=built.missing)

    def _end(self, code: int, **more: Any) -> None:
        seconds = round(time.monotonic() - self.start, 2)
        states = {state.code: count for state, count in self.states.items()}
        self._write("batch_ended", exit_code=code, states=states, seconds=seconds, **more)

    def _write(self, event: str, **about: Any) -> None:
        try:
            self._put(event, **about)
        except OSError as error:
            self.problem = True
            self._let_go()
            said = "{path} cannot be written any more ({why}); the build goes on without --events"
            print(f"nianbao: {say(said, path=self.target, why=reason(error))}", file=sys.stderr)

    def _put(self, event: str, **about: Any) -> None:
        if self.file:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            self.file.write(harmless(json.dumps({"event": event, "time": now, **about}, ensure_ascii=False)) + "\n")
            self.file.flush()

    def _let_go(self) -> None:
        """Write no more; a new file that has not got its first line would be nobody's."""
        file, self.file = self.file, None
        if self.target == STDOUT:
            sys.stdout.flush()  # `terminal.Printed` takes what is left, and lets it go nowhere.
        elif file:
            with contextlib.suppress(OSError):
                file.close()
            if file.mode == "x" and not Path(self.target).stat().st_size:
                Path(self.target).unlink()


def _opened(target: str) -> TextIO:
    """The file, emptied; raises `UsageError` for one that is there and holds no events, if only because it is empty.

    An empty file may be one of the inputs.
    """
    if target == STDOUT:
        return getattr(sys.stdout, "stream", sys.stdout)  # What goes on when nobody reads any more would not tell.
    path = Path(target)
    if not path.is_file():
        # A name that is no text stands there as JSON writes it. A pipe or a device is no new file.
        mode: Literal["a", "x"] = "a" if path.exists() else "x"
        return _locked(path, path.open(mode, encoding="utf-8", errors="backslashreplace", newline="\n"))
    with path.open("rb") as file:
        if file.read(len(FIRST)) != FIRST.encode():
            said = "{path} is there and holds no events; name a new file, or one of an earlier build"
            raise UsageError(say(said, path=path))
    opened = _locked(path, path.open("r+", encoding="utf-8", errors="backslashreplace", newline="\n"))
    opened.truncate(0)
    return opened


def _locked(path: Path, opened: TextIO) -> TextIO:
    if path.is_file():
        try:
            lock(opened.fileno())
        except OSError as error:
            opened.close()
            said = "{path} takes the events of a build that still runs; name another file"
            raise BusyError(say(said, path=path)) from error
    return opened
