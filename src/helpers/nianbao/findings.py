"""Findings: what is wrong with a report or worth knowing about it.

A kind (code, severity, title) is declared beside the rule that finds it; `checks.catalogue` lists them all.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nianbao.characters import in_a_line
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


FEW = 8
"""So many things a finding names one by one."""


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    FAULT = "故障"
    """The report cannot be rendered, not even as a draft."""
    ERROR = "错误"
    """Blocks publishing; a draft can be built."""
    WARNING = "警告"
    NOTE = "提示"

    @classmethod
    def of(cls, code: str) -> Severity:
        """The severity of a code; raises `ValueError` where it is none."""
        for one in cls:
            if one.code == code:
                return one
        raise ValueError(f"{code!r} is no severity")

    @property
    def code(self) -> str:
        """The English word, as the command says it where the locale is not Chinese."""
        return self.name.lower()

    def to_json(self) -> dict[str, str]:
        """``{"severity": "error", "label": "错误"}``: the code for programs, the label for readers."""
        return {"severity": self.code, "label": self.value}

    @property
    def rank(self) -> int:
        """From 0 for the gravest to 3."""
        return list(Severity).index(self)

    @property
    def blocks(self) -> bool:
        """Whether a finding of this severity forbids publishing."""
        return self in {Severity.FAULT, Severity.ERROR}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its code, such as ``E301``, how grave it is, and its short Chinese title.

    ``acceptable`` tells whether a bureau may accept it in report.yaml. A warning is where it does not say otherwise; of
    errors those are that a person can judge better than a rule. ``each`` tells that an acceptance has to name the place, for
    it is of one statement and no other.
    """

    code: str
    severity: Severity
    title: str
    acceptable: bool | None = None
    each: bool = False

    def __post_init__(self) -> None:
        if self.acceptable is None:
            object.__setattr__(self, "acceptable", self.severity is Severity.WARNING)


_IN_NO_ID = re.compile(r"[^\w-]")


@lru_cache(maxsize=64)
def _stem(file: str) -> str:
    return PurePath(file).stem  # of hundreds of cells of one file


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from, as a person would point at it.

    ``file`` is relative to the report's folder; ``line`` counts from 1; ``cell`` is a spreadsheet address such as ``D5``. In
    a workbook it names the sheet too, as spreadsheet programs do: ``表三!D5``, or ``表三!5:5`` for a row.
    """

    file: str
    line: int | None = None
    cell: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Source, (self.file, self.line, self.cell)  # a report holds hundreds

    def __str__(self) -> str:
        sheet = (self.cell or "").rpartition("!")[0]
        where = " ".join(map(in_a_line, filter(None, (self.file, sheet.strip("'")))))
        if self.line is not None:
            where += f" 第{self.line}行"
        if self.address and ":" not in self.address:
            where += f" {self.address}格"
        return where

    @property
    def address(self) -> str:
        """The address of its cell in its sheet, or ''."""
        return (self.cell or "").rpartition("!")[2]

    @property
    def anchor(self) -> str:
        """The id that its cell has on a page: ``table3-D5``, ``form-表三-D5``."""
        return _IN_NO_ID.sub("-", f"{_stem(self.file)}-{self.cell}")

    @property
    def row(self) -> Source:
        """The row that its cell stands in, in its sheet."""
        sheet = (self.cell or "").rpartition("!")[0]
        return Source(self.file, self.line, f"{sheet}!{self.line}:{self.line}" if sheet else None)

    def to_json(self) -> dict[str, Any]:
        """The source as JSON values."""
        return {"file": in_a_line(self.file), "line": self.line, "cell": self.cell}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong or worth knowing; all texts are Chinese.

    Parameters
    ----------
    kind : Kind
        What kind of thing it is, and how grave.
    place : str
        What a person sees there: the label of the cell, key or paragraph.
    source : Source or None
        File, line and cell.
    found, expected, action : str
        What stands there, what should stand there, and what to do.
    accepted : str
        Why the bureau accepts it, who did so and when; '' when it does not.
    """

    kind: Kind
    place: str
    source: Source | None
    found: str
    expected: str = ""
    action: str = ""
    accepted: str = ""

    def __post_init__(self) -> None:
        # Whatever a file holds, its messages stay short and harmless to a terminal.
        for name in ("place", "found", "expected", "action", "accepted"):
            object.__setattr__(self, name, in_a_line(getattr(self, name)))

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def id(self) -> str:
        """What stays the same from run to run while the finding is there: ``E301-5c1e09d2``, of code, place and file.

        Lines and cells are no part of it, because they move. Several of a kind at one place share it.
        """
        known = self.code, self.place, self.source.file if self.source else ""
        return f"{self.code}-{hashlib.sha256(repr(known).encode()).hexdigest()[:8]}"

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def title(self) -> str:
        """The short name of this kind of finding."""
        return self.kind.title

    def __str__(self) -> str:
        head = f"[{self.severity} {self.code}] {self.title}：{self.place}"
        lines = [f"{head}（{self.source}）" if self.source else head, f"  实际：{self.found}"]
        if self.expected:
            lines.append(f"  应为：{self.expected}")
        if self.action:
            lines.append(f"  处理：{self.action}")
        if self.accepted:
            lines.append(f"  已接受：{self.accepted}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON values, as every JSON output of the kit shows it."""
        return {
            "id": self.id,
            "code": self.code,
            "place": self.place,
            "source": self.source.to_json() if self.source else None,
            "found": self.found,
            "expected": self.expected,
            "action": self.action,
            "accepted": self.accepted,
            **self.severity.to_json(),
            "title": self.title,
            "acceptable": self.kind.acceptable,
            "each": self.kind.each,
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Finding:
        """Read what `to_json` returned."""
        about = plain["title"], plain["acceptable"], plain["each"]
        kind = Kind(plain["code"], Severity.of(plain["severity"]), *about)
        source = Source(**plain["source"]) if plain["source"] else None
        texts = (plain[name] for name in ("found", "expected", "action", "accepted"))
        return cls(kind, plain["place"], source, *texts)


def nearest(name: str, known: Iterable[str]) -> str:
    """``，是否为“…”？`` with the nearest known name, or '' when none is near."""
    near = closest(name, known, 1)
    return f"，是否为“{near[0]}”？" if near else ""


def enumerated(names: Sequence[str], between: str = "、", measure: str = "") -> str:
    """All of several names where they are few; else the first of them and 等, and how many there are in this ``measure``."""
    more = f"等{len(names)}{measure}" if measure else "等"
    return between.join(names[:FEW]) + more * (len(names) > FEW)


def closest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that are spelt most like a name, in capitals or not, the nearest first."""
    spelt = {one.casefold(): one for one in known}
    return [spelt[one] for one in get_close_matches(name.casefold(), spelt, n=count, cutoff=0.5)]


def meant(name: str, known: Iterable[str], shown: Callable[[str], str] = str) -> str:
    """``; did you mean “…”?`` with the nearest known name as it is ``shown``, in the language of the command, or ''."""
    near = closest(name, known, 1)
    return say("; did you mean “{name}”?", name=shown(near[0])) if near else ""


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings forbids publishing."""
    return any(finding.severity.blocks for finding in findings)


def has_faults(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings forbids rendering, even as a draft."""
    return any(finding.severity is Severity.FAULT for finding in findings)


def tally(severities: Iterable[Severity]) -> str:
    """``错误 2，提示 1``: how many of each severity, gravest first."""
    found = list(severities)
    return "，".join(f"{one} {found.count(one)}" for one in Severity if one in found)
