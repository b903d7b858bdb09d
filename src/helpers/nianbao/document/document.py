"""The report as a notebook shows it: a panel of findings on top, then title, sections, tables and signature in place."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import checks, narrative, report, tables
from helpers.errors import DataError
from helpers.findings import Finding, Source, blocks, nearest, tally
from helpers.paths import TEMPLATES, ReportPaths, find_params
from helpers.wording import UNKNOWN, day, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.narrative import Narrative
    from helpers.report import Report

MIME = "application/vnd.nianbao.report+json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of the report on display: HTML as it will be published, inside ``<div class="report">``."""

    html: str

    def _repr_html_(self) -> str:
        return f'<div class="report">{self.html}</div>' if self.html else ""

    def __repr__(self) -> str:
        return "" if not self.html else "<报告内容>"


@dataclass(frozen=True)
class Document:
    """One report with its text and findings, ready to be shown piece by piece.

    Shown by itself it is the panel of findings; its MIME bundle tells the exporters title, date and state.
    """

    report: Report
    narrative: Narrative
    findings: tuple[Finding, ...]

    @property
    def is_draft(self) -> bool:
        """Whether a finding forbids publishing."""
        return blocks(self.findings)

    @property
    def title(self) -> Shown:
        """The title, in parts that stay together: the bureau's name, then the rest."""
        name, title = self.report.bureau.name, self.narrative.title
        parts = [name, title.removeprefix(name)] if title.startswith(name) else [title]
        spans = "".join(f'<span class="title-part">{escape(part)}</span>' for part in parts if part)
        return Shown(f"<h1>{spans}</h1>")

    @property
    def preamble(self) -> Shown:
        return Shown(self.narrative.preamble.html)

    def section(self, numeral: str) -> Shown:
        """Heading and text of one chapter (``一`` … ``六``); nothing when the report leaves it out.

        Raises
        ------
        KeyError
            When the format has no such chapter.
        """
        known = [section.numeral for section in self.report.format.sections]
        if numeral not in known:
            raise KeyError(f"没有第“{numeral}”章；本格式的章节：{'、'.join(known)}")
        passage = next((one for one in self.narrative.sections if one.numeral == numeral), None)
        if passage is None:
            return Shown("")
        return Shown(f"<h2>{escape(passage.heading)}</h2>\n{passage.html}")

    def table(self, name: str) -> Shown:
        """One statutory table by its name, ``表二`` … ``表四``.

        Raises
        ------
        KeyError
            When the format has no such table.
        """
        known = {table.name: table for table in self.report.format.tables.values()}
        if name not in known:
            raise KeyError(f"没有“{name}”{nearest(name, known)}；本格式的表：{'、'.join(known)}")
        return Shown(tables.to_html(self.report, known[name]))

    @property
    def signature(self) -> Shown:
        """Signature, date and responsible editor."""
        typed = self.report.params
        signed, dated = typed.signature or "（落款未填）", day(typed.date) if typed.date else "（日期未填）"
        lines = f'<div class="signature"><p>{escape(signed)}</p><p>{dated}</p></div>'
        if typed.editor:
            editor = UNKNOWN if typed.editor.replace(":", "：").startswith(f"{UNKNOWN}：") else typed.editor
            lines += f'<div class="editor"><p>责任编辑：{escape(editor)}</p></div>'
        return Shown(lines)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        css = (TEMPLATES / "report.css").read_text("utf-8")
        panel = _panel(self)
        return {
            "text/html": f"<style>{css}</style>{panel}",
            "text/plain": "\n\n".join(map(str, self.findings)) or "没有核查发现",
            MIME: self.metadata(),
        }

    def metadata(self) -> dict[str, Any]:
        """What the exporters need to know: title, date, state and findings."""
        typed = self.report.params
        return {
            "title": self.narrative.title,
            "bureau": self.report.bureau.name,
            "year": self.report.year,
            "date": typed.date.isoformat() if typed.date else None,
            "draft": self.is_draft,
            "findings": [_plain(finding) for finding in self.findings],
        }

    def to_json(self) -> dict[str, Any]:
        """The report's data for machines, as ``report.schema.json`` describes it; decimals as strings."""
        about = self.metadata()
        typed, form = self.report.params, self.report.format
        return {
            "schema": SCHEMA_VERSION,
            "bureau": {"id": self.report.id, "name": self.report.bureau.name, "level": self.report.bureau.level},
            "year": self.report.year,
            "format": {"id": form.id, "name": form.name, "notice": form.notice},
            **{key: about[key] for key in ("title", "date", "draft")},
            "signature": typed.signature,
            "editor": typed.editor,
            "cells": [_plain_cell(row) for row in self.report.rows()],
            "facts": [
                {
                    "name": fact.name,
                    "value": None if fact.value is None else number(fact.value),
                    "unit": fact.unit,
                    "state": "未知" if fact.value is None else "数字",
                    "reason": fact.reason,
                    "parts": {name: number(value) for name, value in fact.parts.items()},
                    "source": _plain(fact.source),
                }
                for fact in self.report.facts.values()
            ],
            "narrative": [
                {
                    "heading": passage.heading,
                    "text": passage.markdown,
                    "own": passage.own,
                    "values": [{"text": text, "source": origin} for text, origin in passage.values],
                }
                for passage in (self.narrative.preamble, *self.narrative.sections)
            ],
            "findings": about["findings"],
        }


