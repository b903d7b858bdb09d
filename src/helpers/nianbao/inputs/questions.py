"""What import.md asks, and which of it nobody has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import NotRead
from nianbao.paths import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputfiles import InputFiles
    from nianbao.paths import ReportPaths

UNDECIDED = Kind("W242", Severity.WARNING, "导入后还有没决定的事")
UNDER, QUESTION, ITEM = "## 待决定", "### ", "- "
NO_TABLE = "下列表格没有找到，各格未填"
UNREAD = "下列单元格读不准，没有填：对照原件填上"
BLANK = '下列单元格是空白：对照原件，没有移过行或格的，没有发生的填 0；都是 0 的，在 report.yaml 写 marks: {"": 0}'
BESIDE_ZEROS = "下列单元格是空白，同一张表里没有发生的写了 0：漏填了，或旁边的数移了行或格；对照原件逐格核对，再填"
# What asks for cells that are blank: each is an error until somebody fills it, and who has filled it has decided.
_OF_CELLS = {NO_TABLE, UNREAD, BLANK, BESIDE_ZEROS}
_SHOWN = 40  # characters of a question that are shown


class Asked(NamedTuple):
    """A thing that someone has to decide: by which question, in which line of import.md."""

    question: str
    line: int


def asked(text: str) -> Iterator[Asked]:
    """What an import.md asks, of all imports that it lists; who has decided something takes its line out."""
    is_asking, question = False, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            is_asking, question = line.rstrip() == UNDER, ""
        elif is_asking and line.startswith(QUESTION):
            question = line.removeprefix(QUESTION).strip()
        elif is_asking and question and line.startswith(ITEM):
            yield Asked(question, number)


def findings(paths: ReportPaths, files: InputFiles) -> list[Finding]:
    """The warning that something is undecided besides blank cells; none without an import.md, or one that cannot be read."""
    try:
        text = files.read(paths.folder / ACCOUNT).decode("utf-8-sig", "replace")
    except NotRead:
        return []
    some = [one for one in asked(text) if one.question not in _OF_CELLS]
    if not some:
        return []
    question = some[0].question
    shown = question if len(question) <= _SHOWN else f"{question[:_SHOWN]}…"
    found = f"{len(some)}件，第一件在“{shown}”下面"
    action = f"照{ACCOUNT}逐件改正，或决定不改；决定了一件，从{ACCOUNT}删去它那一行；都决定了的，删去或移走{ACCOUNT}"
    return [Finding(UNDECIDED, f"{ACCOUNT} 待决定", Source(ACCOUNT, some[0].line), found, "没有待决定的", action)]
