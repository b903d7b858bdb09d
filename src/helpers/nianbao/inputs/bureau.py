"""bureau.yaml: the bureau, the bureau above it, and the notebook that makes its reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import job_id
from nianbao.findings import Finding, nearest
from nianbao.inputs.contract import BureauParams
from nianbao.paths import NOTEBOOK
from nianbao.textfile import mentions
from nianbao.yamlfile import BAD_VALUE, read_yaml, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nianbao.yamlfile import YamlFile

FILE = "bureau.yaml"
KEYS = ("parent", "notebook")


@dataclass(frozen=True, slots=True)
class Links:
    """What a bureau.yaml refers to: the id of the bureau above, the notebook, and the faults of both.

    A notebook that is named and cannot be used is ``None`` and ``names_notebook``.
    """

    parent: str = ""
    notebook: Path | None = None
    names_notebook: bool = False
    faults: tuple[Finding, ...] = ()


def read(params: Path, bureau: str) -> tuple[BureauParams | None, list[Finding]]:
    """A bureau, and the faults and notes of its bureau.yaml; ``None`` when the file cannot be used."""
    file = read_yaml(params / bureau / FILE)
    about = typed(BureauParams, file)
    return about, [*file.faults, *_links(params, bureau, file).faults, *file.notes]


def name_of(params: Path, bureau: str) -> str:
    """A bureau's name, or its id when its bureau.yaml has faults."""
    about = typed(BureauParams, read_yaml(params / bureau / FILE))
    return about.name if about else bureau


def links_of(params: Path, bureau: str) -> Links:
    """What a bureau.yaml refers to; nothing when the file cannot be read, which `read` reports."""
    path = params / bureau / FILE
    # The most files by far have neither key; they are not parsed to plan a build.
    return _links(params, bureau, read_yaml(path)) if mentions(path, KEYS) else Links()


def below(authority: str, parents: Mapping[str, str]) -> list[str]:
    """An authority and all bureaus below it, by the parent of each."""
    children: dict[str, list[str]] = {}
    for bureau, parent in sorted(parents.items()):
        children.setdefault(parent, []).append(bureau)
    found = {authority: None}
    for one in (ahead := [authority]):
        new = [bureau for bureau in children.get(one, ()) if bureau not in found]
        found |= dict.fromkeys(new)
        ahead += new
    return list(found)


def _links(params: Path, bureau: str, file: YamlFile) -> Links:
    parent, notebook, faults = _text(file, "parent"), None, []
    if parent and (found := _no_parent(params, bureau, parent)):
        expected, action = "params/ 下另一个机关的文件夹名", "改正编号；没有上级机关的不写 parent"
        faults.append(Finding(BAD_VALUE, "上级机关", file.source("parent"), found, expected, action))
        parent = ""
    if written := _text(file, "notebook"):
        notebook = params / bureau / written
        if found := _no_notebook(params, notebook):
            expected = f"params/ 或 {NOTEBOOK.parent}/ 之内的一个 .ipynb 文件"
            action = "写相对于 bureau.yaml 的路径；不写则用通用的笔记本"
            faults.append(Finding(BAD_VALUE, "笔记本", file.source("notebook"), f"“{written}”{found}", expected, action))
            notebook = None
    return Links(parent, notebook, bool(written), tuple(faults))


def _text(file: YamlFile, key: str) -> str:
    value = file.data.get(key)
    return value if isinstance(value, str) else ""  # `BureauParams` reports what is no text


def _no_parent(params: Path, bureau: str, parent: str) -> str:
    """What is wrong with a parent; '' for a good one."""
    chain = [bureau]
    while parent and parent not in chain:
        if len(parent) > 100 or not job_id.BUREAU.fullmatch(parent) or not (params / parent / FILE).is_file():
            # A parent's own parent is a fault of that bureau's reports.
            return "" if len(chain) > 1 else f"“{parent}”不在 params/ 中{nearest(parent, _bureaus(params))}"
        chain.append(parent)
        parent = _text(read_yaml(params / parent / FILE), "parent")
    return f"{' → '.join((*chain, parent))}，上级关系成了循环" if parent else ""


def _bureaus(params: Path) -> Iterable[str]:
    return sorted(path.parent.name for path in params.glob(f"*/{FILE}"))


def _no_notebook(params: Path, notebook: Path) -> str:
    """What is wrong with a notebook's path; '' for a good one."""
    homes = (params.resolve(), (params.parent / NOTEBOOK.parent).resolve())
    try:
        if not any(notebook.resolve().is_relative_to(home) for home in homes):
            return "在 params/ 和 notebooks/ 之外"
        if notebook.suffix != ".ipynb" or not notebook.is_file():
            return "不是笔记本文件" if notebook.exists() else "不存在"
    except (OSError, ValueError, RuntimeError):  # too long, a NUL inside, a link to itself
        return "不是可用的路径"
    return ""
