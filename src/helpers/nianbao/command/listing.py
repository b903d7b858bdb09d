"""Findings as a table: CSV for a spreadsheet, Markdown for a page or a message."""

from __future__ import annotations

import csv
import re
import sys
from typing import TYPE_CHECKING, Any

from nianbao.findings import Source
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.checks.prose.accounts import Number
    from nianbao.findings import Finding
    from nianbao.job_id import ReportId
    from nianbao.run.results import Checked

    Numbers = Mapping[ReportId, tuple[Number, ...]]

COLUMNS = (
    "report", "title", "id", "severity", "code", "kind", "place", "file", "line", "cell", "found", "expected", "action",
    "accepted",
)  # fmt: skip
SHOWN = ("severity", "code", "kind", "place", "source", "found", "expected", "action")
BOM = "\ufeff"  # without it Excel takes UTF-8 for the encoding of the country
_FORMULA = tuple("=+-@\t\r")  # what a spreadsheet would reckon with
_SIGNED = re.compile(r"[+-][0-9]+(\.[0-9]+)?[\u4e00-\u9fff%]*")


def print_csv(checked: Checked, numbers: Numbers) -> None:
    """One row a finding, with `COLUMNS` as head, on stdout; a report without findings has no row.

    ``numbers`` are those of the text that are to be listed as well, by the reports that they stand in.
    """
    print_rows([say(name) for name in COLUMNS], _rows(checked, numbers))


def print_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows below their head as CSV, on stdout."""
    print(BOM, end="")
    to = csv.writer(sys.stdout, lineterminator="\n")
    to.writerow(head)
    to.writerows(map(_plain, row) for row in rows)


def print_markdown(checked: Checked, numbers: Numbers) -> None:
    """A heading a report, and below it a table of its findings, on stdout; ``numbers`` as for CSV."""
    of_report: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in _rows(checked, numbers):
        of_report.setdefault((str(row[0]), str(row[1])), []).append(row)
    for verdict in checked.verdicts:
        of_report.setdefault((str(verdict.id), verdict.title), [])
    for (report, title), rows in of_report.items():
        shown = []
        for one in rows:
            known = dict(zip(COLUMNS, one, strict=True))
            known["source"] = Source(known["file"], known["line"], known["cell"]) if known["file"] else ""
            known["found"] = f"{known['found']}（已接受：{known['accepted']}）" if known["accepted"] else known["found"]
            shown.append([str(known[name]) for name in SHOWN])
        print_table(f"{report} {title}".strip() or "params/", [say(name) for name in SHOWN], shown, say("no findings"))


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], none: str) -> None:
    """A heading in Markdown, and below it the rows as a table, or what is said where there are ``none``; on stdout."""
    print(f"## {_cell(title)}\n")
    if rows:
        print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(_cell, row))} |")
    print("" if rows else f"{none}\n")


def _rows(checked: Checked, numbers: Numbers) -> Iterator[tuple[Any, ...]]:
    """The values of `COLUMNS` for each finding, and for each number."""
    for fault in checked.faults:
        yield _row("", "", fault)
    for verdict in checked.verdicts:
        report, title = str(verdict.id), verdict.title
        for finding in verdict.shown:
            yield _row(report, title, finding)
        for one in numbers.get(verdict.id, ()):
            where = (one.place, one.source.file, one.source.line, None) if one.source else (one.place, "", None, None)
            shown = f"{one.text}：“{one.sentence}”"
            yield report, title, "", "", "", one.how.value, *where, shown, one.origin or one.placeholder, "", ""


def _row(report: str, title: str, one: Finding) -> tuple[Any, ...]:
    where = (one.source.file, one.source.line, one.source.cell) if one.source else ("", None, None)
    about = (one.id, one.severity, one.code, one.title, one.place)
    return report, title, *about, *where, one.found, one.expected, one.action, one.accepted


def _plain(value: object) -> str:
    """A cell that no spreadsheet takes for a formula; a number with its sign, and its unit, is none."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _SIGNED.fullmatch(text) else text


def _cell(text: str) -> str:
    r"""A text in a Markdown table: signs that would be markup are escaped, a line break is ``<br>``."""
    for sign in "\\`*_[]<>|#~$":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "<br>")
