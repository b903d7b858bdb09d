"""Findings as a table: CSV for a spreadsheet, Markdown for a page or a message."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any

from nianbao.findings import Source
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.checks.prose.accounts import Number
    from nianbao.findings import Finding
    from nianbao.job_id import ReportId
    from nianbao.run.results import Checked

    Loose = Mapping[ReportId, tuple[Number, ...]]

COLUMNS = (
    "report", "title", "id", "severity", "code", "kind", "place", "file", "line", "cell", "found", "expected", "action",
    "accepted",
)  # fmt: skip
SHOWN = ("severity", "code", "kind", "place", "source", "found", "expected", "action")
BOM = "\ufeff"  # without it Excel takes UTF-8 for the encoding of the country
_FORMULA = tuple("=+-@\t\r")  # what a spreadsheet would reckon with


def print_csv(checked: Checked, loose: Loose) -> None:
    """One row a finding, with `COLUMNS` as head, on stdout; a report without findings has no row.

    ``loose`` holds the numbers without a source that are to be listed as well, by the reports that they stand in.
    """
    print(BOM, end="")
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(say(name) for name in COLUMNS)
    rows.writerows(map(_plain, row) for row in _rows(checked, loose))


def print_markdown(checked: Checked, loose: Loose) -> None:
    """A heading a report, and below it a table of its findings, on stdout; ``loose`` as for CSV."""
    of_report: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in _rows(checked, loose):
        of_report.setdefault((str(row[0]), str(row[1])), []).append(row)
    for verdict in checked.verdicts:
        of_report.setdefault((str(verdict.id), verdict.title), [])
    for (report, title), rows in of_report.items():
        print(f"## {_cell(f'{report} {title}'.strip()) or 'params/'}\n")
        if rows:
            print(f"| {' | '.join(say(name) for name in SHOWN)} |\n|{'---|' * len(SHOWN)}")
        for one in rows:
            known = dict(zip(COLUMNS, one, strict=True))
            known["source"] = Source(known["file"], known["line"], known["cell"]) if known["file"] else ""
            known["found"] = f"{known['found']}（已接受：{known['accepted']}）" if known["accepted"] else known["found"]
            print(f"| {' | '.join(_cell(str(known[name])) for name in SHOWN)} |")
        print("" if rows else say("no findings") + "\n")


def _rows(checked: Checked, loose: Loose) -> Iterator[tuple[Any, ...]]:
    """The values of `COLUMNS` for each finding, and for each number without a source."""
    for fault in checked.faults:
        yield _row("", "", fault)
    for verdict in checked.verdicts:
        report, title = str(verdict.id), verdict.title
        for finding in verdict.shown:
            yield _row(report, title, finding)
        for one in loose.get(verdict.id, ()):
            where = (one.place, one.source.file, one.source.line, None) if one.source else (one.place, "", None, None)
            shown = f"{one.text}：“{one.sentence}”"
            yield report, title, "", "", "", one.how.value, *where, shown, one.placeholder, "", ""


def _row(report: str, title: str, one: Finding) -> tuple[Any, ...]:
    where = (one.source.file, one.source.line, one.source.cell) if one.source else ("", None, None)
    about = (one.id, one.severity, one.code, one.title, one.place)
    return report, title, *about, *where, one.found, one.expected, one.action, one.accepted


def _plain(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(text: str) -> str:
    r"""A text in a Markdown table: signs that would be markup are escaped, a line break is ``<br>``."""
    for sign in "\\`*_[]<>|#~$":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "<br>")
