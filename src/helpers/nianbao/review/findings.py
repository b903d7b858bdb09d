"""``outputs/findings.html``: the words of the findings that outputs/index.html counts, one section a report or run.

It holds what was found when a report was published, what was found in the draft beside it, what keeps it from being
published anew, and what the last check found beside the reports of other bureaus. What is without findings has no section. A
small script filters the page by words and by severity; without scripts all of it is there, and the controls are hidden. End
tags that are optional in HTML are left out.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from nianbao.findings import Severity, tally
from nianbao.review.dress import dressed
from nianbao.run import seal
from nianbao.run.job import in_order
from nianbao.run.manifest import STEMS
from nianbao.run.store.store import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store

BODY, SUMMARY, CHOICES = "<!--body-->", "<!--summary-->", "<!--choices-->"
DRAFT, NOW = "草稿", "现在"

Section = tuple[str, Counter[Severity]]
"""The HTML of a report's section, and how many findings of each severity stand in it."""


def address(one: JobId) -> str:
    """The link to the section of a report or run."""
    return f"{FINDINGS}#{quote(str(one))}"


def section(store: Store, one: JobId, made: Manifest | None, verdict: Verdict | None, now: Verdict | None) -> Section:
    """The findings of a report or run as it is published, or as it was last checked where nothing is; blank without any.

    ``now`` is the verdict that keeps what is published from being made anew.
    """
    own = [each.finding for each in made.findings] if made else verdict.findings if verdict else []
    shown = in_order(own, verdict.across if verdict else ())
    drafted = [each.finding for each in made.beside.findings] if made and made.beside else []
    title = made.title if made else verdict.title if verdict else ""
    html = _part(store, one, title, made, shown) + _part(store, one, f"{title}：{DRAFT}", made and made.beside, drafted)
    html += _part(store, one, f"{title}：{NOW}", None, now.findings if now else ())
    counts = Counter(each.severity for each in (*shown, *drafted, *(now.findings if now else ())))
    return (f'<section id="{escape(str(one))}">{html}</section>\n' if html else "", counts)


def write(store: Store, sections: Sequence[Section]) -> str:
    """Write the page of these sections; returns where it is."""
    counts = sum((counts for _, counts in sections), Counter[Severity]())
    page = dressed(FINDINGS)
    for part, text in (
        (SUMMARY, f"{sum(bool(html) for html, _ in sections)} 份：{tally(counts.elements())}" if counts else "没有核查发现"),
        (CHOICES, "".join(_choice(one, counts[one]) for one in Severity if counts[one])),
        (BODY, "".join(html for html, _ in sections)),
    ):
        page = page.replace(part, text)
    return store.write_index(seal.sealed(f"{page}{seal.HTML}{seal.BLANK} -->\n", seal.HTML), FINDINGS)


def _choice(one: Severity, count: int) -> str:
    return f'<label><input type="checkbox" name="s" value="{one.code}" checked>{one} {count}</label>'


def _part(store: Store, one: JobId, title: str, made: Manifest | None, findings: Sequence[Finding]) -> str:
    """Findings below the title that they are of, which is a link to its page; '' without any."""
    if not findings:
        return ""
    page = f"{STEMS[made.state]}.html" if made else ""
    named = f"{escape(title)} <small>{escape(str(one))}</small>"
    if made and "html" in made.formats:
        named = f'<a href="{quote(store.address(one, page))}">{named}</a>'
    return f"<h2>{named} <small>{tally(each.severity for each in findings)}</small></h2><ul>{_items(findings)}</ul>"


def _items(findings: Iterable[Finding]) -> str:
    return "".join(f'<li class="{one.severity.code}">{_item(one)}' for one in findings)


def _item(finding: Finding) -> str:
    head, end, rest = escape(str(finding), quote=False).partition("\n")
    return f"<b>{head}</b>{end}{rest}"
