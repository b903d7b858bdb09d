"""Warnings about what names a person and is printed: e-mail addresses, mobile numbers, identity numbers; they never block.

An address or a number is declared where bureau.yaml has it as ``contact:``, or where a line of the preamble says that it is
there to reach the bureau. An identity number is nobody's contact.

Source: Article 15 of State Council Decree 711 (个人隐私); GB 11643-1999 (公民身份号码).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of, lines_of
from nianbao.checks.places import beside
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.headings import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

PERSONAL = Kind("W601", Severity.WARNING, "印出了个人信息")

_IDENTITY = "身份证号码"
_PATTERNS = {
    "电子邮箱": re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+", re.A),
    # An amount is no number to call.
    "手机号码": re.compile(
        r"(?<!\d)(?<!\d[.,])(?:(?:\+|00)86[ -]?)?(?P<own>1[3-9]\d(?P<gap>[ -]?)\d{4}(?P=gap)\d{4})"
        r"(?!\d|[.,]\d|%|\s*[元件条万亿个次人])"
    ),
    _IDENTITY: re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
}
# The shortest address, a@b.c, has five characters that are none of these.
_OTHER_SIGNS, _FEWEST = re.compile("[^\u4e00-\u9fff，。、；：“”（）《》\\s]"), 5
_NARROW = re.compile("[^，、；：。]+")
_CONTACT = re.compile("联系|电话|手机|邮箱|邮件|邮编|传真|地址|咨询|E-?mail", re.I)


def personal(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of each address or number in what is printed, unless it is declared as the bureau's."""
    declared = _folded(report.bureau.contact or "")
    for place, source, text, passage, start in _printed(report, narrative):
        if len(_OTHER_SIGNS.findall(text)) < _FEWEST:
            continue
        folded = _folded(text)
        for kind, pattern in _PATTERNS.items():
            for found in pattern.finditer(folded):
                own = found.groupdict().get("own") or found[0]
                known = own in declared or (passage is narrative.preamble and _CONTACT.search(folded))
                if kind == _IDENTITY or not known:
                    at = line_of(report, passage, start + found.start()) if passage else source
                    yield _finding(kind, place, at, own)


def _printed(report: Report, narrative: Narrative) -> Iterator[tuple[str, Source | None, str, Passage | None, int]]:
    """Each line that is printed: place, source, text, and of the narrative the passage and where in it the line begins."""
    yield from ((*one, None, 0) for one in beside(report, narrative))
    for passage in narrative.passages:
        place, source = passage.place, Source(FILE, passage.line or None)
        yield place, source, passage.heading, None, 0
        yield from ((place, source, line, passage, start) for start, line in lines_of(passage))


def _folded(text: str) -> str:
    """Letters and digits in half width; a Chinese comma stays one, for it ends a number and no thousands."""
    return _NARROW.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def _finding(kind: str, place: str, source: Source | None, found: str) -> Finding:
    """The finding shows as much of the number as it takes to know it: report.json is published as well."""
    name, sign, domain = found.partition("@")
    shown = f"{name[: min(3, len(name) // 2)]}***{sign}{domain or name[-2:]}"
    action = "删去，或写成办公电话和单位邮箱"
    if kind != _IDENTITY:
        action += "；本就是公开的联系方式的，写进 bureau.yaml 的 contact:"
    return Finding(PERSONAL, place, source, f"{kind} {shown}", "不含个人信息", action)
