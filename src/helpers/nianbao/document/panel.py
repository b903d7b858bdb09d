"""What a reviewer reads on top of the report: the findings, and where the numbers of the text come from.

It is for drafts and notebooks: a published report has no links in its sentences, which who listens to the page would hear at
every number, and which the website's editor would keep.
"""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.checks.prose.accounts import sentence_of
from nianbao.findings import Finding, Severity, blocks, tally
from nianbao.narrative.names import cell_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.narrative.values import Printed

# The style sheet's class of each severity.
CLASSES = {Severity.FAULT: "F", Severity.ERROR: "E", Severity.WARNING: "W", Severity.NOTE: "I"}


def to_html(findings: Sequence[Finding], report: Report, narrative: Narrative) -> str:
    """The findings in the given order as HTML, with links into the input folder, and the numbers with their sources."""
    if not findings:
        told = '<p class="quiet">没有核查发现。</p>'
    else:
        summary = tally(finding.severity for finding in findings)
        state = "有错误，不得发布；可以生成草稿。" if blocks(findings) else "没有妨碍发布的错误。"
        items = "".join(_item(finding, report.folder) for finding in findings)
        open_ = " open" if blocks(findings) else ""
        told = f'<details class="findings"{open_}><summary>核查发现：{summary}。{state}</summary><ol>{items}</ol></details>'
    return f'<div class="report panel">{told}{_sources(report, narrative)}</div>'


def _sources(report: Report, narrative: Narrative) -> str:
    """Each number that a placeholder has printed, with its sentence and its source, and a link to its cell."""
    items = "".join(_source(report, text.markdown, one) for text in narrative.passages for one in text.values if one.text)
    if not items:
        return ""
    summary = f"正文数字的来源：{items.count('<li>')}处"
    return f'<details class="findings"><summary>{summary}</summary><ol>{items}</ol></details>'


def _source(report: Report, text: str, one: Printed) -> str:
    cell = cell_of(report, one.origin)
    link = f' <a href="#{cell.source.anchor}">看这一格</a>' if cell and cell.source and cell.source.cell else ""
    sentence = sentence_of(text, one.at, one.at + len(one.text))
    return f"<li><b>{escape(one.text)}</b> {escape(one.origin)}{link}<br>{escape(sentence)}</li>"


def _item(finding: Finding, folder: Path) -> str:
    facts = [("实际", finding.found), ("应为", finding.expected), ("处理", finding.action), ("已接受", finding.accepted)]
    body = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
    where = ""
    if finding.source and finding.source.file.endswith(".ipynb"):  # it lies elsewhere
        where = f" {escape(str(finding.source))}"
    elif finding.source:
        path = Path(os.path.relpath(folder / finding.source.file)).as_posix()
        where = f' <a href="{escape(path)}">{escape(str(finding.source))}</a>'
        if finding.source.cell:
            where += f' <a href="#{finding.source.anchor}">看这一格</a>'
    return (
        f'<li class="{CLASSES[finding.severity]}"><b>{finding.severity} {finding.code}</b> {escape(finding.title)}：'
        f"{escape(finding.place)}{where}<dl>{body}</dl></li>"
    )
