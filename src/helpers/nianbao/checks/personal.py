"""Warnings about what names a person and is printed: e-mail addresses, mobile numbers, identity numbers; they never block.

An address or a number is declared where bureau.yaml has it as ``contact:``, or where a line of the preamble says that it is
there to reach the bureau. An identity number is nobody's contact.

Source: Article 15 of State Council Decree 711 (个人隐私); GB 11643-1999 (公民身份号码).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

PERSONAL = Kind("W601", Severity.WARNING, "印出了个人信息")

_IDENTITY = "身份证号码"
_PATTERNS = {
    "电子邮箱": re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+", re.A),
    # An amount is no number to call.
    "手机号码": re.compile(r"(?<![\d.,])1[3-9]\d([ -]?)\d{4}\1\d{4}(?![\d.,%]|\s*[元件条万亿个次人])"),
    _IDENTITY: re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
}
_CONTACT = re.compile("联系|电话|手机|邮箱|邮件|邮编|传真|地址|咨询|E-?mail", re.I)


def personal(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of each address or number in what is printed, unless it is declared as the bureau's."""
    declared = _folded(report.bureau.contact or "")
    for place, source, text, is_preamble in _printed(report, narrative):
        folded = _folded(text)
        for kind, pattern in _PATTERNS.items():
            for found in pattern.finditer(folded):
                known = found[0] in declared or (is_preamble and _CONTACT.search(folded))
                if kind == _IDENTITY or not known:
                    yield _finding(kind, place, source or _where(report, found[0]), found[0])


def _printed(report: Report, narrative: Narrative) -> Iterator[tuple[str, Source | None, str, bool]]:
    """Each line that is printed: place, source where it is not narrative.md, text, whether it is one of the preamble."""
    yield "标题", narrative.title_source, narrative.title, False
    for passage in narrative.passages:
        for line in (passage.heading, *passage.markdown.splitlines()):
            yield passage.heading or "引言", None, line, passage is narrative.preamble
    for key, name in (("signature", "落款"), ("number", "文号"), ("editor", "责任编辑")):
        if isinstance(value := getattr(report.params, key), str):
            yield name, report.sources.get(key), value, False
    for table in report.format.tables.values():
        for aside in report.asides.get(table.id, ()):
            if aside.printed:
                yield f"{table.name} 注", aside.source, aside.text, False


def _where(report: Report, found: str) -> Source:
    """The line of narrative.md that has a number. Filling in placeholders moves lines, so it is looked for as written."""
    lines = enumerate(report.narrative.splitlines(), 1)
    return Source("narrative.md", next((number for number, line in lines if found in _folded(line)), None))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _finding(kind: str, place: str, source: Source | None, found: str) -> Finding:
    """The finding shows as much of the number as it takes to know it: report.json is published as well."""
    shown = f"{found[:3]}***{found[found.index('@') :] if '@' in found else found[-2:]}"
    action = "删去，或写成办公电话和单位邮箱"
    if kind != _IDENTITY:
        action += "；本就是公开的联系方式的，写进 bureau.yaml 的 contact:"
    return Finding(PERSONAL, place, source, f"{kind} {shown}", "不含个人信息", action)
