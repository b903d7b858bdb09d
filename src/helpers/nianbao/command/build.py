"""``nianbao build``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import Progress, print_summary

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.run.process import Limits


@click.command(cls=options.Command)
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.TO
@options.WHAT
@options.NOTEBOOK_PATH
@options.FONTS
@options.with_limits
@options.FORMAT
def build(params: str, outputs: Path | None, shown: str, draft: bool, limits: Limits, **asked: Any) -> int:
    """Build the reports: HTML, PDF, executed notebook and data."""
    start = time.monotonic()
    watch = Progress(quiet=shown == "json", draft=draft)
    built = api.build(params, outputs, draft=draft, limits=limits, watch=watch, **asked)
    seconds = time.monotonic() - start
    if shown == "json":
        faults = [fault.to_json() for fault in built.faults]
        reports = [outcome.to_json() for outcome in built.outcomes]
        options.print_json({"faults": faults, "reports": reports, "seconds": round(seconds, 2)})
    else:
        print_summary(built.outcomes, seconds)
        print(f"目录：{built.index}")
    return int(not built.is_good)
