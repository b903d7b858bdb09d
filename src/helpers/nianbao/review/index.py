"""``outputs/index.html``: every bureau and year with state, findings and links; the page works from disk.

A small script filters the list by words and by state; without scripts the page shows all reports and hides the controls.
End tags that are optional in HTML are left out, so that ten thousand reports stay within 5 MB.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from nianbao.findings import tally
from nianbao.render import formats
from nianbao.run.manifest import STEMS
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from nianbao.findings import Severity
    from nianbao.report_id import ReportId
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store

TEMPLATE = Path(__file__).parent / "index.html"
DRAFT = {State.PUBLISHED: "", State.DRAFT: "草稿"}
# The files that every report has besides the formats that were asked for.
ALWAYS = {"ipynb": "笔记本", "json": "数据"}
# The states that the page shows, in the order of its buttons, with their CSS classes.
CLASSES = {
    State.PUBLISHED: "good",
    State.DRAFT: "draft",
    State.STALE: "bad",
    State.BLOCKED: "bad",
    State.FAILED: "bad",
    State.ABSENT: "gone",
    State.ORPHANED: "gone",
}


def write(store: Store, states: Mapping[ReportId, State], name_of: Callable[[str], str] = str) -> str:
    """Write the index of a store; returns where it is.

    Parameters
    ----------
    states : mapping
        The state of every report that has params, as in `Outcome` and `Step`.
    name_of : callable
        Gives a bureau's name by its id; called only for bureaus of which nothing is published.
    """
    manifests = {report: store.manifest(report) for report in store.reports()}
    told = {report: _state(manifests.get(report), states.get(report)) for report in sorted(manifests.keys() | states)}
    groups: dict[str, list[ReportId]] = {}
    for report in told:
        groups.setdefault(report.bureau, []).append(report)
    counts = Counter(told.values())
    parts = {
        "size": f"{len(groups)} 个机关，{len(told)} 份报告",
        "summary": "，".join(f"{state} {counts[state]}" for state in CLASSES if counts[state]),
        "states": _button("全部", "", len(told), "")
        + "".join(_button(state, state, counts[state], kind) for state, kind in CLASSES.items() if counts[state]),
        "body": "".join(_group(store, rows[::-1], manifests, told, name_of) for rows in groups.values()),
    }
    page = TEMPLATE.read_text("utf-8")
    for part, text in parts.items():
        page = page.replace(f"<!--{part}-->", text)
    return store.write_index(page)


def _state(manifest: Manifest | None, state: State | None) -> State:
    """The state that the page shows for a report; ``state`` is ``None`` when its params are gone."""
    if state is None:
        return State.ORPHANED
    if manifest is None:
        return state if state in {State.BLOCKED, State.FAILED} else State.ABSENT
    if state in {State.BLOCKED, State.FAILED, State.DUE, State.UNCHECKED, State.STALE}:
        return State.STALE
    return State.DRAFT if manifest.latest_draft else State.PUBLISHED


def _button(label: str, state: str, count: int, kind: str) -> str:
    checked = "" if state else " checked"
    choice = f'<input type="radio" name="s" value="{state}"{checked}>'
    return f'<label>{choice}<span class="{kind}">{label} <b>{count}</b></span></label>'


def _group(
    store: Store,
    reports: Sequence[ReportId],
    manifests: Mapping[ReportId, Manifest | None],
    told: Mapping[ReportId, State],
    name_of: Callable[[str], str],
) -> str:
    bureau = reports[0].bureau
    title = next((manifest.bureau_name for one in reports if (manifest := manifests.get(one))), "") or name_of(bureau)
    head = escape(title) if title == bureau else f"{escape(title)} <small>{escape(bureau)}</small>"
    lines = "".join(_row(store, one, manifests.get(one), told[one]) for one in reports)
    return f'<tbody><tr><th colspan="6" scope="rowgroup">{head}\n{lines}'


def _row(store: Store, report: ReportId, manifest: Manifest | None, state: State) -> str:
    title, day, findings, links = "", "", "", ""
    if manifest:
        title, day, findings = manifest.title, manifest.date or "", _findings(one.severity for one in manifest.findings)
        links = _links(quote(store.address(report)), manifest)
    elif verdict := store.verdict(report):
        title, findings = verdict.title, _findings(one.severity for one in verdict.findings)
    if CLASSES[state] == "bad" and (trace := store.failure(report)):
        links += f' <a href="{quote(trace)}">失败原因</a>'
    return (
        f'<tr><th scope="row">{report.year}<td>{escape(title)}<td class="{CLASSES[state]}">{state}'
        f"<td>{findings}<td>{escape(day)}<td>{links.strip()}\n"
    )


def _findings(severities: Iterable[Severity]) -> str:
    """``错误 1　提示 2``, gravest first, or 无."""
    return tally(severities, "　").replace(" ", "\u00a0") or "无"


def _links(folder: str, manifest: Manifest) -> str:
    """Links to the published files, then to the files of the draft."""
    files: Collection[str] = manifest.outputs
    made = dict.fromkeys((*manifest.formats, *(manifest.beside.formats if manifest.beside else ())))
    labels = {name: formats.label(name) for name in made} | ALWAYS
    return " ".join(
        f'<a href="{folder}/{stem}.{name}">{DRAFT[state]}{label}</a>'
        for state, stem in STEMS.items()
        for name, label in labels.items()
        if f"{stem}.{name}" in files
    )
