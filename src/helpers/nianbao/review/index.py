"""``outputs/index.html``: every bureau and year with state, findings and links; the page works from disk.

A small script filters the list by words and by state; without scripts the page shows all reports and hides the controls.
End tags that are optional in HTML are left out, so that ten thousand reports stay within 5 MB.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from nianbao.findings import Severity, tally
from nianbao.job_id import ReportId, RunId
from nianbao.render import formats
from nianbao.run import seal
from nianbao.run.manifest import STEMS
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.manifest import Found, Manifest
    from nianbao.run.store.store import Store

_PART = re.compile("<!--[a-z]+-->")
TEMPLATE = Path(__file__).parent / "index.html"
DRAFT = {State.PUBLISHED: "", State.DRAFT: "草稿"}
# The files that every report has besides the formats that were asked for.
ALWAYS = {"ipynb": "笔记本", "json": "数据"}
ACROSS = "机关间警告"
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


def write(store: Store, states: Mapping[JobId, State], name_of: Callable[[str], str] = str) -> str:
    """Write the index of a store; returns where it is.

    Parameters
    ----------
    states : mapping
        The state of every report there are params for, and of the runs just built, as `batch` and `plan` tell it.
    name_of : callable
        The name of a bureau by its id; asked only for those of which nothing is published.
    """
    manifests = {one: store.manifest(one) for one in store.ids()}
    # Files that are not as their manifest says are there all the same, and out of date.
    damaged = {one: record for one, made in manifests.items() if made is None and (record := store.record(one))}
    manifests |= damaged
    told = {
        one: _state(
            one, manifests.get(one), states.get(one), one in damaged or (one not in states and bool(store.failure(one)))
        )
        for one in manifests.keys() | states
    }
    groups = _grouped(told)
    over = runs_over(store, manifests)
    heads = {group: _title(ones, manifests, name_of, over.get(group, ())) for group, ones in groups.items()}
    rows = {one: _row(store, one, manifests.get(one), state, _across(store, one)).strip() for one, state in told.items()}
    return store.write_index(seal.sealed(page_of(told, heads, rows) + f"{seal.HTML}{seal.BLANK} -->\n", seal.HTML))


def page_of(told: Mapping[JobId, State], heads: Mapping[str, str], rows: Mapping[JobId, str]) -> str:
    """The page without its seal: all of it follows from the states, the lines above the groups, and the rows."""
    groups, counts = _grouped(told), Counter(told.values())
    reports = [one for one in told if isinstance(one, ReportId)]
    runs = len(told) - len(reports)
    size = f"{len({one.bureau for one in reports})} 个机关，{len(reports)} 份报告"
    size += f"，其他笔记本 {runs} 份" if runs else ""
    is_theirs = runs and not reports  # of other notebooks only, and so not about the disclosure of government information
    parts = {
        "title": "报告" if is_theirs else "政府信息公开工作年度报告",
        "size": f"{runs} 份" if is_theirs else size,
        "summary": "，".join(f"{state} {counts[state]}" for state in CLASSES if counts[state]),
        "states": _button("全部", "", len(told), "")
        + "".join(_button(state, state, counts[state], kind) for state, kind in CLASSES.items() if counts[state]),
        "body": "".join(
            "\n".join((heads[group], *(rows[one] for one in _in_order(ones)), "")) for group, ones in groups.items()
        ),
    }
    page = TEMPLATE.read_text("utf-8")
    for part, text in parts.items():
        page = page.replace(f"<!--{part}-->", text)
    return page


def body_of(page: str) -> str | None:
    """The lines of a page that tell of the reports; ``None`` where it is not made from the template."""
    pieces = fixed_pieces()
    if not page.startswith(pieces[0]) or not page.endswith(pieces[-1]):
        return None
    _, there, body = page.removesuffix(pieces[-1]).partition(pieces[-2])
    return body if there else None


def fixed_pieces() -> list[str]:
    """What stands on every index between the parts that depend on the reports."""
    return [piece for piece in _PART.split(TEMPLATE.read_text("utf-8")) if piece]


def rows_of(store: Store, one: JobId, manifest: Manifest) -> list[tuple[State, str]]:
    """The row of what was published, in each state that an index may have told of it."""
    first = (
        [State.DRAFT, State.BLOCKED] if manifest.draft else [State.PUBLISHED, *([State.DRAFT] if manifest.beside else [])]
    )
    rows = [(state, _row(store, one, manifest, state).strip()) for state in (*first, State.STALE, State.ORPHANED)]
    trace = store.failure(one)
    # It may have failed since the page was written.
    return rows + [(state, row.removesuffix(link_to_failure(trace)).strip()) for state, row in rows if trace]


def state_of_current(manifest: Manifest) -> State:
    """The state that is told of what is up to date."""
    return State.DRAFT if manifest.draft else State.PUBLISHED


def head_of(one: JobId, name: str, over: Iterable[tuple[str, str]] = ()) -> str:
    """The line above a bureau's reports, with links to what runs ``over`` the bureau, or above the runs of a notebook."""
    pages = over if isinstance(one, ReportId) else ()
    links = (f' <a href="{quote(address)}">{escape(title.removeprefix(name))}</a>' for title, address in pages)
    return f'<tbody><tr><th colspan="6" scope="rowgroup">{_head(one, name)}{"".join(links)}'


