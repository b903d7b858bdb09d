"""The id of a report: a bureau and a year."""

from __future__ import annotations

import re
from dataclasses import dataclass

BUREAU = re.compile(r"[a-z]+(-[a-z0-9]+)+")
YEAR = re.compile(r"(19|20)[0-9][0-9]")


@dataclass(frozen=True, order=True, slots=True)
class ReportId:
    """A bureau's id (``dingxi-nyncj``) and a report year; as text ``dingxi-nyncj/2020``."""

    bureau: str
    year: int

    def __str__(self) -> str:
        return f"{self.bureau}/{self.year}"
