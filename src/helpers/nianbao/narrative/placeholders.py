"""How people write placeholders: 表3 for 表三, and placeholders that have lost a brace, which would be printed as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.narrative.names import Facts, NarrowedTable
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = re.compile(r"\{\{(?:[^{}]++|\{(?![{%])|\}(?!\}))*\}\}|\{%.*?%\}", re.S)
# Texts in quotes are left alone.
_TABLE = re.compile(r"\"[^\"]*\"|'[^']*'|(?<!\w)表[ \t\u3000]*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})(?!\w)")
_HINT = re.compile(r"[{\[]|事实\.|上年\.")  # what each of the names below has in it
_OPEN, _STOP = re.compile(r"\{\{[^\n]{0,60}"), re.compile(r"[，。；、\0]")


def spelt(source: str, names: dict[str, Any]) -> str:
    """The template with 表3 and 表 三, which are no names, written as 表三, where that is one."""

    def table(found: re.Match[str]) -> str:
        number = found.group(1)
        if number is None or found.group() in names:
            return found.group()
        named = "表" + (NUMERALS[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(NUMERALS) else number)
        return named if named in names else found.group()

    return TAG.sub(lambda tag: _TABLE.sub(table, tag.group()), source) if "表" in source else source


def lost(source: str, names: dict[str, Any]) -> Iterator[tuple[tuple[int, int], str, str]]:
    """What stands outside of ``{{ }}`` and was meant inside: its span, the text, and how to write it."""
    text = TAG.sub(_blank, source)
    if not _HINT.search(text):  # making the pattern takes longer than all the rest
        return
    pattern = _lost(names)
    for found in pattern.finditer(text):
        name = found.group("name") or found.group("alone") or ""
        yield found.span(), found.group().strip("\0 "), f"{{{{ {name.strip()} }}}}"
    for found in _OPEN.finditer(text):
        if not pattern.search(found.group()):
            end = found.start() + len(_STOP.split(found.group(), maxsplit=1)[0])
            yield (found.start(), end), found.group().strip("\0 "), "{{ 名称 }}"


def _blank(tag: re.Match[str]) -> str:
    return "\n".join("\0" * len(line) for line in tag.group().split("\n"))


def _lost(names: dict[str, Any]) -> re.Pattern[str]:
    """What looks like a placeholder of these names: a value alone in braces, or a name with a step behind it anywhere."""
    tables = "|".join(_loose(name) for name, one in names.items() if isinstance(one, NarrowedTable)) or r"(?!)"
    facts = [fact for one in names.values() if isinstance(one, Facts) for fact in one.report.facts]
    known = "|".join(map(re.escape, sorted(facts, key=len, reverse=True))) or r"(?!)"
    step = r"\[\s*(?:\"[^\"\n]*\"?|'[^'\n]*'?|“[^”\n]*”?)?\s*\]?"
    fact = rf"事实\.(?:(?:{known})(?:\.\w+)?)|(?<!\w)事实\.[^\s{{}}\0，。；、]+|事实{step}"
    table = rf"(?:{tables})(?:(?!\[[^\]\n]*\]\()(?:{step})+)"
    last = rf"上年\.(?:{fact}|{table}|{tables}|机关简称|机关|年度)"
    values = r"机关简称|机关|年度|上年"
    alone = rf"\{{\s*(?P<alone>(?:{values}|{tables}|事实)(?:\s*[|+\-][^{{}}\n]*)?)\s*\}}{{1,2}}"
    return re.compile(rf"{alone}|(?:\{{{{?[ \t]*)?(?P<name>{last}|{fact}|{table})(?:[ \t]*\}}\}}?)?")


def _loose(name: str) -> str:
    """A table's name as people write it: with a blank, or with a digit."""
    numeral = name.removeprefix("表")
    if numeral not in NUMERALS:
        return re.escape(name)
    number = NUMERALS.index(numeral) + 1
    wide = str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    return rf"表[ \t\u3000]*(?:{numeral}|{number}|{wide})(?!\w)"
