"""``outputs/index.html``: every bureau and year with state, findings and links; the page works from disk.

Its language is that of the pages that it lists: English where they are no reports, and none of them is Chinese.
Where nothing could be built yet it is that of the locale.
A small script filters the list by words and by state; without scripts the page shows all reports and hides the controls.
End tags that are optional in HTML are left out, so that ten thousand reports stay within 5 MB.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from nianbao import language
from nianbao.job_id import ReportId, RunId
from nianbao.language import say_in
from nianbao.review import findings
from nianbao.review.dress import dressed
from nianbao.review.lines import BLOCKED_TOO, CLASSES, STALE_TOO, Listed, beside_of, head_of, own_name, row_of
from nianbao.run import seal
from nianbao.run.store.store import FINDINGS
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from nianbao.job_id import JobId
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store

_PART = re.compile("<!--[a-z]+-->")
# An index of reports is Chinese. The script counts the warnings, those across bureaus as well.
_WARNED = '<label><input type="checkbox" name="w" value="警告"><span class="draft">有警告 <b></b></span></label>\n'
_COMPARE = "<p>与上年对照：<code>nianbao diff --with last --format html > 对照.html</code>"
_COMPARE += "，加 <code>--bureau 机关 --year 年度</code> 只看一份，加 <code>--largest 20</code> 只看变化最大的数</p>"
COLUMNS = ("Year", "Title", "State", "Findings", "Date", "Files")


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
    records = {one: made for one, made in (manifests | damaged).items() if made}
    failed = store.failures()
    lost = {*damaged, *(one for one in failed if states.get(one) in {None, State.DUE, State.UNCHECKED})}
    ones = {*manifests, *states, *(one for one in failed if isinstance(one, RunId))}
    told = {one: _state(one, records.get(one), states.get(one), one in lost) for one in ones}
    listed = Listed.of(store, records, is_chinese(told, records, language.is_chinese()))
    heads = {group: _head(group_of, listed, name_of) for group, group_of in _grouped(told).items()}
    rows, sections = {}, []
    for group in _grouped(told).values():
        for one in _in_order(group):
            verdict = store.verdict(one) if isinstance(one, ReportId) else None
            made = records.get(one)
            is_blocked = told[one] is State.STALE and verdict is not None and verdict.is_blocked
            now = verdict if is_blocked and made is not None and made.beside is None else None
            rows[one] = row_of(listed, one, told[one], beside_of(verdict, now), is_blocked)
            sections.append(findings.section(store, one, made, verdict, now))
    if any(html for html, _ in sections) or store.index(FINDINGS) is not None:
        findings.write(store, sections)
    page = page_of(told, heads, rows, listed.chinese)
    return store.write_index(seal.sealed(f"{page}{seal.HTML}{seal.BLANK} -->\n", seal.HTML))


def is_chinese(told: Iterable[JobId], records: Mapping[JobId, Manifest], otherwise: bool) -> bool:
    """Whether an index of these is Chinese: it lists a report, or a Chinese page; without any page ``otherwise``."""
    ones = list(told)
    pages = [records[one].language for one in ones if one in records]
    is_theirs = ones and not any(isinstance(one, ReportId) for one in ones)
    return any(one.startswith("zh") for one in pages) if is_theirs and pages else bool(not is_theirs or otherwise)


def page_of(told: Mapping[JobId, State], heads: Mapping[str, str], rows: Mapping[JobId, str], chinese: bool) -> str:
    """The page without its seal: all of it follows from the states, the lines above the groups, and the rows."""
    say, counts = partial(say_in, chinese), Counter(told.values())
    reports = [one for one in told if isinstance(one, ReportId)]
    runs = len(told) - len(reports)
    size = f"{len({one.bureau for one in reports})} 个机关，{len(reports)} 份报告"
    size += f"，其他笔记本 {runs} 份" if runs else ""
    is_theirs = runs and not reports  # of other notebooks only, and so not about the disclosure of government information
    too = {State.STALE: STALE_TOO, State.BLOCKED: BLOCKED_TOO}
    found = counts + Counter({state: sum(mark in row for row in rows.values()) for state, mark in too.items()})
    words = {state: state.word(chinese) for state in CLASSES if found[state]}
    parts = {
        "lang": "zh-CN" if chinese else "en",
        "title": say("Reports") if is_theirs else "政府信息公开工作年度报告",
        "size": say("{count} listed", count=runs) if is_theirs else size,
        "summary": say(", ").join(f"{word} {counts[state]}" for state, word in words.items() if counts[state]),
        "find": say("Find"),
        "hint": say("title, id or year"),
        "state": say("State"),
        "states": _button(say("All"), "", len(told), "")
        + "".join(_button(word, word, found[state], CLASSES[state]) for state, word in words.items()),
        "years": _years({one.year for one in reports}),
        "warned": _WARNED if reports else "",
        "compare": _COMPARE if len(reports) > len({one.bureau for one in reports}) else "",
        "shown": say("{count} shown"),
        "none": say("nothing fits"),
        "columns": "".join(f'<th scope="col">{say(column)}</th>' for column in COLUMNS),
        "body": "".join(
            "\n".join((heads[group], *(rows[one] for one in _in_order(ones)), "")) for group, ones in _grouped(told).items()
        ),
    }
    page = dressed("index.html")
    for part, text in parts.items():
        page = page.replace(f"<!--{part}-->", text)
    return page


def body_of(page: str) -> str | None:
    """The lines of a page that tell of the reports; ``None`` where it is not made from the template."""
    pieces = _fixed_pieces()
    if not page.startswith(pieces[0]) or not page.endswith(pieces[-1]):
        return None
    _, there, body = page.removesuffix(pieces[-1]).partition(pieces[-2])
    return body if there else None


def _fixed_pieces() -> list[str]:
    """What stands on every index between the parts that depend on the reports."""
    return [piece for piece in _PART.split(dressed("index.html")) if piece]


def _place(one: JobId) -> tuple[bool, tuple[str, ...]]:
    """Reports first, then the runs of other notebooks."""
    return not isinstance(one, ReportId), one.parts


def _state(one: JobId, manifest: Manifest | None, state: State | None, failed: bool) -> State:
    """The state that a reviewer is told.

    ``state`` is ``None`` when the params are gone, or the build was not about it; ``failed`` says that its files are
    damaged, or that it failed when it was built last.
    """
    if state is None and isinstance(one, ReportId):
        return State.ORPHANED
    if state is State.COMPARED:
        return State.COMPARED
    if failed:
        return State.STALE if manifest else State.FAILED
    if manifest is None:
        return state if state in {State.BLOCKED, State.FAILED} else State.ABSENT
    if state in {State.FAILED, State.DUE, State.UNCHECKED}:
        return State.STALE
    if state is State.BLOCKED:
        return State.BLOCKED if manifest.draft else State.STALE
    return State.DRAFT if manifest.draft or (state is State.DRAFT and manifest.beside) else State.PUBLISHED


def _button(label: str, state: str, count: int, kind: str) -> str:
    checked = "" if state else " checked"
    choice = f'<input type="radio" name="s" value="{state}"{checked}>'
    return f'<label>{choice}<span class="{kind}">{label} <b>{count}</b></span></label>'


def _years(years: Collection[int]) -> str:
    """What chooses a year, the latest first; '' where there are not several."""
    options = "".join(f"<option>{year}" for year in sorted(years, reverse=True))
    return f'<label>年度<select name="y"><option value="">全部{options}</select></label>\n' if len(years) > 1 else ""


def _grouped(told: Iterable[JobId]) -> dict[str, list[JobId]]:
    """The jobs of each bureau and of each notebook, in the order of the page."""
    groups: dict[str, list[JobId]] = {}
    for one in sorted(told, key=_place):
        groups.setdefault(one.parts[-2], []).append(one)
    return groups


def _in_order(ones: Sequence[JobId]) -> Sequence[JobId]:
    """The jobs of a group as they stand on the page: of reports the latest year first."""
    return ones[::-1] if isinstance(ones[0], ReportId) else ones


def _head(ones: Sequence[JobId], listed: Listed, name_of: Callable[[str], str]) -> str:
    """The line above a group."""
    own = own_name(ones[0])
    made = [manifest for one in ones if (manifest := listed.records.get(one))]
    if not isinstance(ones[0], ReportId):
        return head_of(listed, ones[0], next((one.notebook for one in made), own))
    return head_of(listed, ones[0], next((one.bureau_name for one in made if one.bureau_name), "") or name_of(own))
