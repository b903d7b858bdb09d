"""``outputs/index.html``: every bureau and year with state, findings and links; works from disk.

One small script narrows the list by words and by state; without it the page shows all and hides the controls.
End tags that HTML lets go are left out: that is what keeps ten thousand reports within 5 MB.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from helpers.findings import SEVERITIES
from helpers.paths import TEMPLATES
from helpers.store import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from helpers.store import Store

STEMS = {"report": "", "report-draft": "草稿"}
FORMATS = {"html": "网页", "pdf": "PDF", "ipynb": "笔记本", "json": "数据"}
# What a reviewer is told of a report, in the order of the buttons, and its class.
STATES = {
    "已发布": "good",
    "草稿": "draft",
    "已过期": "bad",
    "阻断": "bad",
    "失败": "bad",
    "未生成": "gone",
    "参数已不在": "gone",
}


def write(store: Store, states: Mapping[str, str], name_of: Callable[[str], str] = str) -> Path:
    """Write the index of a store.

    Parameters
    ----------
    states : mapping
        ``bureau/year`` of every report there are params for → its state, as `batch` and `overview` tell it: 已发布, 草稿,
        未变, 阻断, 失败, 待生成, 待核查 or 已过期.
    name_of : callable
        The name of a bureau by its id; asked only for those of which nothing is published.
    """
    manifests = {f"{bureau}/{year}": store.manifest(bureau, year) for bureau, year in store.all()}
    told = {name: _state(manifests.get(name), states.get(name, "")) for name in sorted(manifests.keys() | states)}
    groups: dict[str, list[str]] = {}
    for name in told:
        groups.setdefault(name.partition("/")[0], []).append(name)
    counts = Counter(told.values())
    parts = {
        "size": f"{len(groups)} 个机关，{len(told)} 份报告",
        "summary": "，".join(f"{state} {counts[state]}" for state in STATES if counts[state]),
        "states": _button("全部", "", len(told), "")
        + "".join(_button(state, state, counts[state], kind) for state, kind in STATES.items() if counts[state]),
        "body": "".join(_group(store, rows[::-1], manifests, told, name_of) for rows in groups.values()),
    }
    page = (TEMPLATES / "index.html").read_text("utf-8")
    for part, text in parts.items():
        page = page.replace(f"<!--{part}-->", text)
    path = store.root / "index.html"
    write_whole(path, page)
    return path


def _state(manifest: Mapping[str, Any] | None, state: str) -> str:
    """What a reviewer is told of a report; ``state`` is '' when its params are gone."""
    if not state:
        return "参数已不在"
    if manifest is None:
        return state if state in {"阻断", "失败"} else "未生成"
    if state in {"阻断", "失败", "待生成", "待核查", "已过期"}:
        return "已过期"
    return "草稿" if manifest["draft"] or "beside" in manifest else "已发布"


def _button(label: str, state: str, count: int, kind: str) -> str:
    checked = "" if state else " checked"
    choice = f'<input type="radio" name="s" value="{state}"{checked}>'
    return f'<label>{choice}<span class="{kind}">{label} <b>{count}</b></span></label>'


def _group(
    store: Store,
    names: Sequence[str],
    manifests: Mapping[str, dict[str, Any] | None],
    told: Mapping[str, str],
    name_of: Callable[[str], str],
) -> str:
    bureau = names[0].partition("/")[0]
    title = next((manifest["bureau_name"] for name in names if (manifest := manifests.get(name))), "") or name_of(bureau)
    head = escape(title) if title == bureau else f"{escape(title)} <small>{escape(bureau)}</small>"
    lines = "".join(_row(store, name, manifests.get(name), told[name]) for name in names)
    return f'<tbody><tr><th colspan="6" scope="rowgroup">{head}\n{lines}'


def _row(store: Store, name: str, manifest: Mapping[str, Any] | None, state: str) -> str:
    bureau, year = name.split("/")
    title, day, findings, links = "", "", "", ""
    if manifest:
        title, day, findings = manifest["title"], manifest["date"] or "", _tally(manifest["findings"])
        links = _links(quote(name), manifest["outputs"])
    elif verdict := store.verdict(bureau, int(year)):
        title, findings = verdict["title"], _tally([finding["code"] for finding in verdict["findings"]])
    if STATES[state] == "bad" and (trace := store.failed(bureau, int(year)) / "traceback.txt").is_file():
        links += f' <a href="{quote(trace.relative_to(store.root).as_posix())}">失败原因</a>'
    return (
        f'<tr><th scope="row">{year}<td>{escape(title)}<td class="{STATES[state]}">{state}'
        f"<td>{findings}<td>{escape(day)}<td>{links.strip()}\n"
    )


def _tally(codes: Sequence[str]) -> str:
    """``错误 1　提示 2``, gravest first, or 无."""
    counts = Counter(code[0] for code in codes)
    return "　".join(f"{severity}\u00a0{counts[kind]}" for kind, severity in SEVERITIES.items() if counts[kind]) or "无"


def _links(folder: str, files: Collection[str]) -> str:
    """Links to what is published, then to the draft of it or beside it."""
    return " ".join(
        f'<a href="{folder}/{stem}.{kind}">{prefix}{label}</a>'
        for stem, prefix in STEMS.items()
        for kind, label in FORMATS.items()
        if f"{stem}.{kind}" in files
    )
