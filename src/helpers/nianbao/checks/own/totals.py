"""Tables that the bureau wrote in its text: rows with cells too few or too many, totals that are no sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.tables.celled import tables
from nianbao.checks.tables.sums import plain
from nianbao.findings import Finding, Kind, Severity
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.own.tables import Named
    from nianbao.checks.prose.texts import Text
    from nianbao.checks.tables.sums import Cells, Place, Sum

NO_SUM = Kind("W511", Severity.WARNING, "正文表格的合计不符", each=True)
UNEVEN = Kind("W512", Severity.WARNING, "正文表格的行与栏名不齐")
_WHOLE = "核对各项和合计；另有没列出的项、或各项有重复的，在 report.yaml 接受并写明"
_ONE = "核对这一格；本行和本栏的合计都因它不符"


def uneven(texts: Iterable[Text]) -> Iterator[Finding]:
    """Warns of a row that has other than as many cells as its table has heads: it is printed with a blank, or cut off."""
    for text in texts:
        for table in tables(text.markdown):
            for row in table.rows:
                if len(row) == len(table.heads):
                    continue
                named = [plain(text.markdown[begin:end]) for begin, end in row]
                found = f"{len(row)}格：{'、'.join(named)}"
                expected = f"{len(table.heads)}格：{'、'.join(table.heads)}"
                action = "补上缺的格，或删去多的格；确是空着的格，也要用 | 隔开。这张表的合计没有核对"
                yield Finding(UNEVEN, f"{text.place} · {named[0]}", text.source(row[0][0]), found, expected, action)


def totals(tables: Iterable[Named]) -> Iterator[Finding]:
    """Warns of a figure of a row, or a column, 合计 that is not the sum of those that it stands below or beside.

    Where a row and a column miss their totals by one figure, that one is named instead of both; see `sums` for what is
    let be.
    """
    for table in tables:
        for at, wrong in table.doubted.items():
            yield _finding(table.text, table.cells, at, wrong)


def _finding(text: Text, cells: Cells, at: Place, wrong: list[Sum]) -> Finding:
    row, column = at
    written, (begin, _) = cells.rows[row][column], cells.table.rows[row][column]
    if is_total := all(one.total == at for one in wrong):
        said = f"{written}，{'；'.join(map(_said, wrong))}"
    else:
        said = "；".join(f"{cells.name(one.total)} {number(one.value)}，{_said(one)}" for one in wrong)
    needed = "或".join(dict.fromkeys(number(one.needed(at)) for one in wrong))
    place = f"{text.place} · {cells.name(at)} {written}"
    return Finding(NO_SUM, place, text.source(begin), said, needed, _WHOLE if is_total else _ONE)


def _said(wrong: Sum) -> str:
    return f"各项之和是{number(wrong.whole)}（{'、'.join(map(number, wrong.parts.values()))}）"
