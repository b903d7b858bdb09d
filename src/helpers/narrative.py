"""narrative.md → the passages of the report: sandboxed placeholders, then Markdown, then HTML.

The template language is Jinja's, cut down by a white list of its syntax: names, lookups, comparisons, sums, ``if`` and
``set``. Every name is resolved before anything runs, in branches that are not taken as well, so that a typo is found
with its line. Values remember where they came from, and so does the text they end up in.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from helpers import markdown
from helpers.findings import Finding, Source, nearest
from helpers.lookup import UnknownLabel
from helpers.placeholders import FILTERS, FUNCTIONS, TESTS, Absent, Unusable, scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.report import Report
    from helpers.statute import Section

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg, nodes.If,
    nodes.CondExpr, nodes.Assign, nodes.Call, nodes.Dict, nodes.Pair,
)  # fmt: skip
_HEADING = re.compile(r"^ {0,3}(#{1,2})\s+(.*?)(?:\s+#+)?\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_WIDE_BRACES = re.compile(r"｛[｛%]|[｝%]｝")
_WIDE_SIGNS = re.compile(r"\{[{%][^}]*[“”‘’，（）｜＝＋－＞＜][^}]*[%}]\}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of the report's text.

    ``heading`` is printed as the bureau wrote it; ``own`` tells its own words from the computed lead sentence;
    ``values`` are the numbers in it as (text, where the number came from).
    """

    section: Section | None
    heading: str
    markdown: str
    html: str
    own: bool
    line: int
    values: tuple[tuple[str, str], ...] = ()

    @property
    def numeral(self) -> str:
        return self.section.numeral if self.section else ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """The report's text: title, preamble and the sections that are printed, in order."""

    title: str
    title_source: Source
    preamble: Passage
    sections: tuple[Passage, ...]
    faults: tuple[Finding, ...]


def compose(report: Report) -> Narrative:
    """The whole text of one report; faults are collected, never raised."""
    faults: list[Finding] = []
    title, preamble, chapters = _split(report, faults)
    renderer = _Renderer(report, faults)
    default = report.format.title.format(机关=report.bureau.name, 年度=report.year)
    if title is not None:
        default = renderer.text(title[1], "narrative.md", title[0])[0].strip()
    passages = []
    for section in report.format.sections:
        line, heading, text = chapters.get(section.numeral, (0, section.heading, ""))
        if text.strip():
            passages.append(renderer.passage(section, heading, text, "narrative.md", line, own=True))
        elif section.lead:
            passages.append(renderer.passage(section, heading, section.lead, f"{report.format.id}.yaml", 0, own=False))
        elif section.table or section.required or section.numeral in chapters:
            passages.append(Passage(section, heading, "", "", own=True, line=line))
    first = renderer.passage(None, "", preamble[1], "narrative.md", preamble[0], own=True)
    source = Source("narrative.md", title[0] if title else None)
    faults.sort(key=lambda fault: fault.source.line or 0 if fault.source else 0)
    return Narrative(default, source, first, tuple(passages), tuple(faults))


Chapter = tuple[int, str, str]


def _split(report: Report, faults: list[Finding]) -> tuple[tuple[int, str] | None, tuple[int, str], dict[str, Chapter]]:
    """Title, preamble and chapters by numeral, each with the line its text starts on."""
    title: tuple[int, str] | None = None
    starts: list[tuple[int, str]] = [(0, "")]
    # Comments are the bureau's own notes: neither read nor published; the lines keep their numbers.
    lines = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), report.narrative).splitlines()
    for number, line in enumerate(lines, 1):
        found = _HEADING.match(line)
        if found and found.group(1) == "##":
            starts.append((number, found.group(2)))
        elif found and title is None and len(starts) == 1:
            title = (number, found.group(2))
            starts[0] = (number, "")
        elif found:
            _no_place(faults, number, found.group(2), "标题只写一次，在文件开头", "改用 ## 或 ###")
    known = {section.numeral: section for section in report.format.sections}
    chapters: dict[str, Chapter] = {}
    bodies = [(begin, heading, "\n".join(lines[begin : (starts[i + 1][0] - 1) if i + 1 < len(starts) else None]))
              for i, (begin, heading) in enumerate(starts)]  # fmt: skip
    for begin, heading, text in bodies[1:]:
        numeral = heading.partition("、")[0]
        if numeral not in known:
            expected = "、".join(section.heading for section in known.values())
            _no_place(faults, begin, heading, expected, "以章节序号开头，如 ## 一、总体情况")
        elif numeral in chapters:
            _no_place(faults, begin, heading, f"“{numeral}、”只出现一次（第{chapters[numeral][0]}行已有）", "合并或改正序号")
        else:
            chapters[numeral] = (begin, heading, text)
    return title, (bodies[0][0], bodies[0][2]), chapters


