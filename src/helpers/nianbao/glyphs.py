"""Characters that no font of a matplotlib figure has are drawn in the kit's font, in whatever style a notebook draws.

Nothing else of matplotlib changes, and nothing happens before it is imported.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_FONTS, _FACE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
_MANAGER = "matplotlib.font_manager"


class Awaited(MetaPathFinder, Loader):
    """Waits for a module to be imported for the first time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.loader: Any = None

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        if name != self.name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec and spec.loader and self.is_wanted():
            self.loader, spec.loader = spec.loader, self
        return spec

    def is_wanted(self) -> bool:
        """Whether somebody still waits."""
        return True

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self.loader.create_module(spec)
        return made


class _Lender(Awaited):
    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        _lent(module)


def lend() -> None:
    """From now on the kit's font stands in for what a figure's own fonts lack."""
    if _MANAGER in sys.modules:
        _lent(sys.modules[_MANAGER])
    elif not any(isinstance(one, _Lender) for one in sys.meta_path):
        sys.meta_path.insert(0, _Lender(_MANAGER))


def _lent(module: Any) -> None:
    manager = module.fontManager
    spec = importlib.util.find_spec(_FONTS)
    if "_find_fonts_by_props" in vars(manager) or spec is None or not spec.origin:
        return
    face, found_by = str(Path(spec.origin).with_name(_FACE)), manager._find_fonts_by_props

    def found(prop: Any, fontext: str = "ttf", **named: Any) -> list[str]:
        paths: list[str] = found_by(prop, fontext, **named)
        return [*paths, face] if fontext == "ttf" and face not in paths else paths

    manager._find_fonts_by_props = found
