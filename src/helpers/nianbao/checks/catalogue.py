"""Every kind of finding and the page that explains it: ``nianbao explain`` prints it, docs/findings.md holds them all."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import markdown, onpages, textfile, yamlfile
from nianbao.checks import (
    accepted,
    across,
    attachments,
    bracketed,
    captions,
    cited,
    contents,
    copied,
    days,
    failures,
    form,
    identities,
    lastyear,
    markup,
    misplaced,
    ordinals,
    otheryear,
    partial,
    personal,
    plans,
    plausible,
    punctuation,
    repeats,
    slips,
    undersigned,
    unfinished,
)
from nianbao.checks.own import cells as owncells
from nianbao.checks.own import shares, totals
from nianbao.checks.prose import rule
from nianbao.checks.tables import beside
from nianbao.findings import Kind, Severity
from nianbao.inputs import (
    asides,
    cells,
    folder,
    format,
    grid,
    intake,
    interruption,
    oddlabels,
    questions,
    report,
    shifted,
    sources,
    strays,
)
from nianbao.inputs.files import workbook
from nianbao.narrative import headings, numbering, passages, template
from nianbao.statute.formats import library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from nianbao.statute.equations import Equation
    from nianbao.statute.formats import Format

EXPLANATIONS = Path(__file__).parent / "explanations.yaml"
ROOMS: tuple[ModuleType, ...] = (
    textfile, yamlfile, workbook, format, sources, asides, intake, report, interruption, questions, folder, strays, grid,
    shifted, oddlabels, cells, template, headings, numbering, passages, markdown, contents, failures, beside,
    unfinished, bracketed, attachments, captions, markup, plans, misplaced, otheryear, totals, shares, owncells, slips,
    ordinals, undersigned, repeats, punctuation, partial, days, cited, form, identities, plausible, lastyear, rule, copied,
    across, personal, accepted, onpages,
)  # fmt: skip


def kinds() -> list[Kind]:
    """The kinds that are declared in Python, sorted by severity, gravest first, and code."""
    found = {one for room in ROOMS for one in vars(room).values() if isinstance(one, Kind)}
    return sorted(found, key=lambda kind: (kind.severity.rank, kind.code))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a kind of finding means, the source of its rule, one small example, and how to mend it."""

    meaning: str
    basis: str
    example: str
    mending: str


PARTS = dict(zip(("说明", "依据", "举例", "处理"), (one.name for one in fields(Explanation)), strict=True))
_SIGNS, _ESCAPED = re.compile(r"([\\`*_\[\]<>|])"), r"\\\1"
_HEAD = """# 核查发现

本页由 `nianbao explain --format markdown` 生成；
文字在 `src/helpers/nianbao/checks/explanations.yaml` 和格式文件里，请勿直接改这里。
故障不能生成报告，错误不能发布，警告和提示不影响发布。
"""


def explained(params: Path | None = None) -> dict[Kind, Explanation]:
    """Every kind, including those of format files, with its explanation; sorted by severity, gravest first, and code."""
    texts = yamlfile.read_yaml(EXPLANATIONS).data
    found = {kind: Explanation(**{name: texts[kind.code][part] for part, name in PARTS.items()}) for kind in kinds()}
    for one in library(params).formats.values():
        for one_rule in _rules(one):
            known = found.get(one_rule.kind)
            made = _of_rule(one_rule, one)
            if known:  # a rule of several formats
                bases, meanings = (
                    dict.fromkeys(each) for each in ((known.basis, made.basis), (known.meaning, made.meaning))
                )
                made = replace(made, basis=f"{'、'.join(one.rstrip('。') for one in bases)}。", meaning="；".join(meanings))
            found[one_rule.kind] = made
    return dict(sorted(found.items(), key=lambda entry: (entry[0].severity.rank, entry[0].code)))


def page(kind: Kind, explanation: Explanation) -> str:
    """The page of one kind as text."""
    return "\n".join(
        [f"{kind.code} {kind.severity} {kind.title}", *(f"{part}：{text}" for part, text in _parts(kind, explanation))]
    )


def as_markdown(known: Mapping[Kind, Explanation]) -> str:
    """All pages as one Markdown text, under a heading for each severity."""
    lines = [_HEAD]
    for severity in Severity:
        lines.append(f"## {severity}\n")
        for kind, explanation in known.items():
            if kind.severity is severity:
                lines.append(f"### {kind.code} {kind.title}\n")
                lines += [f"- **{part}**：{_SIGNS.sub(_ESCAPED, text)}" for part, text in _parts(kind, explanation)]
                lines.append("")
    return "\n".join(lines).rstrip()


def _parts(kind: Kind, explanation: Explanation) -> Iterator[tuple[str, str]]:
    for part, name in PARTS.items():
        yield part, getattr(explanation, name)
    if kind.severity is not Severity.NOTE:
        how = "可以，在 report.yaml 的 accepted 中写明编号、位置和原因。" if kind.acceptable else "不可以，只能改正。"
        yield "接受", how + ("位置照核查发现写全，一条只接受一处。" if kind.each else "")


def _rules(one: Format) -> Iterator[Equation]:
    for table in one.tables.values():
        yield from (*table.identities, *table.impossible, *table.implausible)


def _of_rule(rule: Equation, form: Format) -> Explanation:
    """The page of a rule of a format file, whose own words are its ``why``."""
    example = f"按“{rule.text}”，左边是 12，右边是 11。" if rule.relation == "=" else f"表里出现“{rule.text}”。"
    mending = "核对这些格子，改正写错的。"
    if rule.across_years:
        mending = "核对这些格子，改正写错的；上年报告有误的，先更正上年报告。"
    if rule.kind.acceptable:
        mending = "核对这些格子；确实如此的可以发布，或接受时写明原因。"
        example = f"表里出现“{rule.text}”。"
    return Explanation(form.explanations[rule.kind], f"{form.notice}。", example, mending)
