"""``nianbao explain``."""

from __future__ import annotations

import click

from nianbao.command import options
from nianbao.errors import UsageError
from nianbao.paths import find_params


@click.command()
@click.argument("code", default="")
@options.PARAMS
def explain(code: str, params: str) -> int:
    """Explain a finding's CODE, such as E301; list all codes without one."""
    from nianbao.checks.catalogue import explained  # Imported here: it loads every rule, which --help does not need.

    try:
        known = explained(find_params(params))
    except UsageError:
        if params:
            raise
        known = explained()  # Outside of a project only the kit's own formats are known.
    lines = {f"{kind.code} {kind.severity} {kind.title}": (kind.code, why) for kind, why in known.items()}
    if not code:
        print(*lines, sep="\n")
        return 0
    found = {line: why for line, (one, why) in lines.items() if one == code.upper()}
    if not found:
        raise UsageError(f"no code {code}; nianbao explain lists them all")
    for line, why in found.items():
        print(line, why, sep="\n")
    return 0
