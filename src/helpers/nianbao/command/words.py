"""The words behind a subcommand: which are values of its options, and which reports a word without one means."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

import click

from nianbao.errors import UsageError
from nianbao.language import say

SPAN = re.compile(r"(\d{4})[-—–~至](\d{4})")


class Command(click.Command):
    """A subcommand.

    ``--bureau a b`` is short for ``--bureau a --bureau b`` where the subcommand takes several bureaus; what takes one value
    is given once, and a word behind it is an argument.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [one for one in self.params if isinstance(one, click.Option) and not one.is_flag]
        named = {name: one for one in options for name in one.opts}
        takes_words = any(isinstance(one, click.Argument) for one in self.params)
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
                if not several and "--bureau" in named and not takes_words:
                    raise UsageError(by_options(word))
        if twice := [name for one in options if not one.multiple for name in one.opts if given[name] > 1]:
            raise UsageError(say("{names}: given twice; each takes one value", names=", ".join(twice)))
        return super().parse_args(ctx, spelled)


def by_options(word: str) -> str:
    """That reports are named by options, and by which the ones that somebody named by one word or path: BUREAU/YEAR."""
    *_, above, last = ["", *re.split(r"[/\\]", word.rstrip("/\\"))]
    is_year = last.isdecimal() or SPAN.fullmatch(last)
    bureau, year = (above, last) if is_year else (last, "")
    meant = " ".join([*(["--bureau", bureau] if bureau else []), *(["--year", year] if year else [])])
    return say("{word}: reports are named by options: {options}", word=word, options=meant)
