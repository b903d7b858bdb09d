"""``nianbao diff``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import listing, options
from nianbao.command.plan import REASONS
from nianbao.command.progress import named, print_names
from nianbao.command.subcommand import Command
from nianbao.command.terminal import print_json
from nianbao.language import say
from nianbao.review import contrast, leaps
from nianbao.review.compared import PUBLISHED
from nianbao.review.difference import How
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.job_id import JobId
    from nianbao.review.compared import Compared, Differing
    from nianbao.review.difference import Difference

COLUMNS = ("report", "title", "compared with", "what", "place", "how", "before", "after", "change")
SHOWN = ("how", "place", "before", "after", "change")


@click.command(
    cls=Command,
    help=say("Show what has changed since publication, or between two years. 1: something has; 2: one cannot be compared."),
)
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@click.option(
    "--with",
    "against",
    default=PUBLISHED,
    metavar="WHAT",
    show_default=True,
    help=say("What to compare with: published, last (the year before), or a year."),
)
@click.option(
    "--largest",
    type=click.IntRange(1),
    metavar="N",
    help=say("Show the N numbers of all reports that have leapt the furthest, and nothing else."),
)
@click.option("--all", "every", is_flag=True, help=say("Show what is the same as well."))
@options.with_limits
@options.styled("json", "csv", "markdown", "html")
def diff(params: str, outputs: str | None, style: str, largest: int | None, **asked: Any) -> int:
    """Compare, print the differences; 1 when there are any, 2 when a report could not be compared with the other."""
    if style == "html":  # which folds away what is the same
        asked["every"] = True
    found = api.diff(params, outputs, **asked)
    code = int(not found.is_same) if found.is_compared else 2
    compared = found
    if largest:
        found = _leapt(found, largest)
    if style == "html":
        print(contrast.to_html(found), end="")
    elif style == "json":
        faults = [fault.to_json() for fault in found.faults]
        print_json({"faults": faults, "reports": [one.to_json() for one in found.reports]})
    elif style == "csv":
        listing.print_rows([say(name) for name in COLUMNS], (row for one in found.reports for row in _rows(one)))
    elif style == "markdown":
        _print_markdown(found)
    elif largest:
        _print_leaps(found, compared)
    else:
        _print(found)
    return code


def _leapt(found: Differing, count: int) -> Differing:
    """The comparison with so many of its differences: the numbers that have leapt the furthest."""
    chosen = {id(each) for _, each in leaps.largest(found.reports, count)}
    kept = ((one, tuple(each for each in one.differences if id(each) in chosen)) for one in found.reports)
    reports = tuple(replace(one, differences=some) for one, some in kept if some or (one.problem and not one.alone))
    return replace(found, reports=reports)


def _print_leaps(found: Differing, compared: Differing) -> None:
    """Print a line for each number that has leapt, the furthest first, with its report, and how many of all these are."""
    for fault in found.faults:
        print(fault, end="\n\n")
    for one, each in leaps.largest(found.reports):
        print(f"{named(one.id, one.title)} {each}")
    for one in found.reports:
        if one.problem:
            print(say("── {name}: {found}", name=str(one.id), found=one.problem))
    count = sum(not one.problem for one in compared.reports)
    shown, numbers = (len(leaps.largest(one.reports)) for one in (found, compared))
    print(say("{count} compared; numbers that differ: {numbers}, shown: {shown}", count=count, numbers=numbers, shown=shown))


def _rows(one: Compared) -> Iterable[tuple[str, ...]]:
    """The values of `COLUMNS` for each difference; for a report that could not be compared, why."""
    about = str(one.id), one.title, str(State.PUBLISHED) if one.against == PUBLISHED else one.against
    if one.problem:
        yield (*about, "", "", "", "", one.problem, "")
    for each in one.differences:
        yield (*about, str(each.kind), _where(each), str(each.how), each.before, each.after, each.change)


def _where(one: Difference) -> str:
    return f"{one.place}（移自{one.was_at}）" if one.was_at else one.place


def _print_markdown(found: Differing) -> None:
    for fault in found.faults:
        print(fault, end="\n\n")
    for one in found.reports:
        rows = [(str(each.how), _where(each), each.before, each.after, each.change) for each in one.differences]
        title = f"{one.id} {one.title}".strip()
        listing.print_table(title, [say(name) for name in SHOWN], rows, one.problem or say("no differences"))


def _print(found: Differing) -> None:
    for fault in found.faults:
        print(fault, end="\n\n")
    alone: dict[str, list[JobId]] = {}
    for one in found.reports:
        if one.alone:
            alone.setdefault(one.problem, []).append(one.id)
        if one.alone or (one.is_same and not one.differences and not one.why):
            continue
        print(say("── {name}: {found}", name=f"{one.id} {one.title}".strip(), found=one.problem or _told(one.differences)))
        if one.why:
            print(say("a build makes it anew: {why}", why=say(", ").join(say(REASONS[why]) for why in one.why)))
        print(*one.differences, sep="\n", end="\n\n" if one.differences else "\n")
    for why, names in alone.items():
        print_names(why, names)
    said = "{count} compared: {same} the same, {changed} differ, {other} could not be compared"
    others = [one for one in found.reports if not one.alone]
    problems, same, count = sum(bool(one.problem) for one in others), sum(one.is_same for one in others), len(others)
    print(say(said, count=count, same=same, changed=count - same - problems, other=problems))


def _told(differences: Iterable[Difference]) -> str:
    """``改 3，增 1``: how many differ in each way; what is the same stands last."""
    hows = [one.how for one in differences]
    return say(", ").join(f"{how} {hows.count(how)}" for how in How if how in hows) or say("no differences")
