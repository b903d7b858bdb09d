"""``nianbao check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.findings import tally

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.api import Checked


@click.command(cls=options.Command)
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.with_limits
@options.FORMAT
def check(params: str, outputs: Path | None, shown: str, **asked: Any) -> int:
    """List faults and findings without building anything."""
    checked = api.check(params, outputs, **asked)
    if shown == "json":
        reports = [{"name": str(one.id), **one.to_json(), "error": one.error} for one in checked.verdicts]
        options.print_json({"faults": [fault.to_json() for fault in checked.faults], "reports": reports})
    else:
        _print(checked)
    return int(not checked.is_good)


def _print(checked: Checked) -> None:
    for fault in checked.faults:
        print(fault, end="\n\n")
    for verdict in checked.verdicts:
        found = tally(finding.severity for finding in verdict.findings)
        print(f"── {verdict.id} {verdict.title}：{verdict.error or found or '没有核查发现'}")
        for finding in verdict.findings:
            print(finding)
        if verdict.findings:
            print()
    blocked = sum(verdict.is_blocked for verdict in checked.verdicts)
    count = len(checked.verdicts)
    print(f"核查 {count} 份报告：可以发布 {count - blocked}，不得发布 {blocked}")
