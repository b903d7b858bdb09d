"""The MIME bundle in which a notebook's load cell tells the exporters about its report; they know nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao.state import State

MIME = "application/vnd.nianbao.report+json"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Title, bureau, year, date (``2021-02-05`` or ``None``), state and findings (as JSON) of one report."""

    title: str
    bureau: str
    year: int
    date: str | None
    state: State
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
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Bundle:
        """Read what `to_json` returned."""
        state = State.DRAFT if plain["draft"] else State.PUBLISHED
        return cls(plain["title"], plain["bureau"], plain["year"], plain["date"], state, tuple(plain["findings"]))
