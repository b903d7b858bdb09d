"""The cells of other sheets that the formulas of a table take: what heads and labels them, what is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.importing.around import BELOW
from nianbao.importing.copies import Line
from nianbao.importing.flow import Grid
from nianbao.importing.said import notes
from nianbao.importing.workbooks import formulas, months
from nianbao.importing.workbooks.detailsheet import DetailSheet
from nianbao.wording import LAST_YEAR, column_letter

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from nianbao.importing.flow import Block, Flow, Place
    from nianbao.importing.said.harmless import Known
    from nianbao.importing.taken import Taking
    from nianbao.importing.workbooks.formulas import Reference


ASKED = (
    "下列单元格的公式取了别的工作表的数，那里的栏名、行名或表下的话像是说那是别的年度、不满一年、别的机关的，或还没有定，"
    "或有几行没有加上，照保存的结果取用：核对"
)
_TOTAL = re.compile("[总合小累共]计|^计$")
_SUMS, _COUNTS = {"SUM", "SUBTOTAL", "N", "ROUND"}, {"COUNT", "COUNTA"}
_ODD = roles.NOT_THE_YEARS | {Role.OFF, Role.REACH}
_COUNTED = re.compile(r'COUNTIFS?\(([^(),"]+),\s*"([^"<>=*?]+)"\s*\)', re.IGNORECASE)
_MOST = 200  # cells that are followed from one formula to the next
_MOST_CELLS = 3_000_000  # that all formulas add up, count or look up in together, and that are looked at one by one
_TOO_MANY = "各公式一共取了太多格，没有逐格看"
_MOST_SHOWN = 3
Of = tuple[str, str]  # a file and a sheet


@dataclass(slots=True)
class _Takes:
    """What one formula takes of other sheets, by way of their own formulas too."""

    sums: list[Reference] = field(default_factory=list)
    others: list[Reference] = field(default_factory=list)
    counted: dict[Reference, str] = field(default_factory=dict)  # where a word stands, and the word
    looked: int = 0  # cells that were looked at to find these


@dataclass(slots=True)
class _Import:
    """What the formulas of one import are asked about with: the sheets, what all of them add up, what was found odd."""

    sheets: Mapping[Of, DetailSheet]
    known: Known
    added: set[tuple[str, tuple[str, int, int]]] = field(default_factory=set)  # each cell with its file
    _odd: dict[tuple[str, bool, bool], bool] = field(default_factory=dict)  # what each formula takes again

    def is_odd(self, text: str, is_of_last: bool, is_head: bool) -> bool:
        """Whether a head, or a row's label, says that figures are another year's or body's, or not final."""
        key = text, is_of_last, is_head
        if key not in self._odd:
            self._odd[key] = _is_odd(*key, self.known)
        return self._odd[key]


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
    takings, about = [*takings], _Import(sheets, known)
    told = [(one, _followed(one, sheets)) for one in takings]
    headed: set[tuple[str, str, int, range]] = set()
    looked = accumulate(_count(takes, one, sheets, headed) for one, takes in told)
    many = [one for (one, _), number in zip(told, looked, strict=True) if number > _MOST_CELLS]
    told = told[: len(told) - len(many)]
    about.added = {(one.grid.file, place) for one, takes in told for ref in takes.sums for place in _cells(ref, one, sheets)}
    found = {f"没有加上{missed}": [cell] for cell, missed in _of_some(takings, tables)}
    found |= {_TOO_MANY: [f"{one.place}：={one.formula}" for one in many]} if many else {}
    for one, takes in told:
        for said in _heard(one, takes, about):
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


def _followed(taking: Taking, sheets: Mapping[Of, DetailSheet]) -> _Takes:
    """What a formula takes of other sheets, and what the formulas of the cells that it takes do."""
    takes = _Takes()
    more = [(taking.grid.sheet, taking.formula)]
    seen = {*more}
    while more and takes.looked <= _MOST_CELLS:
        name, formula = more.pop()
        is_sum = formulas.functions(formula) <= _SUMS | _COUNTS
        takes.counted |= {ref: word for one, word in _criteria(formula, name) for _, ref in _within(one, taking, sheets)}
        for one in dict.fromkeys(formulas.references(formula, name)):
            for sheet, ref in _within(one, taking, sheets):
                (takes.sums if is_sum else takes.others).append(ref)
                cells = sheet.calculated(ref.rows)
                takes.looked += len(cells)
                new = {(ref.sheet, sheet.formulas[at]) for at in [at for at in cells if ref.has(*at)][:_MOST]} - seen
                more += sorted(new) if len(seen) < _MOST else []
                seen |= new
    return takes


def _within(ref: Reference, taking: Taking, sheets: Mapping[Of, DetailSheet]) -> Iterator[tuple[DetailSheet, Reference]]:
    """The sheet of the cells that a formula names, with these as far as its widest row; none where they are of no other."""
    if sheet := sheets.get((taking.grid.file, ref.sheet)):
        columns = range(ref.columns.start, min(ref.columns.stop, sheet.width))
        yield from [(sheet, replace(ref, columns=columns))] if columns else []


def _criteria(formula: str, sheet: str) -> list[tuple[Reference, str]]:
    """The cells that a formula counts where a word stands in them, each range with its word."""
    return [(ref, word) for cells, word in _COUNTED.findall(formula) for ref in formulas.references(cells, sheet)]


