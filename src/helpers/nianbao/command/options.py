"""The options that several subcommands share."""

from __future__ import annotations

import functools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nianbao import formatnames
from nianbao.errors import UsageError
from nianbao.inputs.select import select, span
from nianbao.language import say
from nianbao.paths import find_params
from nianbao.render import formats
from nianbao.run.asked import MOST_RETRIES, path_of
from nianbao.run.process import (
    FEWEST,
    LEAST,
    MOST_JOBS,
    MOST_MEBIBYTES,
    MOST_SECONDS,
    START_METHODS,
    Limits,
)
from nianbao.run.store.address import Address, place_of
from nianbao.yamlrows import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

F = TypeVar("F", bound="Callable[..., Any]")
_SPAN = re.compile(r"(\d{4})[-—–~至](\d{4})")
_NO_BUREAU = {"", ".", "..", "params"}


def by_options(word: str) -> str:
    """That reports are named by options, and by which the one that somebody named by one word or path: BUREAU/YEAR."""
    parts = [one for one in re.split(r"[/\\]", word) if one not in _NO_BUREAU and not Path(one).suffix]
    at = next((at for at, one in enumerate(parts) if one.isdecimal() or _SPAN.fullmatch(one)), len(parts))
    named = {"--bureau": parts[max(at - 1, 0) : at], "--year": parts[at : at + 1]}
    meant = " ".join(text for option, values in named.items() for text in (option, *values) if values)
    return say("{word}: reports are named by options: {options}", word=word, options=meant or "--bureau … --year …")


def _bureaus_named(ctx: click.Context, param: click.Parameter, texts: Sequence[str]) -> tuple[str, ...]:
    """The bureaus as they are named; a path, or several in one word, raises `click.BadParameter`."""
    if path := next((one for one in texts if re.search(r"[/\\]", one)), ""):
        raise click.BadParameter(by_options(path), ctx, param)
    if text := next((one for one in texts if re.search("[,，;；]", one)), ""):
        raise click.BadParameter(say("“{text}” is no bureau; several are parted by blanks", text=text), ctx, param)
    return tuple(texts)


def _formats(ctx: click.Context, param: click.Parameter, texts: Sequence[str]) -> tuple[str, ...]:
    """The names of output formats in ``html,pdf`` or several words; an unknown name raises `click.BadParameter`."""
    try:
        return tuple(dict.fromkeys(formats.find(name.strip()).name for text in texts if text for name in text.split(",")))
    except UsageError as error:
        raise click.BadParameter(str(error), ctx, param) from error


def _spans(ctx: click.Context, param: click.Parameter, texts: Sequence[str]) -> tuple[range, ...]:
    """Years, each written alone or as the first and the last of several, ``2019-2021``; else raises `click.BadParameter`."""
    years = []
    for text in texts:
        if found := _SPAN.fullmatch(text):
            first, last = sorted(map(int, found.groups()))
            years.append(range(first, last + 1))
        elif text.isdecimal():
            years.append(span(int(text)))
        else:
            said = "“{text}” is no year; several are written 2019 2021, or 2019-2021"
            raise click.BadParameter(say(said, text=text), ctx, param)
    return tuple(dict.fromkeys(years))


