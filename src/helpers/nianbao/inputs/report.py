"""One report's inputs, assembled into one frozen value: what notebooks load and checks read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, Source, nearest
from nianbao.inputs import bureau as bureaus
from nianbao.inputs import intake
from nianbao.inputs.cells import Cell, Cells
from nianbao.inputs.contract import ANY_MARK, ReportParams
from nianbao.inputs.format import IMPOSSIBLE, format_of
from nianbao.inputs.naming import id_of
from nianbao.statute.formats import TERM, library
from nianbao.textfile import decoded, encoding_notes, lines_of
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN, day
from nianbao.yamlfile import BAD_VALUE, UNDECODED, UNREADABLE, read_yaml, typed, with_slips

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from nianbao.inputs.cells import Aside, TableInput
    from nianbao.inputs.contract import BureauParams
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Format, Library, Section
    from nianbao.statute.tree import CellKey, Labels
    from nianbao.yamlfile import YamlFile

STRANGER = Kind("F109", Severity.FAULT, "不会读取的文件")
NO_LAST_YEAR = Kind("I104", Severity.NOTE, "没有上年报告可供核对")

ABOUT_TABLES = ("marks", "extra_rows", "not_applicable", "term")  # keys of report.yaml that control how tables are read
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".et")
DATA_FILES = {".csv", ".tsv", ".yaml", ".yml", ".md", *WORKBOOKS}


@dataclass(frozen=True, slots=True)
class Fact:
    """A named figure of the narrative, with the digits it was given.

    ``value`` is ``None`` when the figure is unknown; ``reason`` then says why. ``parts`` are the items whose sum it is.
    """

    name: str
    value: Decimal | None
    unit: str
    parts: dict[str, Decimal]
    reason: str
    source: Source


@dataclass(frozen=True)
class Report:
    """Everything one report is made from.

    Parameters
    ----------
    cells : dict
        Table id → {(row path, column path): `Cell`}.
    asides : dict
        Table id → the lines that stand around it, the notes below it among them.
    labels : dict
        Table id → {(part's title, labels of a heading): its label as typed}, where that is printed.
    formats : dict
        Table id → {title of a part ('' for the only one): id of the other format it is in}.
    narrative : str
        The source of narrative.md.
    previous : Report or None
        The same bureau's report of the year before; ``None`` when it is missing or has faults.
    faults, notes : tuple of Finding
        Faults forbid rendering; notes say how something was read.
    """

    id: str
    year: int
    bureau: BureauParams
    params: ReportParams
    format: Format
    facts: dict[str, Fact]
    cells: dict[str, Cells]
    narrative: str
    folder: Path
    sources: dict[str, Source] = field(default_factory=dict)
    asides: dict[str, tuple[Aside, ...]] = field(default_factory=dict)
    labels: dict[str, dict[Labels, str]] = field(default_factory=dict)
    formats: dict[str, dict[str, str]] = field(default_factory=dict)
    previous: Report | None = None
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def date(self) -> date | None:
        """The date of issue; ``None`` when it is missing or unknown."""
        return self.params.date if isinstance(self.params.date, date) else None

    @property
    def unknown(self) -> dict[str, str]:
        """What of date, signature, number and editor is unknown, with the reason."""
        typed = self.params
        found = {"date": typed.date} if isinstance(typed.date, str) else {}
        for key, text in (("signature", typed.signature), ("number", typed.number), ("editor", typed.editor)):
            if reason := _reason(text):
                found[key] = reason
        return found

    @property
    def term(self) -> str:
        """What the report calls 政府信息."""
        return self.params.term or TERM

    def has_lead(self, numeral: str) -> bool:
        """Whether a chapter that the bureau did not write gets a computed lead sentence."""
        leads = self.bureau.lead | self.params.lead
        return ANY_MARK not in leads and numeral not in leads

    def cell(self, table: str, key: CellKey) -> Cell | None:
        """One cell by its table id and (row path, column path)."""
        return self.cells.get(table, {}).get(key)

    @property
    def frame(self) -> pd.DataFrame:
        """All cells as one tidy frame: table, row, column, value (int or Decimal), unit, state, source."""
        # Only this property imports pandas: the import is half the start-up time of a report that needs no frame.
        import pandas as pd

        rows = list(map(_with_text_source, self.rows()))
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        # Left to itself, pandas turns counts into floats as soon as one cell has no number.
        frame["value"] = pd.Series([row["value"] for row in rows], dtype=object)
        return frame

    def rows(self) -> list[dict[str, Any]]:
        """The rows of `frame` as plain values; labels from the top level down, joined by ``" > "``."""
        result = []
        for table in self.format.tables.values():
            for key in table.cells:
                cell = self.cells[table.id].get(key) or Cell(UNFILLED)
                values = (table.id, " > ".join(key[0]), " > ".join(key[1]), cell.value, cell.unit, cell.state, cell.source)
                result.append(dict(zip(COLUMNS, values, strict=True)) | {"reason": cell.reason, "shown": cell.shown})
        return result


COLUMNS = ("table", "row", "column", "value", "unit", "state", "source")


def _with_text_source(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"source": str(row["source"] or "")}


def read(paths: ReportPaths, with_previous: bool = True) -> tuple[Report | None, tuple[Finding, ...]]:
    """The report of one bureau and year, and its faults; the report is ``None`` when it cannot even be assembled.

    Never raises for bad inputs: all faults are returned together.
    """
    if not paths.folder.is_dir() and (named := id_of(paths.params, paths.bureau)):
        paths = replace(paths, bureau=named)  # A notebook may call the bureau by its name.
    known = library(paths.params)
    bureau, about_bureau = bureaus.read(paths.params, paths.bureau)
    report_file = read_yaml(paths.report_file)
    form = format_of(report_file, paths.year, known)
    params, readable = _params(report_file, form, known)
    if form and bureau and readable:
        term = {"term": readable.term or bureau.term}
        params, readable = params and params.model_copy(update=term), readable.model_copy(update=term)
        form = form.with_term(readable.term or TERM)
    narrative, about_text = _narrative(paths)
    read_so = [*about_bureau, *report_file.notes, *about_text]
    notes = [one for one in read_so if one.severity is Severity.NOTE]
    faults = [one for one in (*about_bureau, *report_file.faults, *about_text) if one.severity is Severity.FAULT]
    faults += _strangers(paths, form, known)
    faults += _impossible_date(params, report_file, paths.year) if params else []
    tables = {}
    if readable and form:
        faults += _unknown_rows(readable, report_file, form)
        form = form.with_rows(readable.extra_rows)
        tables = intake.read_tables(paths.folder, form, known, readable, report_file)
        faults += with_slips(report_file, (fault for one in tables.values() for fault in one.faults))
        form = _as_read(form, tables, known)
    if bureau is None or params is None or form is None:
        return None, tuple(faults)
    notes += [note for one in tables.values() for note in one.notes]
    previous = None
    if with_previous and paths.last_year.folder.is_dir():
        previous, faults_before = read(paths.last_year, with_previous=False)
        if faults_before:
            found = f"{paths.year - 1}年度的报告有故障 {len(faults_before)}"
            notes.append(Finding(NO_LAST_YEAR, "上年报告", None, found, "", "结转关系未核对；先改正上年报告"))
            previous = None
    report = Report(
        id=paths.bureau,
        year=paths.year,
        bureau=bureau,
        params=params,
        format=form,
        facts=_facts(params, report_file),
        cells={key: one.cells for key, one in tables.items()},
        asides={key: tuple(one.asides) for key, one in tables.items()},
        labels={key: one.labels for key, one in tables.items()},
        formats={key: one.formats for key, one in tables.items()},
        narrative=narrative,
        folder=paths.folder,
        sources={key: report_file.source(key) for key in ("date", "signature", "editor", "number", "accepted")},
        previous=previous,
        faults=tuple(faults),
        notes=tuple(notes),
    )
    return report, report.faults


def _as_read(form: Format, tables: dict[str, TableInput], known: Library) -> Format:
    """The format with its tables as they were read; one wholly in another format takes that one's lead, a mixed one none."""
    read = {key: one.table for key, one in tables.items() if one.table and one.table is not form.tables[key]}
    leads: dict[str, Section | None] = {}
    for key, one in tables.items():
        if one.formats and key in read:
            other = known.formats[next(iter(one.formats.values()))].with_rows({}).with_term(form.term)
            theirs = next((section for section in other.sections if section.table == key), None)
            leads[key] = theirs if read[key].identities == other.tables[key].identities else None
    return form.with_tables(read, leads)


def _reason(text: str | None) -> str:
    """The reason of an unknown text; '' for any other."""
    try:
        return reading.unknown_reason(text or "") or ""
    except ValueError:
        return ""


def _params(file: YamlFile, form: Format | None, known: Library) -> tuple[ReportParams | None, ReportParams | None]:
    """report.yaml as its type, and its settings for tables; these let tables be read even when other keys have faults."""
    tables = form.tables.keys() if form else {table for one in known.formats.values() for table in one.tables}
    unknown = {key for key in file.data if form is None and re.fullmatch("table[a-z0-9_]*", key)}
    about = {key: value for key, value in file.data.items() if key not in {*tables, *unknown}}
    params = typed(ReportParams, file, about, also=sorted(tables))
    if params is not None:
        return params, params
    about_tables = {key: value for key, value in about.items() if key in ABOUT_TABLES}
    return None, typed(ReportParams, replace(file, faults=list(file.faults)), about_tables)


def _narrative(paths: ReportPaths) -> tuple[str, list[Finding]]:
    """The text of narrative.md, and a fault when it cannot be read, or a note on its encoding."""
    path = paths.narrative_file
    try:
        text, encoding = decoded(path.read_bytes())
    except (OSError, UnicodeError) as error:
        found = "文件不存在" if isinstance(error, FileNotFoundError) else UNDECODED
        return "", [
            Finding(UNREADABLE, path.name, Source(path.name), found, "UTF-8 编码的 Markdown", "补上文件或另存为 UTF-8")
        ]
    return lines_of(text), encoding_notes(path.name, encoding, " UTF-8 ")


def _strangers(paths: ReportPaths, form: Format | None, library: Library) -> list[Finding]:
    """A fault for each data file that nothing reads: most likely its name is misspelt and its numbers would be lost."""
    tables = form.tables if form else {table for one in library.formats.values() for table in one.tables}
    known = {"report.yaml", "narrative.md", *(f"{table}.csv" for table in tables)}
    inside = paths.folder.iterdir() if paths.folder.is_dir() else ()
    found = sorted(path.name for path in inside if path.suffix.lower() in DATA_FILES)
    if form is None:  # Which tables it has nobody knows.
        found = [name for name in found if not re.fullmatch(r"table[a-z0-9_]*\.csv", name)]
    return [
        Finding(
            STRANGER,
            name,
            Source(name),
            f"文件名“{name}”{nearest(name, known)}",
            "、".join(sorted(known)),
            "另存为“CSV UTF-8”" if name.lower().endswith(WORKBOOKS) else "改名或移走",
        )
        for name in found
        if name not in known and not name.startswith(("_", ".", "~"))
    ]


def _impossible_date(typed: ReportParams, file: YamlFile, year: int) -> list[Finding]:
    if not isinstance(typed.date, date) or typed.date >= date(year + 1, 1, 1):
        return []
    expected = f"{year + 1}年1月1日或以后"
    return [
        Finding(IMPOSSIBLE, "成文日期", file.source("date"), day(typed.date), expected, "核对日期，以及文件夹所示的报告年度")
    ]


def _unknown_rows(typed: ReportParams, file: YamlFile, form: Format) -> list[Finding]:
    faults = []
    with_rows = [table.id for table in form.tables.values() if any(part.rows for part in table.parts)]
    for table, parts in typed.extra_rows.items():
        if table not in with_rows:
            found, source = f"“{table}”{nearest(table, with_rows)}", file.source("extra_rows", table)
            faults.append(Finding(BAD_VALUE, "地方增加行", source, found, "、".join(with_rows), "写有行名的表的编号"))
            continue
        faults += _unknown_rows_of(table, parts, file, form)
    return faults


def _unknown_rows_of(table: str, parts: dict[str, list[str]], file: YamlFile, form: Format) -> list[Finding]:
    faults = []
    labels = {part.title: [node.label for node in part.rows] for part in form.tables[table].parts}
    for title, extra in parts.items():
        source = file.source("extra_rows", table, title)
        if title not in labels:
            found, expected = f"“{title}”{nearest(title, labels)}", "、".join(filter(None, labels)) or '""'
            faults.append(Finding(BAD_VALUE, "地方增加行", source, found, expected, "写该部分的标题"))
            continue
        known = [*labels[title], *extra]
        for label in dict.fromkeys(label for label in extra if known.count(label) > 1):
            found = f"“{label}”已是这一部分的行"
            faults.append(Finding(BAD_VALUE, "地方增加行", source, found, "法定格式之外的行名，各写一次", "改名或删去"))
    return faults


def _facts(typed: ReportParams, file: YamlFile) -> dict[str, Fact]:
    return {
        name: Fact(
            name,
            fact.value if isinstance(fact.value, Decimal) else None,
            fact.unit,
            dict(fact.parts),
            fact.value if isinstance(fact.value, str) else "",
            file.source("facts", name),
        )
        for name, fact in typed.facts.items()
    }


def counted(cell: Cell | None, report: Report) -> int | Decimal | None:
    """A cell's value in a sum: its number, 0 for 不适用 when the report declares it so, else ``None``."""
    if cell is not None and cell.state == NOT_APPLICABLE and report.params.not_applicable.as_zero:
        return 0
    return cell.value if cell is not None else None


def unknowns(report: Report) -> list[str]:
    """The names of the tables with cells that are 未知."""
    tables = report.format.tables.values()
    return [table.name for table in tables if any(cell.state == UNKNOWN for cell in report.cells[table.id].values())]
