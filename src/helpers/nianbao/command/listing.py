"""Findings as a table: CSV for a spreadsheet, Markdown for a page or a message."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.findings import Finding
    from nianbao.run.results import Checked

COLUMNS = (
    "report", "title", "id", "severity", "code", "kind", "place", "file", "line", "cell", "found", "expected", "action",
    "accepted",
)  # fmt: skip
SHOWN = ("severity", "code", "kind", "place", "source", "found", "expected", "action")
BOM = "\ufeff"  # without it Excel takes UTF-8 for the encoding of the country
_FORMULA = tuple("=+-@\t\r")  # what a spreadsheet would reckon with


def print_csv(checked: Checked) -> None:
    """One row a finding, with `COLUMNS` as head, on stdout; a report without findings has no row."""
    print(BOM, end="")
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(say(name) for name in COLUMNS)
    for report, title, finding in _listed(checked):
        source = finding.source
        where = (source.file, source.line, source.cell) if source else ("", "", "")
        rows.writerow(
            map(
                _plain,
                (
                    report, title, finding.id, finding.severity, finding.code, finding.title, finding.place, *where,
                    finding.found, finding.expected, finding.action, finding.accepted,
                ),
            )
        )  # fmt: skip


def print_markdown(checked: Checked) -> None:
    """A heading a report, and below it a table of its findings, on stdout."""
    of_report: dict[tuple[str, str], list[Finding]] = {}
    for report, title, finding in _listed(checked):
        of_report.setdefault((report, title), []).append(finding)
    for verdict in checked.verdicts:
        of_report.setdefault((str(verdict.id), verdict.title), [])
    for (report, title), findings in of_report.items():
        print(f"## {_cell(f'{report} {title}'.strip()) or 'params/'}\n")
        if findings:
            print(f"| {' | '.join(say(name) for name in SHOWN)} |\n|{'---|' * len(SHOWN)}")
        for one in findings:
            found = f"{one.found}（已接受：{one.accepted}）" if one.accepted else one.found
            cells = (one.severity, one.code, one.title, one.place, one.source or "", found, one.expected, one.action)
            print(f"| {' | '.join(_cell(str(cell)) for cell in cells)} |")
        print("" if findings else say("no findings") + "\n")


def _listed(checked: Checked) -> Iterator[tuple[str, str, Finding]]:
    for fault in checked.faults:
        yield "", "", fault
    for verdict in checked.verdicts:
        for finding in verdict.findings:
            yield str(verdict.id), verdict.title, finding


def _plain(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(text: str) -> str:
    r"""A text in a Markdown table: signs that would be markup are escaped, a line break is ``<br>``."""
    for sign in "\\`*_[]<>|#~$":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "<br>")
