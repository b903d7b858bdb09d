"""The command ``nianbao``. Each subcommand is a file of its own, which parses options, calls a function and prints."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click import core, decorators, exceptions, formatting, parser, types

from nianbao import __version__
from nianbao.command import terminal
from nianbao.command.stopped import Stopped
from nianbao.errors import NianbaoError
from nianbao.language import reason, say
from nianbao.run import forking

if TYPE_CHECKING:
    from types import FrameType

DEBUG = "NIANBAO_DEBUG"  # set: an error of nianbao's own ends in a traceback
TWICE = 1.0  # seconds within which a second signal is the same as the first
FORKING = ("build", "check")  # whose work processes do that are forked from one
SUBCOMMANDS = ("build", "check", "plan", "diff", "verify", "new", "import", "explain")


class _Group(click.Group):
    """The subcommands; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that is to be run; a fork server is started ahead of it, unless a shell asks, or help is wanted.

        A name that is none is refused here with the nearest ones: click knows only of subcommands that are imported already.
        """
        if not ctx.resilient_parsing and args[0] not in SUBCOMMANDS:
            raise click.NoSuchCommand(args[0], possibilities=SUBCOMMANDS, ctx=ctx)
        if args[0] in FORKING and not ctx.resilient_parsing and not {*args} & {*ctx.help_option_names}:
            forking.ahead()
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        room = importlib.import_module(f"nianbao.command.{cmd_name}")
        command: click.Command = getattr(room, cmd_name, None) or room.command  # import is no name for a function
        return command


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    invoke_without_command=True,
    help=say("Turn params/ into published annual reports."),
)
@click.version_option(__version__, message="nianbao %(version)s", help=say("Show the version and exit."))
@click.pass_context
def nianbao(ctx: click.Context) -> None:
    """Print the help when no subcommand is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _counted(one: str, many: str, count: int) -> str:
    """`say` in the place of ngettext."""
    return say(one if count == 1 else many)


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 all done, 1 a report failed or is blocked, 2 wrong usage, 75 try it later.

    With ``--format json`` stdout holds one JSON value also where an error ends the command: ``{"error": …}``.
    Of a command that a signal ends it is 128 and the signal's number: 130 by Ctrl-C, 143 by SIGTERM.
    """
    # click's own texts come from the kit's catalogue as well.
    for module in (core, decorators, exceptions, formatting, parser, types):
        vars(module).update(_=say, ngettext=_counted)
    types.IntParamType.name = types.IntRange.name = say("whole number")
    types.FloatRange.name = say("number")
    interrupted = _Interrupted()
    for name in {"SIGINT", "SIGTERM", "SIGHUP"} & {*dir(signal)}:
        number = getattr(signal, name)
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:  # nohup's SIGHUP stays ignored
            signal.signal(number, interrupted)
    try:
        with terminal.guarded():
            return _run(sys.argv[1:] if argv is None else argv)
    except OSError as error:  # a full disk behind stdout
        sys.stderr.write(f"nianbao: {_said(error)}\n")
        return 1


def _said(error: OSError) -> str:
    """What the system refuses, in the command's language: the file, and why; or that the current folder is gone."""
    if isinstance(error, FileNotFoundError) and not error.filename and _is_nowhere():
        return say("the current folder is not there any more: go to another one (cd), and try again")
    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)


def _is_nowhere() -> bool:
    """Whether the current folder is not there any more."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _run(argv: list[str]) -> int:
    try:
        # The group returns what its subcommand returned; --help and --version return their exit code.
        return nianbao.main(argv, prog_name="nianbao", standalone_mode=False) or 0
    except (Exception, KeyboardInterrupt) as error:
        cause = (error.__cause__ or error) if isinstance(error, click.Abort) else error  # click makes an Abort of Ctrl-C
        if isinstance(cause, KeyboardInterrupt | click.Abort) and not isinstance(cause, Stopped):
            cause = Stopped(signal.SIGINT)
        if os.environ.get(DEBUG) and not isinstance(cause, (*_MEANT, click.ClickException, OSError)):
            raise
        said, code = _ended(cause)
    if ("--format", "json") in pairwise(argv) or "--format=json" in argv:
        terminal.print_json({"error": {"exit_code": code, "message": said}})
    return code


_MEANT = (NianbaoError, Stopped)


def _ended(error: BaseException) -> tuple[str, int]:
    """What ended the command, with what was noted about it, such as that the index could not be written; and its exit code.

    It is printed on stderr.
    """
    if isinstance(error, click.ClickException):
        error.show()
        return error.format_message(), error.exit_code
    if isinstance(error, _MEANT):
        said, code = str(error), error.exit_code
    elif isinstance(error, OSError):
        said, code = _said(error), 1
    else:
        said = say("an error in nianbao itself, {what}; with {variable}=1 it shows where", what=repr(error), variable=DEBUG)
        code = 1
    lines = [said, *getattr(error, "__notes__", ())]
    print(*(f"nianbao: {line}" for line in lines), sep="\n", file=sys.stderr)
    return "\n".join(lines), code


class _Interrupted:
    """SIGTERM and SIGHUP end the command as Ctrl-C does: running reports are dropped, finished ones stay published.

    A second signal ends it at once, and all its processes end with it. One that comes within `TWICE` seconds is the same
    one, because a terminal and whoever watches the command may both send it.
    """

    first: float | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.first is None:
            self.first = time.monotonic()
            raise Stopped(number)
        if time.monotonic() - self.first > TWICE:
            os._exit(Stopped(number).exit_code)
