"""The cells of other sheets that the formulas of a table take: what heads and labels them, what is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.importing.around import BELOW
from nianbao.importing.flow import Grid
from nianbao.importing.pieces import Line
from nianbao.importing.said import notes
from nianbao.importing.workbooks import formulas
from nianbao.importing.workbooks.detailsheet import DetailSheet
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.importing.flow import Block, Flow, Place
    from nianbao.importing.said.known import Known
    from nianbao.importing.taken import Taking
    from nianbao.importing.workbooks.formulas import Reference

    _Added = Container[tuple[str, tuple[str, int, int]]]  # each cell with its file

ASKED = (
    "下列单元格的公式取了别的工作表的数，那里的栏名、行名或表下的话像是说那是别的年度、不满一年、别的机关的，或还没有定，"
    "或有几行没有加上，照保存的结果取用：核对"
)
_TOTAL = re.compile("[总合小累共]计|^计$")
_LAST = re.compile("去年|上一?年")
_SUMS, _COUNTS = {"SUM", "SUBTOTAL", "N", "ROUND"}, {"COUNT", "COUNTA"}
_ODD = roles.NOT_THE_YEARS | {Role.OFF, Role.REACH}
_COUNTED = re.compile(r'COUNTIFS?\(([^(),"]+),\s*"([^"<>=*?]+)"\s*\)', re.IGNORECASE)
_MOST = 200  # cells that are followed from one formula to the next
_MOST_CELLS = 3_000_000  # that all formulas add up or count together, and that are looked at one by one
_TOO_MANY = "各公式一共取了太多格，没有逐格看"
_MOST_SHOWN = 3
Of = tuple[str, str]  # a file and a sheet


@dataclass(slots=True)
class _Takes:
    """What one formula takes of other sheets, by way of their own formulas too."""

    sums: list[Reference] = field(default_factory=list)
    others: list[Reference] = field(default_factory=list)
    counted: dict[Reference, str] = field(default_factory=dict)  # where a word stands, and the word


def asked(takings: Iterable[Taking], flows: Sequence[Flow], tables: Container[Of], known: Known) -> list[str]:
    """The formulas that may take another year's figures of another sheet, or not all that belong together.

    What heads the columns that a formula takes, and what labels the rows, is heard as the name of a sheet is; a line below
    the figures of such a sheet as one below a table is. A formula that adds up some rows, and not those right above or below
    them, leaves these out, unless another formula takes them, or one is a total.

    Parameters
    ----------
    takings : iterable of Taking
        The cells of all tables that are taken, with their formulas.
    tables : container of (str, str)
        The file and the sheet of each statutory table: what heads and labels its rows is the statute's.
    """
    sheets: dict[Of, DetailSheet] = {}
    for flow in flows:
        blocks: dict[Of, list[Block]] = defaultdict(list)
        file = next((one.file for one in flow.blocks if isinstance(one, Grid)), "")
        for block in flow.blocks:
            blocks[file, block.sheet].append(block)
        sheets |= {of: DetailSheet(of[1], some) for of, some in blocks.items() if of[1] and of not in tables}
    takings = [*takings]
    told = [(one, _followed(one, sheets)) for one in takings]
    taken = accumulate(_count(takes, one, sheets) for one, takes in told)
    many = [one for (one, _), number in zip(told, taken, strict=True) if number > _MOST_CELLS]
    told = told[: len(told) - len(many)]
    added = {(one.grid.file, place) for one, takes in told for ref in takes.sums for place in _cells(ref, one, sheets)}
    found = {f"没有加上{missed}": [cell] for cell, missed in _of_some(takings, tables)}
    found |= {_TOO_MANY: [f"{one.place}：={one.formula}" for one in many]} if many else {}
    for one, takes in told:
        for said in _heard(one, takes, sheets, added, known):
            found.setdefault(said, []).append(f"{one.place}：={one.formula}")
    return [f"{cells[0]}{f'，等{len(cells)}格' if len(cells) > 1 else ''}：{said}" for said, cells in found.items()]


def _of_some(takings: Sequence[Taking], tables: Container[Of]) -> Iterator[tuple[str, str]]:
    """The cells that add up tables of fewer sheets than most of their own table do, and the others, by name."""
    named: dict[tuple[str, str], list[tuple[Taking, frozenset[str]]]] = defaultdict(list)
    for one in takings:
        others = {ref.sheet for ref in formulas.references(one.formula, one.grid.sheet)} - {one.grid.sheet}
        if all((one.grid.file, name) in tables for name in others):
            named[one.grid.file, one.grid.sheet].append((one, frozenset(others)))
    for some in named.values():
        every = frozenset[str]().union(*(names for _, names in some))
        if len(every) > 1 and 2 * sum(names == every for _, names in some) >= len(some):
            for one, names in some:
                if names != every:
                    missed = "、".join(f"工作表“{name}”" for name in sorted(every - names))
                    yield f"{one.place}：={one.formula}", missed


def _followed(taking: Taking, sheets: dict[Of, DetailSheet]) -> _Takes:
    """What a formula takes of other sheets, and what the formulas of the cells that it takes do."""
    takes = _Takes()
    more = [(taking.grid.sheet, taking.formula)]
    seen = {*more}
    while more:
        name, formula = more.pop()
        functions = formulas.functions(formula)
        words = _criteria(formula, name)
        takes.counted |= {ref: word for ref, word in words.items() if (taking.grid.file, ref.sheet) in sheets}
        for ref in formulas.references(formula, name):
            sheet = sheets.get((taking.grid.file, ref.sheet))
            if sheet is None:
                continue
            (takes.sums if functions <= _SUMS | _COUNTS else takes.others).append(ref)
            cells = [place for place in sheet.formulas if ref.has(*place)][:_MOST]
            new = {(ref.sheet, sheet.formulas[place]) for place in cells} - seen
            more += sorted(new) if len(seen) < _MOST else []
            seen |= new
    return takes


def _criteria(formula: str, sheet: str) -> dict[Reference, str]:
    """The cells that a formula counts where a word stands in them, each range with its word."""
    return {ref: word for cells, word in _COUNTED.findall(formula) for ref in formulas.references(cells, sheet)}


def _count(takes: _Takes, taking: Taking, sheets: dict[Of, DetailSheet]) -> int:
    """How many cells a formula adds up or counts."""
    return sum(len(sheets[taking.grid.file, ref.sheet].within(ref.rows)) * len(ref.columns) for ref in takes.sums)


def _cells(ref: Reference, taking: Taking, sheets: dict[Of, DetailSheet]) -> list[tuple[str, int, int]]:
    """The cells with something in them that a reference means."""
    sheet = sheets[taking.grid.file, ref.sheet]
    return [(ref.sheet, row, column) for row in sheet.within(ref.rows) for column in ref.columns if sheet.cell(row, column)]


def _heard(taking: Taking, takes: _Takes, sheets: dict[Of, DetailSheet], added: _Added, known: Known) -> Iterator[str]:
    """What is said of the cells that a formula takes, and which it leaves out."""
    heads: dict[str, str] = {}
    labels: dict[str, str] = {}
    for ref in (*takes.sums, *takes.others):
        sheet = sheets[taking.grid.file, ref.sheet]
        for column in ref.columns:
            heads |= {text: _named(ref.sheet, *at) for at, text in sheet.heads_of(ref.rows.start, column)}
    for ref in takes.sums:
        sheet = sheets[taking.grid.file, ref.sheet]
        for _, row, column in _cells(ref, taking, sheets):
            if sheet.is_figure(row, column) and (label := sheet.label(row, column)):
                labels[label] = f"工作表“{ref.sheet}”第{row}行"
    for some, is_head in ((heads, True), (labels, False)):
        whole = formulas.without_parts([*some])
        odd = [text for text, rest in zip(some, whole, strict=True) if _is_odd(rest, taking.is_of_last, is_head, known)]
        if odd:
            yield f"{some[odd[0]]}“{'”“'.join(odd[:_MOST_SHOWN])}”"
    for ref in takes.sums:
        yield from _of_rows(ref, taking, sheets[taking.grid.file, ref.sheet], known)
    for ref in (*takes.sums, *takes.counted):
        if missed := _left_out(ref, taking, sheets, added, known, takes.counted.get(ref, "")):
            yield f"没有加上{_named(ref.sheet, *missed[0])}" + (f"等{len(missed)}格" if len(missed) > 1 else "")
    for name in dict.fromkeys(ref.sheet for ref in (*takes.sums, *takes.others)):
        yield from (one for one in sheets[taking.grid.file, name].lines if _is_odd_line(one.partition("：")[2], known))


def _of_rows(ref: Reference, taking: Taking, sheet: DetailSheet, known: Known) -> Iterator[str]:
    """What the rows that a formula adds up, or counts, say of themselves: by their days, in a remark, as a total."""
    column = ref.columns[0]
    rows = [row for row in sheet.within(ref.rows) if sheet.cell(row, column)]
    totals = [row for row in rows if _TOTAL.search(disowned.narrow(sheet.label(row, column)))]
    ours = {str(known.year), str(known.year - taking.is_of_last)}
    for row in rows:
        days = sheet.days.get(row, ())
        odd = [*days[:1]] if not any(day[:4] in ours for day in days) else []
        odd += [one for one in sheet.remarks[row] if one not in odd and _is_odd(one, taking.is_of_last, False, known)]
        # What stands on the left of its figure is asked about as the row's label.
        yield from (f"工作表“{ref.sheet}”第{row}行“{one}”" for one in odd if one != sheet.label(row, column))
    for row in totals if len(rows) > len(totals) else ():
        if _value(sheet.cell(row, column)):
            yield f"连同工作表“{ref.sheet}”第{row}行“{sheet.label(row, column)}”一起加了"


def _named(sheet: str, row: int, column: int) -> str:
    return f"工作表“{sheet}”{column_letter(column)}{row}格"


@lru_cache(maxsize=65_536)  # the labels of a sheet's rows, which each formula takes again
def _is_odd(text: str, is_of_last: bool, is_head: bool, known: Known) -> bool:
    """Whether a head, or a row's label, says that figures are another year's or body's, or not final."""
    tight = disowned.narrow(_LAST.sub("", text) if is_of_last else text)
    if not tight:
        return False
    years = disowned.years(tight, known.year, is_sheet=is_head) - ({known.year - 1} if is_of_last else set())
    is_anothers = known.name and not whose.adds_up(known.name) and whose.is_anothers(tight, known.name, is_sheet=is_head)
    is_off = is_head and roles.roles(tight, known.year) & {Role.OFF, Role.REACH}
    is_none = disowned.is_no_whole_year(tight, known.year, is_head, is_of_rows=True)
    return bool((years and known.year not in years) or is_anothers or is_off or is_none)


