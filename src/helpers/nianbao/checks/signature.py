"""What the checks across bureaus need to know of a report: a small value that is kept beside its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao.checks.accepted import Accepted
from nianbao.checks.owntext import OwnText, Sentence
from nianbao.findings import Source

DIGITS = 5  # of a table's different numbers: fewer agree by chance with any other report's


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled table: the hash of its values, and how many digits its different numbers have."""

    name: str
    file: str
    hash: str
    digits: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about some body's own work: ``before`` is what stands before the verb, the name at its end."""

    before: str
    heading: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The own text, tables and claims of a report, the names of its bureau and of the bureau above it, what it accepts
    of findings across bureaus, and its bureau's level.
    """

    name: str
    short: str
    parent: str
    texts: tuple[OwnText, ...] = ()
    tables: tuple[Filled, ...] = ()
    claims: tuple[Claim, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    level: str = ""

    def to_json(self) -> dict[str, Any]:
        """The signature as JSON values, as short as can be."""
        return {
            "names": [self.name, self.short, self.parent, self.level],
            "texts": [[one.heading, [[item.line, item.text] for item in one.sentences], one.is_due] for one in self.texts],
            "tables": [[one.name, one.file, one.hash, one.digits] for one in self.tables],
            "claims": [[one.before, one.heading, one.line, one.text] for one in self.claims],
            "accepted": [
                [one.code, one.place, one.why, one.source.to_json() if one.source else None] for one in self.accepted
            ],
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Signature:
        """Read what `to_json` returned."""
        texts = (OwnText(heading, tuple(Sentence(*one) for one in own), due) for heading, own, due in plain["texts"])
        tables, claims = (Filled(*one) for one in plain["tables"]), (Claim(*one) for one in plain["claims"])
        taken = (
            Accepted(code, place, why, Source(**source) if source else None)
            for code, place, why, source in plain["accepted"]
        )
        name, short, parent, level = plain["names"]
        return cls(name, short, parent, tuple(texts), tuple(tables), tuple(claims), tuple(taken), level)
