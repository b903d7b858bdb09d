"""``nianbao build``."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.events import STDOUT, Events
from nianbao.command.progress import print_missing, print_summary, shown
from nianbao.command.subcommand import Command
from nianbao.command.terminal import print_json
from nianbao.errors import UsageError
from nianbao.language import say

if TYPE_CHECKING:
    from nianbao.run.process import Limits
    from nianbao.run.results import Built


@click.command(cls=Command, help=say("Build the reports: HTML, PDF, executed notebook and data."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.TO
@options.WHAT
@options.with_run
@options.FONTS
@options.STEERED
@options.with_limits
@options.FORMAT
def build(
    params: str, outputs: str | None, style: str, draft: bool, limits: Limits, events: str, scheduler: str, **asked: Any
) -> int:
    """Build, print what came of it; 1 when something was not built."""
    start = time.monotonic()
    if events == STDOUT and style == "json":
        raise UsageError(say("--events - and --format json would both be printed; give --events a file"))
    if scheduler:
        from nianbao.run.executors.dask import Dask

        asked["executor"] = Dask(scheduler)
    with Events(events, quiet=style == "json", draft=draft) as watch:
        built = api.build(params, outputs, draft=draft, limits=limits, watch=watch, **asked)
        watch.over(built, int(not built.is_good))
    with contextlib.redirect_stdout(sys.stderr) if events == STDOUT else contextlib.nullcontext():
        _print(built, style, time.monotonic() - start)
    return int(watch.problem or not built.is_good)


def _print(built: Built, style: str, seconds: float) -> None:
    if style == "json":
        faults = [fault.to_json() for fault in built.faults]
        reports = [outcome.to_json() for outcome in built.outcomes]
        about = {"problem": built.problem, "missing": built.missing, "seconds": round(seconds, 2)}
        print_json({"faults": faults, "reports": reports, **about})
    else:
        print_missing(built.missing)
        print_summary(built.outcomes, seconds, built.index)
        print(built.problem or say("index: {place}", place=shown(built.index)))
