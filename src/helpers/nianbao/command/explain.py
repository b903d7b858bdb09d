"""``nianbao explain``."""

from __future__ import annotations

import click

from nianbao.command import options
from nianbao.command.subcommand import Command
from nianbao.errors import UsageError
from nianbao.findings import closest
from nianbao.inputs.select import near
from nianbao.language import say
from nianbao.paths import find_params


@click.command(cls=Command, help=say("Explain a finding's CODE, such as E301; list all codes without one."))
@click.argument("code", default="")
@options.PARAMS_HERE
@options.styled("markdown")
def explain(code: str, params: str, style: str) -> int:
    """Print the page of one code, or a line for each code; as Markdown, all pages or that of one code."""
    from nianbao.checks import catalogue  # It loads every rule, which the other subcommands do not need.

    try:
        known = catalogue.explained(find_params(params))
    except UsageError:
        if params:
            raise
        known = catalogue.explained()  # Outside of a project only the kit's own formats exist.
    found = {kind: one for kind, one in known.items() if code.upper() in {"", kind.code}}
    if not found:
        said = say("no code {code}; nianbao explain lists them all", code=code)
        raise UsageError(said + near(closest(code.upper(), (kind.code for kind in known))))
    if style == "markdown":
        print(catalogue.as_markdown(found))
    elif code:
        print(*(catalogue.page(kind, one) for kind, one in found.items()), sep="\n\n")
    else:
        print(*(f"{kind.code} {kind.severity} {kind.title}" for kind in found), sep="\n")
    return 0
