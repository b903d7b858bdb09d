"""``nianbao plan``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import count
from nianbao.state import State

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=options.Command)
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.TO
@options.WHAT
@options.NOTEBOOK_PATH
@options.FONTS
@options.FORMAT
def plan(params: str, outputs: Path | None, shown: str, **asked: Any) -> int:
    """Say what a build would do, and why."""
    planned = api.plan(params, outputs, **asked)
    if shown == "json":
        reports = [{"name": str(step.id), "state": str(step.state), "why": step.why} for step in planned.steps]
        faults = [fault.to_json() for fault in planned.faults]
        options.print_json({"faults": faults, "reports": reports, "orphans": list(map(str, planned.orphans))})
        return 0
    for fault in planned.faults:
        print(fault, end="\n\n")
    for step in planned.steps:
        if step.state is not State.CURRENT:
            print(f"{step.id}  {step.state}  {'、'.join(step.why)}")
    for report in planned.orphans:
        print(f"{report}  {State.ORPHANED}  已发布的报告原样保留")
    gone = f"；{State.ORPHANED} {len(planned.orphans)}" if planned.orphans else ""
    print(f"{len(planned.steps)} 份报告：{count(step.state for step in planned.steps)}{gone}")
    return 0
