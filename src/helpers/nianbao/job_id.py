"""The ids of what is built: a report, or a run of another notebook. An id names one folder of the store."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass

BUREAU = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
YEAR = re.compile(r"(19|20)[0-9][0-9]")
RUNS = "notebooks"  # no bureau's id: those have a hyphen


class JobId(ABC):
    """The id of a job. Ids are ordered by their parts, and their text is the parts joined by ``/``."""

    __slots__ = ()

    @property
    @abstractmethod
    def parts(self) -> tuple[str, ...]:
        """The folders from the root of the store to the job's own."""

    def __str__(self) -> str:
        return "/".join(self.parts)

    def to_json(self) -> dict[str, str | int | None]:
        """``{"name": "dingxi-nyncj/2020", "bureau": "dingxi-nyncj", "year": 2020}``; of a run bureau and year are null."""
        return {"name": str(self), "bureau": None, "year": None}

    def __lt__(self, other: JobId) -> bool:
        return self.parts < other.parts


@dataclass(frozen=True, slots=True)
class ReportId(JobId):
    """A bureau's id (``dingxi-nyncj``) and a report year; as text ``dingxi-nyncj/2020``."""

    bureau: str
    year: int

    @property
    def parts(self) -> tuple[str, str]:
        return self.bureau, str(self.year)

    def to_json(self) -> dict[str, str | int | None]:
        return {"name": str(self), "bureau": self.bureau, "year": self.year}


@dataclass(frozen=True, slots=True)
class RunId(JobId):
    """A notebook that is nobody's report, and what it runs over; as text ``notebooks/trends/dingxi-nyncj``."""

    notebook: str
    over: str

    @property
    def parts(self) -> tuple[str, str, str]:
        return RUNS, self.notebook, self.over