def applied(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, shown in this order."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _completed(names: Callable[[Path], Iterable[object]]) -> Callable[..., list[str]]:
    """What a shell completes: the names that begin as the word does; none outside of a project."""

    def complete(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
        try:
            found = names(find_params(ctx.params.get("params") or ""))
        except UsageError:
            return []
        return [str(name) for name in found if str(name).startswith(begun)]

    return complete


def _bureaus(params: Path) -> Iterable[str]:
    return dict.fromkeys(report.bureau for report in select(params).reports)


def _years(params: Path) -> Iterable[int]:
    return sorted({report.year for report in select(params).reports})


def here(text: str) -> str:
    """The name of a file or folder of this machine; raises `click.BadParameter` for an address, which it does not repeat."""
    try:
        place = place_of(text) if text else text
    except UsageError as error:
        raise click.BadParameter(str(error)) from error
    if isinstance(place, Address):
        said = "has to be on this machine, not at an address; copy it here by the store's own tool, such as aws s3 cp"
        raise click.BadParameter(say(said))
    return str(place)


_params = functools.partial(click.option, "--params", default="", metavar="DIR", is_eager=True)
PARAMS = _params(help=say("The params folder, or its address (default: the nearest one above)."))
PARAMS_HERE = _params(type=here, help=say("The params folder (default: the nearest one above)."))


def params_or_new(params: str) -> Path:
    """The params folder; in a folder without one it is made."""
    try:
        return find_params(params)
    except UsageError:
        return Path(params or "params").absolute()


def _path_here(text: str) -> Path | None:
    """A path of this machine; raises as `here`."""
    return path_of(here(text))


OUTPUTS = click.option(
    "--outputs",
    default=None,
    metavar="DIR",
    help=say("The folder or address where reports go (default: beside params)."),
)
FONTS = click.option("--fonts", type=_path_here, metavar="DIR", help=say("A folder of official fonts for the PDF."))
SELECTION = applied(
    click.option(
        "--bureau", "bureaus", multiple=True, callback=_bureaus_named, metavar="ID...", shell_complete=_completed(_bureaus),
        help=say("Only these bureaus, by id, name or pattern such as 'shili-*'."),
    ),
    click.option(
        "--year", "years", multiple=True, callback=_spans, metavar="Y...", shell_complete=_completed(_years),
        help=say("Only these report years, such as 2023 or 2019-2021."),
    ),
)  # fmt: skip


def styled(*names: str) -> Callable[[F], F]:
    """The option for how the summary is printed: as text, or in one of the formats of these names."""
    choice = click.Choice(["text", *names])
    return click.option("--format", "style", type=choice, default="text", help=say("How the summary is printed."))


FORMAT = styled("json")
TO = click.option(
    "--to", multiple=True, callback=_formats, metavar="FORMATS",
    shell_complete=lambda ctx, param, begun: [name for name in formatnames.names() if name.startswith(begun)],
    help=say("Output formats: {names} (default: those in bureau.yaml, or html,pdf).", names=", ".join(formatnames.names())),
)  # fmt: skip


def with_run(function: F) -> F:
    """Add the options that name a notebook and its parameters to a subcommand, which gets ``notebook`` and ``rows``."""

    @functools.wraps(function)
    def told(*args: Any, rows: Path | None, values: tuple[tuple[str, str], ...], **kwargs: Any) -> Any:
        given = {name: Word(text) for name, text in values}
        if given and rows:
            raise UsageError(say("-p gives the parameters of one run, --set those of several; give one of them"))
        if len(given) < len(values):
            raise UsageError(say("-p gives a parameter twice"))
        return function(*args, rows=given or rows, **kwargs)

    decorate: Callable[[Any], Any] = applied(
        click.option(
            "--notebook", type=path_of, metavar="PATH",
            help=say("A notebook to run over what its parameters name (default: the one that makes the report)."),
        ),
        click.option(
            "--set", "rows", type=_path_here, metavar="FILE",
            help=say("The notebook's parameters: a CSV or YAML file with one row for each run."),
        ),
        click.option(
            "-p", "values", nargs=2, multiple=True, metavar="NAME VALUE",
            help=say("One parameter of the notebook's single run; others keep their defaults. Can be repeated."),
        ),
    )  # fmt: skip
    return decorate(told)


WHAT = applied(
    click.option("--force", is_flag=True, help=say("Build what is up to date as well.")),
    click.option("--deep", is_flag=True, help=say("Hash the files of what is up to date as well, to find changed ones.")),
    click.option(
        "--draft", is_flag=True, help=say("Build drafts only, stamped and beside what is published; of what has errors too.")
    ),
)
STEERED = applied(
    click.option(
        "--retries", type=click.IntRange(0, MOST_RETRIES), default=0, metavar="N", show_default=True,
        help=say("Try a report that has failed up to N times more."),
    ),
    click.option("--fail-fast", is_flag=True, help=say("End the batch after the first report that failed or is blocked.")),
    click.option("--log-output", is_flag=True, help=say("Keep what cells print, in .logs of the outputs.")),
    click.option(
        "--scheduler", default="", metavar="ADDRESS",
        help=say("Build on the workers of a Dask cluster: tcp://HOST:PORT, a scheduler file, or local:N."),
    ),
    click.option(
        "--events", default="", type=here, metavar="FILE",
        help=say("Write what happens to FILE, as lines of JSON; - is stdout."),
    ),
)  # fmt: skip


class _Seconds(click.FloatRange):
    """A number of seconds; neither infinity nor ``nan``, which no comparison refuses, is one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(say("has to be a number of seconds"), param, ctx)
        return seconds


class _Mebibytes(click.IntRange):
    """How much memory a report may take: any, or as much as setting a page takes at least."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        mebibytes = super().convert(value, param, ctx)
        if 0 < mebibytes < FEWEST:
            self.fail(say("has to be 0 for any, or at least {least}", least=FEWEST), param, ctx)
        return mebibytes


def with_limits(function: F) -> F:
    """Add the options of `Limits` to a subcommand, which gets them as one argument ``limits``."""

    @functools.wraps(function)
    def limited(
        *args: Any, jobs: int | None, timeout: float, memory: int | None, start_method: str | None, **kwargs: Any
    ) -> Any:
        return function(*args, limits=Limits(jobs or 0, timeout, memory, start_method or ""), **kwargs)

    said = "MiB of memory a report may take; 0: any (default: the machine's, shared, but at least {least}; Linux only)."
    decorate: Callable[[Any], Any] = applied(
        click.option(
            "--jobs",
            type=click.IntRange(1, MOST_JOBS),
            metavar="N",
            help=say("Reports at a time (default: one per core)."),
        ),
        click.option(
            "--timeout",
            type=_Seconds(0, MOST_SECONDS, min_open=True),
            default=600.0,
            metavar="S",
            show_default=True,
            help=say("Seconds a report may take."),
        ),
        click.option("--memory", type=_Mebibytes(0, MOST_MEBIBYTES), metavar="MIB", help=say(said, least=LEAST)),
        click.option("--start-method", type=click.Choice(START_METHODS), help=say("How processes start.")),
    )
    return decorate(limited)
