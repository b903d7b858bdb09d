"""One report as notebooks load it: read, composed and checked, ready to be shown piece by piece."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.bundle import MIME, Bundle
from nianbao.checks.check import check
from nianbao.document import panel, pieces
from nianbao.document.data import data_of
from nianbao.document.pieces import NOTHING, Shown
from nianbao.errors import DataError
from nianbao.findings import blocks, has_faults, nearest
from nianbao.inputfiles import InputFiles
from nianbao.inputs.folder import read
from nianbao.inputs.naming import id_of
from nianbao.inputs.select import select
from nianbao.narrative.names import scope
from nianbao.narrative.passages import compose
from nianbao.narrative.values import Absent, Unusable
from nianbao.paths import TEMPLATES, ReportPaths, find_params
from nianbao.reading import YUAN
from nianbao.state import State
from nianbao.statute.names import UnknownLabel
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.document.data import ReportData
    from nianbao.findings import Finding
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage


@dataclass(frozen=True)
class Document:
    """One report with its text and findings.

    A notebook displays it as the panel of findings. Its MIME bundle tells the exporters title, date and state. ``read`` is
    the SHA-256 of each file that was read for it, by the path relative to params. ``drafted`` says that a draft
    was asked for.
    """

    report: Report
    narrative: Narrative
    findings: tuple[Finding, ...]
    read: dict[str, str] = field(default_factory=dict, repr=False)
    drafted: bool = False

    @property
    def state(self) -> State:
        """已发布, or 草稿 when a draft was asked for, or a finding forbids publishing."""
        return State.DRAFT if self.drafted or blocks(self.findings) else State.PUBLISHED

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def title(self) -> Shown:
        """The title, in parts that stay together: the bureau's name, then the rest."""
        return pieces.title(self.report, self.narrative)

    @property
    def preamble(self) -> Shown:
        """The text before chapter 一."""
        return pieces.passage(self.report, self.narrative.preamble)

    def section(self, numeral: str) -> Shown:
        """Heading and text of one chapter (``一``, ``二``, …) without its table; nothing where the report has none.

        Raises
        ------
        KeyError
            When ``numeral`` is no Chinese numeral.
        """
        return sum(map(pieces.text, self._chapters(numeral)), NOTHING)

    def chapter(self, numeral: str) -> Shown:
        """One chapter (``一``, ``二``, …) with its table; nothing where the report has none.

        Raises
        ------
        KeyError
            When ``numeral`` is no Chinese numeral.
        """
        return sum((pieces.passage(self.report, one) for one in self._chapters(numeral)), NOTHING)

    def chapters_after(self, numeral: str) -> Shown | None:
        """All chapters after one, each with its table; ``None``, which displays nothing, when there are none.

        Raises
        ------
        KeyError
            When ``numeral`` is no Chinese numeral.
        """
        behind = [one for place, one in self._placed() if place > NUMERALS.index(_known(numeral))]
        return sum((pieces.passage(self.report, one) for one in behind), NOTHING) if behind else None

    def _chapters(self, numeral: str) -> list[Passage]:
        return [one for place, one in self._placed() if place == NUMERALS.index(_known(numeral))]

    def _placed(self) -> Iterator[tuple[int, Passage]]:
        """The chapters in their order, each with the place of its numeral, or of one before it that is further on."""
        place = 0
        for one in self.narrative.sections:
            place = max(place, NUMERALS.index(one.numeral) if one.numeral in NUMERALS else 0)
            yield place, one

    def table(self, name: str) -> Shown:
        """One statutory table by its name, such as ``表二``, with the notes below it.

        Raises
        ------
        KeyError
            When the format has no such table.
        """
        known = {table.name: table for table in self.report.format.tables.values()}
        if name not in known:
            raise KeyError(f"没有“{name}”{nearest(name, known)}；本格式的表：{'、'.join(known)}")
        return pieces.table(self.report, known[name])

    def value(self, *names: str) -> Decimal | int | None:
        """A number by the names that a placeholder has for it; ``None`` for one that is 未知, 不适用 or 未填.

        ``value("表三", "一", "总计")`` is a cell, or the sum of a group without a total; ``value("事实", "访问量")`` a fact,
        ``value("上年", "表三", "一", "总计")`` a number of last year. A count of a table is an int; a fact
        and an amount of money are Decimals, whole or not.

        Raises
        ------
        KeyError
            When the names name no number; the nearest are named.
        """
        known = scope(self.report)
        first, *others = names or ("",)
        try:
            if first not in known:
                raise UnknownLabel(first, list(known))
            found = known[first]
            if others and not hasattr(found, "verify"):
                raise UnknownLabel(others[0], [], f"“{first}”后面不能再写名称")
            if others:
                found.verify(tuple(others))
            for name in others:
                found = found[name]
        except UnknownLabel as error:
            raise KeyError(error.said) from error
        except Unusable as error:
            raise KeyError(str(error)) from error
        if not isinstance(found, (Decimal, int, Absent)):
            raise KeyError(f"{'、'.join(names)}不是一个数；表的一格如 表三、一、总计")
        if isinstance(found, Absent):
            return None
        is_count = "事实" not in names[:2] and getattr(found, "unit", "") not in YUAN
        return int(found) if is_count else Decimal(found)

    @property
    def signature(self) -> Shown:
        """The list of attachments, signature, date and responsible editor, then the attachments."""
        return pieces.ending(self.report, self.narrative) + pieces.attachments(self.report, self.narrative)

    @property
    def bundle(self) -> Bundle:
        """The values that the exporters need: title, bureau, year, date (ISO 8601), state and findings."""
        day = self.report.date
        return Bundle(
            title=self.narrative.title,
            bureau=self.report.bureau.name,
            year=self.report.year,
            date=day.isoformat() if day else None,
            term=self.report.format.term,
            state=self.state,
            findings=tuple(finding.to_json() for finding in self.findings),
        )

    @property
    def data(self) -> ReportData:
        """The report's data for machines, as report.json holds it."""
        return data_of(self.report, self.narrative, self.findings, self.is_draft)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        css = (TEMPLATES / "report.css").read_text("utf-8")
        return {
            "text/html": f"<style>{css}</style>{panel.to_html(self.findings, self.report, self.narrative)}",
            "text/plain": "\n\n".join(map(str, self.findings)) or "没有核查发现",
            MIME: self.bundle.to_json(),
        }


