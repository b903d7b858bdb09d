"""What a format file contradicts in itself: chapters, tables, equations, codes. Each is a fault with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from nianbao.findings import Finding, nearest
from nianbao.statute.equations import instances
from nianbao.yamlfile import BAD_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.findings import Kind
    from nianbao.statute.contract import FormatContract, SectionContract
    from nianbao.statute.equations import Equation
    from nianbao.statute.tree import Node, Table
    from nianbao.yamlfile import YamlFile


def find(contract: FormatContract, tables: Mapping[str, Table], kinds: Mapping[Kind, str], file: YamlFile) -> None:
    """Add a fault to ``file`` for each contradiction.

    Parameters
    ----------
    tables : mapping
        The tables of the contract by id, as trees.
    kinds : mapping
        The kinds of findings that its identities and bounds declare.
    """
    if contract.id != Path(file.name).stem:
        fault(file, ("id",), "格式编号", f"“{contract.id}”", f"“{Path(file.name).stem}”，与文件名相同", "改编号或文件名")
    if not _is_title(contract.title):
        fault(file, ("title",), "标题", f"“{contract.title}”", "花括号里只有 机关 和 年度", "改正标题")
    _check_sections(contract.sections, contract, file)
    for code, count in Counter(kind.code for kind in kinds).items():
        if count > 1:
            titles = "、".join(kind.title for kind in kinds if kind.code == code)
            fault(
                file, ("tables",), code, f"{code}有{count}种名称：{titles}", "一个编号一种名称", "改编号，或统一名称和说明"
            )
    for key, table in tables.items():
        _check_table(key, table, file)


def _check_sections(sections: list[SectionContract], contract: FormatContract, file: YamlFile) -> None:
    numerals = Counter(one.heading.partition("、")[0] for one in sections)
    for index, one in enumerate(sections):
        numeral = one.heading.partition("、")[0]
        if numerals[numeral] > 1:
            fault(
                file,
                ("sections", index, "heading"),
                "章标题",
                f"“{numeral}、”写了{numerals[numeral]}次",
                "各章序号不同",
                "改序号",
            )
        if one.table and one.table not in contract.tables:
            found, known = f"“{one.table}”不在 tables 中", "、".join(contract.tables)
            fault(file, ("sections", index, "table"), f"{one.heading} 的表", found, known, "改正编号，或补上这张表")
    shown = Counter(one.table for one in sections if one.table)
    for key, table in contract.tables.items():
        if shown[key] != 1:
            found = "没有一章写 table: " + key if not shown[key] else f"{shown[key]}章都写 table: {key}"
            fault(file, ("tables", key), table.name, found, "每张表在一章里", f"在所属的章写 table: {key}")


def _check_table(key: str, table: Table, file: YamlFile) -> None:
    """Add a fault for an equation whose headings are not siblings (it would check nothing), and for a repeated label."""
    named = (
        (table.identities, "identities", "equation"),
        (table.impossible, "impossible", "never"),
        (table.implausible, "plausible", "never"),
    )
    for rules, name, text in named:
        for index, rule in enumerate(rules):
            if not instances(table, rule):
                found = f"“{rule.text}”里的名称不都是{table.name}同一级的行或栏{_stranger(table, rule)}"
                place, expected = f"{rule.kind.code} {rule.kind.title}", "同一级的标签，或其序号，如 一、三（七）"
                fault(file, ("tables", key, name, index, text), place, found, expected, "改正名称")
    for index, part in enumerate(table.parts):
        for what, nodes in (("columns", part.columns), ("rows", part.rows)):
            for label in _twice(nodes):
                place = f"{table.name} {part.title}".strip()
                fault(
                    file,
                    ("tables", key, "parts", index, what),
                    place,
                    f"“{label}”写了两次",
                    "同一级的标签各不相同",
                    "改名或删去",
                )
    known = {node.label for part in table.parts for chain in part.row_chains for node in chain}
    for setting, labels in (("needs_power", tuple(table.needs_power)), ("may_vanish", table.may_vanish)):
        for label in (one for one in labels if one not in known):
            fault(file, ("tables", key, setting), table.name, f"没有“{label}”这一行", "、".join(known), "改正行名")


def _stranger(table: Table, rule: Equation) -> str:
    """``；没有“公示栏”，是否为“公开栏”？`` for a name that no heading of the table has."""
    nodes = [node for part in table.parts for chain in (*part.row_chains, *part.column_chains) for node in chain]
    known = dict.fromkeys(name for node in nodes for name in (node.label, node.key))
    unknown = [term.name for term in rule.terms if not any(term.name.startswith(name) for name in known if name)]
    return f"；没有“{unknown[0]}”{nearest(unknown[0], known)}" if unknown else ""


def _twice(nodes: tuple[Node, ...]) -> Iterator[str]:
    yield from (label for label, count in Counter(node.label for node in nodes).items() if count > 1)
    for node in nodes:
        yield from _twice(node.parts)


def _is_title(text: str) -> bool:
    """Whether a title names 机关 and 年度 only, plainly, in braces that match."""
    try:
        named = [field[1:] for field in Formatter().parse(text) if field[1] is not None]
    except ValueError:
        return False
    return all(name in {"机关", "年度"} and not spec and not conversion for name, spec, conversion in named)


def fault(file: YamlFile, path: tuple[str | int, ...], place: str, found: str, expected: str, action: str) -> None:
    """Add a fault about one place of a format file."""
    file.faults.append(Finding(BAD_VALUE, f"格式文件 · {place}", file.source(*path), found, expected, action))
