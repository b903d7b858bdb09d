"""What stands beside a table in columns: remarks, the numbers of its rows, last year's figures to compare with, checks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.edges import CHECKS, NUMBERS, OUTSIDE, SAID, is_counted, without_rows
from nianbao.importing.flow import Paragraph
from nianbao.inputs.formlabels import NOTES
from nianbao.inputs.outline import is_value
from nianbao.statute import tree
from nianbao.wording import LAST_YEAR, column_letter

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.importing.flow import Grid, Place
    from nianbao.importing.labelled import Labels

_REMARKS = {NOTES, "备注说明", "说明", "备考"}  # what heads a column of remarks
_ROW_NUMBER = re.compile("([A-Za-z]?)([0-9]{1,3})")
_COMPARED = re.compile(rf"(?:与|和|比|较)?(?:{LAST_YEAR}|同比|环比|增减|增长).{{0,8}}")
_THIS_YEARS = re.compile("[本今当]年|本期|本报告期")
_FIGURES = re.compile("(?:占|所占)?(?:总数|总量|合计)?(?:的?比[例重]?|百分比)(?:%|\\(%\\))?|比例|比重|20[0-9]{2}年度?.{0,6}")
_OF_ROWS = re.compile(f"{'|'.join(NUMBERS)}|(?:责任|填报|承办)?(?:科室|处室|股室)|(?:填[报表]|审核|联系|责任)人")
_AGREES = re.compile("(?i:true|ok)|[√✓✔]|正确|一致|相符|相等|平衡?|通过|无误|[是对]|合格|已?核对|-?[0-9.]+%")
_CORRECTS = re.compile("(?<!是否)(?:[更改订]正|修[改正]|改[为后]|应[为填]|正确|实际|最[新终后]|调整|重新|新[数值])")
_COUNT = re.compile("[0-9,.]+")
_SHARE = re.compile(r"[0-9]+\.[0-9]+")  # 12.5, which no two rows of counts end with
_NO_COUNT = re.compile("[+-][0-9]|.*[%‰]")
_SHORT = "表格旁边的栏在这一行是空的，可能少了一格，数不在自己的栏里"
_MOST_UNKNOWN = 2  # columns with heads that nobody knows
NUMBERED, COMPARED, ODD_HEAD = "表格的序号栏", "表格右边与上年比较的栏", "表格之外不知用途的栏"
# A year that stands beside a table, and heads no column: what is below it is no figure.
_OF_TIME = re.compile(rf"\(?(?:20[0-9]{{2}}年|{LAST_YEAR}|前年).{{0,12}}")


def without_remarks(grid: Grid, labels: Labels) -> Grid:
    """A grid without the columns behind its tables that are headed 备注; what stands there is said beside its row."""
    tight = [[tree.normalise(cell) for cell in row] for row in grid.rows]
    heads = {at for row in tight for at, cell in enumerate(row) if cell in _REMARKS}
    last = max((at for row in tight for at, cell in enumerate(row) if labels.is_one(cell)), default=0) if heads else 0
    behind = {at for at in heads if at > last and not _are_figures([row[at] for row in tight])}
    if not behind:
        return grid
    said = {
        number: "；".join(cell for at, cell in enumerate(row) if at in behind and cell and tight[number][at] not in _REMARKS)
        for number, row in enumerate(grid.rows)
    }
    rows = tuple(tuple("" if at in behind else cell for at, cell in enumerate(row)) for row in grid.rows)
    whole = {number: row for number, row in enumerate(tight) if len(set(filter(None, row))) > 1}
    first = min((at for row in whole.values() for at, cell in enumerate(row) if labels.is_one(cell)), default=0)
    short = _short(whole, first, last, {at for at in behind if any(row[at] not in {"", *_REMARKS} for row in tight)})
    remarks = grid.remarks | {number: text for number, text in said.items() if text}
    return replace(grid, rows=rows, remarks=remarks, doubtful=short | grid.doubtful)


def _are_figures(column: Sequence[str]) -> bool:
    """Whether a column headed 备注 holds figures only: then it is none of remarks."""
    said = [cell for cell in column if cell and cell not in _REMARKS]
    return bool(said) and all(map(reading.is_figure, said))


def without_margins(
    grid: Grid, labels: Labels, owners: Sequence[str], said: Container[int], year: int
) -> tuple[Grid, list[Paragraph]]:
    """A grid without the rows and columns beside its tables that are none of their own, and what these say.

    Such rows are the numbers of columns, and checks that agree. The heads of such columns have to say what they are: row
    numbers 1, 2, 3 …, last year's figures. Where the table has all its heads, what stands beside it under another head is
    none of its own either, unless that says that its figures are this year's.

    Parameters
    ----------
    owners : sequence of str
        The ids of the tables that the rows surely belong to.
    said : container of int
        The rows that are lines, whatever columns their cells stand in.
    year : int
        The report's.
    """
    begins = [at for at, owner in enumerate(owners) if owner and owner != next(filter(None, reversed(owners[:at])), "")]
    grid, found = without_rows(grid, labels, owners, said)
    for begin, end in pairwise([0, *begins[1:], len(owners)]):
        grid, beside = _without(grid, labels, [row for row in range(begin, end) if row not in said], year)
        found += beside
    return grid, found


def _without(grid: Grid, labels: Labels, rows: Sequence[int], year: int) -> tuple[Grid, list[Paragraph]]:
    tight = {number: [tree.normalise(cell) for cell in grid.rows[number]] for number in rows}
    # What stands alone in a row, as the title of a part, stands over all columns.
    whole = {number: row for number, row in tight.items() if len(set(filter(None, row))) > 1}
    known = [at for row in whole.values() for at, cell in enumerate(row) if labels.is_one(cell)]
    first, last = min(known, default=0), max(known, default=len(grid.rows[0]))
    why: dict[int, str] = {}
    for at in range(len(grid.rows[0])):
        texts = [row[at] for row in whole.values() if row[at]]
        if _are_numbers(texts):
            why[at] = NUMBERED
        elif at > last and texts and _COMPARED.fullmatch(texts[0]):
            why[at] = COMPARED
    why |= _outside(whole, first, last, labels, year, why)
    if not why:
        return grid, []
    right = {*why} - {*range(last)}
    bare = {number for number, row in tight.items() if {at for at, cell in enumerate(row) if cell} <= right}
    taken = {(number, at) for number in whole.keys() | bare for at in why}
    beside = [
        Paragraph(row[at], f"{grid.place} {column_letter(at)}{grid.number(number)}格", around=SAID)
        for at in sorted(why) if _is_said(at, why[at], tight)
        for number, row in enumerate(grid.rows) if (number, at) in taken and row[at]
    ]  # fmt: skip
    beside += [
        Paragraph(
            "，".join(row[at] for number, row in enumerate(grid.rows) if (number, at) in taken and row[at]),
            f"{grid.place} {column_letter(at)}列",
            around=reason,
        )
        for at, reason in sorted(why.items()) if not _is_said(at, reason, tight)
    ]  # fmt: skip
    made = tuple(
        tuple("" if (number, at) in taken else cell for at, cell in enumerate(row)) for number, row in enumerate(grid.rows)
    )
    return replace(grid, rows=made, doubtful=_short(whole, first, last, right) | grid.doubtful), beside


def _is_said(at: int, reason: str, rows: dict[int, list[str]]) -> bool:
    """Whether a column has no figures, and a year, or stands beside no row of figures (单位：件): the table's own lines."""
    texts = [row[at] for row in rows.values() if row[at]]
    beside = [row for row in rows.values() if row[at] and any(map(is_counted, row))]
    if reason == ODD_HEAD and not beside:
        return True
    return reason != NUMBERED and (not beside or len(texts) == 1) and any(map(_OF_TIME.fullmatch, texts))


