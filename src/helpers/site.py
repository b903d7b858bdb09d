"""``outputs/index.html``: every bureau and year with state, findings and links; works from disk, without scripts."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from helpers.findings import SEVERITIES
from helpers.paths import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from helpers.store import Store

FORMATS = {"html": "网页", "pdf": "PDF", "ipynb": "笔记本", "json": "数据"}


def write(store: Store, states: Mapping[str, str]) -> Path:
    """Write the index of a store.

    Parameters
    ----------
    states : mapping
        ``bureau/year`` of every report there are params for → its state: 已发布, 草稿, 未变, 阻断, 失败 or 待生成.
    """
    reports = {f"{bureau}/{year}": store.manifest(bureau, year) for bureau, year in store.all()}
    groups: dict[str, list[str]] = {}
    for name in sorted(set(reports) | set(states)):
        groups.setdefault(name.partition("/")[0], []).append(name)
    body = "".join(_group(bureau, rows, reports, states) for bureau, rows in groups.items())
    counts = Counter(_state(reports.get(name), states.get(name, "")) for name in sorted(set(reports) | set(states)))
    summary = "，".join(f"{state} {count}" for (state, _), count in counts.most_common())
    page = (TEMPLATES / "index.html").read_text("utf-8").replace("<!--summary-->", summary).replace("<!--body-->", body)
    path = store.root / "index.html"
    partial = path.with_suffix(".partial")
    partial.write_text(page, "utf-8")
    partial.replace(path)
    return path


def _group(bureau: str, rows: list[str], reports: Mapping[str, Any], states: Mapping[str, str]) -> str:
    title = next((reports[name]["bureau_name"] for name in reversed(rows) if reports.get(name)), bureau)
    lines = "".join(_row(name, reports.get(name), states.get(name, "")) for name in reversed(rows))
    head = f"{escape(title)} <small>{escape(bureau)}</small>"
    return f'<tbody><tr class="bureau"><th colspan="6" scope="rowgroup">{head}</th></tr>{lines}</tbody>'


def _state(manifest: Mapping[str, Any] | None, state: str) -> tuple[str, str]:
    """What a reviewer is told of a report, and its class; ``state`` is '' when its params are gone."""
    if not state:
        return "参数已不在", "gone"
    if manifest is None:
        return (state, "bad") if state in {"阻断", "失败"} else ("未生成", "gone")
    if state in {"阻断", "失败", "待生成", "待核查", "已过期"}:
        return "已过期", "bad"
    return ("草稿", "draft") if manifest["draft"] or "beside" in manifest else ("已发布", "good")


def _row(name: str, manifest: Mapping[str, Any] | None, known: str) -> str:
    year = name.partition("/")[2]
    state, kind = _state(manifest, known)
    links, title, day, findings = "", "", "", ""
    if manifest:
        files = [file for file in manifest["outputs"] if file.startswith("report")]
        links = " ".join(_link(name, file) for kind_ in FORMATS for file in files if file.endswith(f".{kind_}"))
        title, day = manifest["title"], manifest["date"] or ""
        counts = Counter(SEVERITIES[code[0]] for code in manifest["findings"])
        findings = (
            "　".join(f"{severity} {counts[severity]}" for severity in SEVERITIES.values() if counts[severity]) or "无"
        )
    return (
        f'<tr><th scope="row">{year}</th><td class="title">{escape(title)}</td><td class="{kind}">{state}</td>'
        f"<td>{findings}</td><td>{day}</td><td>{links}</td></tr>"
    )


def _link(name: str, file: str) -> str:
    draft = "草稿" if "-draft." in file else ""
    return f'<a href="{escape(name)}/{escape(file)}">{draft}{FORMATS[file.rpartition(".")[2]]}</a>'
