"""The statutory formats, read from their files: chapters, tables, and the identities (勾稽关系) that hold in them.

The kit's own files lie beside this module; a project may add more in ``params/formats/``. A file that breaks the contract or
contradicts itself is a fault only of the reports that would use it.

Sources: 国办公开办函〔2019〕60号 (report years 2019 and 2020), 国办公开办函〔2021〕30号 (from 2021).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.findings import Finding, Kind, Severity
from nianbao.inputfiles import NotRead, Why, read_file
from nianbao.statute import contradictions
from nianbao.statute.contract import EQUATION, FormatContract
from nianbao.statute.contradictions import fault
from nianbao.statute.equations import equation
from nianbao.statute.tree import Node, Part, Table
from nianbao.yamlfile import read_yaml
from nianbao.yamltyped import typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.statute.contract import NodeContract, TableContract
    from nianbao.statute.equations import Equation
    from nianbao.yamlfile import YamlFile

OWN = Path(__file__).parent
LOCAL = "formats"  # the folder in params
TERM = "政府信息"
# What stands in a placeholder, and the name of the regulation, is not the report's own wording.
_TERM = re.compile(rf"(\{{[{{%].*?[%}}]\}}|{TERM}公开条例)|{TERM}", re.S)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the aspects that a chapter has to speak of: words of a heading about it, and words of a text about it."""

    heads: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter: its statutory heading, its table's id, and the lead sentence for a chapter the bureau did not write."""

    heading: str
    table: str = ""
    lead: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    """Words of which a bureau's own heading of this chapter has one."""
    start: str = field(default="", repr=False)
    file: str = field(default="", repr=False)
    line: int = field(default=0, repr=False)
    """The format file, and its line before the lead's text."""
    aspects: dict[str, Aspect] = field(default_factory=dict, hash=False)
    measures: tuple[str, ...] = ()
    """Words that tell of measures, in the chapter on problems."""

    @property
    def numeral(self) -> str:
        return self.heading.partition("、")[0]


@dataclass(frozen=True, slots=True, eq=False)
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
    term: str = TERM
    others: tuple[str, ...] = ()
    """The notices of other formats, which a report in this one does not cite."""

    def __reduce__(self) -> str | tuple[Any, ...]:
        """The kit's own formats are pickled by their names: what is cached of them is not worked out again elsewhere."""
        if library().formats.get(self.id) is self:
            return own, (self.id,)
        return Format, tuple(getattr(self, one.name) for one in fields(self))

    def covers(self, year: int) -> bool:
        """Whether this is a default format of the report year."""
        return self.first_year is not None and self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def with_rows(self, extra: dict[str, dict[str, list[str]]]) -> Format:
        """The format with local rows added; ``extra`` maps table id → part title → row labels."""
        if not extra:
            return self
        tables = {key: table.with_rows(extra[key]) if extra.get(key) else table for key, table in self.tables.items()}
        return replace(self, tables=tables)

    def with_term(self, term: str) -> Format:
        """The format in a bureau's own term, such as 政务信息: title, headings, captions, leads; laws keep their names."""
        if term == TERM:
            return self
        sections = tuple(
            replace(one, heading=_in_term(one.heading, term), lead=_in_term(one.lead, term)) for one in self.sections
        )
        tables = {key: replace(table, caption=_in_term(table.caption, term)) for key, table in self.tables.items()}
        return replace(self, title=_in_term(self.title, term), sections=sections, tables=tables, term=term)

    def with_tables(self, tables: dict[str, Table], leads: dict[str, Section | None]) -> Format:
        """The format with other tables; ``leads`` maps a table's id → the chapter whose lead speaks of it, or ``None``."""
        if not tables and not leads:
            return self
        sections = []
        for one in self.sections:
            other = leads.get(one.table, one)
            about = (other.lead, other.file, other.line) if other else ("", "", 0)
            sections.append(replace(one, lead=about[0], file=about[1], line=about[2]))
        return replace(self, tables=self.tables | tables, sections=tuple(sections))


def own(name: str) -> Format:
    """One of the kit's own formats, by its id; `KeyError` when there is none."""
    return library().formats[name]


def _in_term(text: str, term: str) -> str:
    return _TERM.sub(lambda found: found.group(1) or term, text)


@dataclass(frozen=True, slots=True)
class Broken:
    """A format file with faults, and the first year it would be the default for.

    The year is 0 when it cannot be read, and ``None`` when the file has none, so that only reports that name it use it.
    """

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
        known = [one for one in self.broken.values() if one.first_year is not None]
        return [one for one in known if begin <= (one.first_year or begin) <= year]


