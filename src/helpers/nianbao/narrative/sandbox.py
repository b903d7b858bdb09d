"""Jinja's sandbox for the template language: what a template may print, and how much."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nianbao.characters import named, refused_in
from nianbao.narrative.names import FILTERS, TESTS, NarrowedTable
from nianbao.narrative.values import Absent, Printed, Unusable
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


_RUN: ContextVar[_Run] = ContextVar("run")


def run(source: str, names: dict[str, Any]) -> tuple[str, tuple[Printed, ...]]:
    """What a template prints, and the values in it.

    Raises
    ------
    Refused
        When it prints too much, or a character that nobody sees.
    """
    running = _Run()
    token = _RUN.set(running)
    try:
        return _parted(prepared(source).render(names), running.origins)
    finally:
        _RUN.reset(token)


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
    environment.filters, environment.tests, environment.globals = dict(FILTERS), dict(TESTS), {}
    return environment


@lru_cache(maxsize=64)
def tree(source: str) -> nodes.Template:
    """The template's syntax tree. Raises `TemplateSyntaxError`."""
    return _environment().parse(source)


@lru_cache(maxsize=64)
def prepared(source: str) -> Template:
    """The compiled template; it is cached, because the lead sentences of a format are the same for every report."""
    return _environment().from_string(tree(source))


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
