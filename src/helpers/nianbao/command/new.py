"""``nianbao new``."""

from __future__ import annotations

import click

from nianbao.command import options
from nianbao.inputs import starter
from nianbao.paths import find_params


@click.command()
@click.argument("bureau")
@click.argument("year", type=int)
@options.PARAMS
def new(bureau: str, year: int, params: str) -> int:
    """Write the starting folder of a report; never overwrites.

    BUREAU is the bureau's id, such as dingxi-nyncj; YEAR the report year.
    """
    for path in starter.create(find_params(params), bureau, year):
        print(path)
    print(f"填写后查看草稿：nianbao build --bureau {bureau} --year {year} --draft")
    return 0
