"""The template language of narrative.md: the part of Jinja's syntax that is listed here, run in Jinja's sandbox.

It has names, lookups, comparisons, sums, ``if`` and ``set``. Every name is resolved before the template runs, also in
branches that are not taken, so that a typo is reported with its line.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, nodes

from nianbao.findings import Kind, Severity, nearest
from nianbao.narrative import sandbox
from nianbao.narrative.names import FILTERS, FUNCTIONS, TESTS
from nianbao.narrative.placeholders import lost, spelt
from nianbao.narrative.sandbox import Refused
from nianbao.narrative.values import Unusable
from nianbao.statute.names import UnknownLabel
from nianbao.textfile import MOST_FAULTS, TOO_MUCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.narrative.values import Printed

SYNTAX = Kind("F301", Severity.FAULT, "正文模板语法错误")
UNKNOWN_NAME = Kind("F302", Severity.FAULT, "名称未定义")
NOT_A_NUMBER = Kind("F303", Severity.FAULT, "值不能参与计算")

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg, nodes.If,
    nodes.CondExpr, nodes.Assign, nodes.Call, nodes.Dict, nodes.Pair,
)  # fmt: skip
_WIDE_BRACES = re.compile(r"[{｛]｛|｛[{%]|[｝%}]｝|｝\}")
_WIDE_SIGNS = re.compile(r"\{[{%][^}]*[“”‘’，（）｜＝＋－＞＜][^}]*[%}]\}")
_OPENED = re.compile(r"\{[{%]")
# Many times as many and as long as any report has.
MOST_TAGS, LONGEST_TAG = 1_000, 3_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a template: its kind, its line in the template (from 1), and the texts of its finding."""

    kind: Kind
    line: int
    found: str
    expected: str
    action: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A template's text with its placeholders filled in, and the values printed in it; '' when it has problems."""

    text: str = ""
    values: tuple[Printed, ...] = ()
    problems: tuple[Problem, ...] = ()


def fill(source: str, names: dict[str, Any], run: bool = True) -> Filled:
    """Fill in a template from the names; when ``run`` is false, only find its problems."""
    if too_much := _too_much(source):
        return Filled(problems=(too_much,))
    if wide := _WIDE_BRACES.search(source):
        at, expected = source[: wide.start()].count("\n") + 1, "{{ 名称 }} 或 {% if 条件 %}…{% endif %}"
        return Filled(problems=(Problem(SYNTAX, at, f"全角的“{wide.group()}”", expected, "花括号和百分号用半角"),))
    missing = tuple(
        Problem(SYNTAX, line, f"占位符不完整，会当作文字印出：{text[:40]}", written, "补上花括号；确是文字的换一种写法")
        for line, text, written in islice(lost(source, names), MOST_FAULTS + 1)
    )
    if "{" not in source or missing:
        return Filled("" if missing else source, problems=missing)
    try:
        return _filled(spelt(source, names), names, run)
    except (RecursionError, SyntaxError, ValueError, OverflowError):
        at = _line(source, _OPENED.search(source))
        return Filled(problems=(Problem(SYNTAX, at, "占位符写得太长，或嵌套太深", "短的占位符", "拆成几个，或先算好再写"),))


def _too_much(source: str) -> Problem | None:
    """The problem of a text with too many placeholders, or with one that is too long; both would take long to understand."""
    for count, opened in enumerate(_OPENED.finditer(source), 1):
        end = "}}" if opened.group() == "{{" else "%}"
        if count > MOST_TAGS:
            found, expected = f"到这里已有{MOST_TAGS}多个占位符", f"一章最多{MOST_TAGS}个"
            return Problem(TOO_MUCH, _line(source, opened), found, expected, "核对花括号；确有这么多的，分成几章")
        begin = opened.end()
        if len(source) - begin > LONGEST_TAG and source.find(end, begin, begin + LONGEST_TAG) < 0:
            found, expected = f"“{source[opened.start() : begin + 30]}”没有结束", f"{LONGEST_TAG}个字符之内有 {end}"
            return Problem(SYNTAX, _line(source, opened), found, expected, "补上花括号；太长的拆成几个，或先算好再写")
    return None


def _line(source: str, found: re.Match[str] | None) -> int:
    return source.count("\n", 0, found.start()) + 1 if found else 1


def _filled(source: str, names: dict[str, Any], run: bool) -> Filled:
    try:
        sandbox.tree(source)
    except TemplateSyntaxError as error:
        at, found = _syntax(str(error.message), source, error.lineno)
        action = "括号、引号、逗号都用半角，成对出现；核对关键字"
        return Filled(problems=(Problem(SYNTAX, at, found, "{{ 名称 }} 或 {% if 条件 %}…{% endif %}", action),))
    lines = source.split("\n")
    problems = tuple(
        replace(one, found=f"{one.found}：{lines[one.line - 1].strip()[:40]}") if one.kind is SYNTAX else one
        for one in islice(_undefined(source, names), MOST_FAULTS + 1)
    )
    if problems or not run:
        return Filled(problems=problems)
    return _rendered(source, names)


def _rendered(source: str, names: dict[str, Any]) -> Filled:
    try:
        return Filled(*sandbox.run(source, names))
    except Refused as error:
        return Filled(problems=(Problem(error.kind, _line_of(error), error.found, error.expected, error.action),))
    except (Unusable, TemplateError, TypeError, ArithmeticError, AttributeError, LookupError, ValueError) as error:
        found = "这些值不能这样比较或计算"
        if isinstance(error, (Unusable, UndefinedError)):
            found = str(error) if isinstance(error, Unusable) else "有的名称走到这里还没有值"
        action = "用 {% if %} 先判断，或改写这一句"
        return Filled(problems=(Problem(NOT_A_NUMBER, _line_of(error), found, "数字", action),))


def _line_of(error: Exception) -> int:
    """The template's line that was running."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (frames[-1].lineno if frames else None) or 1


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
