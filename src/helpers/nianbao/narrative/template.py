"""The template language of narrative.md: the part of Jinja's syntax that is listed here; what is wrong with a template.

It has names, lookups, comparisons, sums, ``if`` and ``set``. Every name is resolved before the template runs, also in
branches that are not taken, so that a typo is reported with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes

from nianbao.findings import Kind, Severity, nearest
from nianbao.narrative import sandbox
from nianbao.narrative.names import FILTERS, FUNCTIONS, TESTS
from nianbao.statute.names import UnknownLabel
from nianbao.textfile import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

SYNTAX = Kind("F301", Severity.FAULT, "正文模板语法错误")
UNKNOWN_NAME = Kind("F302", Severity.FAULT, "名称未定义")
NOT_A_NUMBER = Kind("F303", Severity.FAULT, "值不能参与计算")

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg, nodes.If,
    nodes.CondExpr, nodes.Assign, nodes.Call, nodes.Dict, nodes.Pair,
)  # fmt: skip
_WIDE_SIGNS = re.compile(r"\{[{%][^}]*[“”‘’，（）｜＝＋－＞＜][^}]*[%}]\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a template: its kind, its line in the template (from 1), and the texts of its finding."""

    kind: Kind
    line: int
    found: str
    expected: str
    action: str


def problems(text: str, names: dict[str, Any], source: str, above: int = 0) -> list[Problem]:
    """What is wrong with a template, or with one placeholder of a ``source`` that has lines ``above`` it."""
    if error := unparsed(text):
        at, found = _syntax(str(error.message), source, error.lineno + above)
        action = "括号、引号、逗号都用半角，成对出现；核对关键字"
        return [Problem(SYNTAX, at, found, "{{ 名称 }} 或 {% if 条件 %}…{% endif %}", action)]
    lines, wrong = source.split("\n"), []
    for one in islice(_undefined(text, names), MOST_FAULTS + 1):
        line = one.line + above
        shown = f"{one.found}：{lines[line - 1].strip()[:40]}" if one.kind is SYNTAX else one.found
        wrong.append(replace(one, line=line, found=shown))
    return wrong


def unparsed(text: str) -> TemplateSyntaxError | None:
    """The error of a text that is no template."""
    try:
        sandbox.tree(text)
    except TemplateSyntaxError as error:
        return error
    return None


def _syntax(message: str, source: str, line: int) -> tuple[int, str]:
    """The line to show for a syntax error, and what is wrong there, with the reason when it is known."""
    lines = source.split("\n")
    if "looking for" in message and "Unexpected end" in message:
        opened = [number for number, one in enumerate(lines, 1) if "{%" in one]
        return opened[-1] if opened else line, "{% if %} 没有对应的 {% endif %}"
    written = lines[min(line, len(lines)) - 1].strip()
    placeholder = next((one for one in re.findall(r"\{[{%].*?(?:[%}]\}|$)", written) if _WIDE_SIGNS.search(one)), "")
    if placeholder:
        return line, f"占位符里有全角符号：{placeholder}"
    if "unknown tag" in message:
        return line, f"没有这样的语句，或 {{% if %}} 与 {{% endif %}} 不成对：{written[:40]}"
    return line, f"读不懂：{written[:40]}"


def _undefined(source: str, names: dict[str, Any]) -> Iterator[Problem]:
    """A problem for each use of forbidden syntax or of an unknown name, also in branches that are not taken."""
    own, parts = _parts(source)
    for part in parts:
        if isinstance(part, Problem):
            yield part
        elif not isinstance(part, nodes.Assign):
            yield from _lookup(part, names, own)
        elif isinstance(part.target, nodes.Name) and part.target.name in names:
            yield Problem(SYNTAX, part.lineno, f"“{part.target.name}”已有所指", "另一个名称", "{% set %} 换一个名称")


@lru_cache(maxsize=64)
def _parts(source: str) -> tuple[set[str], tuple[Problem | nodes.Node, ...]]:
    """The names that a template sets, and, in its order, forbidden syntax and what has to be looked up.

    They are cached, because the lead sentences of a format are the same for every report.
    """
    tree = sandbox.tree(source)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return own, tuple(_visit(tree))


