"""Reports made to measure: in memory for reckoning, as a folder for everything that reads files."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from nianbao.checks.check import check
from nianbao.findings import Source
from nianbao.inputs.cells import NUMBER, Cell
from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.report import Fact, Report
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from nianbao.statute.formats import library
from nianbao.statute.names import locate

BUREAU = "shili-ceshi"
FORMATS = library().formats
BODY = "## 一、总体情况\n\n工作有序开展。\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
# Own words for the chapters whose sentences are computed: these take their time, and are tested elsewhere.
REST = "\n## 二、主动公开情况\n\n见下表。\n\n## 三、申请情况\n\n见下表。\n\n## 四、复议和诉讼情况\n\n见下表。\n"
WHOLE = BODY.replace("\n## 五", f"{REST}\n## 五")  # in the statutory order
TEXT = "依法公开政府信息" * 99


def plain(lines):
    """The text of a report without tables, pictures and lists of one's own; chapter 一 has so many lines."""
    text = BODY.replace("工作有序开展。", _said(lines))
    return text + REST.replace("公开情况\n\n见下表。", f"公开情况\n\n{_said(3)}").replace(
        "申请情况\n\n见下表。", f"申请情况\n\n{_said(4)}"
    )


def _said(lines):
    return f"{TEXT[: 28 * lines - 4]}。"


def keys_of(table):
    return list(table.cells)


def cell(value):
    """A number, or a state as the bureau would write it."""
    if isinstance(value, (int, Decimal)):
        return Cell(NUMBER, value, source=Source("表.csv"))
    state, _, reason = value.partition("：")
    return Cell(state, source=Source("表.csv"), reason=reason)


@cache
def _filled(form, fill):
    """The cells of a format, each of which holds the same."""
    units = {
        table.id: {key: column[-1].unit for key, (_, column) in table.cells.items()}
        for table in FORMATS[form].tables.values()
    }
    return {one: {key: replace(cell(fill), unit=unit) for key, unit in some.items()} for one, some in units.items()}


def make(year=2024, values=None, previous=None, narrative=WHOLE, form=None, facts=None, fill=0, folder=None, **params):
    """A sound report in memory; ``values`` is {表三: {("一", "总计"): 5}}, every other cell holds ``fill``."""
    name = form or ("2019" if year <= 2020 else "2021")
    form, cells = FORMATS[name], {table: {**some} for table, some in _filled(name, fill).items()}
    by_name = {table.name: table for table in form.tables.values()}
    for name, some in (values or {}).items():
        for steps, value in some.items():
            for key in locate(by_name[name], steps)[:1]:
                cells[by_name[name].id][key] = replace(cell(value), unit=cells[by_name[name].id][key].unit)
    return Report(
        id=BUREAU,
        year=year,
        bureau=BureauParams.model_validate({"name": "示例市测试局", "short": "市测试局", "level": "市"}),
        params=ReportParams.model_validate({"date": f"{year + 1}-01-20", "signature": "示例市测试局", **params}),
        format=form,
        facts=facts or {},
        cells=cells,
        narrative=narrative,
        folder=folder or Path("params", BUREAU, str(year)),
        sources={key: Source("report.yaml", 1) for key in ("date", "signature", "editor", "number", "accepted")},
        previous=previous,
    )


def fact(name, value, unit="", reason="", **parts):
    """A fact of report.yaml, line 5; ``value=None`` with a reason is an unknown."""
    known = None if value is None else Decimal(str(value))
    return Fact(name, known, unit, {key: Decimal(one) for key, one in parts.items()}, reason, Source("report.yaml", 5))


def write(root, year=2024, narrative=BODY, report="", values=None, bureau=BUREAU, form=None, fill=0):
    """The same as a folder under ``root``: tables as CSV, ``report`` as more lines of report.yaml."""
    paths = ReportPaths(root, bureau, year)
    paths.folder.mkdir(parents=True, exist_ok=True)
    paths.bureau_file.write_text("name: 示例市测试局\nshort: 市测试局\nlevel: 市\n", "utf-8")
    named = "" if form is None else f'format: "{form}"\n'
    paths.report_file.write_text(f"date: {year + 1}-01-20\nsignature: 示例市测试局\n{named}{report}", "utf-8")
    paths.narrative_file.write_text(narrative, "utf-8")
    made = make(year, form=form)
    for table in made.format.tables.values():
        some = dict.fromkeys(keys_of(table), fill)
        for steps, value in (values or {}).get(table.name, {}).items():
            some[locate(table, steps)[0]] = value
        if f"\n{table.id}:" not in f"\n{report}":
            paths.table_file(table.id).write_text(to_csv(table, some), "utf-8-sig", newline="")
    return paths


def findings(made, prefix=""):
    """The findings of a report whose code begins so."""
    return [one for one in check(made, compose(made)) if one.code.startswith(prefix)]


def codes(made, prefix=""):
    return [one.code for one in findings(made, prefix)]
