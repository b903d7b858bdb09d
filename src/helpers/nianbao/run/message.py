"""What may lie in a message from a process in which the cells of a notebook have run: the kit's values and plain ones.

A pickle names what is called when it is read, and a cell can send any. So nothing is called here but classes of values,
and only a value that the message itself makes is given a state: what all messages share (classes, members of an
enumeration, a format of the kit's own) stays as it is.
"""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao.statute.formats import own

if TYPE_CHECKING:
    from collections.abc import Callable

_KIT = __name__.partition(".")[0]
# The values of Python's own library that reports hold.
_PLAIN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("collections", "OrderedDict"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
    *((module, name) for module in ("pathlib", "pathlib._local") for name in ("PosixPath", "WindowsPath")),
}
# Other ways to make a value, which no pickle of the kit's values takes. BYTEARRAY8 takes room for as much as it says.
_UNUSED = (
    pickle.INST, pickle.OBJ, pickle.NEWOBJ_EX, pickle.EXT1, pickle.EXT2, pickle.EXT4, pickle.PERSID, pickle.BINPERSID,
    pickle.BYTEARRAY8,
)  # fmt: skip


class Refused(Exception):
    """A message that holds something else, or is no message."""


def read(data: bytes | bytearray) -> Any:
    """The value that `pickle.dumps` made these bytes of.

    Raises
    ------
    Refused
        When it holds anything but dataclasses, tuples, enumerations and pydantic models of the kit's loaded rooms, and
        plain values.
    """
    try:
        return _Reader(io.BytesIO(data)).load()
    except Exception as error:
        raise Refused(f"{type(error).__name__}: {error}") from error


# The one that is written in Python: only in it can an instruction be refused.
_UNPICKLER: Any = pickle._Unpickler


class _Reader(_UNPICKLER):
    dispatch: ClassVar[dict[int, Any]] = dict(_UNPICKLER.dispatch)

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._fresh: dict[int, Any] = {}  # what this message has made, by its id

    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        if (module, name) in _PLAIN:
            return getattr(import_module(module), name)
        found: Any = vars(sys.modules[module])[name]  # A room that is not loaded yet might do something when it is.
        if found is own or _is_value(found):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")

    def load_reduce(self) -> None:
        called = self.stack[-2]
        if not isinstance(called, type) and called is not own:
            raise pickle.UnpicklingError(f"a call of {called!r}")
        super().load_reduce()

    def load_newobj(self) -> None:
        super().load_newobj()
        made = self.stack[-1]
        if not isinstance(made, Enum):
            self._fresh[id(made)] = made

    def load_build(self) -> None:
        if id(self.stack[-2]) not in self._fresh:
            raise pickle.UnpicklingError(f"a state of {self.stack[-2]!r}")
        super().load_build()

    dispatch[pickle.REDUCE[0]] = load_reduce
    dispatch[pickle.NEWOBJ[0]] = load_newobj
    dispatch[pickle.BUILD[0]] = load_build
    for _code in _UNUSED:
        del dispatch[_code[0]]


def _is_value(found: object) -> bool:
    """Whether it is a class of values of the kit: a dataclass, a tuple, an enumeration or a model."""
    if not isinstance(found, type) or found.__module__.partition(".")[0] != _KIT:
        return False
    return is_dataclass(found) or issubclass(found, tuple | Enum) or hasattr(found, "__pydantic_validator__")