def _known(numeral: str) -> str:
    if numeral not in NUMERALS:
        raise KeyError(f"没有第“{numeral}”章；章的序号是 {'、'.join(NUMERALS[:6])}……")
    return numeral


# The report that this process is building. It is read once, so that its notebook and its JSON hold the same data.
_AT_HAND: dict[ReportPaths, Document] = {}


@contextmanager
def at_hand(paths: ReportPaths, document: Document) -> Iterator[None]:
    """Within the context, make `load` return this document instead of reading the same report again.

    The paths have no links in them.
    """
    _AT_HAND[paths] = document
    try:
        yield
    finally:
        del _AT_HAND[paths]


def load(bureau: str, year: int, params_dir: str | Path = "", fonts: Path | None = None) -> Document:
    """The report of one bureau and year, read, composed and checked.

    Parameters
    ----------
    bureau : str
        The bureau's id, which is the name of its folder in params; or its name.
    year : int
        The report year.
    params_dir : str or Path
        The params folder; when empty the nearest one in the working directory or above it.
    fonts : Path, optional
        The folder of official fonts that the PDF will be set in, which may have a character that the kit's own have not.

    Raises
    ------
    DataError
        When the inputs have faults: with all of them, and all findings of what could be read.
    UsageError
        When there is no params folder, or no such bureau or year in it; the nearest are named.
    """
    # Links are not followed, so that a path from the working folder to an input is the same wherever the inputs lie.
    params = Path(os.path.abspath(find_params(params_dir, is_notebooks=True)))  # noqa: PTH100  absolute() keeps ..
    paths = ReportPaths(params, id_of(params, bureau) or bureau, int(year))
    at_hand = replace(paths, params=params.resolve())
    if at_hand in _AT_HAND:
        return _AT_HAND[at_hand]
    if not os.path.lexists(paths.folder):
        select(params, [bureau], [paths.year])  # says what is there instead
    files = InputFiles(params)
    loaded, faults = read(paths, files)
    if loaded is None:
        raise DataError(faults)
    composed = compose(loaded, files)
    findings = check(loaded, composed, fonts)
    if has_faults(findings):
        raise DataError(findings)
    return Document(loaded, composed, findings, files.hashes)
