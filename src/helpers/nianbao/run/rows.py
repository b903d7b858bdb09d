"""Rows, in a file or given → the parameters of one notebook's runs, each of the type that the notebook's cell gives it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from nianbao.engine.parameters import UNREAD
from nianbao.errors import UsageError
from nianbao.findings import meant
from nianbao.inputs.cells import TableInput
from nianbao.inputs.files.csv import read_csv
from nianbao.language import say
from nianbao.run.annotations import may_be_none, type_of
from nianbao.yamlrows import Word, read_rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from nianbao.engine.parameters import Parameter

Several = Path | Sequence[Mapping[str, Any]]
Rows = Several | Mapping[str, Any]
Resolve = Callable[[dict[str, Any]], dict[str, Any]]
SHOWN = 50  # faults
ALONE = -1  # the number of a row that is the only one and stands in no list
GIVEN = "rows"  # what messages call rows that stand in no file


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: what each value may stand for by name, the likeliest first, and the line of the row and of each value.

    ``file`` is '' where rows are given without one: a line is then the number of the row, from 0, and ``blank`` are the
    names in it without a value.
    """

    file: str
    line: int
    values: dict[str, tuple[Any, ...]]
    lines: dict[str, int]
    blank: frozenset[str] = frozenset()

    @property
    def names(self) -> Set[str]:
        """The names that the row has a place for, with a value in it or without."""
        return self.values.keys() | self.lines.keys() | self.blank

    def place(self, line: int | None = None) -> str:
        """Where the row stands, or a line of it, as a message names it."""
        number = self.line if line is None else line
        if number == ALONE:
            return say("the parameters")
        return say("{file} line {line}", file=self.file, line=number) if self.file else f"{GIVEN}[{number}]"


def read_rows(
    source: Several, wanted: Mapping[str, Parameter], notebook: str, resolved: Resolve = dict
) -> list[dict[str, Any]]:
    """The parameters of each run, in the order of the rows, as JSON values: a date is its ISO text.

    A parameter that no row speaks of has its default, which each run is given as if the row had it; one whose default is
    an expression, or no value of JSON, is left to the notebook's cell. Of all others every row has a value.

    Parameters
    ----------
    source : Path or sequence of mappings
        A CSV file with a row of names, a YAML file with a list of mappings, or such mappings themselves, as
        ``frame.to_dict("records")`` of pandas gives them: there NaN is no value, as an empty cell is.
    wanted : mapping
        The notebook's parameters by name. A value has the type of the annotation, else of the default.
    resolved : callable
        What becomes of the values of a row, such as the id of a bureau in place of its name.

    Raises
    ------
    UsageError
        With everything that is wrong in the rows: unreadable, none, a parameter that the notebook does not have, that only
        some rows have, that has another type, or neither a value nor a default, a row that is there twice.
    """
    faults: list[str] = []
    file = source.name if isinstance(source, Path) else GIVEN
    rows = list(_read(source, faults) if isinstance(source, Path) else _given(source, faults))
    if not rows and not faults:
        faults.append(say("{file}: no rows", file=file))
    known: dict[str, _Row] = {}
    found = []
    named = {name for row in rows for name in row.names}
    absent = {name: one for name, one in wanted.items() if name not in named}
    for name in sorted(name for name, one in absent.items() if one.default is UNREAD and not one.derived) if rows else ():
        said = "{file}: no value for “{name}” in any row, and {notebook} has no default"
        faults.append(say(said, file=file, name=name, notebook=notebook))
    defaults = defaults_of(absent)
    for row in rows:
        before = len(faults)
        given = defaults | resolved(_typed(row, wanted.keys() - absent.keys(), wanted, notebook, faults))
        values = {name: given[name] for name in wanted if name in given}
        key = json.dumps(values, ensure_ascii=False)
        if key in known and len(faults) == before:
            other = known[key].line if row.file else known[key].place()
            said = "{place}: the same as line {other}" if row.file else "{place}: the same as {other}"
            faults.append(say(said, place=row.place(), other=other))
        known.setdefault(key, row)
        found.append(values)
    _require_none(faults)
    return found


def read_row(given: Mapping[str, Any], wanted: Mapping[str, Parameter], notebook: str) -> dict[str, Any]:
    """The parameters of one run, as `read_rows` gives them; what is not given is left out."""
    faults: list[str] = []
    [row] = _given([given], faults)
    found = _typed(replace(row, line=ALONE), set(), wanted, notebook, faults)
    _require_none(faults)
    return found


def defaults_of(wanted: Mapping[str, Parameter]) -> dict[str, Any]:
    """The defaults of parameters, those apart that JSON cannot hold, and so no row."""
    return {name: one.default for name, one in wanted.items() if one.default is not UNREAD and _is_plain(one.default)}


