"""The cell of a notebook that papermill's parameters replace: its names, types and defaults."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nianbao.errors import NotebookError
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TAG, INJECTED = "parameters", "injected-parameters"
PARAMS = "params_dir"  # the parameter that the batch fills in when a notebook runs; no row names it
UNREAD = object()
"""The default of a parameter whose value is an expression, and so known to Python only."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    ``annotation`` is as written, '' without one; ``default`` is `UNREAD` where there is none, or an expression; one that is
    ``derived`` follows from an expression, and so need not be given.
    """

    name: str
    annotation: str
    default: Any
    derived: bool = False


def cell_of(cells: Iterable[Any], notebook: str, given: Iterable[str] = ()) -> Any:
    """The one cell tagged ``parameters``; ``None`` where there is none and no values are ``given``.

    Raises
    ------
    NotebookError
        When there are several, or none for the values, naming the notebook.
    """
    tagged = [cell for cell in cells if TAG in cell["metadata"].get("tags", [])]
    if len(tagged) > 1 or (given and not tagged):
        said = "{notebook}: {count} cells tagged “parameters”; there has to be exactly one"
        raise NotebookError(say(said, notebook=notebook, count=len(tagged)))
    return tagged[0] if tagged else None


def parameters_of(source: str) -> dict[str, Parameter]:
    """The parameters that a cell's source assigns, by name; none when Python cannot parse it."""
    found: dict[str, Parameter] = {}
    for name, node in _assigned(source):
        annotation = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
        value = _value(node)
        found[name] = Parameter(name, annotation, value, derived=value is UNREAD and node.value is not None)
    return found


def with_defaults(source: str, shown: Mapping[str, str]) -> str:
    """The source with other defaults, given as Python text by name; everything else stays as it is written.

    A parameter that the cell itself reads again keeps its default, for the cell's other values follow from it.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")  # the line ends that Python knows
    lines = source.encode().split(b"\n")
    read = {node.id for _, node in _walked(source) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    for name, assignment in reversed(list(_assigned(source))):
        node = assignment.value
        if name not in shown or name in read or node is None or _value(assignment) is UNREAD:
            continue
        # Columns count bytes, lines count from 1.
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        tail = lines[last][node.end_col_offset :]
        lines[first : last + 1] = [lines[first][: node.col_offset] + shown[name].encode() + tail]
    return b"\n".join(lines).decode()


def _assigned(source: str) -> Iterator[tuple[str, ast.Assign | ast.AnnAssign]]:
    """The assignments to one name at the top level."""
    for top, node in _walked(source):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        if top and isinstance(node, (ast.Assign, ast.AnnAssign)) and len(targets) == 1 and isinstance(targets[0], ast.Name):
            yield targets[0].id, node


def _walked(source: str) -> Iterator[tuple[bool, ast.AST]]:
    """Every node, and whether it stands at the top level; magics and shell lines are blank."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # The cell fails when it runs, and says where.
        return
    yield from ((node in tree.body, node) for node in ast.walk(tree))


def _value(node: ast.Assign | ast.AnnAssign) -> Any:
    try:
        return ast.literal_eval(node.value) if node.value else UNREAD
    except (ValueError, TypeError):
        return UNREAD
