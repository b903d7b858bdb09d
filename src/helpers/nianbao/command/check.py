"""``nianbao check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import listing, options
from nianbao.command.progress import print_missing, tallied
from nianbao.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.job_id import ReportId
    from nianbao.run.results import Checked


@click.command(cls=options.Command, help=say("List faults and findings without building anything."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.FONTS
@options.with_limits
@click.option("--unbound", is_flag=True, help=say("List every number of the text that nothing accounts for."))
@options.styled("json", "csv", "markdown")
def check(params: str, outputs: Path | None, style: str, unbound: bool, **asked: Any) -> int:
    """Check, print the findings; 1 when something must not be published."""
    checked = api.check(params, outputs, **asked)
    loose = _unbound(checked, params) if unbound else {}
    if style == "json":
        faults = [fault.to_json() for fault in checked.faults]
        reports = [one.to_json() | ({"unbound": loose.get(one.id, [])} if unbound else {}) for one in checked.verdicts]
        options.print_json({"faults": faults, "reports": reports, "missing": checked.missing})
    elif style == "csv":
        listing.print_csv(checked)
    elif style == "markdown":
        listing.print_markdown(checked)
    else:
        _print(checked, loose)
    return int(not checked.is_good)


def _unbound(checked: Checked, params: str) -> dict[ReportId, list[dict[str, Any]]]:
    """The numbers without a source in the text of each report that can be read."""
    from nianbao.checks.prose.accounts import How, accounted
    from nianbao.document.document import load

    found: dict[ReportId, list[dict[str, Any]]] = {}
    for verdict in checked.verdicts:
        if not verdict.is_faulty:
            loaded = load(verdict.id.bureau, verdict.id.year, params)
            numbers = accounted(loaded.report, loaded.narrative)
            found[verdict.id] = [one.to_json() for one in numbers if one.how is How.UNBOUND]
    return found


def _print(checked: Checked, loose: dict[ReportId, list[dict[str, Any]]]) -> None:
    for fault in checked.faults:
        print(fault, end="\n\n")
    for verdict in checked.verdicts:
        found = verdict.error or tallied(verdict.shown) or say("no findings")
        print(say("── {name} {title}: {found}", name=verdict.id, title=verdict.title, found=found))
        for finding in verdict.shown:
            print(finding)
        for one in loose.get(verdict.id, ()):
            could = f"；可写作 {one['placeholder']}" if one["placeholder"] else ""
            print(
                f"[没有来源] {one['number']}（{one['file']} 第{one['line']}行，{one['place']}）：“{one['sentence']}”{could}"
            )
        if verdict.shown or loose.get(verdict.id):
            print()
    blocked = sum(verdict.is_blocked for verdict in checked.verdicts)
    count = len(checked.verdicts)
    print_missing(checked.missing)
    print(say("{count} checked: {good} may be published, {bad} not", count=count, good=count - blocked, bad=blocked))
