"""``nianbao new``."""

from __future__ import annotations

import click

from nianbao.command import options
from nianbao.command.progress import shown
from nianbao.command.subcommand import Command
from nianbao.findings import enumerated
from nianbao.language import say
from nianbao.starting import starter


@click.command(
    cls=Command,
    help=say("Write the starting folder of a report; never overwrites.")
    + "\n\n"
    + say("BUREAU is the bureau's id, such as dingxi-nyncj, or its name if it is there already; YEAR the report year."),
)
@click.argument("bureau")
@click.argument("year", type=int)
@click.option("--workbook", is_flag=True, help=say("The tables as one workbook, form.xlsx, for staff to fill in."))
@click.option(
    "--text",
    is_flag=True,
    help=say("Last year's text as a draft, with placeholders or marks for its numbers, to be written anew."),
)
@options.PARAMS_HERE
def new(bureau: str, year: int, workbook: bool, text: bool, params: str) -> int:
    """Write the folder, and in a new project params/ and the notebook; print what was written."""
    started = starter.create(options.params_or_new(params), bureau, year, workbook, text)
    for path in started.files:
        print(shown(str(path)))
    if started.carried:
        print(say("carried over from {year}, to be looked at: {cells}", year=year - 1, cells=started.carried))
    if started.doubted:
        said = "of these, {year}'s report does not agree with itself; look at it first: {cells}"
        print(say(said, year=year - 1, cells=started.doubted))
    if started.draft:
        said = (
            "text carried over from {year}: {placeholders} numbers have become placeholders, which print this year's; "
            "{marks} are marked 【核对：…】 and have to be replaced"
        )
        print(say(said, year=year - 1, placeholders=started.draft.placeholders, marks=started.draft.marks))
        if started.draft.offered:
            said = "facts that it names and {year} did not have, to be filled in: {names}"
            print(say(said, year=year - 1, names=enumerated(list(started.draft.offered), measure="")))
    print(
        say(
            "fill it in, then look at the draft: nianbao build --bureau {bureau} --year {year} --draft",
            bureau=bureau,
            year=year,
        )
    )
    return 0
