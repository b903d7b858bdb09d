"""The type of a notebook's parameter, by its annotation or its default, and how a text is read as one."""

from __future__ import annotations

import ast
import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, Union

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from nianbao import reading
from nianbao.engine.parameters import UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.engine.parameters import Parameter

NODES = (ast.Expression, ast.Name, ast.Load, ast.Subscript, ast.BinOp, ast.BitOr, ast.Tuple, ast.List, ast.Constant)


def _or_as_it_is(reader: Callable[[str], Any]) -> BeforeValidator:
    """Read a text by a function of `reading`; what that refuses is left to pydantic."""

    def read(value: Any) -> Any:
        try:
            return reader(value) if isinstance(value, str) else value
        except ValueError:
            return value

    return BeforeValidator(read)


def _whole(value: Any) -> Any:
    """A text as a whole number, as a table's cell is read; pydantic would take 1_000, 1.0 and 007 as well."""
    if not isinstance(value, str):
        return value
    text = reading.narrow(value)
    if not re.fullmatch(r"[+-]?(0|[1-9][0-9]*)", text):
        raise ValueError("no whole number")
    return int(text)


def _number(value: Any) -> Any:
    """A text as a number, without the spellings that only Python has."""
    if not isinstance(value, str):
        return value
    text = reading.narrow(value)
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
        raise ValueError("no number")
    return float(text)


def _dated(value: Any) -> Any:
    """A date as it is; to pydantic a number would be one too, so many seconds after 1970."""
    if not isinstance(value, date):
        raise ValueError("no date")
    return value


YES: Any = Annotated[bool, _or_as_it_is(reading.yes)]
DAY: Any = Annotated[date, BeforeValidator(_dated), _or_as_it_is(reading.day)]
INT: Any = Annotated[int, Field(strict=True), BeforeValidator(_whole)]
FLOAT: Any = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_number)]
# What an annotation may be made of.
TYPES: dict[str, Any] = {
    "str": str, "int": INT, "float": FLOAT, "bool": YES, "list": list, "dict": dict, "date": DAY, "Any": Any,
    "Literal": Literal, "Optional": Optional, "Union": Union, "List": list, "Dict": dict,
}  # fmt: skip


def type_of(parameter: Parameter) -> tuple[TypeAdapter[Any], str]:
    """The type of a parameter, and its name for a message; anything goes where neither annotation nor default tells."""
    if parameter.annotation and (found := _annotated(parameter.annotation)):
        return found, parameter.annotation
    if parameter.default is None or parameter.default is UNREAD:
        return TypeAdapter(Any), "Any"
    kind = type(parameter.default)
    return TypeAdapter(TYPES.get(kind.__name__, list)), kind.__name__


def _annotated(text: str) -> TypeAdapter[Any] | None:
    """The type that an annotation names, made of `TYPES` alone; ``None`` for any other. No other code runs."""
    try:
        tree = ast.parse(text, mode="eval")
        if isinstance(tree.body, ast.Constant) and isinstance(tree.body.value, str):
            return _annotated(tree.body.value)
        # A text inside would be the name of a type, which pydantic evaluates; in a Literal it is a value.
        literal = [one for node in ast.walk(tree) if _is_literal(node) for one in ast.walk(node)]
        texts = [one for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        nodes = all(isinstance(node, NODES) for node in ast.walk(tree))
        if not nodes or not names <= TYPES.keys() or not all(one in literal for one in texts):
            return None
        return TypeAdapter(eval(compile(tree, "annotation", "eval"), {"__builtins__": {}}, TYPES))
    except Exception:  # pydantic raises whatever a meaningless type leads to
        return None


def _is_literal(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def may_be_none(parameter: Parameter, kind: TypeAdapter[Any]) -> bool:
    """Whether an empty cell of a CSV file is None: where that is the default, or the annotation has it."""
    try:
        return kind.validate_python(None) is None and (parameter.default is None or bool(parameter.annotation))
    except ValidationError:
        return False
