"""A file of rows → the parameters of one notebook's runs, each of the type that the notebook's own cell gives it."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, Union

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from nianbao import reading
from nianbao.engine.parameters import UNREAD
from nianbao.errors import UsageError
from nianbao.findings import closest
from nianbao.inputs.cells import TableInput
from nianbao.inputs.files.csv import read_csv
from nianbao.language import say
from nianbao.yamlfile import read_rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nianbao.engine.parameters import Parameter

# What an annotation may be made of.
TYPES: dict[str, Any] = {
    "str": str, "int": int, "float": float, "list": list, "dict": dict, "date": date, "datetime": datetime, "Any": Any,
    "Literal": Literal, "Optional": Optional, "Union": Union, "List": list, "Dict": dict,
}  # fmt: skip
NODES = (ast.Expression, ast.Name, ast.Load, ast.Subscript, ast.BinOp, ast.BitOr, ast.Tuple, ast.List, ast.Constant)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as text: the values by name, and the line of the row or of each value."""

    line: int
    values: dict[str, Any]
    lines: dict[str, int]


def read_rows(path: Path, wanted: Mapping[str, Parameter], notebook: str) -> list[dict[str, Any]]:
    """The parameters of each run, in the order of the rows; every row gives every parameter.

    Parameters
    ----------
    path : Path
        A CSV file with a row of names, or a YAML file with a list of mappings.
    wanted : mapping
        The notebook's parameters by name. A value has the type of the annotation, else of the default.

    Raises
    ------
    UsageError
        With everything that is wrong in the file: unreadable, empty, a parameter that the notebook does not have, that a row
        lacks or that has another type, a row that is there twice.
    """
    faults: list[str] = []
    rows = list(_read(path, faults))
    if not rows and not faults:
        faults.append(say("{file}: no rows", file=path.name))
    known: dict[str, int] = {}
    found = []
    for row in rows:
        values = _typed(path.name, row, wanted, notebook, faults)
        key = json.dumps(values, ensure_ascii=False)
        if key in known:
            said = say("{file} line {line}: the same as line {other}", file=path.name, line=row.line, other=known[key])
            faults.append(said)
        known.setdefault(key, row.line)
        found.append(values)
    if faults:
        raise UsageError("\n".join(dict.fromkeys(faults)))
    return found


def _read(path: Path, faults: list[str]) -> Iterator[_Row]:
    if not path.is_file():
        faults.append(say("no file {path} (--set)", path=path))
    elif path.suffix.lower() in {".yaml", ".yml"}:
        rows, found = read_rows_of(path)
        faults += map(str, found)
        for line, values, lines in rows:
            yield _Row(line, values, lines)
    else:
        into = TableInput()
        head, *rest = read_csv(path, into) or [(1, [])]
        faults += map(str, into.faults)
        for line, cells in rest:
            # What stands beyond the names has no name, and is unknown.
            names = head[1] + [""] * (len(cells) - len(head[1]))
            yield _Row(line, {name or "?": text for name, text in zip(names, cells, strict=False) if text}, {})


def _typed(file: str, row: _Row, wanted: Mapping[str, Parameter], notebook: str, faults: list[str]) -> dict[str, Any]:
    for name in row.values:
        if name not in wanted:
            near = closest(name, wanted, 1)
            hint = say("; did you mean “{name}”?", name=near[0]) if near else ""
            said = say("{file}: {notebook} has no parameter “{name}”", file=file, notebook=notebook, name=name)
            faults.append(said + hint)
    values = {}
    for name, parameter in wanted.items():
        if name not in row.values:
            said = "{file} line {line}: no value for “{name}” (its default in {notebook}: {default})"
            shown = "–" if parameter.default is UNREAD else json.dumps(parameter.default, ensure_ascii=False, default=str)
            faults.append(say(said, file=file, line=row.line, name=name, notebook=notebook, default=shown))
            continue
        kind, shown = _type(parameter)
        try:
            values[name] = kind.dump_python(kind.validate_python(_loosened(row.values[name], kind)), mode="json")
        except ValidationError:
            line, text = row.lines.get(name, row.line), row.values[name]
            said = "{file} line {line}: “{name}” is “{value}”; {notebook} takes {kind}"
            faults.append(say(said, file=file, line=line, name=name, value=text, notebook=notebook, kind=shown))
    return values


def _loosened(value: Any, kind: TypeAdapter[Any]) -> Any:
    """A text that stands for a list or mapping, as a CSV cell has to hold it, as that value."""
    if isinstance(value, str) and value.startswith(("[", "{")) and kind.core_schema["type"] != "str":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _type(parameter: Parameter) -> tuple[TypeAdapter[Any], str]:
    """The type of a parameter, and its name for a message; anything goes where neither annotation nor default tells."""
    if parameter.annotation and (found := _annotated(parameter.annotation)) is not None:
        return TypeAdapter(found), parameter.annotation
    if parameter.default is None or parameter.default is UNREAD:
        return TypeAdapter(Any), "Any"
    kind = type(parameter.default)
    return TypeAdapter(_YES if kind is bool else list if kind in {tuple, set} else kind), kind.__name__


def _yes(value: Any) -> Any:
    try:
        return reading.yes(value) if isinstance(value, str) else value
    except ValueError:
        return value


_YES: Any = Annotated[bool, BeforeValidator(_yes)]


def _annotated(text: str) -> Any:
    """The type that an annotation names, made of `TYPES` alone; ``None`` for any other."""
    tree = ast.parse(text, mode="eval")
    if isinstance(tree.body, ast.Constant) and isinstance(tree.body.value, str):
        return _annotated(tree.body.value)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if not all(isinstance(node, NODES) for node in ast.walk(tree)) or not names <= {*TYPES, "bool"}:
        return None
    try:
        return eval(compile(tree, "annotation", "eval"), {"__builtins__": {}}, TYPES | {"bool": _YES})
    except TypeError:
        return None
