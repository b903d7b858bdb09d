"""``nianbao check``."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import listing, options
from nianbao.command.progress import SHOWN, Progress, named, print_missing, tallied
from nianbao.command.sparing import Sparing
from nianbao.command.subcommand import Command
from nianbao.command.terminal import print_json
from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.paths import ReportPaths
from nianbao.run.asked import options_of
from nianbao.run.pool import each
from nianbao.run.work import numbers_in

if TYPE_CHECKING:
    from nianbao.checks.prose.accounts import Number
    from nianbao.job_id import ReportId
    from nianbao.run.job import Options
    from nianbao.run.process import Limits
    from nianbao.run.results import Checked


@click.command(cls=Command, help=say("List faults and findings without building anything."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.FONTS
@options.with_limits
@click.option("--unbound", is_flag=True, help=say("List every number of the text that nothing accounts for."))
@click.option("--sources", is_flag=True, help=say("List every number of the text, with where it comes from."))
@options.styled("json", "csv", "markdown")
def check(params: str, outputs: str | None, style: str, unbound: bool, sources: bool, **asked: Any) -> int:
    """Check, print the findings; 1 when something must not be published."""
    if unbound and sources:
        raise UsageError(
            say("of --unbound and --sources only one can be given; --sources has those without a source as well")
        )
    given = options_of(params, outputs, (), asked.pop("fonts"))
    with closing(Progress(quiet=style != "text")) as watch:
        checked = api.checked(given, **asked, watch=watch)
    wanted = unbound or sources
    listed = _numbers(checked, given, asked["limits"], sources) if wanted else {}
    if style == "json":
        faults, key = [fault.to_json() for fault in checked.faults], "numbers" if sources else "unbound"
        reports = [
            one.to_json() | ({key: [number.to_json() for number in listed.get(one.id, ())]} if wanted else {})
            for one in checked.verdicts
        ]
        print_json({"faults": faults, "reports": reports, "missing": checked.missing})
    elif style == "csv":
        listing.print_csv(checked, listed)
    elif style == "markdown":
        listing.print_markdown(checked, listed)
    else:
        _print(checked, listed)
    return int(not checked.is_good)


def _numbers(checked: Checked, given: Options, limits: Limits, every: bool) -> dict[ReportId, tuple[Number, ...]]:
    """The numbers in the text of each report that can be read: ``every`` one, or those without a source."""
    from nianbao.checks.prose.accounts import How

    ids = [verdict.id for verdict in checked.verdicts if not verdict.is_faulty]
    # Params at an address lie here as long as the options are there.
    readable = [ReportPaths(given.params, one.bureau, one.year) for one in ids]
    found = each(numbers_in, readable, lambda report, why, seconds: (report.id, ()), limits)
    return {report: tuple(one for one in some if every or one.how is How.UNBOUND) for report, some in found}


def _print(checked: Checked, listed: dict[ReportId, tuple[Number, ...]]) -> None:
    for fault in checked.faults:
        print(fault, end="\n\n")
    sparing = Sparing((one.id, finding) for one in checked.verdicts for finding in one.across)
    for verdict in checked.verdicts:
        found = verdict.error or tallied(verdict.shown) or say("no findings")
        print(say("── {name}: {found}", name=f"{verdict.id} {verdict.title}".strip(), found=found))
        for finding in verdict.shown:
            if finding not in verdict.across or sparing.takes(finding):
                print(finding)
        for one in listed.get(verdict.id, ()):
            could = f"；可写作 {one.placeholder}" if one.placeholder else ""
            where = f"，{one.origin}" if one.origin else ""
            print(f"[{one.how.value}{where}] {one.text}（{one.source or '导语'}，{one.place}）：“{one.sentence}”{could}")
        if verdict.shown or listed.get(verdict.id):
            print()
    for line in sparing.rest("--format json, csv, markdown"):
        print(line)
    print_missing(checked.missing)
    blocked = [named(verdict.id, verdict.title) for verdict in checked.verdicts if verdict.is_blocked]
    if blocked:
        names = say(", ").join(blocked[:SHOWN]) + ("…" if len(blocked) > SHOWN else "")
        print(say("must not be published: {names}", names=names))
    count, bad = len(checked.verdicts), len(blocked)
    print(say("{count} checked: {good} may be published, {bad} not", count=count, good=count - bad, bad=bad))