def runs_over(store: Store, manifests: Mapping[JobId, Manifest | None]) -> dict[str, list[tuple[str, str]]]:
    """Title and address of the pages that notebooks have made of a bureau, such as its figures of all years, by its id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one, made in sorted((one for one in manifests.items() if isinstance(one[0], RunId)), key=lambda run: run[0].parts):
        page = f"{STEMS[State.PUBLISHED]}.html"
        if made and page in made.outputs:
            found.setdefault(one.parts[-1], []).append((made.title, store.address(one, page)))
    return found


def text_of(text: str) -> str:
    """A text as it stands on the page."""
    return escape(text)


def link_to_failure(trace: str) -> str:
    """The link to the traceback of a failure."""
    return f'<a href="{quote(trace)}">失败原因</a>'


def _head(one: JobId, name: str) -> str:
    own = one.parts[-2]
    if not isinstance(one, ReportId):
        return f"笔记本 {escape(name)}"
    return escape(name) if name == own else f"{escape(name)} <small>{escape(own)}</small>"


def _place(one: JobId) -> tuple[bool, tuple[str, ...]]:
    """Reports first, then the runs of other notebooks."""
    return not isinstance(one, ReportId), one.parts


def _state(one: JobId, manifest: Manifest | None, state: State | None, failed: bool) -> State:
    """The state that a reviewer is told.

    ``state`` is ``None`` when the params are gone, or the build was not about it; ``failed`` says that its files are
    damaged, or that it failed before.
    """
    if state is None and isinstance(one, ReportId):
        return State.ORPHANED
    if failed:
        return State.STALE if manifest else State.FAILED
    if manifest is None:
        return state if state in {State.BLOCKED, State.FAILED} else State.ABSENT
    if state in {State.FAILED, State.DUE, State.UNCHECKED, State.STALE}:
        return State.STALE
    if state is State.BLOCKED:
        return State.BLOCKED if manifest.draft else State.STALE
    return State.DRAFT if manifest.draft or (state is State.DRAFT and manifest.beside) else State.PUBLISHED


def _button(label: str, state: str, count: int, kind: str) -> str:
    checked = "" if state else " checked"
    choice = f'<input type="radio" name="s" value="{state}"{checked}>'
    return f'<label>{choice}<span class="{kind}">{label} <b>{count}</b></span></label>'


def _grouped(told: Iterable[JobId]) -> dict[str, list[JobId]]:
    """The jobs of each bureau and of each notebook, in the order of the page."""
    groups: dict[str, list[JobId]] = {}
    for one in sorted(told, key=_place):
        groups.setdefault(one.parts[-2], []).append(one)
    return groups


def _in_order(ones: Sequence[JobId]) -> Sequence[JobId]:
    """The jobs of a group as they stand on the page: of reports the latest year first."""
    return ones[::-1] if isinstance(ones[0], ReportId) else ones


def _title(
    ones: Sequence[JobId],
    manifests: Mapping[JobId, Manifest | None],
    name_of: Callable[[str], str],
    over: Iterable[tuple[str, str]],
) -> str:
    """The line above a group."""
    own = ones[0].parts[-2]
    made = [manifest for one in ones if (manifest := manifests.get(one))]
    if not isinstance(ones[0], ReportId):
        return head_of(ones[0], next((one.notebook for one in made), own))
    return head_of(ones[0], next((one.bureau_name for one in made if one.bureau_name), "") or name_of(own), over)


def _row(store: Store, one: JobId, manifest: Manifest | None, state: State, across: str = "") -> str:
    title, day, findings, links, label = "", "", "", "", str(state)
    if manifest:
        title, day, findings = manifest.title, manifest.date or "", _findings(manifest.findings)
        links = _links(store, one, manifest)
        if manifest.beside:
            # The row is about what is published; of the draft beside it, which is of later inputs, stands here what it is.
            first = State.STALE if state is State.DRAFT else state
            label = f"{first}；{State.DRAFT} {_findings(manifest.beside.findings)}".replace("\u00a0", " ")
    elif isinstance(one, ReportId) and (verdict := store.verdict(one)):
        title, findings = verdict.title, _findings(verdict.findings)
    if CLASSES[state] == "bad" and (trace := store.failure(one)):
        links += f" {link_to_failure(trace)}"
    # The script reads the state of a row from its cell, unless the cell says more than that.
    known = f' data-s="{state}"' if label != state else ""
    name = f'<tr{known}><th scope="row">{one.parts[-1]}<td>{escape(title)}'
    if not isinstance(one, ReportId):
        name = f'<tr class="run"{known}><th scope="row">{escape(title)} <small>{escape(one.parts[-1])}</small>'
    return f'{name}<td class="{CLASSES[state]}">{label}<td>{findings}{across}<td>{escape(day)}<td>{links.strip()}\n'


def _findings(found: Iterable[Found | Finding]) -> str:
    """``错误 1　提示 2``, gravest first, or 无."""
    return tally((one.severity for one in found), "　").replace(" ", "\u00a0") or "无"


def _across(store: Store, one: JobId) -> str:
    """How many warnings depend on reports of other bureaus; '' without any."""
    verdict = store.verdict(one) if isinstance(one, ReportId) else None
    count = sum(finding.severity is Severity.WARNING for finding in verdict.across) if verdict else 0
    return f"；{ACROSS}\u00a0{count}" if count else ""


def without_across(line: str) -> str:
    """A line without what others can change after it was written."""
    return re.sub(f"；{ACROSS}\u00a0\\d+", "", line)


def _links(store: Store, one: JobId, manifest: Manifest) -> str:
    """Links to what is published, then to the draft of it or beside it."""
    files: Collection[str] = manifest.outputs
    made = dict.fromkeys((*manifest.formats, *(manifest.beside.formats if manifest.beside else ())))
    labels = {name: formats.label(name) for name in made} | ALWAYS
    return " ".join(
        f'<a href="{quote(store.address(one, f"{stem}.{name}"))}">{DRAFT[state]}{label}</a>'
        for state, stem in STEMS.items()
        for name, label in labels.items()
        if f"{stem}.{name}" in files
    )
