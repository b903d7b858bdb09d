"""The statutory formats, read from their files: chapters, tables, and the identities (勾稽关系) that hold in them.

The kit's own files lie beside this module; a project may add more in ``params/formats/``. A file that breaks the contract or
contradicts itself is a fault only of the reports that would use it.

Sources: 国办公开办函〔2019〕60号 (report years 2019 and 2020), 国办公开办函〔2021〕30号 (from 2021).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity
from nianbao.statute.contract import EQUATION, FormatContract
from nianbao.statute.equations import equation, instances
from nianbao.statute.tree import Node, Part, Table
from nianbao.yamlfile import BAD_VALUE, read_yaml, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.statute.contract import NodeContract, SectionContract, TableContract
    from nianbao.statute.equations import Equation
    from nianbao.yamlfile import YamlFile

OWN = Path(__file__).parent
LOCAL = "formats"  # the folder in params


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter: its statutory heading, its table's id, and the lead sentence for a chapter the bureau did not write."""

    heading: str
    table: str = ""
    lead: str = ""
    required: bool = False
    start: str = field(default="", repr=False)

    @property
    def numeral(self) -> str:
        return self.heading.partition("、")[0]


@dataclass(frozen=True, slots=True)
class Format:
    """A statutory format: its notice, its default report years, its chapters and its tables.

    Its ``repr`` holds exactly what can change a report: no comments, no explanations, and nothing that only `starter` uses.
    """

    id: str
    name: str
    notice: str
    first_year: int | None
    last_year: int | None
    title: str
    sections: tuple[Section, ...]
    tables: dict[str, Table]
    explanations: dict[Kind, str] = field(default_factory=dict, repr=False)
    """Why each identity and bound matters."""
    file: str = field(default="", repr=False)
    """Where it was read from, as findings name it."""

    def covers(self, year: int) -> bool:
        """Whether this is a default format of the report year."""
        return self.first_year is not None and self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def with_rows(self, extra: dict[str, dict[str, list[str]]]) -> Format:
        """The format with local rows added; ``extra`` maps table id → part title → row labels."""
        tables = {key: table.with_rows(extra[key]) if extra.get(key) else table for key, table in self.tables.items()}
        return replace(self, tables=tables)


@dataclass(frozen=True, slots=True)
class Broken:
    """A format file with faults, and the first year it would be the default for, if that can be read."""

    faults: tuple[Finding, ...]
    first_year: int | None


@dataclass(frozen=True, slots=True)
class Library:
    """The sound formats and the broken format files, both by id."""

    formats: dict[str, Format]
    broken: dict[str, Broken]

    def default(self, year: int) -> Format | None:
        """The default format of a report year: the latest format that covers it, or ``None``."""
        covering = [one for one in self.formats.values() if one.covers(year)]
        return max(covering, key=lambda one: (one.first_year or 0, one.id), default=None)

    def broken_for(self, year: int, chosen: Format | None) -> list[Broken]:
        """The broken files that a report might use if they were sound.

        Without a ``chosen`` format these are all broken files; else those whose first year is from its own to ``year``.
        """
        if chosen is None:
            return list(self.broken.values())
        begin = chosen.first_year or 0
        return [one for one in self.broken.values() if one.first_year is not None and begin <= one.first_year <= year]


def library(params: Path | None = None) -> Library:
    """The kit's formats and those of a project's ``params/formats/``, which replace the kit's formats of the same id."""
    files = {path.stem: (path, path.name) for path in sorted(OWN.glob("*.yaml"))}
    if params is not None:
        files |= {path.stem: (path, f"../../{LOCAL}/{path.name}") for path in sorted((params / LOCAL).glob("*.yaml"))}
    return _read_all(tuple((path, name, _stamp(path)) for _, (path, name) in sorted(files.items())))


def _stamp(path: Path) -> tuple[int, int]:
    """Values that change when the file does, so that a long-lived process reads it again."""
    about = path.stat()
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=8)
def _read_all(files: tuple[tuple[Path, str, tuple[int, int]], ...]) -> Library:
    formats, broken = {}, {}
    for path, name, _ in files:
        file = read_yaml(path, name)
        contract = typed(FormatContract, file)
        made = _format(contract, file) if contract else None
        if made is None or file.faults:
            broken[path.stem] = Broken(tuple(file.faults), contract.first_year if contract else _year(file))
        else:
            formats[path.stem] = made
    return Library(formats, broken)


def _year(file: YamlFile) -> int | None:
    written = str(file.data.get("first_year", ""))
    return int(written) if written.isdecimal() else None


