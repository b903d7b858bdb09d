"""``nianbao build``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import Progress, print_missing, print_summary, shown
from nianbao.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.run.process import Limits


@click.command(cls=options.Command, help=say("Build the reports: HTML, PDF, executed notebook and data."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.TO
@options.WHAT
@options.RUN
@options.FONTS
@options.with_limits
@options.FORMAT
def build(params: str, outputs: Path | None, style: str, draft: bool, limits: Limits, **asked: Any) -> int:
    """Build, print what came of it; 1 when something was not built."""
    start = time.monotonic()
    watch = Progress(quiet=style == "json", draft=draft)
    built = api.build(params, outputs, draft=draft, limits=limits, watch=watch, **asked)
    seconds = time.monotonic() - start
    if style == "json":
        faults = [fault.to_json() for fault in built.faults]
        reports = [outcome.to_json() for outcome in built.outcomes]
        about = {"problem": built.problem, "missing": built.missing, "seconds": round(seconds, 2)}
        options.print_json({"faults": faults, "reports": reports, **about})
    else:
        print_missing(built.missing)
        print_summary(built.outcomes, seconds)
        print(built.problem or say("index: {place}", place=shown(built.index)))
    return int(not built.is_good)