def _plain(value: Finding | Source | None) -> dict[str, Any] | None:
    """A finding or source as JSON; a finding also says its severity and title."""
    if value is None:
        return None
    plain = {name: getattr(value, name) for name in value.__slots__}
    if isinstance(value, Finding):
        plain |= {"source": _plain(value.source), "severity": value.severity, "title": value.title}
    return plain


def _plain_cell(row: dict[str, Any]) -> dict[str, Any]:
    value = row["value"]
    return row | {"value": number(value) if isinstance(value, Decimal) else value, "source": _plain(row["source"])}


# The report that this process is building: it is read once, so its notebook and its JSON cannot disagree.
_AT_HAND: dict[ReportPaths, Document] = {}


@contextmanager
def at_hand(paths: ReportPaths, document: Document) -> Iterator[None]:
    """Let `load` give this document instead of reading the same report again, in the notebook that is run meanwhile."""
    _AT_HAND[paths] = document
    try:
        yield
    finally:
        del _AT_HAND[paths]


def load(bureau: str, year: int, params_dir: str | Path = "") -> Document:
    """The report of one bureau and year, read, composed and checked.

    Raises
    ------
    DataError
        With all faults of the inputs, when there are any.
    UsageError
        When there is no params folder.
    """
    paths = ReportPaths(find_params(params_dir).resolve(), bureau, int(year))
    if paths in _AT_HAND:
        return _AT_HAND[paths]
    loaded, faults = report.read(paths)
    if loaded is None:
        raise DataError(faults)
    composed = narrative.compose(loaded)
    if faults or composed.faults:
        raise DataError(tuple(dict.fromkeys(faults + composed.faults)))
    return Document(loaded, composed, checks.check(loaded, composed))


def _panel(document: Document) -> str:
    """The findings as a reviewer reads them, gravest first; one quiet line when there are none."""
    if not document.findings:
        return '<div class="report"><p class="quiet">没有核查发现。</p></div>'
    summary = tally(document.findings)
    state = "有错误，不得发布；可以生成草稿。" if document.is_draft else "可以发布。"
    items = "".join(_item(finding, document.report) for finding in document.findings)
    open_ = " open" if document.is_draft else ""
    return (
        f'<div class="report panel"><details class="findings"{open_}><summary>核查发现：{summary}。{state}</summary>'
        f"<ol>{items}</ol></details></div>"
    )


def _item(finding: Finding, loaded: Report) -> str:
    facts = [("实际", finding.found), ("应为", finding.expected), ("处理", finding.action)]
    body = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
    where = ""
    if finding.source:
        path = Path(os.path.relpath(loaded.folder / finding.source.file)).as_posix()
        where = f' <a href="{escape(path)}">{escape(str(finding.source))}</a>'
        if finding.source.cell:
            where += f' <a href="#{Path(finding.source.file).stem}-{finding.source.cell}">看这一格</a>'
    return (
        f'<li class="{finding.code[0]}"><b>{finding.severity} {finding.code}</b> {escape(finding.title)}：'
        f"{escape(finding.place)}{where}<dl>{body}</dl></li>"
    )
