"""The MIME bundle in which a notebook's load cell tells the exporters about its report; they know nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao.state import State

MIME = "application/vnd.nianbao.report+json"

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
