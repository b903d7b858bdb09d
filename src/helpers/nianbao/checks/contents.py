"""What a report has to hold: title, date, signature, its chapters' text, a value in every cell.

Source: Article 50 of State Council Decree 711.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.checks.lines import line_of
from nianbao.checks.places import carried, file_of
from nianbao.checks.unfinished import TO_FILL, patterns
from nianbao.findings import Finding, Kind, Severity, Source, enumerated
from nianbao.inputs.cells import place_of
from nianbao.inputs.report import DATE, SIGNATURE, unknowns
from nianbao.narrative.headings import FILE
from nianbao.onpages import DESCRIBED, UNDESCRIBED
from nianbao.reading import Unknown
from nianbao.wording import UNFILLED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.statute.tree import Table

NOT_SIGNED = Kind("E101", Severity.ERROR, "标题、日期或落款未填", acceptable=True)
NOT_FILLED = Kind("E102", Severity.ERROR, "单元格未填")
NOT_WRITTEN = Kind("E104", Severity.ERROR, "正文章节未写", acceptable=True)
NO_FIGURE = Kind("E116", Severity.ERROR, "事实未填")
NOT_KNOWN = Kind("I101", Severity.NOTE, "数据未知")
_WHERE = "改正各章的序号，或删去别处的表格占位符；确要这样编排的，在 report.yaml 的 accepted 中写明原因"
PARTED = Kind("I108", Severity.NOTE, "换行处分了段")


def signature(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Title, date and signature are filled in."""
    to_fill = patterns()[TO_FILL]
    source = narrative.title_source
    is_written = source.line is not None  # else it is made of the bureau's name, which is proved by itself
    if is_written and (not narrative.title or to_fill.search(narrative.title)):
        action = "在 narrative.md 开头写 # 标题，或删去该行用默认标题"
        yield Finding(NOT_SIGNED, "标题", source, narrative.title or "（空）", "报告标题", action)
    if not report.params.date:
        yield Finding(
            NOT_SIGNED, "成文日期", report.sources["date"], "（空）", "日期，如 2021-02-05", "在 report.yaml 写 date:"
        )
    signed = report.params.signature
    if not isinstance(signed, Unknown) and (not signed or to_fill.search(signed)):
        found = signed or "（空）"
        yield Finding(
            NOT_SIGNED, "落款", report.sources["signature"], found, "发布机关的署名", "在 report.yaml 写 signature:"
        )
    names = {"date": DATE, "signature": SIGNATURE, "number": "文号", "editor": "责任编辑"}
    for key, reason in report.unknown.items():
        yield Finding(NOT_KNOWN, names[key], report.sources[key], f"未知（{reason}）", "", "取得后补上；报告已如实标明")


def text(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """No chapter that the bureau writes is empty."""
    for passage in narrative.passages:
        if passage.section and passage.own and not passage.pieces and (passage.section.required or passage.line):
            source = Source(FILE, passage.line or None)
            action = f"在 narrative.md 写 ## {passage.section.heading} 及正文" + (
                "" if passage.section.required else "，或删去这一标题"
            )
            yield Finding(NOT_WRITTEN, passage.place, source, "（空）", "本章的正文", action)


def facts(report: Report) -> Iterator[Finding]:
    """No fact, and no part of one, is left blank."""
    for fact in report.facts.values():
        blank = [f"分项“{name}”" for name, value in fact.parts.items() if value is None and not fact.reason]
        if fact.value is None and not fact.reason:
            blank.insert(0, "数值")
        if blank:
            action = "填写；不用的连名称删去，无从得知的写 未知：原因"
            yield Finding(NO_FIGURE, f"事实 · {fact.name}", fact.source, f"{'、'.join(blank)}未填", "数字", action)


def parted(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Notes once that line ends without a blank line were taken as ends of paragraphs, as in text pasted from Word."""
    found: list[tuple[Passage, int, str, str]] = []
    for passage in (narrative.preamble, *narrative.sections):
        lines = passage.markdown.splitlines()
        numbers = markdown.breaks(passage.markdown) if passage.own else []
        found += [(passage, number, lines[number - 1].strip(), lines[number].strip()) for number in numbers]
    if found:
        passage, number, above, below = found[0]
        start = sum(map(len, passage.markdown.splitlines(keepends=True)[:number]))
        yield Finding(
            PARTED,
            "正文",
            line_of(report, passage, start),
            f"{len(found)}处没有空行的换行按Word的习惯分了段，第一处在“{above[-12:]}”与“{below[:12]}”之间",
            "各段之间有一个空行",
            "本是一段的，写在一行里",
        )


def described(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each picture says in words what it shows, for those who do not see it."""
    for passage in narrative.passages:
        for number, address in markdown.undescribed(passage.markdown):
            start = sum(map(len, passage.markdown.splitlines(keepends=True)[:number]))
            name = address[:60].partition(",")[0]
            place = f"{passage.place} · {name}"
            expected, action = DESCRIBED
            yield Finding(UNDESCRIBED, place, line_of(report, passage, start), f"![]({name})", expected, action)


def missing(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Every statutory chapter is printed that the bureau has to write, or that has a table."""
    for section in narrative.missing:
        action = f"在 narrative.md 写 ## {section.heading} 及正文；确实没有这一章的，在 report.yaml 的 accepted 中写明原因"
        source, found, expected = Source(FILE), "没有这一章", "标题和正文"
        if holder := next((one for one in narrative.passages if section.table in one.tables), None):
            taken = next((one for one in narrative.sections if one.numeral == section.numeral), None)
            source = Source(FILE, (taken or holder).line or None)
            found = f"没有印出这一章，{report.format.tables[section.table].name}印在“{holder.place}”之中"
            found += f"：序号“{section.numeral}”用在“{taken.heading}”" if taken else ""
            expected, action = f"标题“{section.heading}”和表格", _WHERE
        yield Finding(NOT_WRITTEN, section.heading, source, found, expected, action)


def _may_have_moved(report: Report, table: Table) -> bool:
    """Whether a 0 was typed in a table of which no form keeps the cells in their places: then a blank may be none."""
    typed = report.cells[table.id].keys() - carried(table)
    return table.id not in report.placed and any(report.cells[table.id][key].value == 0 for key in typed)


def cells(report: Report, table: Table) -> Iterator[Finding]:
    """No cell is 未填; a note tells how many are 未知."""
    own = report.cells[table.id]
    empty = [key for key, cell in own.items() if cell.state == UNFILLED]
    if empty:
        places = [place_of(table, *key).removeprefix(f"{table.name} ") for key in empty]
        found = "整张表未填" if len(empty) == len(own) else f"{len(empty)}格未填：{enumerated(places)}"
        place = table.name if len(empty) > 1 else place_of(table, *empty[0])
        source = file_of(report, table) if len(empty) == len(own) else own[empty[0]].source
        moved = _may_have_moved(report, table)
        action = "对照原件填写：没有发生的写了 0，空格旁边的数可能移了位" if moved else "填写；没有发生的填 0"
        yield Finding(NOT_FILLED, place, source, found, "数字、不适用，或“未知：原因”", action)
    if table.name in unknowns(report):
        unknown = [cell for cell in own.values() if cell.state == UNKNOWN]
        reasons = "；".join(dict.fromkeys(cell.reason for cell in unknown))
        found = f"{len(unknown)}格未知（{reasons}）"
        yield Finding(NOT_KNOWN, table.name, unknown[0].source, found, "", "取得数据后补上；报告已如实标明")
