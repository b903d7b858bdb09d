"""``nianbao plan``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import counted, tallied
from nianbao.command.subcommand import Command
from nianbao.command.terminal import print_json
from nianbao.language import say
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.run.plan import Step
    from nianbao.run.results import Planned

# What a step follows from, by its code.
REASONS = {
    "data": "data changed",
    "narrative": "text changed",
    "last_year": "last year's report changed",
    "notebook": "notebook changed",
    "code": "nianbao changed",
    "statute": "statutory format changed",
    "fonts": "fonts changed",
    "options": "output formats changed",
    "environment": "environment changed",
    "new": "not built yet",
    "edited": "somebody has changed its files",
    "damaged": "its files are damaged",
    "unreadable": "its folder cannot be read",
    "linked": "its folder is or lies in a link",
    "forced": "--force",
    "draft_only": "only a draft is there",
    "draft_beside": "the draft beside it goes",
}
KEPT = {State.PUBLISHED: "what is published stays", State.DRAFT: "its draft stays", None: "what is there stays"}


@click.command(
    cls=Command,
    help=say("Say what a build would do, and why. 1: it would end with 1 now, as reports are blocked, for example."),
)
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.TO
@options.WHAT
@options.with_run
@options.FONTS
@options.FORMAT
def plan(params: str, outputs: str | None, style: str, **asked: Any) -> int:
    """Plan, print what is to be done; 1 when a build would end with 1 for what is known before it."""
    planned = api.plan(params, outputs, **asked)
    if style == "json":
        faults = [fault.to_json() for fault in planned.faults]
        gone = [str(orphan.id) for orphan in planned.orphans]
        about = {"orphans": gone, "strangers": list(planned.strangers), "refusals": list(planned.refusals)}
        print_json({"faults": faults, "reports": [step.to_json() for step in planned.steps], **about})
    else:
        _print(planned)
    return int(not planned.is_good)


def _print(planned: Planned) -> None:
    for fault in planned.faults:
        print(fault, end="\n\n")
    for step in planned.steps:
        if step.state is not State.CURRENT or step.why:
            found = f"  {tallied(step.findings)}" if step.state is State.BLOCKED else ""
            print(f"{step.id}  {step.state}{found}  {say(', ').join(_reasons(step))}".rstrip())
        if step.edited:
            said = "{name}: a build makes {files} anew, and keeps the changed ones in .kept"
            print(say(said, name=step.id, files=say(", ").join(step.edited)))
        if step.removed:
            print(say("{name}: a build removes {files}", name=step.id, files=say(", ").join(step.removed)))
        if step.kept:
            print(say("{name} keeps what is not nianbao's: {files}", name=step.id, files=say(", ").join(step.kept)))
    print_strangers(planned.strangers)
    for orphan in planned.orphans:
        print(f"{orphan.id}  {State.ORPHANED}  {say(KEPT[orphan.kept])}")
    said = say("{count} in all: {states}", count=len(planned.steps), states=counted(step.state for step in planned.steps))
    gone = counted([State.ORPHANED] * len(planned.orphans)) if planned.orphans else ""
    print(said + (say("; {gone}", gone=gone) if gone else ""))
    for why in planned.refusals:
        print(say("a build would be refused now: {why}", why=why))


def _reasons(step: Step) -> Iterator[str]:
    """Why a step is to be done; of a report that has never been built because its last build failed, that it failed."""
    yield from (say(REASONS[why]) for why in step.why if not (step.failed and why == "new"))
    if step.failed:
        yield say("failed last time: {file} in the outputs", file=step.failed)


def print_strangers(addresses: Sequence[str]) -> None:
    """Print what lies in the outputs and belongs to no report."""
    if addresses:
        print(say("not nianbao's, and left alone: {files}", files=say(", ").join(addresses)))
