"""``nianbao explain``."""

from __future__ import annotations

import click

from nianbao.command import options
from nianbao.errors import UsageError
from nianbao.findings import closest
from nianbao.inputs.select import near
from nianbao.language import say
from nianbao.paths import find_params


@click.command(help=say("Explain a finding's CODE, such as E301; list all codes without one."))
@click.argument("code", default="")
@options.PARAMS
def explain(code: str, params: str) -> int:
    """Print the explanation of one code, or all codes."""
    from nianbao.checks.catalogue import explained  # It loads every rule, which the other subcommands do not need.

    try:
        known = explained(find_params(params))
    except UsageError:
        if params:
            raise
        known = explained()  # Outside of a project only the kit's own formats exist.
    lines = {f"{kind.code} {kind.severity} {kind.title}": (kind.code, why) for kind, why in known.items()}
    if not code:
        print(*lines, sep="\n")
        return 0
    found = {line: why for line, (one, why) in lines.items() if one == code.upper()}
    if not found:
        said = say("no code {code}; nianbao explain lists them all", code=code)
        raise UsageError(said + near(closest(code.upper(), (one for one, _ in lines.values()))))
    for line, why in found.items():
        print(line, why, sep="\n")
    return 0
