"""``nianbao check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import print_missing, tallied
from nianbao.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.run.results import Checked


@click.command(cls=options.Command, help=say("List faults and findings without building anything."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.with_limits
@options.FORMAT
def check(params: str, outputs: Path | None, style: str, **asked: Any) -> int:
    """Check, print the findings; 1 when something must not be published."""
    checked = api.check(params, outputs, **asked)
    if style == "json":
        faults = [fault.to_json() for fault in checked.faults]
        reports = [one.to_json() for one in checked.verdicts]
        options.print_json({"faults": faults, "reports": reports, "missing": checked.missing})
    else:
        _print(checked)
    return int(not checked.is_good)


def _print(checked: Checked) -> None:
    for fault in checked.faults:
        print(fault, end="\n\n")
    for verdict in checked.verdicts:
        found = verdict.error or tallied(verdict.shown) or say("no findings")
        print(say("── {name} {title}: {found}", name=verdict.id, title=verdict.title, found=found))
        for finding in verdict.shown:
            print(finding)
        if verdict.shown:
            print()
    blocked = sum(verdict.is_blocked for verdict in checked.verdicts)
    count = len(checked.verdicts)
    print_missing(checked.missing)
    print(say("{count} checked: {good} may be published, {bad} not", count=count, good=count - blocked, bad=blocked))