def _outside(
    rows: dict[int, list[str]], first: int, last: int, labels: Labels, year: int, known: Container[int]
) -> dict[int, str]:
    """The columns with heads of their own outside a table that has all its heads."""
    filled = [number for number, row in rows.items() if any(map(is_counted, row))]
    heads = [row for number, row in rows.items() if filled and number < filled[0]]
    if not heads or not _are_whole(heads, labels):
        return {}
    found: dict[int, str] = {}
    for at in range(len(heads[0])):
        head = next((row[at] for row in heads if row[at]), "")
        said = [(row[at], row[last]) for row in rows.values() if row[at] and row[at] != head]
        # The report's own year alone, at the right top, heads nothing.
        is_own = _is_this_years(head, year) and (bool(said) or not _OF_TIME.fullmatch(head))
        if first <= at <= last or at in known or not head or is_counted(head) or is_own:
            continue
        is_check, is_plain = bool(CHECKS.fullmatch(head)), bool(_OF_ROWS.fullmatch(head))
        is_figures = bool(_FIGURES.fullmatch(head))
        if not _CORRECTS.search(head) and (at > last or is_check or is_plain or is_figures):
            is_said = is_plain or (is_figures and all(is_value(text) or _AGREES.fullmatch(text) for text, _ in said))
            is_said = is_said or (
                is_check and all(text in {"0", figure} or _AGREES.fullmatch(text) for text, figure in said)
            )
            found[at] = OUTSIDE if is_said else ODD_HEAD
    return found if sum(reason == ODD_HEAD for reason in found.values()) <= _MOST_UNKNOWN else {}


