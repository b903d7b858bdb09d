"""The report's data for machines: the fields of report.json.

The JSON Schema beside this module, report.schema.json, is made from these fields and from the docstrings of their classes.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from nianbao.digests import digest
from nianbao.document import pieces
from nianbao.findingdata import FindingData, SourceData
from nianbao.inputs.persons import published
from nianbao.job_id import BUREAU
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.findings import Finding
    from nianbao.inputs.report import Fact, Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.statute.tree import Table

Digits = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
_NUMBER_HAS_VALUE: Any = {
    "if": {"properties": {"state": {"const": "数字"}}},
    "then": {"properties": {"value": {"not": {"type": "null"}}}},
    "else": {"properties": {"value": {"type": "null"}}},
}


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CellData(_Data):
    """One cell of a statutory table; row and column are the labels from the top level down, joined by ' > '."""

    model_config = ConfigDict(json_schema_extra=_NUMBER_HAS_VALUE)

    table: str
    row: str
    column: str
    value: int | Digits | None
    unit: str
    state: Literal["数字", "不适用", "未填", "未知"]
    source: SourceData | None
    reason: str
    shown: str | None
    """What is printed in place of the value, where the bureau keeps its own mark."""


class LabelData(_Data):
    """A heading that is printed as the bureau typed it: its part's title, its labels joined by ' > ', the typed label."""

    part: str
    heading: str
    printed: str


class TableData(_Data):
    """One table: its format, which may be another than the report's, and what stands around it.

    ``parts`` are the titles of the parts in yet another format, with its id; ``notes`` are printed below the table,
    ``left_out`` are lines of its file that are not, without who filled it in.
    """

    id: str
    name: str
    caption: str
    format: str
    parts: dict[str, str]
    notes: list[str]
    left_out: list[str]
    labels: list[LabelData]


class FactData(_Data):
    """A named figure of the narrative, with the digits it was given: a whole number as an integer, any other as a string."""

    name: str
    value: int | Digits | None
    unit: str
    state: Literal["数字", "未知", "未填"]
    reason: str
    parts: dict[str, int | Digits | None]
    note: str
    """What the bureau says of it, such as where it comes from; never printed."""
    source: SourceData


class ValueData(_Data):
    """A number printed in the text, and where it came from."""

    text: str
    source: str


class PassageData(_Data):
    """One piece of the text; own tells the bureau's words from a computed lead sentence.

    The kind is preamble, chapter or attachment; ``tables`` are the ids of the tables that stand in it, ``table_places`` how
    many characters of the text stand above each.
    """

    kind: Literal["preamble", "chapter", "attachment"]
    heading: str
    text: str
    own: bool
    values: list[ValueData]
    tables: list[str]
    table_places: list[Annotated[int, Field(ge=0)]]


class BureauData(_Data):
    """The bureau."""

    id: str = Field(pattern=f"^{BUREAU.pattern}$")
    name: str
    level: Literal["国家", "省", "市", "县", "乡"]


class FormatData(_Data):
    """The statutory format."""

    id: str
    name: str
    notice: str


class ReportData(_Data):
    """The data of one annual report. Decimals are strings, counts are integers."""

    model_config = ConfigDict(title="nianbao report")

    schema_: Literal[2] = Field(default=2, validation_alias="schema", serialization_alias="schema")
    bureau: BureauData
    year: int
    format: FormatData
    title: str
    date: str | None = Field(json_schema_extra={"format": "date"})
    date_below_title: bool
    """Whether the date is printed below the title, not below the signature."""
    draft: bool
    signature: str | None
    editor: str | None
    number: str | None
    unknown: dict[str, str]
    """What of date, signature, number and editor is unknown, with the reason."""
    term: str
    tables: list[TableData]
    cells: list[CellData]
    facts: list[FactData]
    narrative: list[PassageData]
    printed: str = Field(pattern="^[0-9a-f]{64}$")
    """The SHA-256 of all that is printed, as HTML, but for what a notebook adds; another page has another one."""
    findings: list[FindingData]

    def to_json(self) -> dict[str, Any]:
        """The data as JSON values, in the order of the fields."""
        return self.model_dump(by_alias=True)


def data_of(report: Report, narrative: Narrative, findings: Sequence[Finding], draft: bool = False) -> ReportData:
    """The data of one report, as report.json holds it."""
    typed, form = report.params, report.format
    return ReportData.model_validate(
        {
            "schema": 2,
            "bureau": {"id": report.id, "name": report.bureau.name, "level": report.bureau.level},
            "year": report.year,
            "format": {"id": form.id, "name": form.name, "notice": form.notice},
            "title": narrative.title,
            "date": report.date.isoformat() if report.date else None,
            "date_below_title": typed.date_below_title,
            "draft": draft,
            **{key: None if key in report.unknown else getattr(typed, key) for key in ("signature", "editor", "number")},
            "unknown": report.unknown,
            "term": form.term,
            "tables": [_table(report, table) for table in form.tables.values()],
            "cells": [_cell(row) for row in report.rows()],
            "facts": [_fact(fact) for fact in report.facts.values()],
            "narrative": [
                _passage("preamble", narrative.preamble),
                *(_passage("chapter", one) for one in narrative.sections),
                *(_passage("attachment", one) for one in narrative.attachments),
            ],
            "printed": digest(pieces.whole(report, narrative).html.encode()),
            "findings": [finding.to_json() for finding in findings],
        }
    )


def _table(report: Report, table: Table) -> dict[str, Any]:
    formats, asides = report.formats.get(table.id, {}), report.asides.get(table.id, ())
    return {
        "id": table.id,
        "name": table.name,
        "caption": table.caption,
        "format": formats.get("", report.format.id),
        "parts": {part: other for part, other in formats.items() if part},
        "notes": [aside.text for aside in asides if aside.printed],
        "left_out": [aside.text for aside in asides if not aside.printed],
        "labels": [
            {"part": part, "heading": " > ".join(labels), "printed": typed}
            for (part, *labels), typed in report.labels.get(table.id, {}).items()
        ],
    }


def _passage(kind: str, passage: Passage) -> dict[str, Any]:
    return {
        "kind": kind,
        "heading": passage.heading,
        "text": passage.markdown,
        "own": passage.own,
        "values": [{"text": one.text, "source": one.origin} for one in passage.values],
        "tables": passage.tables,
        "table_places": passage.table_places,
    }


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    value, source = row["value"], row["source"]
    shown = number(value) if isinstance(value, Decimal) else value
    return row | {"value": shown, "source": source.to_json() if source else None}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": _figure(fact.value),
        "unit": fact.unit,
        "state": "数字" if fact.value is not None else "未知" if fact.reason else "未填",
        "reason": fact.reason,
        "parts": {name: _figure(value) for name, value in fact.parts.items()},
        "note": published(fact.note),
        "source": fact.source.to_json(),
    }


def _figure(value: Decimal | None) -> int | str | None:
    """A figure as JSON has it; one with a decimal point keeps its digits, as 15.60."""
    shown = None if value is None else number(value)
    return shown if shown is None or "." in shown else int(shown)


def schema() -> str:
    """The JSON Schema (draft 2020-12) of report.json, as the text of its file."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ReportData.model_json_schema(mode="serialization")}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
