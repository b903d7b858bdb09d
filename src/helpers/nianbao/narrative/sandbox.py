"""Jinja's sandbox for the template language: what a template may print, and how much."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nianbao.characters import named, refused_in
from nianbao.narrative.names import FILTERS, TESTS, NarrowedTable
from nianbao.narrative.values import ASKED, Absent, Printed, Unusable
from nianbao.textfile import LONGEST_LINE, REFUSED, TOO_MUCH

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from nianbao.findings import Kind

LONGEST_TEXT = 200_000  # characters that all placeholders together print, more than any report has
_BEHIND_TEXT = re.compile(r"^(?!(?:[ \t]*\{%(?:(?!%\}).)*%\})+$)(.*[^-+\n])%\}$", re.M)
# Jinja would drop {# … #}; no text holds this mark (U+FDD0 is no character) in its place.
_NO_COMMENT = "\ufdd1#"
_MARK = "\ufdd2"  # stands on both sides of a printed value while the template runs; no text holds it either


class Refused(Exception):
    """A template that would print too much, or what nobody sees; with the kind and the texts of its finding."""

    def __init__(self, kind: Kind, found: str, expected: str, action: str) -> None:
        super().__init__(found)
        self.kind, self.found, self.expected, self.action = kind, found, expected, action


@dataclass(slots=True)
class _Run:
    """What the running template has printed: where its values came from, in their order, and how long its texts are."""

    origins: list[str] = field(default_factory=list)
    length: int = 0
    answer: bool | Absent = False  # of the condition that was asked last


_RUN: ContextVar[_Run] = ContextVar("run")


def run(source: str, names: dict[str, Any]) -> tuple[str, tuple[Printed, ...]]:
    """What a template prints, and the values in it.

    Raises
    ------
    Refused
        When it prints too much, or a character that nobody sees.
    """
    running = _Run()
    token, asked = _RUN.set(running), ASKED.set([])
    try:
        return _parted(prepared(source).render(names), running.origins)
    finally:
        _RUN.reset(token)
        ASKED.reset(asked)


def _parted(text: str, origins: list[str]) -> tuple[str, tuple[Printed, ...]]:
    """The text without the marks around its values, and the values with their places in it."""
    pieces = text.split(_MARK)
    values, at = [], 0
    for index, piece in enumerate(pieces):
        if index % 2:
            values.append(Printed(piece, origins[index // 2], at))
        at += len(piece)
    return "".join(pieces), tuple(values)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Sums stay as short as a line: a text that is doubled 36 times would fill the memory."""

    intercepted_binops = frozenset({"+"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, str) and isinstance(right, str) and len(left) + len(right) > LONGEST_LINE:
            found, expected = f"拼成的文字有{len(left) + len(right)}个字符", f"最多{LONGEST_LINE}个字符"
            raise Refused(TOO_MUCH, found, expected, "直接写出文字")
        return super().call_binop(context, operator, left, right)


class _LineBreaks(Extension):
    """Keeps the line break after a tag when its line also holds text; after lines of tags alone Jinja removes it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _BEHIND_TEXT.sub(r"\1+%}", source)


@lru_cache(maxsize=1)
def _environment() -> _Sandbox:
    environment = _Sandbox(
        undefined=StrictUndefined,
        finalize=_note,
        trim_blocks=True,
        extensions=[_LineBreaks],
        comment_start_string=_NO_COMMENT,
        comment_end_string=_NO_COMMENT[::-1],
    )
    environment.filters = {**FILTERS, _DUE: _due, _IS_DUE: _is_due, _ANSWER: _answer}
    environment.tests, environment.globals = dict(TESTS), {}
    return environment


# Filters that no author can write. All take the context, as Jinja runs such ones only while the template runs.
_DUE, _IS_DUE, _ANSWER = "?due", "?is due", "?answer"


@pass_context
def _due(_: Context, value: Any) -> Any:
    """A value; 未填 where one that is still to be filled in had to be true or false for it."""
    asked = ASKED.get()
    found = asked[0] if asked else value
    asked.clear()
    return found


@pass_context
def _is_due(context: Context, value: Any) -> bool:
    """Whether a condition cannot be answered yet; its answer is kept for `_answer`."""
    found = _due(context, value)
    answer = found if isinstance(found, Absent) and found.is_due else bool(found)
    _RUN.get().answer = answer
    return isinstance(answer, Absent)


@pass_context
def _answer(_: Context, __: None) -> bool | Absent:
    """The answer of the condition that was asked last; 未填 where it has none."""
    return _RUN.get().answer


def _filter(name: str, value: nodes.Node) -> nodes.Filter:
    return nodes.Filter(cast("nodes.Expr", value), name, [], [], None, None, lineno=value.lineno)


def _asked(branch: nodes.If) -> tuple[nodes.If, nodes.If]:
    """A branch that prints 未填 where the condition hangs on it, and one with the body where the condition is true."""
    line, last = branch.lineno, branch.body[-1] if branch.body else None
    told: list[nodes.Expr] = [_filter(_ANSWER, nodes.Const(None, lineno=line))]
    if (
        isinstance(last, nodes.Output)
        and isinstance(text := last.nodes[-1], nodes.TemplateData)
        and text.data.endswith("\n")
    ):
        told.append(nodes.TemplateData("\n", lineno=line))  # the branch ends its line
    due = nodes.If(_filter(_IS_DUE, branch.test), [nodes.Output(told, lineno=line)], [], [], lineno=line)
    return due, nodes.If(_filter(_ANSWER, nodes.Const(None, lineno=line)), branch.body, [], [], lineno=line)


def _open(made: nodes.Template) -> nodes.Template:
    """A template that prints 未填 for each placeholder, and for each whole ``if``, that hangs on what is to be filled in."""
    for output in list(made.find_all(nodes.Output)):
        output.nodes = [one if isinstance(one, nodes.TemplateData) else _filter(_DUE, one) for one in output.nodes]
    for assigned in made.find_all(nodes.Assign):
        assigned.node = _filter(_DUE, assigned.node)
    for whole in list(made.find_all(nodes.If)):
        branches = [one for branch in (whole, *whole.elif_) for one in _asked(branch)]
        whole.test, whole.body, whole.elif_ = branches[0].test, branches[0].body, branches[1:]
    return made


@lru_cache(maxsize=64)
def tree(source: str) -> nodes.Template:
    """The template's syntax tree. Raises `TemplateSyntaxError`."""
    return _environment().parse(source)


@lru_cache(maxsize=64)
def prepared(source: str) -> Template:
    """The compiled template; it is cached, because the lead sentences of a format are the same for every report."""
    environment = _environment()
    return environment.from_string(_open(environment.parse(source)))


def _note(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal, Absent, NarrowedTable, StrictUndefined)):
        raise Unusable("这里写的不是一个值，印不出来")
    running = _RUN.get()
    if isinstance(value, str):
        running.length += len(value)
        if running.length > LONGEST_TEXT:
            found = f"到这里各个占位符已印出{running.length}个字符"
            raise Refused(TOO_MUCH, found, f"一章最多{LONGEST_TEXT}个字符", "少印几次，或直接写出文字")
        if "\n" in value or "\r" in value:
            raise Refused(REFUSED, "占位符印出了换行", "一行文字", "在占位符外面另起一行")
        if char := refused_in(value):
            raise Refused(REFUSED, f"用转义写了{named(char)}", "看得见的文字", "删去这个转义")
    origin = getattr(value, "origin", "")
    if not origin:
        return value
    running.origins.append(origin)
    return f"{_MARK}{value!s}{_MARK}"
