"""The MIME bundle in which a notebook's load cell tells the exporters about its report; they know nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

MIME = "application/vnd.nianbao.report+json"
PIECE = "<报告内容>"
"""What a piece of the report on display is as plain text, by which it is told from what a cell shows beside it."""
INJECTED = "injected-parameters"  # the tag of papermill's own cell

_KINDS = {
    "title": str, "bureau": str, "year": int, "date": str | None, "draft": bool, "findings": list, "term": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bundle:
    """Title, bureau, year, date (``2021-02-05`` or ``None``), state, term and findings (as JSON) of one report.

    The term is what the report calls 政府信息.
    """

    title: str
    bureau: str
    year: int
    date: str | None
    state: State
    term: str
    findings: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The bundle as JSON values, as the notebook holds it."""
        return {
            "title": self.title,
            "bureau": self.bureau,
            "year": self.year,
            "date": self.date,
            "draft": self.state is State.DRAFT,
            "findings": list(self.findings),
            "term": self.term,
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Bundle:
        """Read what `to_json` returned; raises `ValueError` for anything else, which some other program has written."""
        if not isinstance(plain, dict) or any(not isinstance(plain.get(key), kind) for key, kind in _KINDS.items()):
            raise ValueError(MIME)
        state = State.DRAFT if plain["draft"] else State.PUBLISHED
        about = (plain["title"], plain["bureau"], plain["year"], plain["date"])
        return cls(*about, state, plain["term"], tuple(plain["findings"]))


def counted(cells: Iterable[Any]) -> list[Any]:
    """The cells that have a number, as their author sees them: papermill's own is not one of them."""
    return [cell for cell in cells if INJECTED not in cell["metadata"].get("tags", [])]


# JupyterLab shows the outputs of a notebook that it does not trust without their style sheets, and its own leave tables
# without borders. These inline styles stay; pages, whose style sheets are their own, do without.
_INLINE = {
    '<h1>': '<h1 style="text-align: center">',
    '<div class="signature">': '<div class="signature" style="text-align: right">',
    ' style="text-align: left"': ' style="border: 1px solid #9a9a9a; text-align: left"',
    ' scope="col"': ' style="border: 1px solid #9a9a9a; text-align: center" scope="col"',
    ' scope="colgroup"': ' style="border: 1px solid #9a9a9a; text-align: center" scope="colgroup"',
    ' scope="rowgroup">': ' style="border: 1px solid #9a9a9a; text-align: center" scope="rowgroup">',
    ' headers="': ' style="border: 1px solid #9a9a9a; text-align: center" headers="',
}  # fmt: skip


def for_notebook(html: str) -> str:
    """A piece of a report as its notebook holds it: with borders and alignment inline."""
    for plain, styled in _INLINE.items():
        html = html.replace(plain, styled)
    return html


def for_page(html: str) -> str:
    """A piece of a report as pages hold it: what `for_notebook` was given."""
    for plain, styled in _INLINE.items():
        html = html.replace(styled, plain)
    return html
