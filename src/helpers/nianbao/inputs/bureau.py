"""bureau.yaml: the bureau, the bureau above it, the notebook that makes its reports, and their output formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import formatnames
from nianbao.characters import LOST
from nianbao.findings import Finding, nearest
from nianbao.inputfiles import InputFiles, limit_of
from nianbao.inputs.contract import BureauParams
from nianbao.inputs.naming import FILE, ids_of
from nianbao.paths import NOTEBOOK
from nianbao.textfile import mentions
from nianbao.yamlfile import BAD_VALUE, read_yaml
from nianbao.yamltyped import typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nianbao.yamlfile import YamlFile

KEYS = ("parent", "notebook", "formats")


@dataclass(frozen=True, slots=True)
class Links:
    """What a bureau.yaml refers to: the id of the bureau above, the notebook, the faults of both, and output formats.

    ``formats`` are the names of those that the kit knows; `BureauParams` says that others are none. A notebook that is named
    and cannot be used is ``None`` and ``names_notebook``.
    """

    parent: str = ""
    notebook: Path | None = None
    names_notebook: bool = False
    faults: tuple[Finding, ...] = ()
    formats: tuple[str, ...] = ()


def read(files: InputFiles, bureau: str) -> tuple[BureauParams | None, list[Finding]]:
    """A bureau, and the faults and notes of its bureau.yaml; ``None`` when the file cannot be used."""
    file = read_yaml(files.root / bureau / FILE, read=files.read)
    about = typed(BureauParams, file)
    return about, [*file.faults, *_links(files.root, bureau, file).faults, *file.notes]


def unread() -> BureauParams:
    """What stands for a bureau whose bureau.yaml cannot be used; nothing that it names is printed."""
    return BureauParams.model_validate({"name": LOST, "short": LOST, "level": "国家"})


def name_of(params: Path, bureau: str) -> str:
    """A bureau's name, or its id when its bureau.yaml has faults."""
    about = typed(BureauParams, _file(params, bureau))
    return about.name if about else bureau


def links_of(params: Path, bureau: str, named: dict[str, list[str]] | None = None) -> Links:
    """What a bureau.yaml refers to; nothing when the file cannot be read, which `read` reports.

    ``named`` keeps the ids of the bureaus named so far, for which every bureau.yaml is looked at.
    """
    # The most files by far have none of the keys; they are not parsed to plan a build.
    if not mentions(params / bureau / FILE, KEYS, InputFiles(params).read):
        return Links()
    return _links(params, bureau, _file(params, bureau), named)


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


def _links(params: Path, bureau: str, file: YamlFile, named: dict[str, list[str]] | None = None) -> Links:
    parent, notebook, faults = _text(file, "parent"), None, []
    ids = _ids(params, parent, {} if named is None else named)
    if found := _no_parent(params, bureau, parent, ids):
        expected, action = "params/ 下另一个机关的编号（文件夹名）或全称", "改正编号或名称；没有上级机关的不写 parent"
        faults.append(Finding(BAD_VALUE, "上级机关", file.source("parent"), found, expected, action))
        ids = []
    parent = ids[0] if ids else ""
    if written := _text(file, "notebook"):
        notebook = params / bureau / written
        if found := _no_notebook(params, notebook):
            expected = f"params/ 或 {NOTEBOOK.parent}/ 之内的一个 .ipynb 文件"
            action = "写相对于 bureau.yaml 的路径；不写则用通用的笔记本"
            faults.append(Finding(BAD_VALUE, "笔记本", file.source("notebook"), f"“{written}”{found}", expected, action))
            notebook = None
    chosen = {*map(str, formatnames.listed(file.data.get("formats")))} & {*formatnames.names()}
    return Links(parent, notebook, bool(written), tuple(faults), formatnames.in_order(chosen))


def _file(params: Path, bureau: str) -> YamlFile:
    return read_yaml(params / bureau / FILE, read=InputFiles(params).read)


def _text(file: YamlFile, key: str) -> str:
    value = file.data.get(key)
    return value if isinstance(value, str) else ""  # `BureauParams` reports what is no text


def _ids(params: Path, parent: str, named: dict[str, list[str]]) -> list[str]:
    """The bureaus that a parent's id or name stands for."""
    if parent and parent not in named:
        named[parent] = [one for one in ids_of(params, parent) if (params / one / FILE).is_file()]
    return named.get(parent, [])


def _no_parent(params: Path, bureau: str, parent: str, ids: list[str]) -> str:
    """What is wrong with a parent; '' for a good one, and for none."""
    if not parent:
        return ""
    if len(ids) != 1:
        several = f"“{parent}”不止一个机关：{'、'.join(ids)}"
        return several if ids else f"“{parent}”不在 params/ 中{nearest(parent, _bureaus(params))}"
    chain = [bureau]
    while ids[0] not in chain:
        chain.append(ids[0])
        ids = _ids(params, _text(_file(params, ids[0]), "parent"), {})
        if len(ids) != 1:  # A parent's own parent is a fault of that bureau's reports.
            return ""
    return f"{' → '.join((*chain, ids[0]))}，上级关系成了循环"


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
        if notebook.stat().st_size > limit_of(notebook):
            return "超过大小的上限"
    except (OSError, ValueError, RuntimeError):  # too long, a NUL inside, a link to itself
        return "不是可用的路径"
    return ""
