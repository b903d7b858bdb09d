"""A template filled in as far as it can be read, by Jinja's sandbox; whatever is wrong with it is found at once."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, UndefinedError

from nianbao.characters import LOST
from nianbao.narrative import sandbox
from nianbao.narrative.placeholders import TAG, lost, spelt
from nianbao.narrative.sandbox import Refused
from nianbao.narrative.template import NOT_A_NUMBER, SYNTAX, Problem, problems, unparsed
from nianbao.narrative.values import Dependent, Unread, Unusable
from nianbao.textfile import MOST_FAULTS, TOO_MUCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.narrative.values import Printed

_WIDE_BRACES = re.compile(r"[{｛]｛|｛[{%]|[｝%}]｝|｝\}")
# What stands in braces on a line, as far as they are there.
_IN_BRACES = re.compile(r"[{｛][{｛%][^\n{}｛｝]*(?:[}｝%][}｝])?|[}｝%][}｝]")
_SET = re.compile(r"\{%-?\s*set\s+(\w+)")
_OPENED = re.compile(r"\{[{%]")
# Many times as many and as long as any report has.
MOST_TAGS, LONGEST_TAG = 1_000, 3_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A template's text with its placeholders filled in, the values printed in it, and what is wrong with it.

    `LOST` stands for each placeholder that could not be read, and for the whole text where nobody knows what it would print.
    """

    text: str = ""
    values: tuple[Printed, ...] = ()
    problems: tuple[Problem, ...] = ()


def fill(source: str, names: dict[str, Any]) -> Filled:
    """Fill in a template from the names; all of its problems are found at once."""
    if too_much := _too_much(source):
        return Filled(LOST, problems=(too_much,))
    outside, source = _outside(source, names)
    if "{" not in source:
        return Filled(source, problems=outside)
    try:
        filled = _filled(spelt(source, names), names)
    except (RecursionError, SyntaxError, ValueError, OverflowError):
        at = _line(source, _OPENED.search(source))
        problem = Problem(SYNTAX, at, "占位符写得太长，或嵌套太深", "短的占位符", "拆成几个，或先算好再写")
        filled = Filled(LOST, (), (problem,))
    return replace(filled, problems=(*outside, *filled.problems)) if outside else filled


def _outside(source: str, names: dict[str, Any]) -> tuple[tuple[Problem, ...], str]:
    """The problems of braces that are wide or lost, and the source with `LOST` in the place of what they hold."""
    wrong, expected = [], "{{ 名称 }} 或 {% if 条件 %}…{% endif %}"
    if _WIDE_BRACES.search(source):
        wide = [(found, sign) for found in _IN_BRACES.finditer(source) if (sign := _WIDE_BRACES.search(found.group()))]
        for found, sign in wide[: MOST_FAULTS + 1]:
            shown = f"全角的“{sign.group()}”"
            wrong.append(Problem(SYNTAX, _line(source, found), shown, expected, "花括号和百分号用半角"))
        source = _without(source, (found.span() for found, _ in wide))
    there = list(islice(lost(source, names), MOST_FAULTS + 1))
    for (start, _), text, written in there:
        line, said = source.count("\n", 0, start) + 1, f"占位符不完整，会当作文字印出：{text[:40]}"
        wrong.append(Problem(SYNTAX, line, said, written, "补上花括号；确是文字的换一种写法"))
    return tuple(wrong), _without(source, (span for span, _, _ in there)) if there else source


def _without(source: str, spans: Iterable[tuple[int, int]]) -> str:
    """The source with `LOST`, and the line breaks that stood there, in the place of each span."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [source[at:start], LOST, "\n" * source.count("\n", start, end)]
            at = end
    return "".join((*pieces, source[at:]))


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


def _placeholders(source: str) -> list[re.Match[str]]:
    return [tag for tag in TAG.finditer(source) if tag.group().startswith("{{")]


def _filled(source: str, names: dict[str, Any]) -> Filled:
    wrong = problems(source, names, source)
    if not wrong:
        return _run(source, names)
    # Each placeholder by itself, so that one that cannot be read hides no other.
    known = names | dict.fromkeys(_SET.findall(source), Unread())
    alone = [(tag, problems(tag.group(), known, source, _line(source, tag) - 1)) for tag in _placeholders(source)]
    rest = _without(source, (tag.span() for tag, found in alone if found))
    if unparsed(source):
        wrong = [one for _, found in alone for one in found] + problems(rest, names, source)
    if unparsed(rest) or problems(rest, names, source):
        return Filled(LOST, (), tuple(wrong))  # a statement is broken
    filled = _run(rest, names)
    return replace(filled, problems=(*wrong, *filled.problems))


def _run(source: str, names: dict[str, Any]) -> Filled:
    """What a template prints; a placeholder whose value cannot be read or used is left out, and the rest is run again."""
    filled, line = _rendered(source, names)
    if line is None:
        return filled
    alone = [(tag, _rendered(tag.group(), names)) for tag in _placeholders(source)]
    source = _without(source, (tag.span() for tag, (one, at) in alone if at and not one.problems))
    wrong: list[Problem] = []
    while True:
        filled, line = _rendered(source, names)
        if line is None:
            return replace(filled, problems=tuple(wrong))
        wrong += filled.problems
        tags = [tag for tag in _placeholders(source) if _line(source, tag) == line]
        unused = [tag.span() for tag in tags if _rendered(tag.group(), names)[1]]
        if not unused or len(wrong) > MOST_FAULTS:
            return Filled(LOST, (), tuple(wrong))
        source = _without(source, unused)


def _rendered(source: str, names: dict[str, Any]) -> tuple[Filled, int | None]:
    """What a template prints, or the problem of a value in it and its line; none of a value that could not be read."""
    try:
        return Filled(*sandbox.run(source, names)), None
    except Dependent as error:
        return Filled(LOST), _line_of(error)
    except Refused as error:
        line = _line_of(error)
        return Filled(LOST, (), (Problem(error.kind, line, error.found, error.expected, error.action),)), line
    except (Unusable, TemplateError, TypeError, ArithmeticError, AttributeError, LookupError, ValueError) as error:
        line, is_undefined = _line_of(error), isinstance(error, UndefinedError)
        found = "有的名称走到这里还没有值" if is_undefined else "这些值不能这样比较或计算"
        why = error if isinstance(error, Unusable) else Unusable(found)
        return Filled(LOST, (), (Problem(NOT_A_NUMBER, line, str(why), why.expected, why.action),)), line


def _line_of(error: Exception) -> int:
    """The template's line that was running."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (frames[-1].lineno if frames else None) or 1