def _short(rows: dict[int, list[str]], first: int, last: int, right: Container[int]) -> dict[Place, str]:
    """The figures of rows that may have lost a blank: then what stands behind the table stands among them."""
    body = {number: row for number, row in rows.items() if any(map(is_counted, row[first : last + 1]))}
    columns = [at for at in range(last + 1, max(map(len, body.values()), default=0)) if at in right]
    counted = [at for at in columns if 2 * sum(bool(_COUNT.fullmatch(row[at])) for row in body.values()) >= len(body)]
    filled = [at for at in columns if 2 * sum(bool(row[at]) for row in body.values()) >= len(body)]
    counted += columns if len(body) == 1 else []
    ends = [next(cell for cell in reversed(row[: last + 1]) if cell) for row in body.values()]
    if not filled and sum(bool(_SHARE.fullmatch(cell)) for cell in ends) > 1:
        counted = columns  # the shares that stood in all rows beside the table stand in it
    short = {number for number, row in body.items() if not all(row[at] for at in counted)}
    said = {row[at] for row in body.values() for at in filled}
    # The last of these columns is blank then, whatever stands in the others.
    short |= {
        number for number, row in body.items()
        if filled and not row[filled[-1]] and (counted or _has_words(row[first : last + 1], said))
    }  # fmt: skip
    return {(number, at): _SHORT for number in short for at in range(first, last + 1) if is_counted(body[number][at])}


def _has_words(cells: Sequence[str], said: Container[str]) -> bool:
    """Whether words stand behind the first figure of a row, a share, a difference, or what other columns say: 无."""
    begin = next((at for at, cell in enumerate(cells) if is_counted(cell)), len(cells))
    told = [cell for cell in cells[begin:] if cell and not _COUNT.fullmatch(cell)]
    return any(not is_counted(cell) or _NO_COUNT.match(cell) or cell in said for cell in told)


def _are_whole(heads: Sequence[Sequence[str]], labels: Labels) -> bool:
    """Whether some rows have all heads of a part of a statutory table, each in a column of its own."""
    for part in (part for table in labels.tables for part in table.parts):
        own = {tree.normalise(chain[-1].label) for chain in part.column_chains}
        there = {at for row in heads for at, cell in enumerate(row) if cell in own}
        if own <= {cell for row in heads for cell in row} and len(there) >= len(part.column_chains):
            return True
    return False


def _is_this_years(head: str, year: int) -> bool:
    """Whether a head says that what stands below it is of the report's year: then the table may be another one's."""
    return str(year) in head or bool(_THIS_YEARS.match(head))


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows, 1, 2, 3 …, 01, 02 … or A1, A2 …, below one head, or below each part's.

    They go on, or begin anew, below each head, and with each letter.
    """
    count, letter, may_begin = None, "", False
    for text in texts:
        found = _ROW_NUMBER.fullmatch(text)
        if text in NUMBERS:
            count, may_begin = count or 0, True
        elif count is None or not found:
            return False
        else:
            may_begin = may_begin or found[1] != letter
            if int(found[2]) not in {count + 1, *([1] if may_begin else [])}:
                return False
            count, letter, may_begin = int(found[2]), found[1], False
    return bool(count)