def _is_odd_line(text: str, known: Known) -> bool:
    """Whether a line below figures says of them what one below a table would be asked about for."""
    said = roles.roles(disowned.without_rules(disowned.narrow(text)), known.year)
    return bool(said & _ODD) or notes.asks(known, Line(text, BELOW), text)


def _left_out(
    ref: Reference, taking: Taking, sheets: dict[Of, DetailSheet], added: _Added, known: Known, word: str
) -> list[Place]:
    """The cells right above and below those that a formula adds up, or counts, which nothing of the tables takes.

    Where it counts the cells with a word, only such cells are left out.
    """
    if len(ref.rows) < 2 or len(ref.columns) > 1:
        return []
    sheet, column = sheets[taking.grid.file, ref.sheet], ref.columns[0]
    is_count = not any(sheet.is_figure(row, column) for row in sheet.within(ref.rows))

    def is_more(row: int) -> bool:
        if word:
            return row in sheet.rows and sheet.cell(row, column) == word
        if is_count:
            return bool(sheet.cell(row, column)) and sum(map(bool, sheet.rows[row])) > 1
        return row in sheet.rows and sheet.is_figure(row, column)

    rows = [*takewhile(is_more, (row for row in range(ref.rows.stop, max(sheet.rows, default=0) + 1)))]
    rows += [] if is_count else takewhile(is_more, range(ref.rows.start - 1, 0, -1))
    total = sum(filter(None, (_value(sheet.cell(row, column)) for row in sheet.within(ref.rows))))
    return [
        (row, column) for row in sorted(rows)
        if (taking.grid.file, (ref.sheet, row, column)) not in added
        and not any(_TOTAL.search(disowned.narrow(cell)) for cell in sheet.rows[row] if cell)
        and not _is_odd(sheet.label(row, column), False, False, known)
        and (is_count or _value(sheet.cell(row, column)) not in {0, total})
    ]  # fmt: skip


def _value(text: str) -> float | None:
    tight = reading.narrow(text).replace(",", "")
    return float(tight) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", tight) else None
