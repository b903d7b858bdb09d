"""The statutory formats as data: sections, row and column trees, and the identities (勾稽关系) that hold in them.

Reads ``formats/*.yaml``; a new format is a new file. Spans, sums and lookups all follow from the trees.

Sources: 国办公开办函〔2019〕60号 (report years 2019 and 2020), 国办公开办函〔2021〕30号 (from 2021).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from helpers.errors import UsageError
from helpers.paths import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDINAL = re.compile(r"^([一二三四五六七八九十]+(?=、)|（[一二三四五六七八九十]+）|\d+(?=\.))")
SIGN = re.compile(r" ([+-]) ")


@lru_cache(maxsize=4096)
def normalise(label: str) -> str:
    """A label as it is compared: NFKC, without white space, quotes and the difference between bracket widths."""
    text = unicodedata.normalize("NFKC", label).replace("〔", "(").replace("〕", ")")
    return re.sub(r"[\s​﻿\"'“”‘’「」]+", "", text)


@dataclass(frozen=True)
class Node:
    """One row or column heading with what stands below it.

    ``kind`` says what its cells hold: ``count`` (a whole number ≥ 0), ``change`` (signed) or ``money`` (a decimal amount,
    in ``unit`` when the heading fixes one).
    """

    label: str
    parts: tuple[Node, ...] = ()
    kind: str = "count"
    unit: str = ""

    @cached_property
    def key(self) -> str:
        """The short name: the ordinal that opens the label (一, （三）, 8), else the label."""
        found = ORDINAL.match(self.label)
        return found.group(1) if found else self.label

    @cached_property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)

    @cached_property
    def width(self) -> int:
        """How many leaves stand below."""
        return sum(part.width for part in self.parts) or 1


Labels = tuple[str, ...]
CellKey = tuple[Labels, Labels]


def leaves(nodes: tuple[Node, ...], above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    """Every leaf as the chain of nodes from the top down to it, in printed order."""
    for node in nodes:
        chain = (*above, node)
        if node.parts:
            yield from leaves(node.parts, chain)
        else:
            yield chain


def labels_of(chain: tuple[Node, ...]) -> Labels:
    """The labels of a chain."""
    return tuple(node.label for node in chain)


@dataclass(frozen=True, slots=True)
class Term:
    """One summand: + or −, this year's or last year's, of which heading."""

    sign: int
    last_year: bool
    name: str


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum rule or bound over sibling headings, ``a + b = c + d`` or ``a > b``; ``上年.x`` is last year's x."""

    code: str
    text: str
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]
    since: int = 0

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def across_years(self) -> bool:
        return any(term.last_year for term in self.terms)


@dataclass(frozen=True)
class Part:
    """One block of a table with its own columns: the whole of tables 3 and 4, one 项 of table 2."""

    columns: tuple[Node, ...]
    rows: tuple[Node, ...] = ()
    title: str = ""
    stub: str = ""
    corner: str = ""

    @cached_property
    def head_depth(self) -> int:
        return max(node.depth for node in self.columns)

    @cached_property
    def stub_depth(self) -> int:
        return max((node.depth for node in self.rows), default=0)

    @cached_property
    def row_chains(self) -> list[tuple[Node, ...]]:
        return list(leaves(self.rows)) if self.rows else [()]

    @cached_property
    def column_chains(self) -> list[tuple[Node, ...]]:
        return list(leaves(self.columns))