def _count(takes: _Takes, taking: Taking, sheets: Mapping[Of, DetailSheet], headed: set[tuple[str, str, int, range]]) -> int:
    """How many cells are looked at for a formula: those it takes, and those above them; ``headed`` are those of others."""
    number = takes.looked
    for ref in (*takes.sums, *takes.others, *takes.counted):
        sheet = sheets[taking.grid.file, ref.sheet]
        number += len(sheet.within(ref.rows)) * len(ref.columns)
        head = taking.grid.file, ref.sheet, ref.rows.start, ref.columns
        number += 0 if head in headed else len(sheet.rows) * len(ref.columns)
        headed.add(head)
    return number


def _cells(ref: Reference, taking: Taking, sheets: Mapping[Of, DetailSheet]) -> list[tuple[str, int, int]]:
    """The cells with something in them that a reference means."""
    sheet = sheets[taking.grid.file, ref.sheet]
    return [(ref.sheet, row, column) for row in sheet.within(ref.rows) for column in ref.columns if sheet.cell(row, column)]


def _heard(taking: Taking, takes: _Takes, about: _Import) -> Iterator[str]:
    """What is said of the cells that a formula takes, and which it leaves out."""
    heads: dict[str, str] = {}
    labels: dict[str, str] = {}
    sheets = about.sheets
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
        whole = months.without_parts([*some])
        odd = [text for text, rest in zip(some, whole, strict=True) if about.is_odd(rest, taking.is_of_last, is_head)]
        if odd:
            yield f"{some[odd[0]]}“{'”“'.join(odd[:_MOST_SHOWN])}”"
    for ref in takes.sums:
        yield from _of_rows(ref, taking, about)
    for ref in (*takes.sums, *takes.counted):
        if missed := _left_out(ref, taking, about, takes.counted.get(ref, "")):
            yield f"没有加上{_named(ref.sheet, *missed[0])}" + (f"等{len(missed)}格" if len(missed) > 1 else "")
    for name in dict.fromkeys(ref.sheet for ref in (*takes.sums, *takes.others)):
        yield from (one for one in sheets[taking.grid.file, name].lines if _is_odd_line(one.partition("：")[2], about.known))


def _of_rows(ref: Reference, taking: Taking, about: _Import) -> Iterator[str]:
    """What the rows that a formula adds up, or counts, say of themselves: by their days, in a remark, as a total."""
    sheet, column = about.sheets[taking.grid.file, ref.sheet], ref.columns[0]
    rows = [row for row in sheet.within(ref.rows) if sheet.cell(row, column)]
    totals = [row for row in rows if _TOTAL.search(disowned.compared(sheet.label(row, column)))]
    ours = {str(about.known.year), str(about.known.year - taking.is_of_last)}
    for row in rows:
        days = sheet.days.get(row, ())
        odd = [*days[:1]] if not any(day[:4] in ours for day in days) else []
        odd += [one for one in sheet.remarks[row] if one not in odd and about.is_odd(one, taking.is_of_last, is_head=False)]
        # What stands on the left of its figure is asked about as the row's label.
        yield from (f"工作表“{ref.sheet}”第{row}行“{one}”" for one in odd if one != sheet.label(row, column))
    for row in totals if len(rows) > len(totals) else ():
        if _value(sheet.cell(row, column)):
            yield f"连同工作表“{ref.sheet}”第{row}行“{sheet.label(row, column)}”一起加了"


def _named(sheet: str, row: int, column: int) -> str:
    return f"工作表“{sheet}”{column_letter(column)}{row}格"


def _is_odd(text: str, is_of_last: bool, is_head: bool, known: Known) -> bool:
    tight = disowned.compared(re.sub(LAST_YEAR, "", text) if is_of_last else text)
    if not tight:
        return False
    years = disowned.years(tight, known.year, is_sheet=is_head) - ({known.year - 1} if is_of_last else set())
    is_anothers = known.name and not whose.adds_up(known.name) and whose.is_anothers(tight, known.name, is_sheet=is_head)
    is_off = is_head and roles.roles(tight, known.year) & {Role.OFF, Role.REACH}
    is_none = disowned.is_no_whole_year(tight, known.year, is_head, is_of_rows=True)
    return bool((years and known.year not in years) or is_anothers or is_off or is_none)


def _is_odd_line(text: str, known: Known) -> bool:
    """Whether a line below figures says of them what one below a table would be asked about for."""
    said = roles.roles(disowned.without_rules(disowned.compared(text)), known.year)
    return bool(said & _ODD) or notes.asks(known, Line(text, BELOW), text)


def _left_out(ref: Reference, taking: Taking, about: _Import, word: str) -> list[Place]:
    """The cells right above and below those that a formula adds up, or counts, which nothing of the tables takes.

    Where it counts the cells with a word, only such cells are left out.
    """
    if len(ref.rows) < 2 or len(ref.columns) > 1:
        return []
    sheet, column = about.sheets[taking.grid.file, ref.sheet], ref.columns[0]
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
        if (taking.grid.file, (ref.sheet, row, column)) not in about.added
        and not any(_TOTAL.search(disowned.compared(cell)) for cell in sheet.rows[row] if cell)
        and not about.is_odd(sheet.label(row, column), is_of_last=False, is_head=False)
        and (is_count or _value(sheet.cell(row, column)) not in {0, total})
    ]  # fmt: skip


def _value(text: str) -> float | None:
    tight = reading.narrow(text).replace(",", "")
    return float(tight) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", tight) else None