def _no_place(faults: list[Finding], line: int, heading: str, expected: str, action: str) -> None:
    faults.append(Finding("F304", heading or "（空标题）", Source("narrative.md", line), f"“{heading}”", expected, action))


class _Renderer:
    """Renders the passages of one report, collecting faults and where each printed value came from."""

    def __init__(self, report: Report, faults: list[Finding]) -> None:
        self.report, self.faults = report, faults
        self.values: list[tuple[str, str]] = []
        self.scope = scope(report)
        self.environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=self._note, trim_blocks=True)
        self.environment.filters = dict(FILTERS)
        self.environment.tests = dict(TESTS)
        self.environment.globals = {}

    def _note(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal, Absent, StrictUndefined)):
            raise Unusable("这里写的不是一个值，印不出来")
        origin = getattr(value, "origin", "")
        if origin:
            self.values.append((str(value), origin))
        return value

    def passage(self, section: Section | None, heading: str, text: str, name: str, line: int, own: bool) -> Passage:
        before = len(self.faults)
        rendered, values = self.text(text, name, line + 1)
        # A text that could not be filled in is never shown, but what else is wrong with it is said at once.
        whole = rendered if before == len(self.faults) and not self.report.faults else text
        html, faults = markdown.to_html(whole, name, line + 1, self.report.folder)
        self.faults.extend(faults)
        heading = self.text(heading, name, line)[0]
        return Passage(section, heading, rendered.strip(), html, own, line, values)

    def text(self, source: str, name: str, line: int) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The source with its placeholders filled; '' and a fault for each thing wrong with it."""
        self.values = []
        if wide := _WIDE_BRACES.search(source):
            at, expected = line + source[: wide.start()].count("\n"), "{{ 名称 }} 或 {% if 条件 %}…{% endif %}"
            self._fault("F301", name, at, f"全角的“{wide.group()}”", expected, "花括号和百分号用半角")
            return "", ()
        if "{" not in source:
            return source, ()
        try:
            tree = self.environment.parse(source)
        except TemplateSyntaxError as error:
            at, found = _syntax(str(error.message), source, error.lineno)
            expected = "{{ 名称 }} 或 {% if 条件 %}…{% endif %}"
            action = "括号、引号、逗号都用半角，成对出现；核对关键字"
            self._fault("F301", name, line + at - 1, found, expected, action)
            return "", ()
        before = len(self.faults)
        for one in _undefined(tree, self.scope):
            found = one.found + (f"：{source.splitlines()[one.line - 1].strip()[:40]}" if one.code == "F301" else "")
            self._fault(one.code, name, line + one.line - 1, found, one.expected, one.action)
        if len(self.faults) > before or self.report.faults:
            return "", ()
        try:
            return self.environment.from_string(source).render(self.scope), tuple(self.values)
        except (Unusable, TemplateError, TypeError, ArithmeticError, AttributeError, LookupError, ValueError) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
            at = line + (frames[-1].lineno or 1) - 1 if frames else line
            found = "这些值不能这样比较或计算"
            if isinstance(error, (Unusable, UndefinedError)):
                found = str(error) if isinstance(error, Unusable) else "有的名称走到这里还没有值"
            self._fault("F303", name, at, found, "数字", "用 {% if %} 先判断，或改写这一句")
            return "", ()

    def _fault(self, code: str, name: str, line: int, found: str, expected: str, action: str) -> None:
        self.faults.append(Finding(code, "正文", Source(name, line), found, expected, action))


def _syntax(message: str, source: str, line: int) -> tuple[int, str]:
    """Where a syntax error is best looked for, and what stands there, with the reason where it is plain."""
    lines = source.splitlines()
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


@dataclass(frozen=True, slots=True)
class _Problem:
    code: str
    line: int
    found: str
    expected: str
    action: str


def _undefined(tree: nodes.Template, names: dict[str, Any]) -> Iterator[_Problem]:
    """Whatever the template uses that is not allowed or not there, wherever it stands."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    yield from _visit(tree, names, own)


