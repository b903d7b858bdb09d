"""The options that several subcommands share, and how JSON is printed."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nianbao.errors import UsageError
from nianbao.paths import NOTEBOOK
from nianbao.render import formats
from nianbao.run.process import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

SEVERAL = ("--bureau", "--year")  # take one value or more


class Command(click.Command):
    """A subcommand; ``--bureau a b`` is short for ``--bureau a --bureau b``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        spelled: list[str] = []
        open_option = ""
        for word in args:
            if word in SEVERAL or word.startswith("-"):
                open_option = word if word in SEVERAL else ""
                spelled.append(word)
            elif open_option and spelled[-1] != open_option:
                spelled += [open_option, word]
            else:
                spelled.append(word)
        return super().parse_args(ctx, spelled)


def _formats(ctx: click.Context, param: click.Parameter, text: str) -> tuple[str, ...]:
    """The names of output formats in ``html,pdf``; an unknown name raises `click.BadParameter`."""
    try:
        return tuple(formats.find(name.strip()).name for name in text.split(","))
    except UsageError as error:
        raise click.BadParameter(str(error), ctx, param) from error


def applied(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, shown in this order."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


PARAMS = click.option("--params", default="", metavar="DIR", help="The params folder (default: the nearest one above).")
OUTPUTS = click.option(
    "--outputs", type=click.Path(path_type=Path), metavar="DIR", help="Where reports go (default: beside params)."
)
SELECTION = applied(
    click.option("--bureau", "bureaus", multiple=True, metavar="ID...", help="Only these bureaus."),
    click.option("--year", "years", multiple=True, type=int, metavar="Y...", help="Only these report years."),
)
FORMAT = click.option(
    "--format", "shown", type=click.Choice(["text", "json"]), default="text", help="How the summary is printed."
)
TO = click.option(
    "--to",
    default=",".join(formats.DEFAULT),
    callback=_formats,
    metavar="FORMATS",
    show_default=True,
    help="What to render.",
)
NOTEBOOK_PATH = click.option(
    "--notebook", type=click.Path(path_type=Path), metavar="PATH", help=f"The notebook (default: {NOTEBOOK.as_posix()})."
)
FONTS = click.option(
    "--fonts", type=click.Path(path_type=Path), metavar="DIR", help="A folder of official fonts for the PDF."
)
WHAT = applied(
    click.option("--force", is_flag=True, help="Build what is up to date as well."),
    click.option("--draft", is_flag=True, help="Build what has findings as a stamped draft."),
)


def with_limits(function: F) -> F:
    """Add the options of `Limits` to a subcommand, which gets them as one argument ``limits``."""

    @functools.wraps(function)
    def limited(
        *args: Any, jobs: int | None, timeout: float, memory: int | None, start_method: str | None, **kwargs: Any
    ) -> Any:
        return function(*args, limits=Limits(jobs or 0, timeout, memory or 0, start_method or ""), **kwargs)

    many = click.IntRange(min=1)
    decorate: Callable[[Any], Any] = applied(
        click.option("--jobs", type=many, metavar="N", help="Reports at a time (default: one per core)."),
        click.option(
            "--timeout", type=_seconds, default=600.0, metavar="S", show_default=True, help="Seconds a report may take."
        ),
        click.option("--memory", type=many, metavar="MIB", help="Memory a report may take (default: no limit)."),
        click.option("--start-method", type=click.Choice(["forkserver", "spawn"]), help="How processes start."),
    )
    return decorate(limited)


def _seconds(text: str) -> float:
    if not 0 < (number := float(text)) < float("inf"):
        raise ValueError("has to be more than 0")
    return number


def print_json(value: Any) -> None:
    """Print a value as one JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
