"""``outputs/findings.html``: the words of the findings that outputs/index.html counts, one section a report.

It holds what was found when a report was published, and what the last check found beside the reports of other bureaus.
Reports without findings have no section. End tags that are optional in HTML are left out.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.findings import Severity
from nianbao.run import seal
from nianbao.run.batch import findings_of
from nianbao.run.job import in_order
from nianbao.run.store.store import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.findings import Finding
    from nianbao.job_id import ReportId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store

TEMPLATE = Path(__file__).parent / FINDINGS
BODY = "<!--body-->"
LOST = "发布的数据文件不在了，或被人改过，核查发现读不出；可运行 nianbao check。"


def anchor(report: ReportId) -> str:
    """The id of a report's section."""
    return f"{report.bureau}-{report.year}"


def section(store: Store, report: ReportId, made: Manifest | None, verdict: Verdict | None) -> str:
    """The findings of a report as it is published, or as it was last checked where nothing is; '' without any."""
    lost = ""
    try:
        found = findings_of(store, report, made, verdict) if made else verdict.findings if verdict else ()
    except (OSError, ValueError, KeyError, TypeError):
        found, lost = (), f"<p>{LOST}</p>"
    shown = in_order(found, verdict.across if verdict else ())
    if not shown and not lost:
        return ""
    title = made.title if made else verdict.title if verdict else ""
    head = f"<h2>{escape(title)} <small>{report}</small></h2>"
    return f'<section id="{anchor(report)}">{head}{lost}<ul>{_items(shown)}</ul></section>\n'


def write(store: Store, sections: Iterable[str]) -> str:
    """Write the page of these sections; returns where it is."""
    page = TEMPLATE.read_text("utf-8").replace(BODY, "".join(sections))
    return store.write_index(seal.sealed(f"{page}{seal.HTML}{seal.BLANK} -->\n", seal.HTML), FINDINGS)


def _items(findings: Iterable[Finding]) -> str:
    return "".join(f"<li>{_item(one)}" for one in findings)


def _item(finding: Finding) -> str:
    said = escape(str(finding), quote=False)
    return f"<b>{said}</b>" if finding.severity in {Severity.FAULT, Severity.ERROR} else said