def _visit(node: nodes.Node, names: dict[str, Any], own: set[str]) -> Iterator[_Problem]:
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Call) and not _is_function(node)):
        shown = {nodes.For: " {% for %}", nodes.Mul: " *", nodes.Div: " /"}.get(type(node), "")
        expected = "{{ }} 取值、加减、比较，{% if %}、{% set %}"
        line = next((one.lineno for one in (node, *node.find_all(nodes.Node)) if one.lineno), 1)
        yield _Problem("F301", line, f"不支持的写法{shown}", expected, "占比用 |占比(总数)，万用 |万，同比用 |同比(上年值)")
        return
    yield from _misused(node, names)
    if isinstance(node, (nodes.Filter, nodes.Test)):
        known = FILTERS if isinstance(node, nodes.Filter) else TESTS
        if node.name not in known:
            yield _Problem(
                "F302", node.lineno, f"没有“{node.name}”{nearest(node.name, known)}", "、".join(known), "改正名称"
            )
    if isinstance(node, (nodes.Getattr, nodes.Getitem, nodes.Name)):
        yield from _lookup(node, names, own)
        return
    for child in node.iter_child_nodes(exclude=["node"] if isinstance(node, nodes.Call) else None):
        yield from _visit(child, names, own)


def _misused(node: nodes.Node, names: dict[str, Any]) -> Iterator[_Problem]:
    """What is allowed as such but says something else than it seems to."""
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        found, action = f"小数 {node.value}", "把小数写进 report.yaml 的 facts，再引用"
        yield _Problem("F301", node.lineno, found, "整数，或事实的名称", action)
    elif isinstance(node, nodes.CondExpr) and node.expr2 is None:
        yield _Problem("F301", node.lineno, "if 后面没有 else", "甲 if 条件 else 乙", "补上 else，或用 {% if %}…{% endif %}")
    elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name) and node.target.name in names:
        yield _Problem("F301", node.lineno, f"“{node.target.name}”已有所指", "另一个名称", "{% set %} 换一个名称")


def _is_function(node: nodes.Call) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS


def _lookup(node: nodes.Node, names: dict[str, Any], own: set[str]) -> Iterator[_Problem]:
    steps: list[str] = []
    root = node
    while isinstance(root, (nodes.Getattr, nodes.Getitem)):
        key = nodes.Const(root.attr) if isinstance(root, nodes.Getattr) else root.arg
        if not isinstance(key, nodes.Const):
            yield _Problem("F301", root.lineno, "方括号里不是引号括起的名称", '表三["一"]["总计"]', "写出行名和栏名")
            return
        steps.insert(0, str(key.value))
        root = root.node
    if not isinstance(root, nodes.Name):
        yield _Problem("F301", node.lineno, "取值不是从一个名称开始", "名称.名称 或 表三[…][…]", "直接写出名称")
    elif root.name not in own and root.name not in names:
        choices = [*names, *FUNCTIONS]
        yield _Problem(
            "F302", root.lineno, f"没有“{root.name}”{nearest(root.name, choices)}", "、".join(choices), "改正名称"
        )
    elif root.name in FUNCTIONS and root.name not in own:
        found = f"“{root.name}”后面没有括号"
        yield _Problem("F301", root.lineno, found, f'{root.name}({{"名称": 数字, …}}, "件")', "写全，或改用其他名称")
    elif steps and (root.name in own or not hasattr(names[root.name], "verify")):
        found = f"{'.'.join([root.name, *steps])}：“{root.name}”是一个值，后面不能再写名称"
        yield _Problem("F302", root.lineno, found, root.name, f"删去“{root.name}”后面的部分")
    elif root.name in names and hasattr(names[root.name], "verify"):
        try:
            names[root.name].verify(tuple(steps))
        except UnknownLabel as error:
            found = f"{'.'.join([root.name, *steps])}：{error.said}"
            yield _Problem("F302", node.lineno, found, "；".join(error.known[:12]), "改正名称")
