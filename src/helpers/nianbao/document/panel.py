"""The findings as a reviewer reads them, on top of the report."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Severity, blocks, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

# The style sheet's class of each severity.
CLASSES = {Severity.FAULT: "F", Severity.ERROR: "E", Severity.WARNING: "W", Severity.NOTE: "I"}


def to_html(findings: Sequence[Finding], folder: Path) -> str:
    """The findings in the given order as HTML, with links into the input ``folder``; one line when there are none."""
    if not findings:
        return '<div class="report"><p class="quiet">没有核查发现。</p></div>'
    summary = tally(finding.severity for finding in findings)
    state = "有错误，不得发布；可以生成草稿。" if blocks(findings) else "可以发布。"
    items = "".join(_item(finding, folder) for finding in findings)
    open_ = " open" if blocks(findings) else ""
    return (
        f'<div class="report panel"><details class="findings"{open_}><summary>核查发现：{summary}。{state}</summary>'
        f"<ol>{items}</ol></details></div>"
    )


def _item(finding: Finding, folder: Path) -> str:
    facts = [("实际", finding.found), ("应为", finding.expected), ("处理", finding.action), ("已接受", finding.accepted)]
    body = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
    where = ""
    if finding.source:
        path = Path(os.path.relpath(folder / finding.source.file)).as_posix()
        where = f' <a href="{escape(path)}">{escape(str(finding.source))}</a>'
        if finding.source.cell:
            where += f' <a href="#{finding.source.anchor}">看这一格</a>'
    return (
        f'<li class="{CLASSES[finding.severity]}"><b>{finding.severity} {finding.code}</b> {escape(finding.title)}：'
        f"{escape(finding.place)}{where}<dl>{body}</dl></li>"
    )
