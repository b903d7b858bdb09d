"""A subcommand of click, whose options may be followed by several words."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import click

from nianbao.command.options import by_options
from nianbao.errors import UsageError
from nianbao.language import say


class Command(click.Command):
    """A subcommand.

    ``--bureau a b`` is short for ``--bureau a --bureau b`` where the subcommand takes several bureaus; what takes one value
    is given once. A word that is no value is an argument, and where none is taken the name of a report.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [one for one in self.params if isinstance(one, click.Option) and not one.is_flag]
        named = {name: one for one in options for name in one.opts}
        spelled: list[str] = []
        given: Counter[str] = Counter()
        words, several = iter(args), ""
        for word in words:
            name, sign, _ = word.partition("=")
            if word == "--":  # what follows are arguments, whatever they begin with
                spelled += [word, *words]
            elif option := named.get(name):
                given[name] += 1
                several = name if option.multiple and option.nargs == 1 else ""
                spelled += [word, *islice(words, 0 if sign else option.nargs)]
            elif word.startswith("-"):
                several = ""
                spelled.append(word)
            else:
                spelled += [several, word] if several else [word]
        if twice := [name for one in options if not one.multiple for name in one.opts if given[name] > 1]:
            raise UsageError(say("{names}: given twice; each takes one value", names=", ".join(twice)))
        ctx.allow_extra_args = "--bureau" in named
        arguments = super().parse_args(ctx, spelled)
        if arguments and not ctx.resilient_parsing:  # set while the shell completes a word
            raise UsageError(by_options(arguments[0]))
        return arguments
