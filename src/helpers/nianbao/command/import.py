"""``nianbao import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import shown, tallied
from nianbao.command.subcommand import Command
from nianbao.errors import UsageError
from nianbao.importing import keeping, session
from nianbao.inputs.questions import UNDECIDED
from nianbao.language import say
from nianbao.paths import ACCOUNT
from nianbao.starting import starter

if TYPE_CHECKING:
    from nianbao.paths import ReportPaths

SHOWN = 10  # lines of one question; import.md has all


def _file(text: str) -> Path:
    return Path(options.here(text))


@click.command(
    "import",
    cls=Command,
    help=say("Make a report's folder of files: a web page, a Word document, a form, what nianbao made.")
    + "\n\n"
    + say("What was made of them is said in import.md beside the data. 1: something has to be decided."),
)
@click.argument("files", nargs=-1, type=_file, metavar="FILE...")
@click.option("--bureau", required=True, metavar="ID", help=say("The bureau's id, or its name if it is there already."))
@click.option("--year", required=True, type=int, metavar="Y", help=say("The report year."))
@options.PARAMS_HERE
@click.option("--force", is_flag=True, help=say("Replace or merge files that a person made; without it they are compared."))
@click.option("--full-width", is_flag=True, help=say("Make the half-width punctuation of the text full-width."))
@click.option("--only-compared", is_flag=True, help=say("The report is there to be compared with: it is never built."))
@click.option("--undo", is_flag=True, help=say("Take back what the last import wrote, if it is as it was."))
def command(files: tuple[Path, ...], bureau: str, year: int, params: str, force: bool, undo: bool, **asked: bool) -> int:
    """Import files, print what was made of them and the findings of the checks."""
    paths = starter.paths_of(options.params_or_new(params), bureau, year)
    if undo and files:
        raise UsageError(say("--undo takes no files: it takes the last import back"))
    if not undo and not files:
        raise UsageError(say("name the files to import, or give --undo"))
    if undo:
        for path in keeping.undo(paths):
            print(say("as it was before: {path}", path=shown(str(path))))
        return 0
    begun = session.begin(paths, files, **asked)
    for told in begun.told:
        print(shown(told))
    for one in begun.differences:
        print(one.diff, end="\n\n")
    if begun.differences and not force:
        _ask(begun.made.questions)
        print(_unwritten(begun))
        return 1
    begun.keep()
    for path in begun.files:
        print(shown(str(path)))
    _ask(begun.made.questions, SHOWN)
    if begun.is_asked_before:
        print(say("what {file} asked before is still to be looked at", file=ACCOUNT))
    return max(_checked(paths), int(bool(begun.made.questions)))


def _unwritten(begun: session.Session) -> str:
    """That nothing was written of files that a person made, and how it is."""
    changed = [one.path for one in begun.differences]
    if begun.merged.issuperset(changed):
        said = "merged as shown, with all else as it was: {files}; not written yet; --force writes it, --undo takes it back"
        return say(said, files=", ".join(path.name for path in changed))
    said = "files that a person made would be changed: {count}; nothing was written; --force replaces them"
    return say(said, count=len(changed))


def _ask(questions: dict[str, list[str]], most: int | None = None) -> None:
    """Print what someone has to decide; of each question ``most`` lines where import.md has the others."""
    for question, about in questions.items():
        print(f"\n{question}", *(f"  {one}" for one in about[:most]), sep="\n")
        if most and len(about) > most:
            print(say("  {count} more in {file}", count=len(about) - most, file=ACCOUNT))


def _checked(paths: ReportPaths) -> int:
    """Check the report; 1 when it must not be published. What has to be decided stands above already."""
    checked = api.check(paths.params, bureaus=[paths.bureau], years=[paths.year])
    print()
    for fault in checked.faults:
        print(fault, end="\n\n")
    for verdict in checked.verdicts:
        findings = [one for one in verdict.shown if one.kind != UNDECIDED]
        found = verdict.error or tallied(findings) or say("no findings")
        print(say("── {name}: {found}", name=f"{verdict.id} {verdict.title}".strip(), found=found))
        print(*findings, sep="\n")
    return int(not checked.is_good)