def _is_plain(value: Any) -> bool:
    """Whether a value is one that JSON holds, as those of rows are."""
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError):
        return False


def _require_none(faults: Sequence[str]) -> None:
    if faults:
        listed = list(dict.fromkeys(faults))
        more = [say("and {count} more", count=len(listed) - SHOWN)] if len(listed) > SHOWN else []
        raise UsageError("\n".join((*listed[:SHOWN], *more)))


def _read(path: Path, faults: list[str]) -> Iterator[_Row]:
    if not path.is_file():
        faults.append(say("no file {path} (--set)", path=path))
    elif path.suffix.lower() in {".yaml", ".yml"}:
        rows, found = read_rows_of(path)
        faults += map(str, found)
        for row in rows:
            both = {name: (row.values.get(name), text) for name, text in row.texts.items()}
            yield _Row(path.name, row.line, both, row.lines)
    else:
        into = TableInput()
        head, *rest = read_csv(path, into) or [(1, [])]
        faults += map(str, into.faults)
        for name in {name for name in head[1] if head[1].count(name) > 1 and name}:
            place = say("{file} line {line}", file=path.name, line=head[0])
            faults.append(say("{place}: “{name}” stands there twice", place=place, name=name))
        for line, cells in rest:
            # What stands beyond the names has no name, and is unknown.
            names = head[1] + [""] * (len(cells) - len(head[1]))
            lines = dict.fromkeys(head[1], head[0])
            named = {name or "?": _meanings(text) for name, text in zip(names, cells, strict=False) if text}
            yield _Row(path.name, line, named, lines)


def _given(rows: Sequence[Mapping[str, Any]], faults: list[str]) -> Iterator[_Row]:
    for number, row in enumerate(rows):
        if isinstance(row, Mapping):
            values = {str(name): _plain(value) for name, value in row.items() if not _is_none(value)}
            yield _Row("", number, values, {}, frozenset(map(str, row)))
        else:
            said = "{place} is {value}, and no mapping of the notebook's parameters"
            faults.append(say(said, place=f"{GIVEN}[{number}]", value=repr(row)[:60]))


def _plain(value: Any) -> tuple[Any, ...]:
    """What a value may stand for: one of numpy's for Python's own, a word for what YAML takes it for or for itself."""
    if isinstance(value, Word):
        return value.taken, str(value)
    return (value.item() if type(value).__module__ == "numpy" and getattr(value, "ndim", None) == 0 else value,)


def _is_none(value: Any) -> bool:
    """Whether a frame has no value here: NaN and NaT are unlike themselves, and pandas.NA does not tell."""
    try:
        return bool(value != value)
    except TypeError:
        return True
    except ValueError:  # of an array
        return False


def _typed(row: _Row, asked: Set[str], wanted: Mapping[str, Parameter], notebook: str, faults: list[str]) -> dict[str, Any]:
    for name in row.values:
        if name not in wanted:
            place = row.place(row.lines.get(name))
            said = "{place}: {notebook} has no parameter “{name}”"
            faults.append(say(said, place=place, notebook=notebook, name=name) + meant(name, wanted))
    values: dict[str, Any] = {}
    for name, parameter in wanted.items():
        kind, shown = type_of(parameter)
        if name not in row.values:
            if name in row.lines and may_be_none(parameter, kind):
                values[name] = None
            elif name in asked and not parameter.derived:
                said = "{place}: no value for “{name}” (its default in {notebook}: {default})"
                shown = _default(parameter)
                faults.append(say(said, place=row.place(), name=name, notebook=notebook, default=shown))
            continue
        for candidate in row.values[name]:
            try:
                values[name] = kind.dump_python(kind.validate_python(candidate), mode="json")
                break
            except (ValidationError, PydanticSerializationError):
                continue
        else:
            place = row.place(max(row.line, row.lines.get(name, row.line)))
            text = next((one for one in row.values[name] if isinstance(one, str)), row.values[name][0])
            said = "{place}: “{name}” is “{value}”; {notebook} takes {kind}"
            faults.append(say(said, place=place, name=name, value=text, notebook=notebook, kind=shown))
    return values


def _default(parameter: Parameter) -> str:
    return "–" if parameter.default is UNREAD else json.dumps(parameter.default, ensure_ascii=False, default=str)


def _meanings(text: str) -> tuple[Any, ...]:
    """What a CSV cell may stand for: its text, then the JSON that it holds, such as a list; ``null`` is None first."""
    if text == "null":
        return None, text
    try:
        return text, json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except (ValueError, RecursionError):
        return (text,)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands there twice")
    return dict(pairs)


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
