"""The command ``nianbao``. Each subcommand is a file of its own, which parses options, calls a function and prints."""

from __future__ import annotations

import importlib
import signal
import sys
from typing import TYPE_CHECKING

import click

from nianbao import __version__
from nianbao.errors import NianbaoError

if TYPE_CHECKING:
    from types import FrameType

SUBCOMMANDS = ("build", "check", "plan", "verify", "new", "explain")


class _Group(click.Group):
    """The subcommands; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"nianbao.command.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, message="nianbao %(version)s")
def nianbao() -> None:
    """Turn params/ into published annual reports."""


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 all done, 1 a report failed or is blocked, 2 wrong usage, 130 stopped."""
    for name in {"SIGTERM", "SIGHUP"} & {*dir(signal)}:
        if signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:  # nohup ignores SIGHUP; then it stays ignored
            signal.signal(getattr(signal, name), _interrupted)
    try:
        # The group returns what its subcommand returned; --help and --version return their exit code.
        return nianbao.main(argv, prog_name="nianbao", standalone_mode=False) or 0
    except NianbaoError as error:
        print(f"nianbao: {error}", file=sys.stderr)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        print("nianbao: stopped; what was finished is published", file=sys.stderr)
        return 130


def _interrupted(number: int, frame: FrameType | None) -> None:
    """SIGTERM and SIGHUP end the command as Ctrl-C does: running reports are dropped, finished ones stay published."""
    raise KeyboardInterrupt
