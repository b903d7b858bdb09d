"""A finding as report.json and manifest.json hold it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from nianbao.findings import Finding, Severity

Line = Annotated[int, Field(ge=1)]
Code = Annotated[
    Severity,
    BeforeValidator(Severity.of),
    PlainSerializer(lambda one: one.code, return_type=Literal["fault", "error", "warning", "note"]),
]
Address = Annotated[str, Field(pattern="^(.+!)?([A-Z]+[0-9]+|[0-9]+:[0-9]+)$")]


class SourceData(BaseModel):
    """Where a value came from; line counts from 1, cell is a spreadsheet address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    line: Line | None
    cell: Address | None


class FindingData(BaseModel):
    """One finding of the checks, in Chinese; ``id`` stays from run to run, ``accepted`` says why the bureau accepts it.

    ``severity`` is the code of how grave it is, for programs; ``label`` its Chinese word.

    ``acceptable`` tells whether report.yaml may accept it, ``each`` that the acceptance has to name the place.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    code: str
    place: str
    source: SourceData | None
    found: str
    expected: str
    action: str
    accepted: str
    severity: Code
    label: Literal["故障", "错误", "警告", "提示"]
    title: str
    acceptable: bool
    each: bool

    @classmethod
    def of(cls, finding: Finding) -> FindingData:
        """The data of a finding."""
        return cls.model_validate(finding.to_json())

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return Finding.from_json(self.model_dump())
