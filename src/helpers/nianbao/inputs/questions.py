"""What import.md asks, and which of it nobody has decided of files that came back from their reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import NotRead
from nianbao.paths import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputfiles import InputFiles
    from nianbao.paths import ReportPaths

UNDECIDED = Kind("W242", Severity.WARNING, "合并稿子后还有没决定的事")
SOURCES, RETURNED = "## 来源", "## 改回来的稿子"  # what an import was made of; a file that was merged
UNDER, QUESTION, ITEM = "## 待决定", "### ", "- "
_SHOWN = 40  # characters of a question that are shown


class Asked(NamedTuple):
    """A thing that someone has to decide: by which question, in which line of import.md."""

    question: str
    line: int
    is_of_merge: bool


def asked(text: str) -> Iterator[Asked]:
    """What an import.md asks, of all imports that it lists; who has decided something takes its line out."""
    is_of_merge, is_asking, question = False, False, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            head = line.rstrip()
            is_of_merge = head == RETURNED or (is_of_merge and head != SOURCES)
            is_asking, question = head == UNDER, ""
        elif is_asking and line.startswith(QUESTION):
            question = line.removeprefix(QUESTION).strip()
        elif is_asking and question and line.startswith(ITEM):
            yield Asked(question, number, is_of_merge)


def findings(paths: ReportPaths, files: InputFiles) -> list[Finding]:
    """The warning that something of merged files is undecided; none without an import.md, or one that cannot be read."""
    try:
        text = files.read(paths.folder / ACCOUNT).decode("utf-8-sig", "replace")
    except NotRead:
        return []
    some = [one for one in asked(text) if one.is_of_merge]
    if not some:
        return []
    question = some[0].question
    shown = question if len(question) <= _SHOWN else f"{question[:_SHOWN]}…"
    found = f"{len(some)}件，第一件在“{shown}”下面"
    action = f"照{ACCOUNT}逐件改正，或决定不改；决定了一件，从{ACCOUNT}删去它那一行；都决定了的，删去或移走{ACCOUNT}"
    return [Finding(UNDECIDED, f"{ACCOUNT} 待决定", Source(ACCOUNT, some[0].line), found, "没有待决定的", action)]