@dataclass(frozen=True, eq=False)
class Table:
    """One statutory table; equal only to itself, so that lookups in it can be remembered."""

    id: str
    name: str
    caption: str
    parts: tuple[Part, ...]
    identities: tuple[Equation, ...] = ()
    implausible: tuple[Equation, ...] = ()
    needs_power: dict[str, str] = field(default_factory=dict)

    @cached_property
    def cells(self) -> dict[CellKey, tuple[tuple[Node, ...], tuple[Node, ...]]]:
        """The row and column chain of every cell by its key, in printed order."""
        return {
            (labels_of(row), labels_of(column)): (row, column)
            for part in self.parts
            for row in part.row_chains
            for column in part.column_chains
        }

    def with_rows(self, extra: dict[str, list[str]]) -> Table:
        """The table with local rows added at the end of the named parts (title, or '' for the only one)."""
        parts = tuple(
            replace(part, rows=(*part.rows, *(Node(label) for label in extra.get(part.title, ())))) for part in self.parts
        )
        return replace(self, parts=parts)


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter: its numeral, the statutory heading, the table it holds and the lead sentence it gets by default."""

    heading: str
    table: str = ""
    lead: str = ""
    required: bool = False

    @property
    def numeral(self) -> str:
        return self.heading.partition("、")[0]


@dataclass(frozen=True, slots=True)
class Format:
    """A statutory format: which notice, which report years by default, which sections and tables."""

    id: str
    name: str
    notice: str
    first_year: int
    last_year: int | None
    title: str
    sections: tuple[Section, ...]
    tables: dict[str, Table]

    def covers(self, year: int) -> bool:
        """Whether this is the default format of the report year."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def with_rows(self, extra: dict[str, dict[str, list[str]]]) -> Format:
        """The format with declared local rows: table id → part title → labels."""
        tables = {key: table.with_rows(extra[key]) if extra.get(key) else table for key, table in self.tables.items()}
        return replace(self, tables=tables)


def formats() -> dict[str, Format]:
    """All formats the kit knows, by id, oldest first."""
    return {path.stem: _read(path.stem) for path in sorted(FORMATS.glob("*.yaml"))}


def default_format(year: int) -> Format | None:
    """The format a report year takes when it names none; ``None`` when no format covers the year."""
    return next((one for one in formats().values() if one.covers(year)), None)


@lru_cache
def _read(name: str) -> Format:
    path = FORMATS / f"{name}.yaml"
    raw = yaml.safe_load(path.read_text("utf-8"))
    try:
        return Format(
            id=raw["id"],
            name=raw["name"],
            notice=raw["notice"],
            first_year=raw["years"]["from"],
            last_year=raw["years"].get("to"),
            title=raw["title"],
            sections=tuple(Section(**section) for section in raw["sections"]),
            tables={key: _table(key, table) for key, table in raw["tables"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"format file {path.name}: missing or misplaced key ({error})") from error


def _table(key: str, raw: dict[str, Any]) -> Table:
    return Table(
        id=key,
        name=raw["name"],
        caption=raw["caption"],
        parts=tuple(
            Part(
                columns=_nodes(part["columns"]),
                rows=_nodes(part.get("rows", [])),
                title=part.get("title", ""),
                stub=part.get("stub", ""),
                corner=part.get("corner", ""),
            )
            for part in raw["parts"]
        ),
        identities=tuple(_equation(rule, rule["equation"]) for rule in raw.get("identities", [])),
        implausible=tuple(_equation(rule, rule["never"]) for rule in raw.get("plausible", [])),
        needs_power=raw.get("needs_power", {}),
    )


def _nodes(raw: list[Any]) -> tuple[Node, ...]:
    return tuple(
        Node(item)
        if isinstance(item, str)
        else Node(item["label"], _nodes(item.get("parts", [])), item.get("kind", "count"), item.get("unit", ""))
        for item in raw
    )


def _equation(rule: dict[str, Any], text: str) -> Equation:
    relation = ">" if " > " in text else "="
    left, _, right = text.partition(f" {relation} ")
    return Equation(rule["code"], text, _terms(left), relation, _terms(right), rule.get("since", 0))


def _terms(side: str) -> tuple[Term, ...]:
    signs, names = ["+", *SIGN.findall(side)], SIGN.split(side)[::2]
    return tuple(
        Term(-1 if sign == "-" else 1, name.startswith("上年."), name.strip().removeprefix("上年."))
        for sign, name in zip(signs, names, strict=True)
    )
