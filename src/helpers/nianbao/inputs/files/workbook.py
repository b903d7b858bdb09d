"""Read a workbook (XLSX, XLS, ODS), sheet by sheet, into grids of text as a person sees them in a spreadsheet program.

What it is, its content says, not its name. It is looked at first, within bounds (`inspected`); then calamine reads the
values of what has been measured. Formulas are not worked out: each stands for the result that was saved with it. Links to
other files and macros are left alone.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.characters import cleaned
from nianbao.findings import Finding, Kind, Severity, Source, enumerated
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs.files import numberformat, ods, xls, xlsx
from nianbao.inputs.files.csv import LONGEST_CELL
from nianbao.inputs.files.inspected import Bounds, Inspected, Refused, damaged
from nianbao.inputs.files.packed import Package
from nianbao.textfile import LEFT_OVER, REFUSED, TOO_MUCH, UNREADABLE
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nianbao.inputs.files.inspected import Comment
    from nianbao.inputs.layout import Rows

HIDDEN = Kind("I115", Severity.NOTE, "读了隐藏的内容")
LEFT_ALONE = Kind("I116", Severity.NOTE, "没有理会的宏和链接")
SUFFIXES = (".xlsx", ".xls", ".ods")
EXPECTED = "Excel、WPS 或 LibreOffice 的工作簿（.xlsx、.xls、.ods）"
MOST_MERGED = 2_000  # merged cells of a sheet
Merged = tuple[tuple[int, int], tuple[int, int]]  # row and column of the first cell and of the last one, from 0
_PACKED, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its non-blank rows with their numbers, from 1, the first and last cells of merged ones, its comments.

    ``labels`` are cells with words, by row and column from 0, that are struck out or that nobody sees, and why; ``printed``
    are the lines above and below its pages, ``drawn`` those of text boxes, shapes and buttons over its cells;
    ``formulas`` are those of its cells, by row and column from 0.
    """

    name: str
    rows: Rows
    merged: tuple[Merged, ...] = ()
    comments: tuple[Comment, ...] = ()
    labels: Mapping[tuple[int, int], str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    drawn: tuple[Comment, ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    """A workbook's sheets; why it cannot be read, and what is to be known of it."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def read_workbook(path: Path, read: Callable[[Path], bytes] = read_file) -> Workbook:
    """All sheets of a workbook, hidden ones too; never raises.

    Parameters
    ----------
    read : callable
        What opens it: `InputFiles.read` for the files of params.
    """
    result = Workbook(path.name)
    try:
        raw = read(path)
        looked = _inspected(raw)
        _read(looked, result)
    except NotRead as error:
        result.faults.append(Finding(UNREADABLE, path.name, Source(path.name), error.found, EXPECTED, error.action))
    except Refused as error:
        source = located(Source(path.name, cell=error.cell or None), error.sheet) if error.sheet else Source(path.name)
        result.sheets.clear()
        result.faults.append(Finding(error.kind, path.name, source, error.found, error.expected, error.action))
    return result


def located(source: Source, sheet: str) -> Source:
    """A place in a sheet, as a spreadsheet program writes it."""
    shown = sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
    cell = source.cell or (f"{source.line}:{source.line}" if source.line else "A1")
    return Source(source.file, source.line, f"{shown}!{cell}")


@dataclass(frozen=True, slots=True)
class _Looked:
    """A workbook that has been looked at: its sheets, what calamine is to read, and what is left alone."""

    sheets: list[Inspected]
    data: bytes
    refers: bool
    macros: bool


def _inspected(raw: bytes) -> _Looked:
    bounds = Bounds()
    if raw.startswith(_OLE):
        return _Looked(*_of_xls(raw, bounds))
    if not raw.startswith(_PACKED):
        raise Refused(UNREADABLE, "内容不是工作簿", EXPECTED, "用电子表格打开，另存为 .xlsx")
    package = Package(raw)
    if xlsx.BOOK in package.names:
        sheets, data = xlsx.inspected(package, bounds)
        refers = any(name.startswith("xl/externalLinks/") for name in package.names)
        return _Looked(sheets, data, refers, any(name.endswith("vbaProject.bin") for name in package.names))
    if package.read("mimetype").strip() == ods.TYPE:
        sheets, data, refers = ods.inspected(package, bounds)
        return _Looked(sheets, data, refers, any(name.startswith("Basic/") for name in package.names))
    found = "是二进制的工作簿（.xlsb）" if "xl/workbook.bin" in package.names else "内容不是工作簿"
    raise Refused(UNREADABLE, found, EXPECTED, "用电子表格打开，另存为 .xlsx")


def _of_xls(raw: bytes, bounds: Bounds) -> tuple[list[Inspected], bytes, bool, bool]:
    sheets, refers, macros = xls.inspected(raw, bounds)
    return sheets, raw, refers, macros


def _read(looked: _Looked, into: Workbook) -> None:
    """Read the values of a workbook that has been looked at."""
    import python_calamine as calamine  # only here: most reports have no workbook

    try:
        book = calamine.load_workbook(io.BytesIO(looked.data))
        values = {one.name: book.get_sheet_by_name(one.name).to_python(skip_empty_area=False) for one in looked.sheets}
        # Of an ODS it tells none.
        merged = {one.name: one.merged or book.get_sheet_by_name(one.name).merged_cell_ranges or [] for one in looked.sheets}
        visible = {one.name: one.visible is calamine.SheetVisibleEnum.Visible for one in book.sheets_metadata}
    except calamine.PasswordError as error:
        raise Refused(UNREADABLE, "设有打开密码", EXPECTED, "打开后取消密码，再保存") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what Rust gives up with is no Exception
            raise
        raise damaged() from error
    for one in looked.sheets:
        rows = _rows(one, values[one.name], into)
        if len(merged[one.name]) > MOST_MERGED:
            found = f"工作表“{one.name}”有{len(merged[one.name])}处合并的单元格"
            raise Refused(TOO_MUCH, found, f"最多{MOST_MERGED}处", "把表格复制到新的工作簿里，另存为 .xlsx")
        around = tuple(one.comments), one.labels, _printed(one), _drawn(one), one.formulas
        into.sheets.append(Sheet(one.name, rows, tuple(merged[one.name]), *around))
        into.notes += _hidden(into.name, one, rows, visible.get(one.name, True))
    what = [text for text, there in (("宏", looked.macros), ("指向别的文件的链接", looked.refers)) if there]
    if what:
        found, action = f"有{'和'.join(what)}", "没有运行，也没有打开；公式取保存时的结果，请核对"
        into.notes.append(Finding(LEFT_ALONE, into.name, Source(into.name), found, "", action))


def _rows(sheet: Inspected, values: Sequence[Sequence[object]], into: Workbook) -> Rows:
    """The non-blank rows of a sheet, as a person sees them."""
    texts: dict[int, dict[int, str]] = {}
    for number, row in enumerate(values):
        texts[number] = {at: text for at, value in enumerate(row) if value != "" and (text := _text(value))}
    for (number, at), text in sheet.texts.items():
        texts.setdefault(number, {})[at] = text
    for number, found in texts.items():
        for at, text in found.items():
            found[at] = _clean(
                text, located(Source(into.name, number + 1, f"{column_letter(at)}{number + 1}"), sheet.name), into
            )
    # As wide as the sheet: a row that ends early has blank cells there, it has not lost any.
    width = max((at + 1 for found in texts.values() for at, text in found.items() if text), default=0)
    return [
        (number + 1, [found.get(at, "") for at in range(width)])
        for number, found in sorted(texts.items())
        if any(found.values())
    ]


def _printed(sheet: Inspected) -> tuple[str, ...]:
    """The lines above and below the pages of a sheet, without what nobody sees."""
    lines = (cleaned(one[:LONGEST_CELL])[0].strip() for one in sheet.printed)
    return tuple(dict.fromkeys(filter(None, lines)))


def _drawn(sheet: Inspected) -> tuple[Comment, ...]:
    """The lines that are drawn over the cells of a sheet, without what nobody sees."""
    lines = (one._replace(said=cleaned(one.said[:LONGEST_CELL])[0].strip()) for one in sheet.drawn)
    return tuple(one for one in lines if one.said)


def _clean(text: str, source: Source, into: Workbook) -> str:
    """A cell's text without what nobody sees; a text that no cell should hold is a fault."""
    if not reading.plain(text):
        return ""
    text, refused, taken = cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))
    into.faults += [Finding(REFUSED, odd.near, source, str(odd), "看得见的文字", "删去这个字符") for odd in refused]
    into.notes += [Finding(LEFT_OVER, odd.near, source, str(odd), "", "已去掉；从文件里删去可免此提示") for odd in taken]
    if len(text) > LONGEST_CELL:
        found, expected = f"一格里有{len(text)}个字符", f"最多{LONGEST_CELL}个字符"
        into.faults.append(Finding(TOO_MUCH, into.name, source, found, expected, "删短，或移到别的文件里"))
    return text.strip()


