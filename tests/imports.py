"""What tests of the import share: one import in a folder of its own, and what two reports' folders say, to be compared."""

import csv
import html
import io
import re
from dataclasses import replace
from itertools import count
from pathlib import Path

from making import FORMATS
from nianbao.importing import session
from nianbao.importing.flow import Flow, Paragraph
from nianbao.importing.importer import import_flows
from nianbao.importing.rectangles import Cell, set_out
from nianbao.inputs import folder
from nianbao.inputs.csvlayout import to_csv
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from nianbao.statute.formats import library

BUREAU = "shili-ceshi"
TITLE = "示例市测试局{}年政府信息公开工作年度报告"


def begin(root, *files, year=2023, bureau=BUREAU, **options):
    """The import of some files into ``root``/params, not kept yet; a file is a path, or (name, bytes or text)."""
    paths = ReportPaths(root / "params", bureau, year)
    return session.begin(paths, [_path(root, one) for one in files], **options)


def imported(root, *files, **options):
    """The same, kept."""
    made = begin(root, *files, **options)
    made.keep()
    return made


def _path(root, file):
    if isinstance(file, Path):
        return file
    name, content = file
    path = root / "in" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(key="table2", form="2021", money="8", **typed):
    """A table with 3 in each cell and an amount, and other words for its labels."""
    table = FORMATS[form].tables[key]
    values = {cell: money if column[-1].kind == "money" else "3" for cell, (_, column) in table.cells.items()}
    made = csv.reader(io.StringIO(to_csv(table, values).lstrip("\ufeff")))
    return [[typed.get(text, text) for text in row] for row in made]


def _as_html(part):
    if isinstance(part, str):
        return f"<p>{part}</p>"
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in part)}</table>"


def of_page(root, *parts, year=2023, chapter="二、主动公开政府信息情况"):
    """What becomes of a page with lines and tables, a list of rows each, in a chapter."""
    page = f"<h1>{TITLE.format(year)}</h1><p>一、总体情况</p><p>平稳。</p><p>{chapter}</p>{''.join(map(_as_html, parts))}"
    return begin(root, ("a.html", page), year=year).made


def made_of(*parts, year=2023, chapter="二、主动公开政府信息情况"):
    """The same without HTML and without a folder: of what a page says to its reader."""
    return read(flow(TITLE.format(year), "一、总体情况", "平稳。", chapter, *parts), year=year)


def read(*flows, year=2023):
    """What is made of some files, each as it was read, for a folder that is not there yet."""
    return import_flows(flows, year, library().default(year), library())


def flow(*parts, **about):
    """A file with lines and tables, a list of rows each; ``about`` is the name of its sheet, or its own, for `Grid`."""
    tables = count(1)
    assert "</" not in str(parts), "of_page reads HTML"
    return Flow(
        "网页",
        tuple(
            Paragraph(part, f"第{at}段")
            if isinstance(part, str)
            else replace(set_out([[*map(Cell, row)] for row in part], f"第{next(tables)}个表格"), **about)
            for at, part in enumerate(parts, 1)
        ),
    )


def report(paths):
    """A report's folder, read; it has no faults."""
    read, faults = folder.read(paths)
    assert faults == ()
    return read


def cells(read):
    """{table: {cell: (state, value, unit)}}; a repeated row has the name of each line."""
    return {
        table: {key: (cell.state, cell.value, cell.unit) for key, cell in some.items()} for table, some in read.cells.items()
    }


def text(read):
    """Title, preamble and chapters as they are printed: (heading, its text without white space, its tables)."""
    told = compose(read)
    assert told.faults == (), told.faults
    passages = [(one.heading, _shown(one.html), one.tables) for one in told.passages]
    return [("".join(told.title.split()), "", []), *passages]


def _shown(made):
    return "".join(html.unescape(re.sub("<[^>]*>", "", made)).split())


def about(read):
    """What stands above and below the text."""
    params = read.params
    return {"date": params.date, "signature": params.signature, "editor": params.editor, "number": params.number}