def _visit(node: nodes.Node) -> Iterator[Problem | nodes.Node]:
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Call) and not _is_function(node)):
        shown = {nodes.For: " {% for %}", nodes.Mul: " *", nodes.Div: " /"}.get(type(node), "")
        expected = "{{ }} 取值、加减、比较，{% if %}、{% set %}"
        line = next((one.lineno for one in (node, *node.find_all(nodes.Node)) if one.lineno), 1)
        yield Problem(SYNTAX, line, f"不支持的写法{shown}", expected, "占比用 |占比(总数)，万用 |万，同比用 |同比(上年值)")
        return
    yield from _misused(node)
    if isinstance(node, (nodes.Filter, nodes.Test)):
        known = FILTERS if isinstance(node, nodes.Filter) else TESTS
        if node.name not in known:
            yield Problem(
                UNKNOWN_NAME, node.lineno, f"没有“{node.name}”{nearest(node.name, known)}", "、".join(known), "改正名称"
            )
    if isinstance(node, (nodes.Getattr, nodes.Getitem, nodes.Name)):
        yield node
        return
    if isinstance(node, nodes.Assign):
        yield node
    for child in node.iter_child_nodes(exclude=["node"] if isinstance(node, nodes.Call) else None):
        yield from _visit(child)


def _misused(node: nodes.Node) -> Iterator[Problem]:
    """A problem for allowed syntax that would not do what its author expects."""
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        found, action = f"小数 {node.value}", "把小数写进 report.yaml 的 facts，再引用"
        yield Problem(SYNTAX, node.lineno, found, "整数，或事实的名称", action)
    elif isinstance(node, nodes.CondExpr) and node.expr2 is None:
        yield Problem(SYNTAX, node.lineno, "if 后面没有 else", "甲 if 条件 else 乙", "补上 else，或用 {% if %}…{% endif %}")


def _is_function(node: nodes.Call) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS


def _lookup(node: nodes.Node, names: dict[str, Any], own: set[str]) -> Iterator[Problem]:
    steps: list[str] = []
    root = node
    while isinstance(root, (nodes.Getattr, nodes.Getitem)):
        key = nodes.Const(root.attr) if isinstance(root, nodes.Getattr) else root.arg
        if not isinstance(key, nodes.Const):
            yield Problem(SYNTAX, root.lineno, "方括号里不是引号括起的名称", '表三["一"]["总计"]', "写出行名和栏名")
            return
        steps.insert(0, str(key.value))
        root = root.node
    if not isinstance(root, nodes.Name):
        yield Problem(SYNTAX, node.lineno, "取值不是从一个名称开始", "名称.名称 或 表三[…][…]", "直接写出名称")
    elif root.name not in own and root.name not in names:
        choices = list(dict.fromkeys((*names, *FUNCTIONS)))
        yield Problem(
            UNKNOWN_NAME, root.lineno, f"没有“{root.name}”{nearest(root.name, choices)}", "、".join(choices), "改正名称"
        )
    elif root.name in FUNCTIONS and root.name not in own:
        found = f"“{root.name}”后面没有括号"
        yield Problem(SYNTAX, root.lineno, found, f'{root.name}({{"名称": 数字, …}}, "件")', "写全，或改用其他名称")
    elif steps and (root.name in own or not hasattr(names[root.name], "verify")):
        found = f"{'.'.join([root.name, *steps])}：“{root.name}”是一个值，后面不能再写名称"
        yield Problem(UNKNOWN_NAME, root.lineno, found, root.name, f"删去“{root.name}”后面的部分")
    elif root.name in names and hasattr(names[root.name], "verify"):
        try:
            names[root.name].verify(tuple(steps))
        except UnknownLabel as error:
            found = f"{'.'.join([root.name, *steps])}：{error.said}"
            yield Problem(UNKNOWN_NAME, node.lineno, found, "；".join(error.known[:12]), "改正名称")
