"""The pieces of a report as a notebook shows them: title, preamble, chapters, signature."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nianbao.document import tables
from nianbao.wording import UNKNOWN, day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative


@dataclass(frozen=True, slots=True)
class Shown:
    """Pieces of the report on display: HTML as it will be published, each inside ``<div class="report">``."""

    pieces: tuple[str, ...]

    @property
    def html(self) -> str:
        """The pieces' HTML, without the ``<div>`` around each."""
        return "\n".join(self.pieces)

    def _repr_html_(self) -> str:
        return "\n".join(f'<div class="report">{html}</div>' for html in self.pieces)

    def __repr__(self) -> str:
        return "<报告内容>" if self.pieces else ""

    def __add__(self, other: Shown) -> Shown:
        return Shown(self.pieces + other.pieces)


NOTHING = Shown(())


def shown(html: str) -> Shown:
    """One piece; `NOTHING` when its HTML is empty."""
    return Shown((html,)) if html else NOTHING


def title(report: Report, narrative: Narrative) -> Shown:
    """The title, in parts that stay together: the bureau's name, then the rest."""
    name, text = report.bureau.name, narrative.title
    parts = [name, text.removeprefix(name)] if text.startswith(name) else [text]
    spans = "".join(f'<span class="title-part">{escape(part)}</span>' for part in parts if part)
    return shown(f"<h1>{spans}</h1>")


def chapter(narrative: Narrative, numerals: Iterable[str], with_tables_of: Report | None = None) -> Shown:
    """Heading and text of each chapter that the report has; with its table when ``with_tables_of`` is given."""
    made = NOTHING
    passages = {passage.numeral: passage for passage in narrative.sections}
    for numeral in numerals:
        passage = passages.get(numeral)
        if passage is None or passage.section is None:
            continue
        made += shown(f"<h2>{escape(passage.heading)}</h2>\n{passage.html}")
        if with_tables_of and passage.section.table:
            made += shown(tables.to_html(with_tables_of, with_tables_of.format.tables[passage.section.table]))
    return made


def signature(report: Report) -> Shown:
    """Signature, date and responsible editor."""
    typed = report.params
    signed, dated = typed.signature or "（落款未填）", day(typed.date) if typed.date else "（日期未填）"
    lines = f'<div class="signature"><p>{escape(signed)}</p><p>{dated}</p></div>'
    if typed.editor:
        editor = UNKNOWN if typed.editor.replace(":", "：").startswith(f"{UNKNOWN}：") else typed.editor
        lines += f'<div class="editor"><p>责任编辑：{escape(editor)}</p></div>'
    return shown(lines)