def library(params: Path | None = None) -> Library:
    """The kit's formats and those of a project's ``params/formats/``, which replace the kit's formats of the same id."""
    files = {path.stem: (path, path.name) for path in sorted(OWN.glob("*.yaml"))}
    files |= {path.stem: (path, f"../../{LOCAL}/{path.name}") for path in (local_files(params) if params else ())}
    read = {stem: _read(path, name, _stamp(path)) for stem, (path, name) in sorted(files.items())}
    broken = {stem: one for stem, one in read.items() if isinstance(one, Broken)}
    return Library({stem: one for stem, one in read.items() if isinstance(one, Format)}, broken)


def local_files(params: Path) -> list[Path]:
    """The format files of a project; an editor's lock files and a system's own files are hidden, and none of these."""
    return [path for path in sorted((params / LOCAL).glob("*.y*ml")) if not path.name.startswith((".", "~"))]


def _stamp(path: Path) -> tuple[int, int]:
    """Values that change when the file does, so that a long-lived process reads it again."""
    try:
        about = path.stat()
    except OSError:  # a link that leads nowhere; reading it says so
        return 0, 0
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=64)
def _read(path: Path, name: str, _: tuple[int, int]) -> Format | Broken:
    """The format of a file as it is at a stamp."""
    file = read_yaml(path, name)
    contract = typed(FormatContract, file)
    contract = None if file.unread else contract
    made = _format(contract, file) if contract else None
    if made is None or file.faults:
        return Broken(tuple(file.faults), contract.first_year if contract else _year(path))
    return made


def _year(path: Path) -> int | None:
    """The first year of a file that cannot be used: 0, for any year, where it has one that cannot be read."""
    try:
        text = read_file(path).decode(errors="replace")
    except NotRead as error:
        return None if error.why is Why.SPECIAL else 0
    written = re.search(r"""^["']?first.?year["']?\s*:\s*["']?(\d{4})?\b""", text, re.M)
    without = None if text.strip() else 0
    return int(written[1] or 0) if written else without


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
        sections=tuple(
            Section(
                one.heading,
                one.table,
                one.lead,
                one.required,
                tuple(one.words),
                one.start,
                file.name,
                _before(file, ("sections", index, "lead")),
                {name: Aspect(tuple(about.heads), tuple(about.words)) for name, about in one.aspects.items()},
                tuple(one.measures),
            )
            for index, one in enumerate(contract.sections)
        ),
        tables=tables,
        explanations=explanations,
        others=tuple(contract.others),
    )
    contradictions.find(contract, tables, explanations, file)
    return made


def _before(file: YamlFile, path: tuple[str | int, ...]) -> int:
    """The line before a text: the key's own where the text stands below it (``lead: |``), else the one before."""
    line = file.source(*path).line or 0
    return line if path in file.blocks else line - 1


def _table(key: str, contract: TableContract, file: YamlFile, explanations: dict[Kind, str]) -> Table:
    identities: list[Equation] = []
    bounds: dict[str, list[Equation]] = {"impossible": [], "plausible": []}
    for index, rule in enumerate(contract.identities):
        kind = Kind(rule.code, Severity.ERROR, rule.title)
        explanations[kind] = rule.why
        identities += _equation(kind, rule.equation, rule.since, file, ("tables", key, "identities", index, "equation"))
    for name, severity, rules in (
        ("impossible", Severity.ERROR, contract.impossible),
        ("plausible", Severity.WARNING, contract.plausible),
    ):
        for index, bound in enumerate(rules):
            kind = Kind(bound.code, severity, bound.title)
            explanations[kind] = bound.why
            bounds[name] += _equation(kind, bound.never, 0, file, ("tables", key, name, index, "never"))
    return Table(
        id=key,
        name=contract.name,
        caption=contract.caption,
        parts=tuple(
            Part(_nodes(part.columns), _nodes(part.rows), part.title, part.stub, part.corner) for part in contract.parts
        ),
        identities=tuple(identities),
        impossible=tuple(bounds["impossible"]),
        implausible=tuple(bounds["plausible"]),
        needs_power=contract.needs_power,
        may_vanish=tuple(contract.may_vanish),
    )


def _nodes(contracts: list[NodeContract]) -> tuple[Node, ...]:
    return tuple(Node(one.label, _nodes(one.parts), one.kind, one.unit, one.repeats) for one in contracts)


def _equation(kind: Kind, text: str, since: int, file: YamlFile, path: tuple[str | int, ...]) -> Iterator[Equation]:
    try:
        yield equation(kind, text, since)
    except ValueError as error:
        fault(file, path, f"{kind.code} {kind.title}", f"“{text}”（{error}）", EQUATION, "加减号和等号两边各空一格")
