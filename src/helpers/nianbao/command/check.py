"""``nianbao check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import listing, options
from nianbao.command.progress import tallied
from nianbao.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.run.results import Checked


@click.command(cls=options.Command, help=say("List faults and findings without building anything."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.FONTS
@options.with_limits
@options.styled("json", "csv", "markdown")
def check(params: str, outputs: Path | None, style: str, **asked: Any) -> int:
    """Check, print the findings; 1 when something must not be published."""
    checked = api.check(params, outputs, **asked)
    if style == "json":
        faults = [fault.to_json() for fault in checked.faults]
        options.print_json({"faults": faults, "reports": [one.to_json() for one in checked.verdicts]})
    elif style == "csv":
        listing.print_csv(checked)
    elif style == "markdown":
        listing.print_markdown(checked)
    else:
        _print(checked)
    return int(not checked.is_good)


def _print(checked: Checked) -> None:
    for fault in checked.faults:
        print(fault, end="\n\n")
    for verdict in checked.verdicts:
        found = verdict.error or tallied(verdict.findings) or say("no findings")
        print(say("── {name} {title}: {found}", name=verdict.id, title=verdict.title, found=found))
        for finding in verdict.findings:
            print(finding)
        if verdict.findings:
            print()
    blocked = sum(verdict.is_blocked for verdict in checked.verdicts)
    count = len(checked.verdicts)
    print(say("{count} checked: {good} may be published, {bad} not", count=count, good=count - blocked, bad=blocked))