def _format(contract: FormatContract, file: YamlFile) -> Format:
    """Make the format of a contract; contradictions are added to the file's faults."""
    explanations: dict[Kind, str] = {}
    tables = {key: _table(key, table, file, explanations) for key, table in contract.tables.items()}
    made = Format(
        id=contract.id,
        name=contract.name,
        notice=contract.notice,
        first_year=contract.first_year,
        last_year=contract.last_year,
        title=contract.title,
        sections=tuple(Section(one.heading, one.table, one.lead, one.required, one.start) for one in contract.sections),
        tables=tables,
        explanations=explanations,
        file=file.name,
    )
    if contract.id != Path(file.name).stem:
        _fault(file, ("id",), "格式编号", f"“{contract.id}”", f"“{Path(file.name).stem}”，与文件名相同", "改编号或文件名")
    names = {name for _, name, _, _ in Formatter().parse(contract.title) if name is not None}
    if not names <= {"机关", "年度"}:
        _fault(file, ("title",), "标题", f"“{contract.title}”", "花括号里只有 机关 和 年度", "改正标题")
    _check_sections(contract.sections, contract, file)
    for key, table in tables.items():
        _check_table(key, table, file)
    return made


def _table(key: str, contract: TableContract, file: YamlFile, explanations: dict[Kind, str]) -> Table:
    identities: list[Equation] = []
    implausible: list[Equation] = []
    for index, rule in enumerate(contract.identities):
        kind = Kind(rule.code, Severity.ERROR, rule.title)
        explanations[kind] = rule.why
        identities += _equation(kind, rule.equation, rule.since, file, ("tables", key, "identities", index, "equation"))
    for index, bound in enumerate(contract.plausible):
        kind = Kind(bound.code, Severity.WARNING, bound.title)
        explanations[kind] = bound.why
        implausible += _equation(kind, bound.never, 0, file, ("tables", key, "plausible", index, "never"))
    return Table(
        id=key,
        name=contract.name,
        caption=contract.caption,
        parts=tuple(
            Part(_nodes(part.columns), _nodes(part.rows), part.title, part.stub, part.corner) for part in contract.parts
        ),
        identities=tuple(identities),
        implausible=tuple(implausible),
        needs_power=contract.needs_power,
    )


def _nodes(contracts: list[NodeContract]) -> tuple[Node, ...]:
    return tuple(Node(one.label, _nodes(one.parts), one.kind, one.unit) for one in contracts)


def _equation(kind: Kind, text: str, since: int, file: YamlFile, path: tuple[str | int, ...]) -> Iterator[Equation]:
    try:
        yield equation(kind, text, since)
    except ValueError as error:
        _fault(file, path, f"{kind.code} {kind.title}", f"“{text}”（{error}）", EQUATION, "加减号和等号两边各空一格")


def _check_sections(sections: list[SectionContract], contract: FormatContract, file: YamlFile) -> None:
    numerals = Counter(one.heading.partition("、")[0] for one in sections)
    for index, one in enumerate(sections):
        numeral = one.heading.partition("、")[0]
        if numerals[numeral] > 1:
            _fault(
                file,
                ("sections", index, "heading"),
                "章标题",
                f"“{numeral}、”写了{numerals[numeral]}次",
                "各章序号不同",
                "改序号",
            )
        if one.table and one.table not in contract.tables:
            found, known = f"“{one.table}”不在 tables 中", "、".join(contract.tables)
            _fault(file, ("sections", index, "table"), f"{one.heading} 的表", found, known, "改正编号，或补上这张表")
    shown = Counter(one.table for one in sections if one.table)
    for key, table in contract.tables.items():
        if shown[key] != 1:
            found = "没有一章写 table: " + key if not shown[key] else f"{shown[key]}章都写 table: {key}"
            _fault(file, ("tables", key), table.name, found, "每张表在一章里", f"在所属的章写 table: {key}")


def _check_table(key: str, table: Table, file: YamlFile) -> None:
    """Add a fault for an equation whose headings are not siblings (it would check nothing), and for a repeated label."""
    for rules, name, text in ((table.identities, "identities", "equation"), (table.implausible, "plausible", "never")):
        for index, rule in enumerate(rules):
            if not instances(table, rule):
                found = f"“{rule.text}”里的名称不都是{table.name}同一级的行或栏"
                place, expected = f"{rule.kind.code} {rule.kind.title}", "同一级的标签，或其序号，如 一、三（七）"
                _fault(file, ("tables", key, name, index, text), place, found, expected, "改正名称")
    for index, part in enumerate(table.parts):
        for what, nodes in (("columns", part.columns), ("rows", part.rows)):
            for label in _twice(nodes):
                place = f"{table.name} {part.title}".strip()
                _fault(
                    file,
                    ("tables", key, "parts", index, what),
                    place,
                    f"“{label}”写了两次",
                    "同一级的标签各不相同",
                    "改名或删去",
                )
    known = {node.label for part in table.parts for chain in part.row_chains for node in chain}
    for label in table.needs_power:
        if label not in known:
            _fault(
                file, ("tables", key, "needs_power", label), table.name, f"没有“{label}”这一行", "、".join(known), "改正行名"
            )


def _twice(nodes: tuple[Node, ...]) -> Iterator[str]:
    yield from (label for label, count in Counter(node.label for node in nodes).items() if count > 1)
    for node in nodes:
        yield from _twice(node.parts)


def _fault(file: YamlFile, path: tuple[str | int, ...], place: str, found: str, expected: str, action: str) -> None:
    file.faults.append(Finding(BAD_VALUE, f"格式文件 · {place}", file.source(*path), found, expected, action))