def _text(value: object) -> str:
    """A value as a person sees it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return numberformat.typed(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)


def _hidden(file: str, sheet: Inspected, rows: Rows, visible: bool) -> Iterator[Finding]:
    """Notes on what of a sheet is hidden and has been read."""
    numbers = {number - 1 for number, _ in rows}
    filled = {at for _, cells in rows for at, cell in enumerate(cells) if cell}
    lines = [(first, last) for first, last in sheet.hidden_rows if any(first <= one <= last for one in numbers)]
    columns = [(first, last) for first, last in sheet.hidden_columns if any(first <= one <= last for one in filled)]
    shown = [f"第{first + 1}—{last + 1}行" if first != last else f"第{first + 1}行" for first, last in lines]
    letters = [(column_letter(first), column_letter(last)) for first, last in columns]
    shown += [f"{first}—{last}列" if first != last else f"{first}列" for first, last in letters]
    shown = ["整张工作表"] if rows and not visible else shown
    zeros = [f"{column_letter(column)}{row + 1}" for row, column in sheet.zeros]
    said = (
        (shown, "是隐藏的", "已照读；请取消隐藏核对"),
        (zeros, "存的是0，显示为空白", "已按0读；没有填过0的，清空这些格"),
        (sheet.tracked, "，修订还没有接受", "已按接受修订读；接受或拒绝修订，再存一次"),
    )
    for places, how, action in said:
        if places:
            found = f"{enumerated(places, measure='处')}{how}"
            yield Finding(HIDDEN, f"工作表“{sheet.name}”", located(Source(file), sheet.name), found, "", action)
